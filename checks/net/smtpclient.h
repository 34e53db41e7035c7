// SMTP as far as a look from outside goes (RFC 5321, STARTTLS by RFC 3207): greeting, EHLO, STARTTLS, QUIT. Never a
// sender, never a message.
#pragma once

#include "checks/engine/probe.h"
#include "checks/net/smtpreply.h"
#include "checks/net/tlsprobe.h"

#include <optional>

namespace cockpit {

enum class StartTlsState {
    NotTried,   // it did not get that far: the server declined in its greeting or to EHLO, only the greeting was asked,
                // or the run's time was over first
    NotOffered, // EHLO does not name it
    Refused,    // named, but the command got another answer than 220
    Failed,     // 220, then no handshake that could be completed (or the connection ended)
    Done,
};
QString toWord(StartTlsState state); // "not_offered"

struct SmtpSession
{
    SocketAddress peer;
    SmtpReply greeting;     // 220; 4xx: not now; 5xx: not to you
    SmtpReply ehlo;         // code 0: not asked, because the greeting declined; 5xx: to each name that it was told
    QString ehloName;       // that was said in EHLO; empty: not asked
    QStringList extensions; // of EHLO in the clear
    StartTlsState startTls = StartTlsState::NotTried;
    SmtpReply startTlsReply;      // code 0: not asked, or no answer
    QString startTlsProblem;      // when Failed, or NotTried because the run was over: a sentence
    bool wasStartTlsLate = false; // Failed, because nothing came in time: the server's fault, or the line's
    // Bytes stood in the clear behind the answer to STARTTLS. Whoever sits between could have put them there, so they
    // were thrown away; a client that keeps them is open to injection (CVE-2011-0411 and its kin).
    bool spokeAhead = false;
    std::optional<TlsSession> tls; // when Done
    std::chrono::milliseconds greetedAfter{0};

    bool operator==(const SmtpSession &) const = default;
};

enum class SmtpDepth { Greeting, StartTls };

// One conversation. Without an address the host is looked up (and an override of it holds). A greeting may take longer
// than other answers (servers let senders wait on purpose), so the whole conversation has three times the time of an
// operation, after a connection that has that time once.
// Errors: Unreachable, TimedOut (also a server that connects and says nothing), Protocol (not SMTP, or closed before
// EHLO was answered), TooLarge (endless lines), Cancelled.
struct SmtpHello
{
    using Answer = SmtpSession;
    QString host;
    std::optional<SocketAddress> address = {};
    std::uint16_t port = 25;
    SmtpDepth depth = SmtpDepth::StartTls;
    // Said in EHLO: the domain that is looked after. Nothing about this computer, whose name and address in its own
    // network are nobody's business. A server that serves that domain may refuse strangers who call themselves like it:
    // after an answer of 5xx it hears a name that is nobody's, once, on a second connection. Empty: that name alone.
    QString sender = {};

    QString key() const;
    int roundTrips() const { return depth == SmtpDepth::Greeting ? 2 : 6; } // connect, EHLO, STARTTLS, TLS twice, QUIT
};
[[nodiscard]] Result<SmtpSession> probe(const SmtpHello &question, ProbeContext &context);

} // namespace cockpit
