// The questions of access.enumeration. One worker, one run.
#pragma once

#include "checks/access/enumeration.h"
#include "checks/access/publiclookups.h"
#include "checks/actors/entrycaller.h"
#include "checks/actors/signupnotes.h"

#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

// An account, and how often it may be asked for: wrong passwords lock, letters arrive.
struct KnownName
{
    QString name;
    int times = 0;
    AccountState state = AccountState::Usual;
};

struct EnumerationPlan
{
    struct Series
    {
        EntryPoint entry;
        std::vector<KnownName> known;
        QString like;                       // an address whose form the unknown ones have
        std::vector<KnownName> states = {}; // accounts that are locked or unverified: asked for before the others
        int pairs = 0;                      // at most
        const TestActor *control = nullptr; // of a login: who has a right password there
        bool isFurther = false;             // another door of its kind comes before it
        bool needsHost = false;             // that one is called the same, on another host

        int mostPairs() const; // as often as its names may be asked for
        int beside() const;    // requests that are no pairs
        QString name() const;  // "POST /login", "POST /login (app.example.com)"
    };
    struct Inquiry
    {
        PublicLookup lookup;
        QString known; // of an account of the project
    };
    std::vector<Series> series;
    std::vector<Inquiry> inquiries;
    std::vector<EnumerationEntry> skipped; // with the reason
    const TestActor *inviter = nullptr;

    bool isEmpty() const { return series.empty() && inquiries.empty(); }
    int forInquiries() const { return static_cast<int>(inquiries.size()) * kLookupRequests; }
    int ceiling() const;
    // Pairs for each series, as many as so many requests are enough for. Further doors that they do not reach for are
    // skipped, the last one first.
    void share(int requests);
    RequestNeed need() const; // of the first door of each kind, with any number of pairs that tells something
};

constexpr int kMostPairs = kWarmUpPairs + kTimedPairs;
// How often one account gets letters (to a throw-away one, which somebody may have no mailbox for, as many as no
// provider minds coming back), or a wrong password where it may not be locked. Of a question nothing stays.
constexpr int kLettersEach = 4;
constexpr int kLettersForThrowAway = 12;
constexpr int kWrongEach = 2;
constexpr int kWrongForThrowAway = kMostPairs;
// Further doors of a kind: so many of them, and so many letters to each account from each of them, which are enough to
// compare what they answer. Wrong passwords go to accounts that sign in there, and to those that may be locked.
constexpr int kMostFurtherDoors = 3;
constexpr int kLettersAtFurtherDoor = kFewestUnknown;
// An account that is locked or unverified.
constexpr int kAsksForState = 2;
// Each new address at sign-up, in an invitation or for a link to sign in with may make an account: no more of them than
// the answers need, and each kLettersEach times at most.
constexpr int kMostNewNames = kFewestUnknown;

// What is known of the accounts: before a run only what the project says of them.
struct AccountsKnown
{
    std::function<bool(const TestActor &)> hasSecret;
    std::function<bool(const TestActor &)> mayLock;
};
// Without a number of pairs. The first door of each kind, then further ones: other addresses, other hosts.
EnumerationPlan enumerationPlanOf(const Outlook &look, const AccountsKnown &known);
// With as many pairs as the run lets it ask. Not without a gate.
EnumerationPlan enumerationPlanOf(const Look &look);

struct AskedName
{
    QString name;
    bool isKnown = false;
    AccountState state = AccountState::Usual;
    bool isTimed = true;
};
// The turns of a series: known and unknown in pairs, which of them comes first is left to chance but balanced, so that
// what grows with time or comes back at intervals hits both alike. Round and round among the accounts, so that each is
// asked for as seldom as can be; each unknown name as often as the known one beside it, as a product that counts by the
// name that was sent counts both alike. Where each may make an account, few unknown ones stand beside all known ones.
// `chance` gives a bit each time.
std::vector<AskedName> turnsOf(const EnumerationPlan::Series &series, const std::function<bool()> &chance);
// As long as the other, at the same domain; where accounts may be made, at a domain that has none (RFC 2606).
QString unknownLike(const QString &mail, EntryKind kind);
// Many products make an account of whoever asks for a link to sign in with, and send a letter.
bool makesAccounts(EntryKind kind);

class EnumerationRun
{
public:
    EnumerationRun(const EnumerationPlan &plan, Wire &wire, AnswerTime timeOf);
    EnumerationLook run();

private:
    EnumerationEntry ask(const EnumerationPlan::Series &series);
    // Why the entry tells nothing; nothing when it is worth asking.
    QString control(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry);
    QString controlOfLogin(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry);
    // A block that answers everybody alike: at the end the right password has to be let in as before.
    QString controlAtTheEnd(const TestActor &control, const EnumerationEntry &entry, EntryCaller &caller);
    [[nodiscard]] Result<HttpResponse> askRight(const TestActor &control, EntryCaller &caller);
    void askInTurn(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry);
    void askTurns(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry);
    void askForStates(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry);
    // False when the series is over.
    bool sample(EntryCaller &caller, const AskedName &asked, EnumerationEntry &entry);
    static bool isLimited(const HttpResponse &answer); // as of now
    // False where the answer ends the series.
    bool keep(EnumerationEntry &entry, const AskedName &asked, ActiveRequest request, Result<HttpResponse> answer);
    bool isLikeAnywhere(const EnumerationPlan::Inquiry &inquiry, const EnumerationEntry &entry);
    EnumerationEntry lookUp(const EnumerationPlan::Inquiry &inquiry);
    ActorSession *sessionFor(const EntryPoint &entry);

    const EnumerationPlan &m_plan;
    Wire &m_wire;
    const AnswerTime m_timeOf;
    std::optional<ActorSession> m_session;
    std::optional<SignUpNotes> m_signUps; // of the door that is asked
};

} // namespace cockpit
