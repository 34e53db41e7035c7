// access.enumeration: login, sign-up, reset and invitations do not tell who has an account, neither by what they answer
// nor by how long they take (OWASP WSTG-IDNT-04, facts 21). Accounts of the project and addresses that nobody has are
// asked for in turn; accounts that are locked or were never confirmed, where the project has some, are a kind of their
// own. The same of the routes by which strangers can look people up (publiclookups.h), by what they
// answer alone.
//
// observed:
//   "requests", not_seen (models/unseen.h),
//   "entries": [{"kind","route","known","unknown": answers of each,
//                "differs_in": [status|location|cookies|headers|body],
//                "varies_in": the same, different from answer to answer,
//                "states"?: {"locked"|"unverified": {"answers","differs_in"}},
//                "time": {"pairs","p","shift_ms","low_ms","high_ms","quick_ms","middle_ms","noise_ms","different",
//                         "same"} or null,
//                "stopped"?: sentence,
//                "made"?: addresses of ours that may have been taken, and may have accounts now}
//               or {"kind","route","not_tested": sentence}]
#pragma once

#include "checks/access/answerfeatures.h"
#include "checks/actors/accountstate.h"
#include "checks/actors/entrypoints.h"
#include "checks/actors/wire.h"
#include "checks/engine/check.h"
#include "models/secret.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace cockpit {

struct EnumerationSample
{
    bool isKnown = false;
    AnswerFeatures features;
    double milliseconds = 0;
    bool isRefused = false;                   // by its status, or sent back to the form
    bool isTimed = true;                      // it came in the turns whose times are compared
    AccountState state = AccountState::Usual; // of the account that was asked for
    QString name = {};                        // that was asked for
    AnswerTraces traces = {};
};

struct EnumerationEntry
{
    EntryKind kind = EntryKind::Login;
    QString route; // of a look-up with the name that is asked for: "GET /users?email="
    QString host = {};
    std::vector<EnumerationSample> samples = {}; // in the order in which they were asked
    using Example = std::pair<ActiveRequest, HttpResponse>;
    std::optional<Example> known = {}, unknown = {}; // one of each
    std::map<AccountState, Example> states = {};     // and of accounts in these
    std::set<AccountState> asksStates = {};          // which there are, whether or not they were answered
    QString stopped = {};                            // why it ended early
    QString notTested = {};
    bool isClosed = false; // of a look-up: strangers get what they get anywhere, which is neither good nor bad
    bool byMail = true;    // else by a name that profiles may show on purpose
    QStringList made = {}; // of ours, not refused where accounts are made: the person removes what came of it
};

struct EnumerationLook
{
    std::vector<EnumerationEntry> entries;
    std::vector<Secret> knownSecrets = {};
    int requests = 0;
};

// Answers of each kind without which a difference may be chance.
constexpr int kFewestKnown = 2;
constexpr int kFewestUnknown = 3;
// Times of so many pairs are compared where a product lets us ask as often, the first ones left out (facts 21: 30 to
// 60, after 3).
constexpr int kTimedPairs = 30;
constexpr int kWarmUpPairs = 3;

// How long a product took over an answer, in milliseconds: what the statistics compare.
using AnswerTime = std::function<double(const HttpResponse &answer)>;
// As it was measured, without what the connection took, which says nothing about an account.
double measuredTime(const HttpResponse &answer);

Judged judgeEnumeration(const EnumerationLook &look);
// timeOf: measured, but for tests, which count in its place what their products do. Asked on the worker that looks,
// right after each answer.
Check enumerationCheck(const AnswerTime &timeOf = measuredTime);

} // namespace cockpit
