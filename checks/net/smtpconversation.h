// The words between us and a mail server on one connection, in the clear and encrypted.
#pragma once

#include "checks/net/smtpreply.h"
#include "checks/net/tcpsocket.h"
#include "checks/net/tlschannel.h"

#include <optional>

namespace cockpit {

// A whole name, as RFC 5321 section 4.1.1.1 wants it, and nobody's (RFC 6761 section 6.4).
constexpr char kNeutralName[] = "launch-cockpit.invalid";
// What we call ourselves in EHLO: the domain that is looked after, kNeutralName when that is no host name.
QByteArray nameInEhlo(const QString &sender);

// Greetings may take longer than other answers (servers let senders wait on purpose): the time of one conversation.
Patience smtpPatience(const Patience &connected, std::chrono::milliseconds operation, const Deadline &endOfRun);

// The socket must outlive it. Errors of each step: TimedOut, Protocol (not SMTP, closed), TooLarge, Cancelled.
class SmtpConversation
{
public:
    SmtpConversation(const TcpSocket &socket, Patience patience) : m_socket(socket), m_patience(std::move(patience)) {}

    [[nodiscard]] Result<SmtpReply> hear();
    [[nodiscard]] Result<SmtpReply> ask(const QByteArray &command);
    // Whatever was sent in the clear ends here. True when something had been.
    bool forgetHeard();
    [[nodiscard]] Result<void> encrypt(const QString &serverName, X509_STORE *roots);
    const TlsSession &session() const { return m_tls->session(); }
    // The server's answer is waited for, so that it does not count us as a connection that was lost.
    void takeLeave();

    const TcpSocket &socket() const { return m_socket; }
    const Patience &patience() const { return m_patience; }

private:
    QString sentence(const QString &text) const;
    Error closed() const;
    Result<void> hearMore();
    Result<QByteArray> receive();
    Result<void> say(const QByteArray &bytes);

    const TcpSocket &m_socket;
    Patience m_patience;
    QByteArray m_heard;
    std::optional<TlsChannel> m_tls;
};

} // namespace cockpit
