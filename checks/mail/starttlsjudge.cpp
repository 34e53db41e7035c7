#include "checks/mail/starttls.h"
#include "checks/mail/starttlsfindings.h"
#include "checks/mail/starttlsgaps.h"
#include "checks/mail/starttlsobserved.h"
#include "checks/mail/starttlsreach.h"
#include "checks/mail/starttlstrust.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StartTls)
};

// Some firewalls overwrite what they do not let through with letters X, on either end of the line.
bool isMasked(const SmtpSession &session)
{
    return std::ranges::any_of(session.extensions,
                               [](const QString &extension) { return extension.startsWith("XXXX"_L1); });
}

class Judge
{
public:
    explicit Judge(const StartTlsFacts &facts) : m_facts(facts)
    {
        m_matches.reserve(facts.servers.size());
        for (const MailServerSeen &server : facts.servers)
            m_matches.push_back(matchDane(facts.daneOf(server.host), chainOf(server), facts.now));
    }

    Judged run()
    {
        for (const MailServerSeen &server : m_facts.servers) {
            if (server.session)
                judgeSession(server, *server.session);
        }
        if (const auto nobody = whyNobodyWasReached(m_facts))
            return withFacts(*nobody);
        for (Finding &finding : judgeSilence(m_facts))
            add(std::move(finding));
        for (const auto &[host, dane] : m_facts.dane)
            judgeDane(host, dane);
        if (auto finding = mxFinding(m_facts))
            add(std::move(*finding));
        return concluded();
    }

private:
    void add(Finding finding)
    {
        const auto isSame = [&](const Finding &f) { return f.code == finding.code && f.subject == finding.subject; };
        if (std::ranges::none_of(m_findings, isSame))
            m_findings.push_back(std::move(finding));
    }

    void judgeSession(const MailServerSeen &server, const SmtpSession &session)
    {
        switch (session.startTls) {
        case StartTlsState::NotTried:
            return;
        case StartTlsState::NotOffered:
            add(notOffered(server, session));
            break;
        case StartTlsState::Refused:
            add(startTlsFinding(u"starttls_refused"_s, severityOf(server.host, Severity::Medium),
                                Text::tr("A mail server announces encryption and then refuses it"),
                                Text::tr("%1 offers STARTTLS, but answers the command with \"%2\".")
                                        .arg(server.host, session.startTlsReply.text()) +
                                    insistenceOn(server.host, m_facts),
                                server.host));
            break;
        case StartTlsState::Failed:
            add(handshakeFailed(server, session));
            break;
        case StartTlsState::Done:
            judgeTls(server, *session.tls);
            break;
        }
        if (session.spokeAhead) {
            Finding finding = startTlsFinding(
                u"spoke_ahead"_s, Severity::Low, Text::tr("A mail server mixes open and encrypted answers"),
                Text::tr("%1 sent something in the clear behind its answer to STARTTLS. Somebody "
                         "in between could put words there (STARTTLS injection).")
                    .arg(server.host),
                server.host);
            finding.proof = Proof::Strong;
            add(std::move(finding));
        }
    }

    Finding handshakeFailed(const MailServerSeen &server, const SmtpSession &session) const
    {
        Finding finding = startTlsFinding(u"handshake_failed"_s, severityOf(server.host, Severity::Medium),
                                          Text::tr("Encryption with a mail server fails"),
                                          Text::tr("%1 accepts STARTTLS, but no encrypted connection comes about: %2")
                                                  .arg(server.host, session.startTlsProblem) +
                                              insistenceOn(server.host, m_facts),
                                          server.host);
        if (session.wasStartTlsLate) // a slow line looks the same
            finding.proof = Proof::Lead;
        return finding;
    }

    Severity severityOf(const QString &host, Severity usual) const
    {
        return isInsistedOn(host, m_facts) ? Severity::High : usual;
    }

    Finding notOffered(const MailServerSeen &server, const SmtpSession &session) const
    {
        QString seen = Text::tr("%1 does not offer STARTTLS: mail to it crosses the internet readable by anybody on "
                                "the way.")
                           .arg(server.host);
        if (isMasked(session))
            seen += u' ' + Text::tr("The offer looks as if a firewall had painted it over, yours or theirs.");
        Finding finding = startTlsFinding(u"no_starttls"_s, severityOf(server.host, Severity::Medium),
                                          Text::tr("A mail server takes mail without encryption only"),
                                          seen + insistenceOn(server.host, m_facts), server.host);
        finding.impact = Impact::DataExposure;
        finding.proof = isMasked(session) ? Proof::Lead : Proof::Proven;
        return finding;
    }

    void judgeTls(const MailServerSeen &server, const TlsSession &tls)
    {
        for (Finding &finding : certificateFindings(server.host, tls, matchOf(server), m_facts))
            add(std::move(finding));
        if (auto finding = versionFinding(server.host, tls.version, olderVersionsOf(server.host)))
            add(std::move(*finding));
    }

    std::optional<std::vector<TlsVersion>> olderVersionsOf(const QString &host) const
    {
        const auto it = m_facts.olderVersions.find(host);
        return it != m_facts.olderVersions.end() && it->second ? std::optional(*it->second) : std::nullopt;
    }

    // Every address counts: a sender takes whichever it likes, and waits where the certificate does not fit.
    void judgeDane(const QString &host, const DaneLook &dane)
    {
        bool isSeen = false;
        for (const MailServerSeen &server : m_facts.servers) {
            if (server.host != host || !server.session || !server.session->tls)
                continue;
            isSeen = true;
            if (auto finding = daneFinding(host, dane, matchOf(server).word, server.address.ip))
                add(std::move(*finding));
        }
        if (isSeen)
            return;
        if (auto finding = daneFinding(host, dane, matchDane(dane, {}, m_facts.now).word, {}))
            add(std::move(*finding));
    }

    static std::vector<Certificate> chainOf(const MailServerSeen &server)
    {
        return server.session && server.session->tls ? server.session->tls->chain : std::vector<Certificate>();
    }

    const DaneMatch &matchOf(const MailServerSeen &server) const
    {
        return m_matches[static_cast<std::size_t>(&server - m_facts.servers.data())];
    }

    Judged withFacts(Judged judged) const
    {
        judged.observed = observedOf(m_facts, m_matches);
        return judged;
    }

    Judged concluded()
    {
        if (m_findings.empty() && std::ranges::none_of(m_facts.servers, toldAboutEncryption))
            return withFacts(notRun(whyNothingIsKnown(m_facts)));
        Judged judged;
        judged.findings = std::move(m_findings);
        judged.outcome = outcomeFor(judged.findings);
        const LookGaps gaps = gapsIn(m_facts);
        if (!judged.findings.empty()) {
            judged.summary = judged.findings.front().title;
        } else if (gaps.isSaid()) {
            judged.summary =
                Text::tr("Not everything about the mail servers could be seen: %1").arg(gaps.sentences().front());
        } else {
            judged.summary = Text::tr("The mail servers accept encrypted connections");
        }
        judged = withFacts(std::move(judged));
        leaveOpen(judged, gaps);
        return judged;
    }

    const StartTlsFacts &m_facts;
    std::vector<DaneMatch> m_matches; // of the servers, in their order
    std::vector<Finding> m_findings;
};

} // namespace

Judged judgeStartTls(const StartTlsFacts &facts)
{
    return Judge(facts).run();
}

} // namespace cockpit
