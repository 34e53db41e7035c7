#include "checks/abuse/errorleak.h"

#include "checks/abuse/breakroute.h"
#include "checks/abuse/leaksowed.h"
#include "checks/actors/productturns.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool endsIt(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

const QString kReads = u"abuse.error-leak"_s;

// A few routes have their requests in any case; the others are asked where others leave something.
RequestNeed readsNeed(std::size_t routes)
{
    constexpr int kModestPart = 10; // of a budget
    return {.account = kReads,
            .most = static_cast<int>(routes) * kBrokenRequests,
            .fewest = static_cast<int>(std::min(routes, kFewBrokenRoutes)) * kBrokenRequests,
            .parts = kModestPart};
}

// What had no place, then what told something before.
QStringList toBreakFirst(const QJsonObject &before)
{
    QStringList names;
    for (const QJsonValue name : before.value("left_out"_L1).toArray())
        names.append(name.toString());
    for (const OwedLeak &one : leaksIn(before))
        names.append(one.route);
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

void breakReads(const Look &look, ErrorLook &result)
{
    const TestActor *actor = inputActorOf(look.facts.actors);
    const BreakChoice choice = routesToBreak(look.facts.routes, toBreakFirst(result.before));
    const std::vector<Route> &routes = choice.routes;
    result.beyond = choice.beyond;
    if (!actor || !look.seen.active() || routes.empty() || !result.brokenOff.isEmpty())
        return;
    Wire wire(look, readsNeed(routes.size()));
    ActorSession session(*actor, wire);
    result.actor = actor->name;
    for (const Route &route : routes) {
        if (wire.isReady() && wire.left() < kBrokenRequests) {
            result.without.append(routeName(route));
            continue;
        }
        if (const auto done = breakRoute(route, look.target, wire, session, result); !done) {
            result.brokenOff = done.error().message;
            break;
        }
    }
    result.requests = wire.sent();
}

// Why nothing can be seen of a product; empty when something can.
std::optional<Judged> whyNot(const Look &look)
{
    if (!look.seen.active())
        return notRun(labelOf(Need::Consent));
    if (!inputActorOf(look.facts.actors))
        return nothingToTry(labelOf(Need::TestAccounts));
    return std::nullopt;
}

// Shared with abuse.schema: whoever comes first sends. What is to be taken back of it is in the answer.
UndoReport readBadInput(const Look &look, ErrorLook &result)
{
    if (!result.brokenOff.isEmpty() || whyNot(look) || badInputNeed(look.facts).most == 0)
        return {};
    const auto run = look.seen.ask(badInputOf(look));
    if (*run) {
        addErrorsOf(***run, result);
        return (**run)->undone;
    }
    if (endsIt(run->error()))
        result.brokenOff = run->error().message;
    else
        result.notSignedIn = run->error().message;
    return {};
}

Judged judgedOf(ErrorLook &result, const UndoReport &undone, const Look &look, const std::vector<PageLeakRule> &rules)
{
    if (auto missing = whyNot(look))
        return *missing;
    result.known = look.seen.active()->knownSecrets();
    result.hasRoutes = !routesToBreak(look.facts.routes).routes.empty() || badInputNeed(look.facts).most > 0;
    Judged judged = judgeErrorLeak(result, rules);
    noteLeft(judged, undone);
    return judged;
}

// The errors of a place's bodies, and what of them nobody saw.
void addErrorsOf(const PlaceRun &place, ErrorLook &look)
{
    const QString name = routeName(place.place.route);
    look.asked.append(name);
    if (place.control)
        ++look.good;
    else
        look.noteSilent(name);
    for (qsizetype one = 0; one < place.notTold.size(); ++one)
        look.noteSilent(name);
    if (!place.isSound() || !place.notSent.isEmpty())
        look.notePartly(name);
    if (place.leftOut > 0 && !look.unsentTo.contains(name))
        look.unsentTo.append(name);
    const QByteArray usual = place.control ? place.control->answer.body : QByteArray();
    for (const TriedMutation &one : place.tried) {
        if (one.tried.answer.status >= 400 && one.tried.answer.status != 429)
            look.errors.push_back({name, describe(one.mutation.kind), one.tried.request, one.tried.answer, usual});
    }
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook);

// The account of bad input; empty where it is sent to none of the products.
QString inputAccount(const ProductTurns &turns)
{
    for (std::size_t at = 0; at < turns.size(); ++at) {
        if (const RequestNeed need = badInputNeed(turns.facts(at)); need.most > 0)
            return need.account;
    }
    return {};
}

// One product after the other, for one kind of request, of which nothing is kept afterwards.
void forEach(ProductTurns &turns, ActiveGate *gate, const QString &account,
             const std::function<void(const Look &, std::size_t)> &send)
{
    for (std::size_t at = 0; at < turns.size(); ++at)
        send(turns.lookAt(at), at);
    if (gate && !account.isEmpty())
        gate->finish(account);
}

// What has its requests goes out first, to all products, and keeps none while the other waits for what is left over.
Judged look(const Look &look)
{
    const auto rules = loadPageLeakRules();
    if (!rules)
        return couldNotLook(rules.error());
    ActiveGate *gate = look.seen.active();
    ProductTurns turns(requestsOf, look);
    std::vector<ErrorLook> results(turns.size());
    std::vector<UndoReport> undone(turns.size());
    for (std::size_t at = 0; at < turns.size(); ++at) {
        results[at].before = turns.facts(at).lastObserved(kReads);
        for (const Route &route : turns.facts(at).routes)
            results[at].listed.append(routeName(route));
    }
    const auto reads = [&] {
        forEach(turns, gate, kReads, [&](const Look &one, std::size_t at) { breakReads(one, results[at]); });
    };
    const QString account = inputAccount(turns);
    const bool readsFirst = gate && gate->getsLeftovers(account) && !gate->getsLeftovers(kReads);
    if (readsFirst)
        reads();
    forEach(turns, gate, account,
            [&](const Look &one, std::size_t at) { undone[at] = readBadInput(one, results[at]); });
    if (!readsFirst)
        reads();
    std::vector<ProductSight> sights;
    for (std::size_t at = 0; at < turns.size(); ++at)
        sights.push_back({turns.name(at), judgedOf(results[at], undone[at], turns.lookAt(at), *rules)});
    return joined(sights, look.facts.lastObserved(kReads));
}

// In the order in which they are asked for where both are left to what others leave.
std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (!inputActorOf(outlook.facts.actors))
        return {};
    return {badInputNeed(outlook.facts), readsNeed(routesToBreak(outlook.facts.routes).routes.size())};
}

} // namespace

void ErrorLook::noteSilent(const QString &route)
{
    ++silent;
    silentAt.append(route);
    notePartly(route);
}

void ErrorLook::notePartly(const QString &route)
{
    if (!partly.contains(route))
        partly.append(route);
}

void addErrorsOf(const BadInputRun &run, ErrorLook &look)
{
    look.actor = run.actor;
    look.known = run.known;
    look.brokenOff = run.brokenOff;
    for (const PlaceRun &place : run.places)
        addErrorsOf(place, look);
    for (const PlainRead &read : run.plain)
        look.asked.append(routeName(read.route));
    for (const Route &route : run.silentReads)
        look.noteSilent(routeName(route));
    for (const std::vector<Route> *left : {&run.leftReads.beyond, &run.leftReads.without}) {
        for (const Route &route : *left)
            look.notePartly(routeName(route));
    }
    for (const AskedRead &read : run.reads) {
        if (read.answer.status >= 400)
            look.errors.push_back(
                {routeName(read.route), describe(MutationKind::Marks), read.request, read.answer, read.control.body});
    }
}

Check errorLeakCheck()
{
    return {.id = u"abuse.error-leak"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = needsOfAll(requestsOf)};
}

} // namespace cockpit
