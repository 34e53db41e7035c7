#include "checks/access/crossinglook.h"

#include "checks/access/postrule.h"
#include "checks/actors/recordowner.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/tellinganswer.h"
#include "checks/actors/testtexts.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

QString nameOf(const TestActor &actor)
{
    return Text::tr("%1 (%2)", "a test account and its customer").arg(actor.name, actor.tenant);
}

} // namespace

CrossingLook::CrossingLook(const Look &look, CrossingRoutes routes, Askers askers, UndoList &undo)
    : m_look(look), m_routes(std::move(routes)), m_askers(askers), m_undo(undo)
{
    m_result.owner = nameOf(askers.owner.actor());
    m_result.outsider = nameOf(askers.outsider.actor());
}

void CrossingLook::noteEnd(const Error &error)
{
    if (endsTheLook(error) || m_look.seen.isOver())
        m_result.brokenOff = error.message;
}

std::optional<HttpResponse> CrossingLook::noted(Result<HttpResponse> answer)
{
    if (!answer) {
        noteEnd(answer.error());
        return std::nullopt;
    }
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        m_result.brokenOff = describe(Obstacle::TooManyRequests, *answer);
    return std::move(*answer);
}

std::optional<HttpResponse> CrossingLook::ask(ActorSession &session, const ActiveRequest &request)
{
    return isOver() ? std::nullopt : noted(session.ask(request));
}

std::optional<HttpResponse> CrossingLook::askAsNobody(const ActiveRequest &request)
{
    return isOver() ? std::nullopt : noted(m_askers.wire.send(request));
}

// A list that was asked and gave its owner nothing good: nothing is planted where it would not be seen again.
bool CrossingLook::isAnswered(const Route &list) const
{
    const auto asked = std::ranges::find(m_routes.reads, list);
    const bool wasAsked =
        asked != m_routes.reads.end() && asked - m_routes.reads.begin() < static_cast<std::ptrdiff_t>(kMostReads);
    return !wasAsked || m_known.lists.contains(routeName(list));
}

void CrossingLook::plant()
{
    for (const CanaryPlan &plan : canaryPlans(m_look.facts.routes, m_look.facts.samples)) {
        if (isOver())
            return;
        if (m_planted.size() >= kMostCanaries) {
            m_notPlanted.push_back({plan, Text::tr("one look makes %1 test records at most.").arg(kMostCanaries)});
            continue;
        }
        if (plan.list && !isAnswered(*plan.list)) {
            m_notPlanted.push_back({plan, Text::tr("%1 gave its owner no good answer, so that no test record was made.")
                                              .arg(routeName(*plan.list))});
            continue;
        }
        auto canary = plantCanary(plan, m_look.target, recordOwner(m_askers.owner), m_undo);
        if (canary)
            m_planted.push_back({plan, std::move(*canary)});
        else if (endsTheLook(canary.error()) || m_look.seen.isOver())
            m_result.brokenOff = canary.error().message;
        else
            m_notPlanted.push_back({plan, canary.error().message});
    }
}

// A test record is nobody else's, whatever others get: where they get it, that is the leak.
void CrossingLook::learnMarkers()
{
    std::vector<HttpResponse> others = m_known.outsiders;
    std::ranges::copy(m_known.strangers, std::back_inserter(others));
    std::vector<Marker> canaries;
    for (const Planted &one : m_planted)
        canaries.push_back(one.canary.marker());
    const auto testTexts = testTextsOf(m_look.facts);
    const Markers owners = markersOf(m_askers.owner.actor(), m_known.owners, others);
    m_result.markers = Markers(canaries).with(withoutTestTexts(owners, testTexts).all());
    others = m_known.owners;
    std::ranges::copy(m_known.strangers, std::back_inserter(others));
    m_result.outsidersMarkers = markersOf(m_askers.outsider.actor(), m_known.outsiders, others);
}

const CrossingLook::Planted *CrossingLook::plantedFor(const QString &resource) const
{
    const auto it = std::ranges::find_if(
        m_planted, [&](const Planted &one) { return one.canary.resource == resource && !resource.isEmpty(); });
    return it == m_planted.end() ? nullptr : &*it;
}

