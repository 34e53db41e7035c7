#include "checks/abuse/webhook.h"

#include "checks/actors/canary.h"
#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WebhookSignature)
};

constexpr int kWebhookRequests = 7;
constexpr qint64 kDay = 24LL * 3600;

// An event that nobody handles: of a kind of our own, and not of real money.
QByteArray eventOf(const QString &id)
{
    const QJsonObject event{{u"id"_s, id},
                            {u"object"_s, u"event"_s},
                            {u"type"_s, u"launch_cockpit.test"_s},
                            {u"livemode"_s, false},
                            {u"data"_s, QJsonObject{{u"object"_s, QJsonObject()}}}};
    return QJsonDocument(event).toJson(QJsonDocument::Compact);
}

class Webhooks
{
public:
    Webhooks(const Look &look, Wire &wire) : m_look(look), m_wire(wire) {}

    WebhookLook run(const std::vector<Route> &routes);

private:
    void tryRoute(const Route &route);
    void send(WebhookRun &run, WebhookWay way, const QUrl &url, const QByteArray &body, std::vector<Header> signature);
    void sendSigned(WebhookRun &run, const QUrl &url, const QByteArray &key);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    Wire &m_wire;
    WebhookLook m_result;
};

void Webhooks::send(WebhookRun &run, WebhookWay way, const QUrl &url, const QByteArray &body,
                    std::vector<Header> signature)
{
    if (isOver())
        return;
    ActiveRequest request;
    request.method = "POST";
    request.url = url;
    request.routeName = run.route.path;
    request.body = body;
    request.writes = true;
    request.headers = std::move(signature);
    request.headers.push_back({"Content-Type", "application/json"});
    auto answer = m_wire.send(request);
    if (!answer) {
        const ErrorKind kind = answer.error().kind;
        if (kind == ErrorKind::Cancelled || kind == ErrorKind::NotPermitted || m_look.seen.isOver())
            m_result.brokenOff = answer.error().message;
        return;
    }
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        m_result.brokenOff = describe(Obstacle::TooManyRequests, *answer);
    else
        run.tries.push_back({way, std::move(request), std::move(*answer)});
}

void Webhooks::sendSigned(WebhookRun &run, const QUrl &url, const QByteArray &key)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QString id = newCanaryText();
    const QByteArray event = eventOf(id);
    send(run, WebhookWay::Valid, url, event, signatureHeaders(run.headerName, key, id.toLatin1(), now, event));
    send(run, WebhookWay::Again, url, event, signatureHeaders(run.headerName, key, id.toLatin1(), now, event));
    if (!hasTime(schemeOf(run.headerName)))
        return;
    const QString oldId = newCanaryText();
    const QByteArray oldEvent = eventOf(oldId);
    send(run, WebhookWay::Old, url, oldEvent,
         signatureHeaders(run.headerName, key, oldId.toLatin1(), now - kDay, oldEvent));
}

void Webhooks::tryRoute(const Route &route)
{
    const RouteAddress address = addressOf(m_look.target, route);
    const Host *host = hostFor(m_look.target, route);
    if (!address || !host) {
        m_result.notAsked.append(routeName(route));
        return;
    }
    WebhookRun run{.route = route, .headerName = headerNameFor(route.path)};
    const TestActor *keeper = signingKeyFor(run.headerName, m_look.facts.actors);
    const Secret *key = keeper && m_wire.gate() ? m_wire.gate()->secretOf(keeper->id) : nullptr;
    if (key)
        run.headerName = keeper->signIn.headerName.toLatin1();
    run.hasKey = key != nullptr;
    const QString word = probeWord(route.path + m_look.startedAt.toString(Qt::ISODateWithMs));
    const QString beside = route.path.section(u'/', 0, -2) + u'/' + word;
    send(run, WebhookWay::Nowhere, httpsAddress(*host, beside), eventOf(newCanaryText()), {});
    send(run, WebhookWay::Malformed, *address, "{\"id\":", {});
    send(run, WebhookWay::None, *address, eventOf(newCanaryText()), {});
    send(run, WebhookWay::Garbage, *address, eventOf(newCanaryText()),
         garbageHeaders(run.headerName, QDateTime::currentSecsSinceEpoch()));
    if (key)
        sendSigned(run, *address, key->reveal());
    m_result.routes.push_back(std::move(run));
}

WebhookLook Webhooks::run(const std::vector<Route> &routes)
{
    for (const Route &route : routes) {
        if (m_result.routes.size() >= kMostWebhooks)
            m_result.leftOut.append(routeName(route));
        else if (!isOver())
            tryRoute(route);
    }
    if (const ActiveGate *gate = m_wire.gate())
        m_result.known = gate->knownSecrets();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

RequestNeed needFor(std::size_t routes)
{
    return {.account = u"abuse.webhook-signature"_s,
            .most = std::min(static_cast<int>(routes), kMostWebhooks) * kWebhookRequests};
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return {needFor(webhookRoutes(outlook.facts.routes).size())};
}

Judged look(const Look &look)
{
    const std::vector<Route> routes = webhookRoutes(look.facts.routes);
    if (routes.empty())
        return nothingToTry(
            Text::tr("No webhook is marked as safe to write. Mark it in your list of routes: it gets events of "
                     "the kind launch_cockpit.test."));
    Wire wire(look, needFor(routes.size()));
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    return judgeWebhooks(Webhooks(look, wire).run(routes));
}

} // namespace

const HttpResponse *WebhookRun::answerTo(WebhookWay way) const
{
    const auto it = std::ranges::find(tries, way, &WebhookTry::way);
    return it == tries.end() ? nullptr : &it->answer;
}

const TestActor *signingKeyFor(const QByteArray &headerName, const std::vector<TestActor> &actors)
{
    const auto it = std::ranges::find_if(actors, [&](const TestActor &actor) {
        const bool isMeant = headerName.isEmpty() ||
                             actor.signIn.headerName.compare(QString::fromLatin1(headerName), Qt::CaseInsensitive) == 0;
        return isSigningKey(actor) && isMeant;
    });
    return it == actors.end() ? nullptr : &*it;
}

Check webhookSignatureCheck()
{
    return {.id = u"abuse.webhook-signature"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::CostAbuse, Impact::DataExposure},
            .needs = {Need::Routes, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
