#include "checks/mail/starttlsreach.h"

#include "checks/net/addressspace.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartTls)
};

constexpr int kEffortMinutes = 45;

bool isV6(const MailServerSeen &server)
{
    return server.address.ip.contains(u':');
}

// An address of a family that nobody was reached by may be beyond our own network.
bool isReachableFamily(const MailServerSeen &server, const StartTlsFacts &facts)
{
    return !isV6(server) || isPrivateAddress(server.address.ip) ||
           std::ranges::any_of(facts.servers,
                               [](const MailServerSeen &other) { return isV6(other) && wasReached(other); });
}

QString proofOfNetwork(const MailServerSeen &server)
{
    return isPrivateAddress(server.address.ip)
               ? QString()
               : u' ' + Text::tr("Mail connections to other servers work from this network.");
}

// Nobody heard from a host that there is no way to from here, nor while Stop was pressed: both are gaps.
bool isNoSilence(const MailServerSeen &server)
{
    return !server.session &&
           (server.session.error().kind == ErrorKind::NoRoute || server.session.error().kind == ErrorKind::Cancelled);
}

Finding silenceOf(const MailServerSeen &server, const StartTlsFacts &facts)
{
    // Some firewalls drop what comes from home networks without a word; a refusal is clear.
    const bool isClear = server.session.error().kind == ErrorKind::Unreachable;
    const bool isOnlyHope = std::ranges::none_of(facts.servers, wasReached);
    const Severity severity = isOnlyHope && isClear ? Severity::High : Severity::Medium;
    const QString message = server.session.error().message;
    Finding finding = wasReached(server)
                          ? startTlsFinding(u"not_a_mail_server"_s, severity,
                                            Text::tr("A mail server does not speak SMTP"), message, server.host)
                          : startTlsFinding(u"unreachable"_s, severity, Text::tr("A mail server does not answer"),
                                            message + proofOfNetwork(server), server.host);
    finding.proof = Proof::Strong;
    return finding;
}

// "Not now" and "not to you": what home networks often get to hear. Nothing is known about encryption then.
bool declined(const SmtpSession &session)
{
    return !session.greeting.isPositive() || !session.ehlo.isPositive();
}

QString whyDeclined(const QString &host, const SmtpReply &reply)
{
    return reply.isTransient() ? Text::tr("%1 asked to come back later (\"%2\"). Many servers do that with strangers; "
                                          "press Check again in a few minutes.")
                                     .arg(host, reply.text())
                               : Text::tr("%1 does not talk to this network (\"%2\"). Mail servers often refuse home "
                                          "connections; that says nothing about your mail.")
                                     .arg(host, reply.text());
}

// It greeted, so that this network is welcome to it. What it minds is the name, or that somebody asks.
QString whyEhloRefused(const QString &host, const SmtpReply &reply)
{
    return Text::tr("%1 greets, and then refuses to say what it can (\"%2\"). Some servers do that to whom they do not "
                    "know; that says nothing about your mail.")
        .arg(host, reply.text());
}

} // namespace

Finding startTlsFinding(const QString &code, Severity severity, const QString &title, const QString &seen,
                        const QString &host)
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title, seen);
    finding.subject = host;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::optional<Judged> whyNobodyWasReached(const StartTlsFacts &facts)
{
    if (std::ranges::any_of(facts.servers, wasReached))
        return std::nullopt;
    switch (facts.network) {
    case OutgoingMail::Open:
        return std::nullopt;
    case OutgoingMail::Blocked:
        return notRun(Text::tr("This network blocks outgoing mail connections (port 25), as most home networks do: "
                               "mail servers of other companies cannot be reached from here either. Look again from a "
                               "rented server or another network."));
    case OutgoingMail::Unknown:
        return notRun(Text::tr("%1 Whether your network lets mail connections (port 25) out could not be found out, "
                               "so this may not be the server's fault.")
                          .arg(facts.servers.front().session.error().message));
    }
    Q_UNREACHABLE();
}

std::vector<Finding> judgeSilence(const StartTlsFacts &facts)
{
    std::vector<Finding> findings;
    for (const MailServerSeen &server : facts.servers) {
        const auto answers = [&](const MailServerSeen &other) { return other.host == server.host && other.session; };
        if (!std::ranges::any_of(facts.servers, answers) && isReachableFamily(server, facts) && !isNoSilence(server))
            findings.push_back(silenceOf(server, facts));
    }
    return findings;
}

bool toldAboutEncryption(const MailServerSeen &server)
{
    return server.session && !declined(*server.session) && server.session->startTls != StartTlsState::NotTried;
}

QString whyUnknown(const MailServerSeen &server)
{
    if (!server.session)
        return server.session.error().message;
    const SmtpSession &session = *server.session;
    if (!declined(session))
        return session.startTlsProblem;
    if (session.greeting.isPositive() && !session.ehlo.isTransient())
        return whyEhloRefused(server.host, session.ehlo);
    return whyDeclined(server.host, session.greeting.isPositive() ? session.ehlo : session.greeting);
}

QString whyNothingIsKnown(const StartTlsFacts &facts)
{
    const auto declining = std::ranges::find_if(facts.servers, [](const auto &server) { return !!server.session; });
    return whyUnknown(declining == facts.servers.end() ? facts.servers.front() : *declining);
}

} // namespace cockpit