Quarry CrossingLook::quarryOf(const ResourceRoutes &routes, ResourceLook &result) const
{
    Quarry quarry{.routes = routes, .ids = {}, .ownId = {}, .tenants = m_known.tenants};
    if (const auto own = idOf(m_known.outsidersIds, routes.name))
        quarry.ownId = own->value;
    const QStringList seen = seenIdsOf(*routes.item);
    if (seen.size() > 1) {
        quarry.ids = seen;
        return quarry;
    }
    const Planted *planted = plantedFor(routes.name);
    // An id made of the record's text repeats the proof in the request, where it proves nothing.
    const bool repeats = planted && planted->canary.id.contains(planted->canary.text, Qt::CaseInsensitive);
    const auto owned = idOf(m_known.ownersIds, routes.name);
    if (planted && (!repeats || !owned)) {
        quarry.ids = {planted->canary.id};
        quarry.isPlanted = true;
        result.record = planted->canary.seen;
    } else if (owned) {
        quarry.ids = {owned->value};
    } else {
        quarry.ids = seen;
    }
    result.hasCanary = planted != nullptr;
    return quarry;
}

// The record at its own address: what the others' answers are measured by.
bool CrossingLook::readAsOwner(const Quarry &quarry, ResourceLook &result)
{
    const auto address = addressOf(m_look.target, *quarry.routes.item, quarry.ids);
    if (!address)
        return false;
    if (result.record && result.record->url == *address)
        return true;
    auto record = ask(m_askers.owner, requestAt(*quarry.routes.item, *address));
    if (!record || !isGoodAnswer(*record, {}))
        return false;
    result.record = std::move(record);
    return true;
}

// Whose list of routes does not tell is asked, as the owner.
bool CrossingLook::mayPost(const Quarry &quarry)
{
    const Route &item = *quarry.routes.item;
    const auto address = addressOf(m_look.target, item, quarry.ids);
    const PostRule rule = postRule(item, m_look.facts.routes);
    if (!quarry.isPlanted || !address || rule != PostRule::Unlisted)
        return quarry.isPlanted && rule == PostRule::Allowed;
    for (const char *method : kMethodQuestions) {
        ActiveRequest request = requestAt(item, *address);
        request.method = method;
        const auto answer = ask(m_askers.owner, request);
        const QByteArrayList methods = answer ? methodsIn(*answer) : QByteArrayList();
        if (!methods.isEmpty())
            return !methods.contains("POST");
    }
    return false;
}

// A list or export that holds others' records by itself: a filter or a header on top of it is not what opens it.
bool CrossingLook::isOpenAnyway(const Crossing &crossing, const ResourceLook &result) const
{
    const bool isOnTop = crossing.way == CrossWay::Filter || crossing.way == CrossWay::Header;
    return isOnTop && std::ranges::any_of(result.crossed, [&](const CrossedAnswer &one) {
               const bool isPlain = one.crossing.way == CrossWay::List || one.crossing.way == CrossWay::Export;
               return isPlain && one.crossing.routeName == crossing.routeName &&
                      verdictOf(m_result, result, one).reach == ActorReach::Allowed;
           });
}

void CrossingLook::cross(const Crossing &crossing, ResourceLook &result)
{
    CrossedAnswer one{.crossing = crossing, .answer = {}};
    const bool isPart = crossing.way == CrossWay::Path && result.record && crossing.request.url != result.record->url;
    // Without an answer it has nothing good: the record itself is another thing, and no measure for its part.
    if (isPart)
        one.good = ask(m_askers.owner, crossing.request).value_or(HttpResponse());
    auto answer = crossing.asNobody ? askAsNobody(crossing.request) : ask(m_askers.outsider, crossing.request);
    if (!answer && isOver())
        return;
    one.answer = std::move(answer).value_or(HttpResponse());
    if (!crossing.asNobody)
        one.sent = m_askers.outsider.prepared(crossing.request).value_or(crossing.request);
    const auto asked =
        std::ranges::count_if(result.crossed, [](const CrossedAnswer &before) { return before.stranger.has_value(); });
    const bool hasCrossed = !crossing.asNobody && verdictOf(m_result, result, one).reach == ActorReach::Allowed;
    if (hasCrossed && asked < kStrangersEach) {
        one.stranger = askAsNobody(crossing.request);
        one.isStrangerUntold = !tellsWhatIsThere(one.stranger);
    }
    result.crossed.push_back(std::move(one));
}

void CrossingLook::askMadeUp(const Quarry &quarry, ResourceLook &result)
{
    QStringList ids = quarry.ids;
    ids.last() = inventedIdLike(quarry.id());
    const auto address = addressOf(m_look.target, *quarry.routes.item, ids);
    if (address && !ids.last().isEmpty())
        result.madeUp = ask(m_askers.outsider, requestAt(*quarry.routes.item, *address));
}

