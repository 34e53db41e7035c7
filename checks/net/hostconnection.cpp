#include "checks/net/hostconnection.h"

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"

namespace cockpit {

using namespace Qt::StringLiterals;

Result<HostConnection> connectToHost(const QString &host, std::uint16_t port, ProbeContext &context)
{
    const auto addresses = context.observations.ask(HostAddresses{host, port});
    if (!*addresses)
        return tl::unexpected<Error>(addresses->error());
    return connectToAddresses(host, port, **addresses, context);
}

Result<HostConnection> connectToAddresses(const QString &host, std::uint16_t port,
                                          std::span<const SocketAddress> addresses, ProbeContext &context)
{
    ignoreBrokenPipes();
    auto pass = context.gate.enter(u"%1:%2"_s.arg(host, QString::number(port)), context.token, context.deadline);
    // Counted from here: waiting for a free slot is not the host's fault. Without a pass, connecting says why.
    const Patience patience{host, port, context.token, context.operationDeadline(), context.options.operationTimeout};
    auto socket = connectTcp(addresses, patience);
    if (!socket)
        return tl::unexpected<Error>(socket.error());
    return HostConnection{std::move(pass), patience, std::move(*socket)};
}

} // namespace cockpit
