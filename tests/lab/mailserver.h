// Mail servers on loopback: one that says what a test tells it to say, and one that the world runs.
#pragma once

#include "tests/lab/hostileserver.h"

#include <QProcess>
#include <QTemporaryDir>

namespace cockpit::lab {

// What a scripted mail server says; each with its line end.
struct MailManners
{
    QByteArray greeting = "220 mx.example.com ESMTP\r\n";
    QByteArray ehlo = "250-mx.example.com\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 HELP\r\n";
    QByteArray startTls = "220 go ahead\r\n";
    std::optional<TlsSetup> tls = {}; // without one it closes where the handshake should begin
};

// Greets, answers EHLO, STARTTLS and QUIT, and everything else with 502.
Script mailServer(const MailManners &manners);

// TLS 1.0 and 1.1, which today's OpenSSL refuses to serve unless it is told otherwise.
enum class OldTls { Refused, Taken };

// python3-aiosmtpd, with STARTTLS when it has a certificate.
class RealMailServer
{
public:
    explicit RealMailServer(const std::vector<Identity> &chain = {}, OldTls old = OldTls::Refused);
    ~RealMailServer();
    Q_DISABLE_COPY_MOVE(RealMailServer)

    bool isReady() const { return m_ready; }
    quint16 port() const { return m_port; }

private:
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    bool m_ready = false;
    QProcess m_process;
};

} // namespace cockpit::lab
