// Ways around a refusal: an address that refuses somebody is asked in other ways, which should refuse as well. What
// access.method-tampering and access.subdomain-bypass have in common.
#pragma once

#include "checks/access/actorsessions.h"
#include "checks/actors/markers.h"
#include "checks/actors/refusal.h"
#include "checks/engine/check.h"
#include "checks/engine/lookgaps.h"

#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

// One other way to ask for the same.
struct BypassWay
{
    QString code;  // the finding's: "trailing_slash"
    QString label; // "a slash at the end of the address"; for people
    ActiveRequest request;
    // The same without what should lead past the rules, where that is another address: what comes there anyway.
    std::optional<ActiveRequest> ordinary = {};
};

// Who is refused at the address, and how.
struct BypassAttacker
{
    std::optional<TestActor> actor = {}; // empty: signed out
    HttpResponse refused;
    bool isGivenLess = false; // than the one who may, and not refused: asked as a way was open to it before

    const TestActor *who() const { return actor ? &*actor : nullptr; }
};

// An address that somebody gets something of that is not for all.
struct BypassTarget
{
    Route route;
    QUrl url;
    TestActor owner;   // who may
    HttpResponse good; // what it gets
    Markers markers;   // its own texts, that no attacker is shown
    std::vector<BypassAttacker> attackers;
    // Asked again at the end: the owner is still let in, and the attackers are still refused in the ordinary way.
    bool holds = true;
    bool deniesPost = false; // it said itself which methods it has, and POST is none of them
};

struct BypassTry
{
    std::size_t target = 0;   // of BypassLook::targets
    std::size_t attacker = 0; // of its attackers
    BypassWay way;            // as it went out
    std::optional<HttpResponse> answer = {};
    QString problem = {};   // why no answer came
    bool isAsked = true;    // false: no request was left for it
    bool isRefuted = false; // right afterwards the ordinary way let in as well: it was not the other way that did it
};

// An address of the list that may be a target and is none of this look's.
struct BypassGap
{
    enum class Why {
        NotAsked,  // no address is known, or nobody may
        LeftOut,   // there are enough others
        NotTold,   // it gave somebody no answer that tells
        Bare,      // it has nothing at present by which a way around could be told: an empty list, a page of scripts
        NoRefusal, // nobody who was asked is refused there: all get it, or less than the one who may
    };
    QString route; // "GET /admin"
    Why why = Why::NotAsked;

    bool operator==(const BypassGap &) const = default;
};

// Who gets an address without any way around: when asked, or by the rules. Role: empty, signed out.
struct BypassLetIn
{
    QString route; // "GET /admin"
    QString role;

    bool operator==(const BypassLetIn &) const = default;
};

struct BypassLook
{
    std::vector<BypassTarget> targets;
    std::vector<BypassTry> tries;
    std::vector<HttpResponse> baselines; // of invented addresses on the same hosts
    std::vector<Secret> known = {};      // masked in evidence
    QStringList problems = {};           // of accounts that could not sign in, each a sentence
    std::vector<BypassGap> gaps = {};    // each once
    std::vector<BypassLetIn> letIn = {};
    QJsonObject before = {}; // what the last look observed
    QStringList hosts = {};  // of the product today; empty: not known
    QStringList roles = {};  // of the accounts that may be tried; empty: not known
    // A change that went through where it should not have, in words and with its evidence; see overridewrites.h.
    std::vector<Finding> writes = {};
    int writesTried = 0;
    std::vector<LookGap> unsent = {}; // of such changes
};

// Of administrators' addresses so many, of others that take a session, and of pages.
constexpr std::size_t kMostAdminTargets = 2;
constexpr std::size_t kMostSignedInTargets = 1;
constexpr std::size_t kMostPageTargets = 1;
constexpr std::size_t kMostItemTargets = 1; // a record by an id that was seen in use
constexpr std::size_t kMostBypassTargets =
    kMostAdminTargets + kMostSignedInTargets + kMostPageTargets + kMostItemTargets;
