#include "checks/engine/observations.h"
#include "checks/net/hostconnection.h"
#include "checks/net/tlschannel.h"
#include "checks/net/trustroots.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString TlsHandshake::key() const
{
    return u"%1|%2"_s.arg(host.toLower(), QString::number(port));
}

Result<TlsSession> probe(const TlsHandshake &question, ProbeContext &context)
{
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    const auto connection = connectToHost(question.host, question.port, context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    const auto channel =
        TlsChannel::start(connection->socket, question.host, browserAlpn(), (*roots)->get(), connection->patience);
    if (!channel)
        return tl::unexpected<Error>(channel.error());
    return channel->session();
}

} // namespace cockpit
