#include "checks/access/backendcalls.h"

#include "checks/access/backendasks.h"
#include "checks/access/backendwrites.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/wire.h"
#include "checks/net/urlhost.h"
#include "models/routes/routelist.h"

#include <algorithm>
#include <cstdint>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString pathOf(const QString &name)
{
    return u"/functions/v1/"_s + name;
}

bool isMarkedService(const Route &route)
{
    return maySafelyWrite(route) && route.method == "POST"_L1 && route.path.startsWith(pathOf({})) &&
           !route.host.isEmpty();
}

constexpr std::size_t kNotYet = SIZE_MAX;

// One question to the backend at that place of the looks.
struct Call
{
    std::size_t of = 0;
    std::size_t at = kNotYet; // of its asks, where it stands there already
    bool isBeyond = false;    // one more than a run asks
    BackendAsk ask;
    ActiveRequest request;
};

Call callOf(const BackendFound &found, const QString &name)
{
    ActiveRequest request{.method = "POST", .url = QUrl(found.origin.toString() + pathOf(name))};
    request.headers = {{"apikey", found.key}, {"Content-Type", "application/json"}};
    request.body = "{}";
    request.routeName = pathOf(name);
    request.writes = true;
    BackendAsk ask{BackendPart::Service, name, HttpGet{.url = request.url, .method = "POST"}};
    return {.ask = std::move(ask), .request = std::move(request)};
}

Call signUpCallOf(const BackendFound &found)
{
    BackendAsk ask = signUpAsk(found);
    const HttpGet &question = ask.question;
    ActiveRequest request{.method = question.method, .url = question.url, .headers = question.headers};
    request.body = question.body;
    request.errand = ActiveErrand::Vendor;
    return {.ask = std::move(ask), .request = std::move(request)};
}

Call queryCallOf(const BackendAsk &ask, const ActiveGate *gate)
{
    const HttpGet &question = ask.question;
    ActiveRequest request{.method = question.method, .url = question.url, .headers = question.headers};
    request.body = question.body;
    request.bodyCap = question.bodyCap;
    const bool isOwn = gate && gate->covers(hostOf(question.url)); // at a name of the product
    request.errand = isOwn ? ActiveErrand::Check : ActiveErrand::Vendor;
    return {.ask = ask, .request = std::move(request)};
}

void markBeyond(std::vector<Call> &calls, std::size_t most)
{
    for (std::size_t i = most; i < calls.size(); ++i)
        calls[i].isBeyond = true;
}

// The made-up one first: without it the others tell nothing.
std::vector<Call> queryCallsFor(const ActiveGate *gate, const std::vector<BackendLook> &looks)
{
    std::vector<Call> calls;
    for (std::size_t of = 0; of < looks.size(); ++of) {
        for (std::size_t at = 0; at < looks[of].asks.size(); ++at) {
            if (!givesContent(looks[of].asks[at]))
                continue;
            calls.push_back(queryCallOf(looks[of].asks[at], gate));
            calls.back().of = of;
            calls.back().at = at;
        }
    }
    std::ranges::stable_sort(calls, {}, [](const Call &call) { return call.ask.isMadeUp ? 0 : 1; });
    markBeyond(calls, kMostQueries);
    return calls;
}

// The founder's functions first: each was marked to be tried.
std::vector<Call> callsFor(const Look &look, const std::vector<BackendLook> &looks)
{
    const ActiveGate *gate = look.seen.active();
    std::vector<Call> calls;
    std::vector<Call> signUps;
    for (std::size_t i = 0; i < looks.size(); ++i) {
        const BackendFound &found = looks[i].backend;
        const bool isCovered = gate && gate->covers(hostOf(found.origin));
        for (const QString &name : isCovered ? markedServices(found, look.facts.routes) : QStringList()) {
            calls.push_back(callOf(found, name));
            calls.back().of = i;
        }
        if (found.kind != BackendKind::Firebase)
            continue;
        signUps.push_back(signUpCallOf(found));
        signUps.back().of = i;
    }
    markBeyond(signUps, kMostSignUps);
    std::ranges::move(signUps, std::back_inserter(calls));
    std::ranges::move(queryCallsFor(gate, looks), std::back_inserter(calls));
    return calls;
}

// What was refused before it was sent is not in the look, but for a question that stays open by that.
void holdBack(Call &call, HeldBack why, std::vector<BackendLook> &looks)
{
    if (call.at != kNotYet)
        looks[call.of].asks[call.at].heldBack = why;
    if (call.ask.part != BackendPart::SignUp)
        return;
    call.ask.heldBack = why;
    looks[call.of].asks.push_back(std::move(call.ask));
}

// As it came back, or without an answer.
void keep(Call call, std::vector<BackendLook> &looks)
{
    std::vector<BackendAsk> &asks = looks[call.of].asks;
    call.ask.heldBack = HeldBack::No;
    if (call.at == kNotYet)
        asks.push_back(std::move(call.ask));
    else
        asks[call.at] = std::move(call.ask);
}

} // namespace

RequestNeed needOfBackends(const std::vector<Route> &routes)
{
    return {.account = u"access.unauthenticated"_s,
            .most = kMostSignUps + kMostQueries + static_cast<int>(std::ranges::count_if(routes, isMarkedService)) +
                    requestsForWrites(routes)};
}

QStringList markedServices(const BackendFound &found, const std::vector<Route> &routes)
{
    QStringList marked;
    for (const QString &name : found.kind == BackendKind::Supabase ? found.services : QStringList()) {
        const bool isMarked = std::ranges::any_of(routes, [&](const Route &route) {
            return isMarkedService(route) && route.path == pathOf(name) && route.host == hostOf(found.origin);
        });
        if (isMarked)
            marked.append(name);
    }
    return marked;
}

void callBackends(const Look &look, std::vector<BackendLook> &looks)
{
    std::vector<Call> calls = callsFor(look, looks);
    if (calls.empty())
        return;
    const ActiveGate *gate = look.seen.active();
    const RequestNeed need = needOfBackends(look.facts.routes);
    const auto wanted = std::ranges::count(calls, false, &Call::isBeyond);
    const int ceiling = std::min(mayAnnounce(look, need), static_cast<int>(wanted));
    Wire wire(look, need.account, ceiling);
    for (Call &call : calls) {
        if (call.isBeyond) {
            holdBack(call, gate ? HeldBack::TooMany : HeldBack::NotPermitted, looks);
            continue;
        }
        const int sentBefore = wire.sent();
        if (auto answer = wire.send(call.request))
            call.ask.answer = std::move(*answer);
        if (wire.sent() == sentBefore) // stopped, or refused by the gate
            holdBack(call, gate ? HeldBack::NoneLeft : HeldBack::NotPermitted, looks);
        else
            keep(std::move(call), looks);
    }
}

} // namespace cockpit
