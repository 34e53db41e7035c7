// A TLS session on a connection that stands already: of HTTPS from the first byte, of mail servers after STARTTLS.
#pragma once

#include "checks/net/certificatefields.h"
#include "checks/net/opensslhandles.h"
#include "checks/net/tcpsocket.h"
#include "checks/net/tlsprobe.h"

namespace cockpit {

// What is asked for beside the certificate: a fresh word on its revocation and proofs that it was logged (RFC 6066
// section 8, RFC 6962 section 3.3.1).
enum class TlsExtras { None, Status };

// h2 and http/1.1, as browsers offer (RFC 7301 section 3.1: each name after its length).
QByteArray browserAlpn();

class TlsChannel
{
public:
    // Looks, trusts nothing: old versions, weak keys and bad chains are told in the session. serverName goes into SNI
    // unless it is an address; alpn as on the wire (RFC 7301 section 3.1), may be empty. The socket must outlive the
    // channel. A server that demands a certificate of ours ends the handshake below TLS 1.3 after it has shown its own:
    // its session is told all the same, and completed() says that nothing can be read or written. Errors: TimedOut,
    // Protocol (not TLS, an alert, no certificate), Cancelled.
    [[nodiscard]] static Result<TlsChannel> start(const TcpSocket &socket, const QString &serverName,
                                                  const QByteArray &alpn, X509_STORE *roots, const Patience &patience,
                                                  TlsExtras extras = TlsExtras::None);

    const TlsSession &session() const { return m_session; }
    // An error when the server ended the handshake for want of a certificate of ours. From TLS 1.3 on it does so after
    // our end of it: only what is read then tells.
    const Result<void> &completed() const { return m_completed; }
    // With TlsExtras::Status: the stapled OCSP response, empty when there is none; timestamps from all three places.
    QByteArray staple() const;
    std::vector<SctSeen> scts() const;

    // At least one byte, or none when the peer has closed. Errors: TimedOut, Cancelled.
    [[nodiscard]] Result<QByteArray> read(const TcpSocket &socket, const Patience &patience);
    // Errors: TimedOut, Cancelled, Protocol (the peer has closed).
    [[nodiscard]] Result<void> write(const QByteArray &bytes, const TcpSocket &socket, const Patience &patience);

private:
    TlsChannel(SslContextPtr context, SslPtr ssl) : m_context(std::move(context)), m_ssl(std::move(ssl)) {}

    SslContextPtr m_context;
    SslPtr m_ssl;
    TlsSession m_session;
    Result<void> m_completed;
};

} // namespace cockpit
