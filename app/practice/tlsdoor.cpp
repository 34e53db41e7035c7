#include "app/practice/tlsdoor.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace cockpit {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience(1);     // for the handshake, a write, and between two questions
constexpr std::chrono::milliseconds kSlice(100); // between two looks at whether the server is still wanted

// The server's order counts (RFC 7301 section 3.2).
constexpr std::string_view kOffered("\x02h2\x08http/1.1");

int chooseProtocol(SSL *, const unsigned char **chosen, unsigned char *length, const unsigned char *wanted,
                   unsigned int size, void *)
{
    unsigned char *found = nullptr;
    const int result = SSL_select_next_proto(&found, length, reinterpret_cast<const unsigned char *>(kOffered.data()),
                                             static_cast<unsigned int>(kOffered.size()), wanted, size);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

bool speaksHttp2(const SSL *ssl)
{
    const unsigned char *name = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(ssl, &name, &length);
    return std::string_view(reinterpret_cast<const char *>(name), length) == "h2";
}

void setPatience(socket_t socket)
{
    const timeval patience{kPatience.count(), 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// What the library reads an HTTP/1.1 visitor through.
class TlsStream : public httplib::Stream
{
public:
    TlsStream(SSL *ssl, socket_t socket, std::function<bool()> isWanted)
        : m_ssl(ssl), m_socket(socket), m_isWanted(std::move(isWanted))
    {
    }

    // The request that now begins must have arrived by then.
    void expectBy(Clock::time_point time) { m_until = time; }
    bool isLate() const { return Clock::now() >= m_until; }

    bool is_readable() const override { return SSL_pending(m_ssl) > 0 || waitFor(POLLIN, kPatience); }
    bool is_writable() const override { return waitFor(POLLOUT, kPatience); }
    ssize_t read(char *bytes, size_t size) override
    {
        while (m_isWanted() && !isLate()) {
            if (SSL_pending(m_ssl) == 0 && !waitFor(POLLIN, kSlice))
                continue;
            const int got = SSL_read(m_ssl, bytes, static_cast<int>(size));
            if (got > 0 || SSL_get_error(m_ssl, got) != SSL_ERROR_WANT_READ)
                return got;
        }
        return -1;
    }
    ssize_t write(const char *bytes, size_t size) override { return SSL_write(m_ssl, bytes, static_cast<int>(size)); }
    void get_remote_ip_and_port(std::string &ip, int &port) const override { nameOf(getpeername, ip, port); }
    void get_local_ip_and_port(std::string &ip, int &port) const override { nameOf(getsockname, ip, port); }
    socket_t socket() const override { return m_socket; }

private:
    bool waitFor(short event, std::chrono::milliseconds time) const
    {
        pollfd socket{m_socket, event, 0};
        return poll(&socket, 1, static_cast<int>(time.count())) > 0;
    }

    template<typename Lookup>
    void nameOf(Lookup lookup, std::string &ip, int &port) const
    {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        if (lookup(m_socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
            return;
        ip = inet_ntoa(address.sin_addr);
        port = ntohs(address.sin_port);
    }

    SSL *m_ssl;
    socket_t m_socket;
    std::function<bool()> m_isWanted;
    Clock::time_point m_until = Clock::time_point::max();
};

// Of the connection that this thread serves.
thread_local std::function<void(Talk &)> nextTalk;

class TlsTalk : public Talk
{
public:
    TlsTalk(SSL *ssl, socket_t socket, std::function<bool()> isWanted)
        : m_ssl(ssl), m_socket(socket), m_isWanted(std::move(isWanted))
    {
    }

    QByteArray hear(std::chrono::milliseconds atMost) override
    {
        pollfd socket{m_socket, POLLIN, 0};
        if (SSL_pending(m_ssl) == 0 && poll(&socket, 1, static_cast<int>(std::min(atMost, kSlice).count())) <= 0)
            return {};
        QByteArray bytes(4096, '\0');
        const int size = SSL_read(m_ssl, bytes.data(), static_cast<int>(bytes.size()));
        m_isOpen = size > 0 || SSL_get_error(m_ssl, size) == SSL_ERROR_WANT_READ;
        return bytes.first(std::max(size, 0));
    }
    void say(const QByteArray &bytes) override
    {
        m_isOpen = m_isOpen && SSL_write(m_ssl, bytes.constData(), static_cast<int>(bytes.size())) > 0;
    }
    bool isOpen() const override { return m_isOpen && m_isWanted(); }

private:
    SSL *m_ssl;
    socket_t m_socket;
    std::function<bool()> m_isWanted;
    bool m_isOpen = true;
};

} // namespace

void TlsDoor::talkAfterwards(std::function<void(Talk &)> talk)
{
    nextTalk = std::move(talk);
}

TlsDoor::TlsDoor(const std::function<bool(SSL_CTX &)> &setUp, Http2Connection::Answer answer, const Manners &manners,
                 Http2Connection::Now now)
    : SSLServer([&setUp](SSL_CTX &context) {
          SSL_CTX_set_alpn_select_cb(&context, chooseProtocol, nullptr);
          return setUp(context);
      }),
      m_answer(std::move(answer)),
      m_delay(manners.delay),
      m_requestPatience(manners.requestPatience),
      m_now(std::move(now))
{
}

void TlsDoor::serveHttp1(SSL *ssl, socket_t socket)
{
    TlsStream stream(ssl, socket, [this] { return is_running(); });
    bool isClosed = false;
    for (size_t left = keep_alive_max_count_; left > 0 && !isClosed && is_running() && stream.is_readable(); --left) {
        if (m_requestPatience.count() > 0)
            stream.expectBy(Clock::now() + m_requestPatience);
        nextTalk = nullptr;
        if (!process_request(stream, left == 1, isClosed, [](httplib::Request &) {}) || stream.isLate())
            return;
        if (const auto talk = std::exchange(nextTalk, nullptr)) {
            TlsTalk line(ssl, socket, [this] { return is_running(); });
            talk(line);
            return;
        }
        stream.expectBy(Clock::time_point::max());
    }
}

bool TlsDoor::process_and_close_socket(socket_t socket)
{
    setPatience(socket);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(ssl_context()), SSL_free);
    bool isServed = ssl && SSL_set_fd(ssl.get(), socket) == 1 && SSL_accept(ssl.get()) == 1;
    if (isServed) {
        if (speaksHttp2(ssl.get()))
            Http2Connection(ssl.get(), m_answer, {m_delay, m_requestPatience, m_now})
                .serve([this] { return is_running(); }, kPatience);
        else
            serveHttp1(ssl.get(), socket);
        SSL_shutdown(ssl.get());
    }
    shutdown(socket, SHUT_RDWR);
    close(socket);
    return isServed;
}

} // namespace cockpit
