// The part of the attack that opens WebSockets.
#include "checks/access/crossinglook.h"
#include "checks/access/sockethandshake.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/wiresocket.h"
#include "checks/http/cors.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

QByteArray foreignOrigin()
{
    return "https://lc-" + QUuid::createUuid().toByteArray(QUuid::Id128).left(10) + ".example.net";
}

// Only what a browser sends by itself can be used by a page of somebody else.
bool isByCookie(const ActiveRequest &dressed)
{
    const auto has = [&](QByteArrayView name) {
        return std::ranges::any_of(dressed.headers, [name](const Header &header) {
            return header.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    return has("Cookie") && !has("Authorization");
}

} // namespace

std::optional<SocketAnswer> CrossingLook::openAs(ActorSession *session, const ActiveRequest &request,
                                                 std::chrono::milliseconds listens)
{
    if (isOver())
        return std::nullopt;
    auto opened = session ? session->open(request) : m_askers.wire.open(request);
    if (!opened) {
        noteEnd(opened.error());
        return std::nullopt;
    }
    auto answer = noted(std::move(opened->answer)); // a server may be full, here too
    if (!answer)
        return std::nullopt;
    SocketAnswer seen{.sent = request, .answer = std::move(*answer)};
    if (session) {
        if (const auto dressed = session->prepared(request))
            seen.sent = *dressed;
    }
    const Deadline until = Deadline::in(listens);
    while (opened->socket && !until.hasPassed()) {
        const auto heard = opened->socket->hear(until);
        if (!heard)
            noteEnd(heard.error()); // what came before counts
        if (!heard || !*heard)
            break;
        seen.answer.body += **heard + '\n';
    }
    return seen;
}

// Which of the cookies the session is, the product alone knows: it is asked with those that browsers send in any case,
// and with those that some send.
CrossSiteReach CrossingLook::reachOfCookies(const std::function<ActiveRequest()> &foreign)
{
    const auto sent = m_askers.owner.session().jar.sentTo(foreign().url, QDateTime::currentDateTimeUtc());
    return crossSiteReach(sent, [&](const std::vector<StoredCookie> &cookies) -> std::optional<bool> {
        ActiveRequest request = foreign();
        request.headers.push_back({"Cookie", cookieHeaderOf(cookies).reveal()});
        const auto answer = openAs(&m_askers.owner, request, {});
        return answer ? hasOpened(answer->sent, answer->answer) : std::nullopt;
    });
}

QByteArray CrossingLook::homeOrigin(const Host &host) const
{
    const auto own = ownOrigins(m_look.target, host);
    return own.empty() ? "https://" + host.name.toLatin1() : own.front().origin;
}

// That of the record or of the customer that the address names; empty where it names none.
QString CrossingLook::idForSocket(const Route &route) const
{
    const QString resource = resourceOf(route.path);
    for (const TenantSwitch &one : m_known.tenants) {
        if (one.field.startsWith(resource, Qt::CaseInsensitive) && !resource.isEmpty())
            return one.owners;
    }
    if (const Planted *planted = plantedFor(resource))
        return planted->canary.id;
    const auto owned = idOf(m_known.ownersIds, resource);
    return owned ? owned->value : QString();
}

SocketTry CrossingLook::trySocket(const Route &route)
{
    SocketTry socket{.routeName = routeName(route), .namesRecord = hasHoles(route.path)};
    const QString id = socket.namesRecord ? idForSocket(route) : QString();
    const auto addressFor = [&](const QString &one) {
        return socket.namesRecord ? addressOf(m_look.target, route, QStringList{one}) : addressOf(m_look.target, route);
    };
    const auto url = addressFor(id);
    const Host *host = hostFor(m_look.target, route);
    if (!url || !host) {
        socket.notTested = Text::tr("%1: no id was found that only %2 has.").arg(socket.routeName, m_result.owner);
        return socket;
    }
    const QByteArray home = homeOrigin(*host);
    const auto away = [&, origin = foreignOrigin()] { return handshakeRequest(route, *url, origin); };
    socket.owner = openAs(&m_askers.owner, handshakeRequest(route, *url, home), {});
    if (!socket.owner || !isAcceptedHandshake(socket.owner->sent, socket.owner->answer))
        return socket;
    socket.stranger = openAs(nullptr, handshakeRequest(route, *url, home), kSocketPatience);
    socket.nobody = openAs(nullptr, away(), {});
    if (isByCookie(socket.owner->sent)) {
        socket.foreign = openAs(&m_askers.owner, away(), {});
        if (socket.foreign && isAcceptedHandshake(socket.foreign->sent, socket.foreign->answer))
            socket.cookie = reachOfCookies(away);
    }
    socket.outsider = openAs(&m_askers.outsider, handshakeRequest(route, *url, home), kSocketPatience);
    const QString madeUp = inventedIdLike(id);
    const auto nowhere = addressFor(madeUp);
    if (socket.namesRecord && !madeUp.isEmpty() && nowhere)
        socket.madeUp = openAs(&m_askers.outsider, handshakeRequest(route, *nowhere, home), {});
    return socket;
}

void CrossingLook::trySockets()
{
    for (const Route &route : m_routes.sockets) {
        if (!isOver())
            m_result.sockets.push_back(trySocket(route));
    }
}

} // namespace cockpit
