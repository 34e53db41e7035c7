#include "checks/net/route.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace cockpit {

bool hasRouteTo(const SocketAddress &address)
{
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo *found = nullptr;
    const QByteArray port = QByteArray::number(address.port);
    if (getaddrinfo(address.ip.toLatin1().constData(), port.constData(), &hints, &found) != 0)
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
