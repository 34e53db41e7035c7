#include "checks/net/smtpclient.h"

#include "checks/engine/observations.h"
#include "checks/net/hostconnection.h"
#include "checks/net/tlschannel.h"
#include "checks/net/trustroots.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QElapsedTimer>

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

// Whole, as RFC 5321 section 4.1.1.1 wants it, and nobody's (RFC 6761 section 6.4).
const QByteArray kNeutralName = "launch-cockpit.invalid";

QByteArray nameInEhlo(const SmtpHello &question)
{
    const QByteArray name = normaliseHostName(question.sender).value_or(QString()).toLatin1();
    return name.isEmpty() ? kNeutralName : name;
}

class Conversation
{
public:
    Conversation(const TcpSocket &socket, const Patience &patience) : m_socket(socket), m_patience(patience) {}

    Result<SmtpReply> hear()
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

    Result<SmtpReply> ask(const QByteArray &command)
    {
        if (const auto said = say(command + "\r\n"); !said)
            return tl::unexpected<Error>(said.error());
        return hear();
    }

    // Whatever was sent in the clear ends here. True when something had been.
    bool forgetHeard()
    {
        const bool hadHeard = !m_heard.isEmpty();
        m_heard.clear();
        return hadHeard;
    }

    Result<void> encrypt(const QString &serverName, X509_STORE *roots)
    {
        auto channel = TlsChannel::start(m_socket, serverName, {}, roots, m_patience);
        if (!channel)
            return tl::unexpected<Error>(channel.error());
        m_tls.emplace(std::move(*channel));
        return {};
    }

    const TlsSession &session() const { return m_tls->session(); }

    // The server's answer is waited for, so that it does not count us as a connection that was lost.
    void takeLeave()
    {
        m_patience.deadline = Deadline::in(kFarewell).earlierOf(m_patience.deadline);
        const auto farewell = ask("QUIT");
        Q_UNUSED(farewell);
    }

private:
    QString sentence(const QString &text) const { return text.arg(m_patience.host).arg(m_patience.port); }

    Error closed() const
    {
        return {ErrorKind::Protocol, sentence(Text::tr("%1 closed the connection on port %2 before it had answered."))};
    }

    Result<void> hearMore()
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

    Result<QByteArray> receive()
    {
        if (const auto ready = waitFor(m_socket, SocketEvent::Readable, m_patience); !ready)
            return tl::unexpected<Error>(ready.error());
        std::array<char, 4096> part{};
        const ssize_t size = ::recv(m_socket.descriptor(), part.data(), part.size(), 0);
        return QByteArray(part.data(), std::max<ssize_t>(size, 0));
    }