void CrossingLook::attack(const ResourceRoutes &routes)
{
    ResourceLook result{.name = routes.name, .id = {}};
    result.planned = routeNamesOf(routes);
    Quarry quarry = quarryOf(routes, result);
    result.id = quarry.id();
    if (routes.list) {
        if (const auto list = m_known.lists.find(routeName(*routes.list)); list != m_known.lists.end())
            result.list = list->second;
    }
    if (quarry.ids.isEmpty()) {
        result.notTested = Text::tr("%1: no record was found that only %2 has.").arg(routes.name, m_result.owner);
    } else if (!readAsOwner(quarry, result)) {
        result.notTested = Text::tr("%1: %2 cannot read its own record there.").arg(routes.name, m_result.owner);
    } else {
        askMadeUp(quarry, result);
        quarry.mayPost = mayPost(quarry);
        for (const Crossing &crossing : crossingsOf(quarry, m_look.target)) {
            if (!isOpenAnyway(crossing, result))
                cross(crossing, result);
        }
        if (const Planted *planted = plantedFor(routes.name))
            writeBlindly(*planted, result);
    }
    m_result.resources.push_back(std::move(result));
}

void CrossingLook::askInvented()
{
    QStringList hosts;
    for (const ResourceRoutes &one : m_routes.resources) {
        const Host *host = hostFor(m_look.target, *one.item);
        constexpr qsizetype kMostHosts = 3;
        if (!host || hosts.contains(host->name) || hosts.size() >= kMostHosts)
            continue;
        hosts.append(host->name);
        Route nowhere;
        nowhere.path = '/'_L1 + probeWord(host->name + m_look.startedAt.toString(Qt::ISODateWithMs));
        if (auto answer = ask(m_askers.outsider, requestAt(nowhere, httpsAddress(*host, nowhere.path))))
            m_result.invented.push_back(std::move(*answer));
    }
}

// By what the account alone was shown before; where there is no such thing, by who it is. What is not so is noted: the
// refusals before may have been for that reason.
bool CrossingLook::verifyStillIn(ActorSession &session, const std::optional<GoodQuestion> &question)
{
    const QString name = nameOf(session.actor());
    if (question) {
        const auto answer = ask(session, question->request);
        if (answer && isStillGood(*question, *answer))
            return true;
        if (!isOver())
            m_result.brokenOff =
                Text::tr("%1 does not get any more what it got before the tests: signed out meanwhile?").arg(name);
        return false;
    }
    if (session.actor().whoAmIUrl.isEmpty()) {
        m_result.brokenOff =
            Text::tr("Nothing shows that %1 is signed in: name the address that says who is signed in.").arg(name);
        return false;
    }
    const auto health = session.health();
    if (!health)
        m_result.brokenOff = health.error().message;
    else if (!health->isSignedIn)
        m_result.brokenOff = Text::tr("%1 was signed out while the requests went out.").arg(name);
    return health && health->isSignedIn;
}

// Both still get what is theirs; else nothing is proved by refusals.
void CrossingLook::control()
{
    if (isOver() || !verifyStillIn(m_askers.owner, m_known.ownersGood))
        return;
    std::ignore = verifyStillIn(m_askers.outsider, m_known.outsidersGood);
}

Result<TenantLook> CrossingLook::run()
{
    auto known = learnBelongings(m_routes, m_look.target, m_askers);
    if (!known)
        return tl::unexpected<Error>(known.error());
    m_known = std::move(*known);
    m_result.shared = m_known.shared;
    m_result.ownersMail = m_askers.owner.actor().userName;
    for (const ForeignMail &one : m_known.foreignMails)
        m_result.mails.push_back(
            {.crossing = {.way = CrossWay::List, .request = one.request, .routeName = one.routeName, .isOfList = true},
             .answer = one.outsiders,
             .good = one.owners,
             .stranger = one.strangers});
    plant();
    learnMarkers();
    askInvented();
    search();
    question();
    // While the test records are as they were made: an attack may take them away.
    trySockets();
    trySubscriptions();
    for (std::size_t i = 0; i < std::min(m_routes.resources.size(), kMostResources); ++i) {
        if (!isOver())
            attack(m_routes.resources[i]);
    }
    mutate();
    leaveOutTheRest();
    control();
    m_result.known = m_askers.wire.gate() ? m_askers.wire.gate()->knownSecrets() : std::vector<Secret>();
    m_result.requests = m_askers.wire.sent();
    return std::move(m_result);
}

} // namespace cockpit
