#include "tests/lab/hostileserver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPollMilliseconds = 10;

quint16 portOfSocket(int socket)
{
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 *>(&address)->sin6_port
                                               : reinterpret_cast<sockaddr_in *>(&address)->sin_port);
}

// -1 when this machine has no such address.
int boundSocket(const QString &ip)
{
    const bool isV6 = ip.contains(u':');
    const int socket = ::socket(isV6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    inet_pton(isV6 ? AF_INET6 : AF_INET, ip.toLatin1().constData(),
              isV6 ? static_cast<void *>(&v6.sin6_addr) : static_cast<void *>(&v4.sin_addr));
    const auto *address = isV6 ? reinterpret_cast<sockaddr *>(&v6) : reinterpret_cast<sockaddr *>(&v4);
    if (::bind(socket, address, isV6 ? sizeof(v6) : sizeof(v4)) == 0)
        return socket;
    ::close(socket);
    return -1;
}

// As web servers do: otherwise what is written behind a TLS session ticket waits for the client's delayed
// acknowledgement, 40 ms for each connection (RFC 9293 section 3.7.4).
void sendAtOnce(int socket)
{
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

} // namespace

HostileServer::HostileServer(Script script, std::optional<TlsSetup> tls, const QString &bindTo)
    : m_script(std::move(script)), m_tls(std::move(tls)), m_bindTo(bindTo)
{
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    m_listener = boundSocket(bindTo);
    if (m_listener < 0)
        return;
    ::listen(m_listener, 64);
    m_port = portOfSocket(m_listener);
    m_accepting = std::thread([this] { acceptUntilStopped(); });
}

HostileServer::~HostileServer()
{
    m_stopped = true;
    if (m_accepting.joinable())
        m_accepting.join();
    for (std::thread &thread : m_served)
        thread.join();
    if (m_listener >= 0)
        ::close(m_listener);
}

QUrl HostileServer::url(const QString &path) const
{
    const QString host = m_bindTo.contains(u':') ? u"[%1]"_s.arg(m_bindTo) : m_bindTo;
    return QUrl(u"%1://%2:%3%4"_s.arg(m_tls ? u"https"_s : u"http"_s, host).arg(m_port).arg(path));
}

void HostileServer::acceptUntilStopped()
{
    pollfd watched{m_listener, POLLIN, 0};
    while (!m_stopped) {
        if (::poll(&watched, 1, kPollMilliseconds) <= 0)
            continue;
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        sendAtOnce(socket);
        ++m_connections;
        m_served.emplace_back([this, socket] { serve(socket); });
    }
}

void HostileServer::serve(int socket)
{
    Connection connection(socket, m_stopped);
    if (!m_tls || connection.startTls(*m_tls))
        m_script(connection);
}

quint16 unusedPort()
{
    const int socket = boundSocket(u"127.0.0.1"_s);
    const quint16 port = portOfSocket(socket);
    ::close(socket);
    return port;
}

QByteArray httpAnswer(int status, const QByteArrayList &headerLines, const QByteArray &body)
{
    QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
    for (const QByteArray &line : headerLines)
        answer += line + "\r\n";
    return answer + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

Script answering(std::function<QByteArray(const QByteArray &)> answer)
{
    return [answer = std::move(answer)](Connection &connection) {
        while (true) {
            const QByteArray request = connection.readRequest();
            if (request.isEmpty() || !connection.write(answer(request)))
                return;
        }
    };
}

Script answering(const QByteArray &answer)
{
    return answering([answer](const QByteArray &) { return answer; });
}

} // namespace cockpit::lab