constexpr int kMostCandidates = 10; // asked as the one who may, to find these

// So many hosts of a product are asked for what another refuses.
constexpr std::size_t kMostBypassHosts = 12;

// The most requests that so many ways to ask take, with the search for addresses and the controls.
int bypassCeiling(int ways);
// Beside those: what is asked as a visitor, to know what those hosts and the ones of the routes answer at invented
// addresses.
int bypassBaselines(const Target &target);
// With fewer, what is found at the beginning could hardly be tried in any way.
constexpr int kFewestForBypass = 40;

using WaysToAsk = std::function<std::vector<BypassWay>(const BypassTarget &)>;

// Belongs to one look, which outlives it, as do the accounts and the wire.
class BypassRun
{
public:
    BypassRun(const Look &look, const std::vector<TestActor> &actors, Wire &wire);
    Q_DISABLE_COPY_MOVE(BypassRun)

    // Finds addresses that refuse. An error where nobody can sign in. None found: targets() is empty.
    [[nodiscard]] Result<void> findTargets();
    void ask(const WaysToAsk &ways);
    void confirm(); // the controls at the end

    BypassLook take() { return std::move(m_result); }
    BypassLook &result() { return m_result; }
    ActorSessions &accounts() { return m_accounts; }
    bool mayGoOn() const;

private:
    enum class Kind { Admin, SignedIn, Page, Item };

    Result<void> signIn();
    std::vector<const Host *> hosts() const;
    void askBaselines();
    const TestActor *ownerFor(const Route &route) const;
    std::optional<BypassTarget> targetAt(const Route &route, const QUrl &url);
    struct Reached
    {
        std::optional<HttpResponse> answer = {};
        ActorReach reach = ActorReach::Unclear;
    };
    Reached reachedBy(const TestActor *actor, const BypassTarget &target); // in the ordinary way
    void addAttacker(BypassTarget &target, const TestActor *actor);
    void addAttackers(BypassTarget &target);
    const TestActor *refusedAccountFor(const Route &route) const;
    void noteGap(const Route &route, BypassGap::Why why);
    bool isWanted(Kind kind) const;
    bool isUseful(const Route &route) const;
    void tryWays(std::size_t target, std::size_t attacker, const std::vector<BypassWay> &ways);
    bool learnOrdinary(const ActiveRequest &ordinary, BypassTarget &target, const BypassAttacker &attacker);
    bool isStillRefused(const BypassTarget &target, const BypassAttacker &attacker);
    bool isOpenAgain(const BypassTry &tried, const ActiveRequest &request, const BypassAttacker &attacker);
    static QString nameOf(const BypassWay &way);

    const Look &m_look;
    const std::vector<TestActor> &m_actors;
    Wire &m_wire;
    ActorSessions m_accounts;
    std::vector<const TestActor *> m_usable;
    BypassLook m_result;
    std::map<Kind, std::size_t> m_kinds;
    QStringList m_found; // names of ways
    int m_refusedAsTooMany = 0;
};

// How each try came out. Pure.
struct BypassVerdict
{
    enum class Way { Refused, Open, Unclear, NotAsked };
    Way way = Way::Unclear;
    QString why = {}; // stable words: of ReachWhy, "no_answer", "budget", "cached", "control_lost"
    std::vector<Marker> markers = {};
    std::optional<Proof> proof = {};
};
BypassVerdict verdictOf(const BypassLook &look, const BypassTry &tried);

// How a check calls what it finds.
struct BypassWords
{
    std::function<QString(const QString &code, const QString &label)> title;
    QString nothingToTry; // why there was nothing to try
    QString passed;       // the summary, with %1 for the number of requests that were refused
};
Judged judgeBypass(const BypassLook &look, const BypassWords &words);

} // namespace cockpit
