#include "checks/engine/observations.h"
#include "checks/net/hostconnection.h"
#include "checks/net/tlschannel.h"
#include "checks/net/trustroots.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// h2 and http/1.1, as browsers offer (RFC 7301 section 3.1: each name after its length).
const QByteArray kAlpn("\x02h2\x08http/1.1");

} // namespace

QString TlsHandshake::key() const
{
    return u"%1|%2"_s.arg(host.toLower()).arg(port);
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
        TlsChannel::start(connection->socket, question.host, kAlpn, (*roots)->get(), connection->patience);
    if (!channel)
        return tl::unexpected<Error>(channel.error());
    return channel->session();
}

} // namespace cockpit
