#include "checks/net/smtpclient.h"

#include "checks/engine/observations.h"
#include "checks/net/hostconnection.h"
#include "checks/net/smtpconversation.h"
#include "checks/net/trustroots.h"

#include <QElapsedTimer>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

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

// In TLS 1.3 the server reads what we answer to its wish for a certificate after our end of the handshake (RFC 8446
// section 4.4.2.4): only its next word shows that it talks to senders without one. EHLO comes next anyway (RFC 3207
// section 4.2).
Result<void> greetAgain(SmtpConversation &talk, const SmtpSession &session)
{
    if (!talk.session().asksForCertificate || talk.session().version != TlsVersion::Tls13)
        return {};
    const auto answer = talk.ask("EHLO " + session.ehloName.toLatin1());
    return answer ? Result<void>() : tl::unexpected<Error>(answer.error());
}

Result<void> startTls(SmtpConversation &talk, SmtpSession &session, const QString &host, X509_STORE *roots,
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
    if (const auto heard = greetAgain(talk, session); !heard)
        return noteFailure(session, heard.error(), endOfRun);
    session.startTls = StartTlsState::Done;
    session.tls = talk.session();
    return {};
}

Result<void> converse(SmtpConversation &talk, SmtpSession &session, const SmtpHello &question, const QByteArray &name,
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
    session.ehloName = QString::fromLatin1(name);
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
    SmtpConversation talk(connection->socket,
                          smtpPatience(connection->patience, context.options.operationTimeout, context.deadline));
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
    return u"%1|%2|%3|%4|%5"_s.arg(host.toLower(), address ? address->toString() : QString(), sender,
                                   QString::number(port), QString::number(static_cast<int>(depth)));
}

Result<SmtpSession> probe(const SmtpHello &question, ProbeContext &context)
{
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    const QByteArray name = nameInEhlo(question.sender);
    auto first = talkAs(name, question, (*roots)->get(), context);
    if (!first || !wasNameRefused(*first) || name == kNeutralName)
        return first;
    auto second = talkAs(kNeutralName, question, (*roots)->get(), context);
    const bool isStopped = !second && second.error().kind == ErrorKind::Cancelled;
    return isStopped || (second && second->ehlo.isPositive()) ? std::move(second) : std::move(first);
}

} // namespace cockpit
