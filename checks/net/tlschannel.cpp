#include "checks/net/tlschannel.h"

#include "checks/net/addressspace.h"
#include "checks/net/certificate.h"
#include "checks/net/chainverdict.h"
#include "checks/net/trustroots.h"
#include "checks/net/x509bytes.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsProbe)
};

// The server asks for a certificate of ours; there is none. Where to note it hangs at the handshake, while that lasts.
int noteDemand(SSL *ssl, X509 **, EVP_PKEY **)
{
    if (bool *isAsked = static_cast<bool *>(SSL_get_app_data(ssl)))
        *isAsked = true;
    return 0;
}

SslContextPtr lookingContext(const QByteArray &alpn)
{
    SslContextPtr context(SSL_CTX_new(TLS_client_method()));
    // Looking is not trusting: weak keys and old versions shall be seen. What they mean is for judges to say.
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_cipher_list(context.get(), "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_LEGACY_SERVER_CONNECT); // without RFC 5746: browsers connect as well
    SSL_CTX_set_client_cert_cb(context.get(), &noteDemand);
    if (!alpn.isEmpty()) {
        SSL_CTX_set_alpn_protos(context.get(), reinterpret_cast<const unsigned char *>(alpn.constData()),
                                static_cast<unsigned int>(alpn.size()));
    }
    return context;
}

Error handshakeFailed(const Patience &patience)
{
    return {ErrorKind::Protocol,
            Text::tr("%1 answers on port %2, but not with a TLS handshake that can be completed.")
                .arg(patience.host, QString::number(patience.port)),
            takeOpenSslError()};
}

// What OpenSSL waits for after an operation that could not be finished; empty when it waits for nothing.
std::optional<SocketEvent> awaitedBy(const SSL *ssl, int result)
{
    const int why = SSL_get_error(ssl, result);
    if (why == SSL_ERROR_WANT_READ)
        return SocketEvent::Readable;
    if (why == SSL_ERROR_WANT_WRITE)
        return SocketEvent::Writable;
    return std::nullopt;
}

// False when it was ended before it was complete: why stands in OpenSSL's queue then.
Result<bool> shakeHands(SSL *ssl, const TcpSocket &socket, const Patience &patience)
{
    while (true) {
        ERR_clear_error();
        const int result = SSL_connect(ssl);
        if (result == 1)
            return true;
        const auto event = awaitedBy(ssl, result);
        if (!event)
            return false;
        if (const auto ready = waitFor(socket, *event, patience); !ready)
            return tl::unexpected<Error>(ready.error());
    }
}

// Permissive: nothing depends on the timestamps, they are only kept.
void askForStatus(SSL *ssl)
{
    SSL_enable_ct(ssl, SSL_CT_VALIDATION_PERMISSIVE);
    SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp);
}

SctSource sourceOf(const SCT *sct)
{
    switch (SCT_get_source(sct)) {
    case SCT_SOURCE_TLS_EXTENSION:
        return SctSource::Handshake;
    case SCT_SOURCE_OCSP_STAPLED_RESPONSE:
        return SctSource::Staple;
    default: // of OpenSSL's enum, in the certificate or unknown
        return SctSource::Embedded;
    }
}

TlsVersion versionOf(const SSL *ssl)
{
    switch (SSL_version(ssl)) {
    case TLS1_VERSION:
        return TlsVersion::Tls10;
    case TLS1_1_VERSION:
        return TlsVersion::Tls11;
    case TLS1_2_VERSION:
        return TlsVersion::Tls12;
    default: // the newest that this OpenSSL can speak
        return TlsVersion::Tls13;
    }
}

QString groupOf(SSL *ssl)
{
    const int group = SSL_get_negotiated_group(ssl);
    const char *name = group > 0 ? SSL_group_to_name(ssl, group) : nullptr;
    return QString::fromLatin1(name);
}

std::vector<X509 *> sentCertificates(const SSL *ssl)
{
    std::vector<X509 *> sent;
    const STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
    for (int i = 0; chain && i < sk_X509_num(chain); ++i)
        sent.push_back(sk_X509_value(chain, i));
    return sent;
}

TlsSession sessionOf(SSL *ssl, const SocketAddress &peer, X509_STORE *roots)
{
    TlsSession session;
    session.peer = peer;
    session.version = versionOf(ssl);
    session.cipher = QString::fromLatin1(SSL_get_cipher_name(ssl));
    session.group = groupOf(ssl);
    const unsigned char *alpn = nullptr;
    unsigned int alpnSize = 0;
    SSL_get0_alpn_selected(ssl, &alpn, &alpnSize);
    session.alpn = QByteArray(reinterpret_cast<const char *>(alpn), static_cast<qsizetype>(alpnSize));
    const std::vector<X509 *> sent = sentCertificates(ssl);
    for (X509 *x509 : sent)
        session.chain.push_back(readCertificate(x509));
    const ChainVerdict verdict = judgeChain(sent, roots);
    session.chainStatus = verdict.status;
    session.chainDetail = verdict.detail;
    session.renegotiatesSafely = session.version == TlsVersion::Tls13 || SSL_get_secure_renegotiation_support(ssl) == 1;
    return session;
}

