// The questions of access.enumeration. One worker, one run.
#pragma once

#include "checks/access/enumeration.h"
#include "checks/access/publiclookups.h"
#include "checks/actors/entrycaller.h"

#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

// An account, and how often it may be asked for: wrong passwords lock, letters arrive.
struct KnownName
{
    QString name;
    int times = 0;
};

struct EnumerationPlan
{
    struct Series
    {
        EntryPoint entry;
        std::vector<KnownName> known;
        QString like; // an address whose form the unknown ones have
    };
    struct Inquiry
    {
        PublicLookup lookup;
        QString known; // of an account of the project
    };
    std::vector<Series> series;
    std::vector<Inquiry> inquiries;
    std::vector<EnumerationEntry> skipped; // with the reason
    const TestActor *control = nullptr;    // signs in at the login
    const TestActor *inviter = nullptr;
    int pairs = 0; // of each series, at most

    bool isEmpty() const { return series.empty() && inquiries.empty(); }
    int forInquiries() const { return static_cast<int>(inquiries.size()) * kLookupRequests; }
    int ceiling() const;
    RequestNeed need() const; // with any number of pairs that tells something
};

// How often one account gets letters, or a wrong password where it may not be locked.
constexpr int kLettersEach = 4;
constexpr int kWrongEach = 2;
constexpr int kWrongForThrowAway = 7;
constexpr int kMostPairs = 30;
// Each new address at sign-up, in an invitation or for a link to sign in with may make an account: no more than the
// answers need.
constexpr int kMostNewNames = kFewestUnknown;

// What is known of the accounts: before a run only what the project says of them.
struct AccountsKnown
{
    std::function<bool(const TestActor &)> hasSecret;
    std::function<bool(const TestActor &)> mayLock;
};
// Without a number of pairs.
EnumerationPlan enumerationPlanOf(const Outlook &look, const AccountsKnown &known);
// With as many pairs as the run lets it ask. Not without a gate.
EnumerationPlan enumerationPlanOf(const Look &look);

struct AskedName
{
    QString name;
    bool isKnown = false;
};

class EnumerationRun
{
public:
    EnumerationRun(const EnumerationPlan &plan, Wire &wire);
    EnumerationLook run();

private:
    EnumerationEntry ask(const EnumerationPlan::Series &series);
    // Why the entry tells nothing; nothing when it is worth asking.
    QString control(const EnumerationPlan::Series &series, EntryCaller &caller);
    QString controlOfLogin(const EnumerationPlan::Series &series, EntryCaller &caller);
    // A block that answers everybody alike: at the end the right password has to be let in as before.
    QString controlAtTheEnd(const EnumerationEntry &entry, EntryCaller &caller);
    [[nodiscard]] Result<HttpResponse> askRight(EntryCaller &caller);
    void askInTurn(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry);
    // False when the series is over.
    bool sample(EntryCaller &caller, bool isKnown, const QString &name, EnumerationEntry &entry);
    // False where the answer ends the series.
    static bool keep(EnumerationEntry &entry, const AskedName &asked, ActiveRequest request,
                     Result<HttpResponse> answer);
    bool isLikeAnywhere(const EnumerationPlan::Inquiry &inquiry, const EnumerationEntry &entry);
    EnumerationEntry lookUp(const EnumerationPlan::Inquiry &inquiry);
    ActorSession *sessionFor(const EntryPoint &entry);

    const EnumerationPlan &m_plan;
    Wire &m_wire;
    std::optional<ActorSession> m_session;
};

} // namespace cockpit
