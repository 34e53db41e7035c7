#include "checks/net/helloexchange.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

// Five times what a ServerHello of the fattest kind needs.
constexpr qsizetype kAnswerCap = 128LL * 1024;

} // namespace

void sendHello(const QByteArray &hello, const TcpSocket &socket)
{
    // If the connection was closed meanwhile, reading says so.
    ::send(socket.descriptor(), hello.constData(), static_cast<std::size_t>(hello.size()), MSG_NOSIGNAL);
}

Result<QByteArray> readSome(const TcpSocket &socket, const Patience &patience)
{
    if (const auto ready = waitFor(socket, SocketEvent::Readable, patience); !ready)
        return tl::unexpected<Error>(ready.error());
    std::array<char, 4096> part{};
    const ssize_t size = ::recv(socket.descriptor(), part.data(), part.size(), 0);
    return QByteArray(part.data(), std::max<ssize_t>(size, 0));
}

Result<HelloAnswer> exchangeHello(const QByteArray &hello, const TcpSocket &socket, const Patience &patience)
{
    sendHello(hello, socket);
    QByteArray received;
    while (received.size() < kAnswerCap) {
        const auto part = readSome(socket, patience);
        if (!part)
            return tl::unexpected<Error>(part.error());
        if (part->isEmpty())
            return HelloAnswer{.kind = HelloKind::Closed};
        received += *part;
        auto answer = parseHelloAnswer(received);
        if (!answer || answer->kind != HelloKind::NeedMore)
            return answer;
    }
    return HelloAnswer{};
}

} // namespace cockpit
