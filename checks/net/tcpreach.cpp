#include "checks/net/tcpreach.h"

#include "checks/net/hostconnection.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString TcpReach::key() const
{
    return u"%1:%2"_s.arg(host, QString::number(port));
}

Result<SocketAddress> probe(const TcpReach &question, ProbeContext &context)
{
    const auto connection = connectToHost(question.host, question.port, context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    return connection->socket.peer();
}

} // namespace cockpit
