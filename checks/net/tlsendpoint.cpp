#include "checks/net/tlsendpoint.h"

#include "checks/engine/observations.h"
#include "checks/net/hostconnection.h"
#include "checks/net/tlschannel.h"
#include "checks/net/trustroots.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString nameFor(const TlsEndpoint &question)
{
    switch (question.name) {
    case NameSent::Host:
        return question.host;
    case NameSent::None:
        return {};
    case NameSent::Unknown:
        return u"unknown-name.invalid"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QString TlsEndpoint::key() const
{
    return u"%1|%2|%3|%4"_s.arg(host.toLower()).arg(port).arg(address.toString()).arg(static_cast<int>(name));
}

Result<EndpointSession> probe(const TlsEndpoint &question, ProbeContext &context)
{
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    const auto connection = connectToAddresses(question.host, question.port, std::span(&question.address, 1), context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    const auto channel = TlsChannel::start(connection->socket, nameFor(question), browserAlpn(), (*roots)->get(),
                                           connection->patience, TlsExtras::Status);
    if (!channel)
        return tl::unexpected<Error>(channel.error());
    return EndpointSession{channel->session(), channel->staple(), channel->scts()};
}

Result<bool> probe(const RouteTo &question, ProbeContext &)
{
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo *found = nullptr;
    const QByteArray port = QByteArray::number(question.address.port);
    if (getaddrinfo(question.address.ip.toLatin1().constData(), port.constData(), &hints, &found) != 0)
        return false;
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> where(found, &freeaddrinfo);
    const int socket = ::socket(where->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return false;
    const bool hasRoute = ::connect(socket, where->ai_addr, where->ai_addrlen) == 0; // of datagrams: chooses a route
    ::close(socket);
    return hasRoute;
}

} // namespace cockpit
