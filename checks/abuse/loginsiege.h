// Many wrong passwords, counted: what abuse.rate-limit and abuse.lockout rest on. Asked once a run. First one account
// that may be locked, then its owner with the right password, then many accounts that do not exist, then the end of the
// block (facts 19). The first tries at the account go out one a second, the others two a second.
#pragma once

#include "checks/abuse/patience.h"
#include "checks/actors/entrypoints.h"
#include "checks/actors/limitsignal.h"
#include "checks/actors/wire.h"
#include "checks/engine/probe.h"

#include <optional>
#include <vector>

namespace cockpit {

struct AbuseTry
{
    ActiveRequest request;
    HttpResponse answer;
};

// The same request again and again, until a sign of a limit.
struct TrySeries
{
    int heard = 0; // tries that were answered like the first
    std::optional<LimitSignal> sign = {};
    std::optional<AbuseTry> first = {}, last = {}; // last: the one with the sign, else the last one heard
    bool slowsDown = false;                        // the product takes longer with each try: seconds in the end
    // Every try was answered as a wrong password, and after them the right one was not let in any more: the limit is
    // in force, and from which try on is not to be seen.
    bool isSilent = false;

    bool isLimited() const { return sign.has_value() || slowsDown || isSilent; }
};

// A way around a block: a try that was heard while the plain one was not, twice, with plain ones between.
struct LimitBypass
{
    QString way;           // "header", "mail_case", "mail_alias", "path", "body", "new_session"
    QString detail;        // the header's name, the path
    bool ofAccount = true; // the block of the account; else that of the address
    bool isProven = false; // the right password was let in this way
    AbuseTry heard;
};

enum class OwnerReach { NotTried, LetIn, HeldBack };

struct SiegeReport
{
    QString route; // "POST /api/login"
    QString host;
    QString account;               // that was attacked; empty: none may be locked
    bool accountIsBlocked = false; // it, and not everybody from here
    TrySeries byAccount, byAddress;
    std::vector<LimitBypass> bypasses = {};
    OwnerReach duringBlock = OwnerReach::NotTried;
    OwnerReach afterBlock = OwnerReach::NotTried;
    std::optional<AbuseTry> ownerRefused = {};       // the last such answer
    std::optional<std::chrono::seconds> waited = {}; // for the end of the block
    std::vector<AnnouncedLimit> announced = {};
    int baseline = 0;                   // the first tries, one a second
    std::chrono::milliseconds usual{0}; // the middle of what their answers took
    QString brokenOff = {};             // a sentence: why it ended early
    int requests = 0;
    std::vector<Secret> known = {};
};

// "None in 20" is a finding; more are not sent.
constexpr int kMostTries = 20;
// The first of them, as slowly as a person tries: how refusals look, and how long they take (facts 19).
constexpr int kBaselineTries = 5;
// The most requests of one siege.
constexpr int kSiegeRequests = 112;
// What one siege may wait for beside its requests: the end of what was counted before it came, that of its own block,
// and the pauses between its tries, which it counts twice where others were counted with the first of them.
std::chrono::seconds waitsOfSiege(const BlockPatience &patience);
// Under which they are counted, whoever asks for it: the check that tells most of it.
inline const QString kSiegeAccount = QStringLiteral("abuse.rate-limit");

struct LoginSiege
{
    using Answer = SiegeReport;

    EntryPoint login;
    TestActor control; // whose right password is let in; throw-away: it is attacked, where the run permits
    BlockPatience patience = {};

    QString key() const { return login.url.toString(); }
    int roundTrips() const { return 60; }
};
// NotFound when the answers to the right and to a wrong password do not differ: nothing can be told there. The errors
// of Wire::send(); once something was learnt, what ends it is in SiegeReport::brokenOff.
[[nodiscard]] Result<SiegeReport> probe(const LoginSiege &question, ProbeContext &context);

// The siege of the project's login, if there is one: by a throw-away account, else by any that signs in with a
// password. Nothing without one.
std::optional<LoginSiege> siegeOf(const ProjectFacts &facts, const BlockPatience &patience);
// That one, and one for each other door where people sign in: of an account that signs in there (signsInAt), else of
// the first siege's. Empty without the first.
std::vector<LoginSiege> siegesOf(const Target &target, const ProjectFacts &facts, const BlockPatience &patience);

} // namespace cockpit