    Result<void> say(const QByteArray &bytes)
    {
        if (m_tls)
            return m_tls->write(bytes, m_socket, m_patience);
        // A few bytes that fit into any send buffer; if the peer has closed, hearing says so.
        ::send(m_socket.descriptor(), bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
        return {};
    }

    const TcpSocket &m_socket;
    Patience m_patience;
    QByteArray m_heard;
    std::optional<TlsChannel> m_tls;
};

// What goes wrong from here on is a fact about the server, unless it was us who stopped.
Result<void> noteFailure(SmtpSession &session, const Error &error, const Deadline &endOfRun)
{
    if (error.kind == ErrorKind::Cancelled)
        return tl::unexpected<Error>(error);
    session.startTlsProblem = error.message;
    session.wasStartTlsLate = error.kind == ErrorKind::TimedOut;
    if (!session.wasStartTlsLate || !endOfRun.hasPassed())
        session.startTls = StartTlsState::Failed;
    return {};
}

Result<void> startTls(Conversation &talk, SmtpSession &session, const QString &host, X509_STORE *roots,
                      const Deadline &endOfRun)
{
    if (!session.extensions.contains("STARTTLS"_L1)) {
        session.startTls = StartTlsState::NotOffered;
        return {};
    }
    const auto reply = talk.ask("STARTTLS");
    if (!reply)
        return noteFailure(session, reply.error(), endOfRun);
    session.startTlsReply = *reply;
    if (reply->code != 220) {
        session.startTls = StartTlsState::Refused;
        return {};
    }
    session.spokeAhead = talk.forgetHeard();
    if (const auto encrypted = talk.encrypt(host, roots); !encrypted)
        return noteFailure(session, encrypted.error(), endOfRun);
    session.startTls = StartTlsState::Done;
    session.tls = talk.session();
    return {};
}

Result<void> converse(Conversation &talk, SmtpSession &session, const SmtpHello &question, const QByteArray &name,
                      X509_STORE *roots, const Deadline &endOfRun)
{
    QElapsedTimer clock;
    clock.start();
    auto greeting = talk.hear();
    if (!greeting)
        return tl::unexpected<Error>(greeting.error());
    session.greeting = *greeting;
    session.greetedAfter = std::chrono::milliseconds(clock.elapsed());
    if (!session.greeting.isPositive() || question.depth == SmtpDepth::Greeting)
        return {};
    auto ehlo = talk.ask("EHLO " + name);
    if (!ehlo)
        return tl::unexpected<Error>(ehlo.error());
    session.ehlo = *ehlo;
    if (!session.ehlo.isPositive())
        return {};
    session.extensions = smtpExtensions(session.ehlo);
    return startTls(talk, session, question.host, roots, endOfRun);
}

Result<HostConnection> connectFor(const SmtpHello &question, ProbeContext &context)
{
    if (question.address)
        return connectToAddresses(question.host, question.port, std::span(&*question.address, 1), context);
    return connectToHost(question.host, question.port, context);
}

Result<SmtpSession> talkAs(const QByteArray &name, const SmtpHello &question, X509_STORE *roots, ProbeContext &context)
{
    const auto connection = connectFor(question, context);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    Patience patience = connection->patience;
    patience.allowed = context.options.operationTimeout * kConversationFactor;
    patience.deadline = Deadline::in(patience.allowed).earlierOf(context.deadline);
    Conversation talk(connection->socket, patience);
    SmtpSession session;
    session.peer = connection->socket.peer();
    const auto done = converse(talk, session, question, name, roots, context.deadline);
    if (!done)
        return tl::unexpected<Error>(done.error());
    if (session.startTlsProblem.isEmpty()) // else there is nobody left to talk to
        talk.takeLeave();
    return session;
}

bool wasNameRefused(const SmtpSession &session)
{
    return session.ehlo.code != 0 && !session.ehlo.isPositive() && !session.ehlo.isTransient();
}

} // namespace

QString toWord(StartTlsState state)
{
    switch (state) {
    case StartTlsState::NotTried:
        return u"not_tried"_s;
    case StartTlsState::NotOffered:
        return u"not_offered"_s;
    case StartTlsState::Refused:
        return u"refused"_s;
    case StartTlsState::Failed:
        return u"failed"_s;
    case StartTlsState::Done:
        return u"done"_s;
    }
    Q_UNREACHABLE();
}

QString SmtpHello::key() const
{
    return u"%1|%2|%3|%4|%5"_s.arg(host.toLower(), address ? address->toString() : QString(), sender)
        .arg(port)
        .arg(static_cast<int>(depth));
}

Result<SmtpSession> probe(const SmtpHello &question, ProbeContext &context)
{
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    const QByteArray name = nameInEhlo(question);
    auto first = talkAs(name, question, (*roots)->get(), context);
    if (!first || !wasNameRefused(*first) || name == kNeutralName)
        return first;
    auto second = talkAs(kNeutralName, question, (*roots)->get(), context);
    const bool isStopped = !second && second.error().kind == ErrorKind::Cancelled;
    return isStopped || (second && second->ehlo.isPositive()) ? std::move(second) : std::move(first);
}

} // namespace cockpit
