#include "checks/net/tlsendpoint.h"

#include "checks/engine/observations.h"
#include "checks/net/hostconnection.h"
#include "checks/net/route.h"
#include "checks/net/tlschannel.h"
#include "checks/net/trustroots.h"

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
    return u"%1|%2|%3|%4"_s.arg(host.toLower(), QString::number(port), address.toString(),
                                QString::number(static_cast<int>(name)));
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
    return hasRouteTo(question.address);
}

} // namespace cockpit
