// What one try of the table of routes and bad credentials tells.
#include "checks/access/credentialmatrix.h"
#include "checks/actors/refusal.h"
#include "checks/actors/tellinganswer.h"
#include "models/routes/pathtemplate.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isSameAnswer(const HttpResponse &a, const HttpResponse &b)
{
    return a.status == b.status && a.body == b.body && a.header("location") == b.header("location");
}

// A record that is gone by now, a list that is empty by now and a bad request are refused to a session that goes on as
// well: only what asks for a sign-in shows that it ended. A word of the product's own, or a way to the first page,
// where a stranger had just that; of one record it may be about the record.
bool showsTheEnd(const ReachVerdict &reach, const CredentialTry &one, const CredentialRow &row)
{
    if (reach.reach != ActorReach::Refused)
        return false;
    if (reach.why == ReachWhy::Status || reach.why == ReachWhy::ToLogin)
        return true;
    const bool isInWords = reach.why == ReachWhy::SaysError || reach.why == ReachWhy::SentAway;
    return isInWords && !hasHoles(row.route.path) && isSameAnswer(one.answer, row.stranger);
}

} // namespace

std::optional<Proof> openedBy(const CredentialTry &one, const CredentialRow &row)
{
    Yardstick yardstick{.question = ReachOf::Route,
                        .good = &row.good,
                        .signedOut = &row.stranger,
                        .markers = &row.markers,
                        .sent = one.request.url.toEncoded()};
    const ReachVerdict reach = reachOf(one.answer, yardstick);
    if (reach.reach != ActorReach::Allowed || reach.isPublic)
        return std::nullopt;
    // Pages that look alike are no proof.
    if (isPage(one.answer))
        return reach.markers.empty() ? std::nullopt : reach.proof;
    // A common word that is shown to the account alone proves less than the same form of answer does.
    yardstick.markers = nullptr;
    const auto byForm = reachOf(one.answer, yardstick);
    return std::min(reach.proof.value_or(Proof::Lead),
                    byForm.reach == ActorReach::Allowed ? byForm.proof.value_or(Proof::Lead) : Proof::Lead);
}

TryTold toldOf(const CredentialTry &one, const CredentialRow &row)
{
    if (openedBy(one, row))
        return one.after == StrangerAfter::Closed ? TryTold::Opened : TryTold::Nothing;
    if (!tellsWhatIsThere(one.answer))
        return TryTold::Nothing;
    const ReachVerdict reach =
        reachOf(one.answer, {.question = ReachOf::Route, .good = &row.good, .signedOut = &row.stranger});
    if (one.kind == BadCredential::Ended)
        return showsTheEnd(reach, one, row) ? TryTold::Held : TryTold::Nothing;
    const bool isRefused = reach.reach == ActorReach::Refused || reach.reach == ActorReach::Filtered || reach.isPublic;
    // A value of another form than the good one is often a bad request (400, 422).
    const bool isBadRequest = one.answer.status >= 400 && one.answer.status < 500;
    return isRefused || isBadRequest ? TryTold::Held : TryTold::Nothing;
}

} // namespace cockpit
