#include "checks/net/smtpconversation.h"

#include "models/target.h"

#include <QCoreApplication>

#include <sys/socket.h>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kConversationFactor = 3;
constexpr std::chrono::milliseconds kFarewell{1000};
// What a reply of the greatest allowed size needs; the rest of an endless one is not read.
constexpr qsizetype kBufferCap = kSmtpLineCap * kSmtpLinesCap + kSmtpLineCap;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SmtpClient)
};

} // namespace

QByteArray nameInEhlo(const QString &sender)
{
    const QByteArray name = normaliseHostName(sender).value_or(QString()).toLatin1();
    return name.isEmpty() ? QByteArray(kNeutralName) : name;
}

Patience smtpPatience(const Patience &connected, std::chrono::milliseconds operation, const Deadline &endOfRun)
{
    Patience patience = connected;
    patience.allowed = operation * kConversationFactor;
    patience.deadline = Deadline::in(patience.allowed).earlierOf(endOfRun);
    return patience;
}

Result<SmtpReply> SmtpConversation::hear()
{
    while (true) {
        const SmtpReplyRead read = readSmtpReply(m_heard);
        switch (read.state) {
        case SmtpReplyState::Complete:
            m_heard.remove(0, read.consumed);
            return read.reply;
        case SmtpReplyState::NotSmtp:
            return failure(ErrorKind::Protocol, sentence(Text::tr("%1 answers on port %2, but not as a mail "
                                                                  "server does.")));
        case SmtpReplyState::TooLong:
            return failure(ErrorKind::TooLarge, sentence(Text::tr("%1 sent an answer on port %2 that does not "
                                                                  "end.")));
        case SmtpReplyState::NeedMore:
            break;
        }
        if (const auto more = hearMore(); !more)
            return tl::unexpected<Error>(more.error());
    }
}

Result<SmtpReply> SmtpConversation::ask(const QByteArray &command)
{
    if (const auto said = say(command + "\r\n"); !said)
        return tl::unexpected<Error>(said.error());
    return hear();
}

bool SmtpConversation::forgetHeard()
{
    const bool hadHeard = !m_heard.isEmpty();
    m_heard.clear();
    return hadHeard;
}

Result<void> SmtpConversation::encrypt(const QString &serverName, X509_STORE *roots)
{
    auto channel = TlsChannel::start(m_socket, serverName, {}, roots, m_patience);
    if (!channel)
        return tl::unexpected<Error>(channel.error());
    if (!channel->completed()) // no mail goes through it
        return channel->completed();
    m_tls.emplace(std::move(*channel));
    return {};
}

void SmtpConversation::takeLeave()
{
    m_patience.deadline = Deadline::in(kFarewell).earlierOf(m_patience.deadline);
    const auto farewell = ask("QUIT");
    Q_UNUSED(farewell);
}

QString SmtpConversation::sentence(const QString &text) const
{
    return text.arg(m_patience.host, QString::number(m_patience.port));
}

Error SmtpConversation::closed() const
{
    return {ErrorKind::Protocol, sentence(Text::tr("%1 closed the connection on port %2 before it had answered.")), {}};
}

Result<void> SmtpConversation::hearMore()
{
    const auto part = m_tls ? m_tls->read(m_socket, m_patience) : receive();
    if (!part)
        return tl::unexpected<Error>(part.error());
    if (part->isEmpty())
        return tl::unexpected<Error>(closed());
    if (m_heard.size() + part->size() > kBufferCap)
        return failure(ErrorKind::TooLarge, sentence(Text::tr("%1 sent more than an answer on port %2.")));
    m_heard += *part;
    return {};
}

Result<QByteArray> SmtpConversation::receive()
{
    if (const auto ready = waitFor(m_socket, SocketEvent::Readable, m_patience); !ready)
        return tl::unexpected<Error>(ready.error());
    std::array<char, 4096> part{};
    const ssize_t size = ::recv(m_socket.descriptor(), part.data(), part.size(), 0);
    return QByteArray(part.data(), std::max<ssize_t>(size, 0));
}

Result<void> SmtpConversation::say(const QByteArray &bytes)
{
    if (m_tls)
        return m_tls->write(bytes, m_socket, m_patience);
    // A few bytes that fit into any send buffer; if the peer has closed, hearing says so.
    ::send(m_socket.descriptor(), bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
    return {};
}

} // namespace cockpit
