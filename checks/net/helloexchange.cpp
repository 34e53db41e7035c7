#include "checks/net/helloexchange.h"

#include <sys/socket.h>

#include <array>

namespace cockpit {

namespace {

// Five times what a ServerHello of the fattest kind needs.
constexpr qsizetype kAnswerCap = 128LL * 1024;

} // namespace

Result<HelloAnswer> exchangeHello(const QByteArray &hello, const TcpSocket &socket, const Patience &patience)
{
    // A fresh connection takes these few hundred bytes at once; if it was closed meanwhile, reading says so.
    ::send(socket.descriptor(), hello.constData(), static_cast<std::size_t>(hello.size()), MSG_NOSIGNAL);
    QByteArray received;
    while (received.size() < kAnswerCap) {
        if (const auto ready = waitFor(socket, SocketEvent::Readable, patience); !ready)
            return tl::unexpected<Error>(ready.error());
        std::array<char, 4096> part{};
        const ssize_t size = ::recv(socket.descriptor(), part.data(), part.size(), 0);
        if (size <= 0)
            return HelloAnswer{.kind = HelloKind::Alert};
        received += QByteArrayView(part.data(), size);
        auto answer = parseHelloAnswer(received);
        if (!answer || answer->kind != HelloKind::NeedMore)
            return answer;
    }
    return HelloAnswer{};
}

} // namespace cockpit