// RFC 5246 section 7.4.6: handshake_failure; some say bad_certificate, or what TLS 1.3 has for it (RFC 8446 section
// 6.2). By any other alert, and without one, a server breaks for a reason of its own.
bool isAlertForNoCertificate(unsigned long error)
{
    const int reason = ERR_GET_REASON(error);
    return ERR_GET_LIB(error) == ERR_LIB_SSL &&
           (reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE || reason == SSL_R_SSLV3_ALERT_BAD_CERTIFICATE ||
            reason == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED);
}

// The server has shown its certificate, and then refused us for having none. To be asked before the queue is emptied.
bool isRefusedWithout(const SSL *ssl, bool isAskedForOne)
{
    return isAskedForOne && isAlertForNoCertificate(ERR_peek_error()) && SSL_get0_peer_certificate(ssl) != nullptr;
}

} // namespace

QByteArray browserAlpn()
{
    return QByteArrayLiteral("\x02h2\x08http/1.1");
}

Result<TlsChannel> TlsChannel::start(const TcpSocket &socket, const QString &serverName, const QByteArray &alpn,
                                     X509_STORE *roots, const Patience &patience, TlsExtras extras)
{
    SslContextPtr context = lookingContext(alpn);
    SslPtr ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), socket.descriptor());
    if (!serverName.isEmpty() && !isIpAddress(serverName)) // RFC 6066 section 3: no literals in SNI
        SSL_set_tlsext_host_name(ssl.get(), serverName.toLatin1().constData());
    if (extras == TlsExtras::Status)
        askForStatus(ssl.get());
    bool isAskedForCertificate = false;
    SSL_set_app_data(ssl.get(), &isAskedForCertificate);
    QElapsedTimer clock;
    clock.start();
    const auto shaken = shakeHands(ssl.get(), socket, patience);
    SSL_set_app_data(ssl.get(), nullptr);
    if (!shaken)
        return tl::unexpected<Error>(shaken.error());
    Result<void> completed;
    if (!*shaken) {
        const bool isLookedAt = isRefusedWithout(ssl.get(), isAskedForCertificate);
        completed = tl::unexpected<Error>(handshakeFailed(patience));
        if (!isLookedAt)
            return tl::unexpected<Error>(completed.error());
    }
    const auto elapsed = std::chrono::milliseconds(clock.elapsed());
    if (!SSL_get0_peer_certificate(ssl.get()))
        return tl::unexpected<Error>(handshakeFailed(patience));
    TlsChannel channel(std::move(context), std::move(ssl));
    channel.m_session = sessionOf(channel.m_ssl.get(), socket.peer(), roots);
    channel.m_session.handshake = elapsed;
    channel.m_session.asksForCertificate = isAskedForCertificate;
    channel.m_completed = std::move(completed);
    return channel;
}

QByteArray TlsChannel::staple() const
{
    const unsigned char *response = nullptr;
    const long size = SSL_get_tlsext_status_ocsp_resp(m_ssl.get(), &response);
    return QByteArray(reinterpret_cast<const char *>(response), std::max<qsizetype>(size, 0));
}

std::vector<SctSeen> TlsChannel::scts() const
{
    constexpr int kMostScts = 64;
    std::vector<SctSeen> seen;
    const STACK_OF(SCT) *list = SSL_get0_peer_scts(m_ssl.get());
    const int count = list ? std::min(sk_SCT_num(list), kMostScts) : 0;
    seen.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        seen.push_back({logIdOf(sk_SCT_value(list, i)), sourceOf(sk_SCT_value(list, i))});
    return seen;
}

Result<QByteArray> TlsChannel::read(const TcpSocket &socket, const Patience &patience)
{
    std::array<char, 4096> part{};
    while (true) {
        ERR_clear_error();
        const int size = SSL_read(m_ssl.get(), part.data(), static_cast<int>(part.size()));
        if (size > 0)
            return QByteArray(part.data(), size);
        const auto event = awaitedBy(m_ssl.get(), size);
        if (!event)
            return QByteArray();
        if (const auto ready = waitFor(socket, *event, patience); !ready)
            return tl::unexpected<Error>(ready.error());
    }
}

Result<void> TlsChannel::write(const QByteArray &bytes, const TcpSocket &socket, const Patience &patience)
{
    while (true) {
        ERR_clear_error();
        const int size = SSL_write(m_ssl.get(), bytes.constData(), static_cast<int>(bytes.size()));
        if (size > 0) // partial writes are off: all or nothing
            return {};
        const auto event = awaitedBy(m_ssl.get(), size);
        if (!event)
            return tl::unexpected<Error>(handshakeFailed(patience));
        if (auto ready = waitFor(socket, *event, patience); !ready)
            return ready;
    }
}

} // namespace cockpit
