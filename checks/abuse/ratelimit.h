// abuse.rate-limit: who tries again and again is slowed or stopped, at the login and where each try costs something
// (OWASP API4:2023, facts 19). Each door of a kind is tried while the requests of the run last: the first of each kind
// before further ones.
// observed: "login": {"route","throttled": by what (toWord(Throttle)),"baseline": {"tries","typical_ms"},"account":
// {"name","tries","limited","silent": without a sign,"kind","retry_after"} or null,"address": the same without a
// name,"account_alone": the block is the account's,"waited_s","recovered": bool or null,"bypasses": [{"way","detail",
// "of": account|address,"proven"}],"announced": [{"name","quota","window"}]} or "login_not_tested": sentence;
// "other_logins": [the same]; "routes": [{"kind","route","tries","limited","retry_after","typical_ms","bytes",
// "at_once"?: {"tries","answered","limited","broken","waited"}} or {"kind","route","not_tested"}, with "made": [address
// that sign-up may have taken]]; "race": the first of "races": [{"route","tries","successes","refused","limited",
// "broken","waited","afterwards","refused_afterwards","quota"?} or {"route","not_tested"}]; "code"?: the first of
// "codes": [{"route","digits","tries","limited","chance"} or {"route","not_tested"}]; "graphql": [{"way":
// aliases|batch,"route","asked","heard"} or {"way","route","not_tested"}]; "not_tried": [{"route","why"}];
// "not_told": sentence?; "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/abuse/codetries.h"
#include "checks/abuse/graphqltries.h"
#include "checks/abuse/loginsiege.h"
#include "checks/abuse/routeseries.h"
#include "checks/abuse/siegelook.h"
#include "checks/engine/check.h"

namespace cockpit {

struct RateLimitLook
{
    std::optional<SiegeReport> login = {};
    QString loginNotTested = {}; // a sentence
    OtherSieges otherLogins = {};
    SeriesReport others = {};
    std::vector<GraphQlTries> graphQl = {};
    std::vector<CodeTries> codes = {};
    std::vector<UntriedDoor> notTried = {}; // of GraphQL and codes
    int requests = 0;
    std::vector<Secret> known = {};
};

// A person mistypes a few times; more tries at one account before anything stops them are guesses.
constexpr int kManyForOneAccount = 10;
// An answer that costs the product something.
constexpr std::chrono::milliseconds kHeavyTime{1000};
constexpr qint64 kHeavyBytes = 1024LL * 1024;

Judged judgeRateLimit(const RateLimitLook &look);
Check rateLimitCheck(const BlockPatience &patience = {});

// "blocks after 8 tries for 60 s"
QString measureOf(const TrySeries &series);

// What holds a guesser back at a login.
enum class Throttle {
    Account,
    Address,
    Both,
    Edge,   // a firewall in front, and nothing that the product itself says
    None,   // in as many tries as are sent
    Untold, // the series ended before
};
QString toWord(Throttle value);
Throttle throttleOf(const SiegeReport &login);

} // namespace cockpit
