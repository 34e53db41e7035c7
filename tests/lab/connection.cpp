#include "tests/lab/connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace cockpit::lab {

namespace {

constexpr std::chrono::milliseconds kSlice{10};

int sendStaple(SSL *ssl, void *staple)
{
    const auto &bytes = *static_cast<const QByteArray *>(staple);
    void *copy = OPENSSL_memdup(bytes.constData(), static_cast<size_t>(bytes.size())); // freed by OpenSSL
    SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<long>(bytes.size()));
    return SSL_TLSEXT_ERR_OK;
}

int chooseByName(SSL *ssl, int *, void *setup)
{
    const auto &wanted = *static_cast<const TlsSetup *>(setup);
    const char *asked = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (wanted.name == asked)
        return SSL_TLSEXT_ERR_OK;
    SSL_use_certificate(ssl, wanted.forStrangers.certificate());
    SSL_use_PrivateKey(ssl, wanted.forStrangers.key());
    return SSL_TLSEXT_ERR_OK;
}

// No library of today can be made to leave RFC 5746 out. So the client's mark for it, the last of its suites, is
// overwritten before the server reads it; the handshake's hash has been taken by then.
int overlookRenegotiation(SSL *ssl, int *, void *)
{
    const unsigned char *suites = nullptr;
    const size_t size = SSL_client_hello_get0_ciphers(ssl, &suites);
    for (size_t i = 0; i + 1 < size; i += 2) {
        if (suites[i] == 0x00 && suites[i + 1] == 0xff)
            const_cast<unsigned char *>(suites)[i + 1] = 0x00;
    }
    return SSL_CLIENT_HELLO_SUCCESS;
}

void hangUpOnCertificate(const SSL *ssl, int where, int)
{
    if (where == SSL_CB_ACCEPT_LOOP && SSL_get_state(ssl) == TLS_ST_SR_CERT)
        ::shutdown(SSL_get_fd(ssl), SHUT_RDWR);
}

// The set-up outlives its connections.
SslContextPtr contextFor(const TlsSetup &setup)
{
    SslContextPtr context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_security_level(context.get(), 0); // also what OpenSSL would refuse to serve by itself
    SSL_CTX_set_cipher_list(context.get(), "DEFAULT:@SECLEVEL=0");
    if (!setup.staple.isEmpty()) {
        SSL_CTX_set_tlsext_status_cb(context.get(), sendStaple);
        SSL_CTX_set_tlsext_status_arg(context.get(), const_cast<QByteArray *>(&setup.staple));
    }
    if (setup.forStrangers.certificate()) {
        SSL_CTX_set_tlsext_servername_callback(context.get(), chooseByName);
        SSL_CTX_set_tlsext_servername_arg(context.get(), const_cast<TlsSetup *>(&setup));
    }
    if (setup.demandsCertificate)
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    if (setup.breaksAfterAsking) {
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_info_callback(context.get(), hangUpOnCertificate);
    }
    if (setup.forgetsRenegotiation)
        SSL_CTX_set_client_hello_cb(context.get(), overlookRenegotiation, nullptr);
    SSL_CTX_set_min_proto_version(context.get(), setup.minVersion);
    SSL_CTX_set_max_proto_version(context.get(), setup.maxVersion);
    SSL_CTX_use_certificate(context.get(), setup.chain.front().certificate());
    SSL_CTX_use_PrivateKey(context.get(), setup.chain.front().key());
    for (std::size_t i = 1; i < setup.chain.size(); ++i)
        SSL_CTX_add1_chain_cert(context.get(), setup.chain[i].certificate());
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return context;
}

} // namespace

Connection::Connection(int socket, const std::atomic_bool &stopped) : m_socket(socket), m_stopped(stopped)
{
    fcntl(m_socket, F_SETFL, fcntl(m_socket, F_GETFL) | O_NONBLOCK);
}

Connection::~Connection()
{
    if (m_tls)
        SSL_shutdown(m_tls.get());
    ::close(m_socket);
}

bool Connection::waitFor(short events)
{
    pollfd watched{m_socket, events, 0};
    while (!m_stopped) {
        if (::poll(&watched, 1, static_cast<int>(kSlice.count())) > 0)
            return true;
    }
    return false;
}

bool Connection::waitForTls(int result)
{
    const int why = SSL_get_error(m_tls.get(), result);
    if (why == SSL_ERROR_WANT_READ)
        return waitFor(POLLIN);
    return why == SSL_ERROR_WANT_WRITE && waitFor(POLLOUT);
}

bool Connection::startTls(const TlsSetup &setup)
{
    m_context = contextFor(setup);
    m_tls.reset(SSL_new(m_context.get()));
    SSL_set_fd(m_tls.get(), m_socket);
    int result = SSL_accept(m_tls.get());
    while (result != 1) {
        if (!waitForTls(result)) {
            m_tls.reset();
            return false;
        }
        result = SSL_accept(m_tls.get());
    }
    return true;
}

QByteArray Connection::readSome()
{
    return m_unread.isEmpty() ? readMore() : std::exchange(m_unread, {});
}

QByteArray Connection::readMore()
{
    std::array<char, 16384> bytes{};
    while (true) {
        if (m_tls) {
            const int size = SSL_read(m_tls.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (size > 0)
                return QByteArray(bytes.data(), size);
            if (!waitForTls(size))
                return {};
        } else {
            if (!waitFor(POLLIN))
                return {};
            const ssize_t size = ::recv(m_socket, bytes.data(), bytes.size(), 0);
            return QByteArray(bytes.data(), std::max<ssize_t>(size, 0));
        }
    }
}

QByteArray Connection::readRequest()
{
    return readUntil("\r\n\r\n");
}

QByteArray Connection::readLine()
{
    return readUntil("\n");
}

QByteArray Connection::readUntil(const char *mark)
{
    qsizetype end = -1;
    while ((end = m_unread.indexOf(mark)) < 0) {
        const QByteArray more = readMore();
        if (more.isEmpty())
            return {};
        m_unread += more;
    }
    const qsizetype size = end + static_cast<qsizetype>(qstrlen(mark));
    const QByteArray read = m_unread.first(size);
    m_unread.remove(0, size);
    return read;
}

bool Connection::write(const QByteArray &bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const char *rest = bytes.constData() + sent;
        const auto size = static_cast<std::size_t>(bytes.size() - sent);
        if (m_tls) {
            const int written = SSL_write(m_tls.get(), rest, static_cast<int>(size));
            if (written <= 0 && !waitForTls(written))
                return false;
            sent += std::max(written, 0);
        } else {
            if (!waitFor(POLLOUT))
                return false;
            const ssize_t written = ::send(m_socket, rest, size, MSG_NOSIGNAL);
            if (written <= 0)
                return false;
            sent += written;
        }
    }
    return true;
}

bool Connection::pause(std::chrono::milliseconds duration)
{
    const auto end = std::chrono::steady_clock::now() + duration;
    while (!m_stopped && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(kSlice);
    return !m_stopped;
}

void Connection::hang()
{
    while (!readSome().isEmpty()) {
    }
}

} // namespace cockpit::lab
