// A project with something of everything, for the tests of the handover document and of its PDF.
#pragma once

#include "models/handoverdocument.h"

#include <QJsonArray>

#include <cmath>

namespace cockpit::test {

// A secret that stands where secrets have no business: evidence, answers, routes, notes. No document may show it.
inline const QString kPlantedSecret = QStringLiteral("sk_live_51H8xkPqRzT9vWmYbNcDfGjLs");

inline Finding findingOf(const QString &checkId, Severity severity, Impact impact, const QString &title)
{
    Finding finding;
    finding.checkId = checkId;
    finding.code = QStringLiteral("fault");
    finding.host = QStringLiteral("app.example.com");
    finding.severity = severity;
    finding.proof = Proof::Proven;
    finding.impact = impact;
    finding.title = title;
    finding.whatWeSaw = QStringLiteral("The answer held %1 where nothing secret was wanted.").arg(kPlantedSecret);
    finding.whyItMatters = QStringLiteral("A stranger could use it to act as one of your customers.");
    finding.fix.steps = {QStringLiteral("Open the dashboard of your provider."), QStringLiteral("Replace the key.")};
    finding.fix.paste = QStringLiteral("v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com");
    finding.evidence = {
        {QStringLiteral("GET https://app.example.com/api/me"),
         QStringLiteral("HTTP/1.1 200 OK\nAuthorization: Bearer %1\nServer: example\n").arg(kPlantedSecret)}};
    return finding;
}

inline CheckResult resultOf(const QString &checkId, Outcome outcome, const QString &summary,
                            const QJsonObject &observed = {})
{
    CheckResult result;
    result.checkId = checkId;
    result.host = QStringLiteral("app.example.com");
    result.outcome = outcome;
    result.summary = summary;
    result.observed = observed;
    return result;
}

inline std::vector<CheckResult> results()
{
    const QJsonObject provider{{QStringLiteral("id"), QStringLiteral("nameserver-house")},
                               {QStringLiteral("kind"), QStringLiteral("dns")},
                               {QStringLiteral("evidence"), QJsonArray{QStringLiteral("NS ns1.nameserver.house")}},
                               {QStringLiteral("name"), QStringLiteral("Nameserver House")}};
    const QJsonObject hop{{QStringLiteral("url"), QStringLiteral("http://app.example.com/")},
                          {QStringLiteral("status"), 301},
                          {QStringLiteral("location"), QStringLiteral("https://app.example.com/")}};
    const QJsonObject certificate{{QStringLiteral("issuer"), QStringLiteral("Example CA")},
                                  {QStringLiteral("not_after"), QStringLiteral("2026-05-20T10:00:00Z")}};
    std::vector<CheckResult> results{
        resultOf(QStringLiteral("dns.providers"), Outcome::Pass, QStringLiteral("Three companies are involved"),
                 {{QStringLiteral("providers"), QJsonArray{provider}}}),
        resultOf(QStringLiteral("http.https-redirect"), Outcome::Pass, QStringLiteral("HTTP moves to HTTPS"),
                 {{QStringLiteral("chain"), QJsonArray{hop}}}),
        resultOf(QStringLiteral("tls.chain"), Outcome::Pass, QStringLiteral("The chain is trusted"),
                 {{QStringLiteral("certificate"), certificate}, {QStringLiteral("chain"), QStringLiteral("trusted")}}),
        resultOf(QStringLiteral("mail.dmarc"), Outcome::Fail, QStringLiteral("No DMARC record")),
        resultOf(QStringLiteral("exposure.bundle-secrets"), Outcome::Fail, QStringLiteral("A key is in the bundle")),
        resultOf(QStringLiteral("http.hsts"), Outcome::Warn, QStringLiteral("HSTS is short")),
    };
    results[3].findings = {findingOf(QStringLiteral("mail.dmarc"), Severity::Medium, Impact::EmailDelivery,
                                     QStringLiteral("Anyone can send email as you"))};
    results[4].findings = {findingOf(QStringLiteral("exposure.bundle-secrets"), Severity::Critical,
                                     Impact::AccountTakeover,
                                     QStringLiteral("A live payment key is in the code sent to browsers"))};
    results[5].findings = {findingOf(QStringLiteral("http.hsts"), Severity::Low, Impact::BrokenLogin,
                                     QStringLiteral("Browsers may use plain HTTP on the first visit"))};
    CheckResult notRun = resultOf(QStringLiteral("access.tenant-isolation"), Outcome::NotRun, {});
    notRun.reason = QStringLiteral("needs two test accounts");
    results.push_back(notRun);
    return results;
}

// Five days, a sample a quarter of an hour, one hour down.
inline std::vector<Sample> samplesUntil(const QDateTime &now)
{
    std::vector<Sample> samples;
    for (int i = 480; i > 0; --i) {
        Sample sample;
        sample.monitorId = 1;
        sample.at = now.addSecs(-900LL * i);
        const bool down = i > 200 && i <= 204;
        sample.state = down ? SampleState::Down : SampleState::Up;
        sample.message = down ? QStringLiteral("refused, token=%1").arg(kPlantedSecret) : QString();
        sample.total = std::chrono::milliseconds(220 + static_cast<int>(90 * std::sin(i / 15.0)) + (i % 9) * 25);
        samples.push_back(sample);
    }
    return samples;
}

inline HandoverInput emptyInput(const Roadmap &roadmap)
{
    HandoverInput input;
    input.roadmap = roadmap;
    input.now = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    input.toolVersion = QStringLiteral("1.2.3");
    input.language = QStringLiteral("en");
    return input;
}

inline HandoverInput richInput(const Roadmap &roadmap)
{
    HandoverInput input = emptyInput(roadmap);
    ProjectState &project = input.project;
    project.settings.name = QStringLiteral("Example Ops");
    project.settings.target = {QStringLiteral("example.com"),
                               {{HostRole::Site, QStringLiteral("example.com"), 443},
                                {HostRole::App, QStringLiteral("app.example.com"), 443}}};
    project.settings.roadmapId = roadmap.id;
    applyResults(project, results(), input.now.addSecs(-3600));
    project.lastRun = Run{1, input.now.addSecs(-3660), input.now.addSecs(-3600), false, roadmap.id, {}};
    project.routes = {
        {QStringLiteral("GET"),
         QStringLiteral("/api/me?token=%1").arg(kPlantedSecret),
         AccessClass::SignedIn,
         {},
         false,
         QStringLiteral("HAR")},
        {QStringLiteral("GET"), QStringLiteral("/pricing"), AccessClass::Public, {}, false, QStringLiteral("typed")},
        {QStringLiteral("POST"),
         QStringLiteral("/admin/users"),
         AccessClass::Admin,
         {},
         false,
         QStringLiteral("OpenAPI")}};
    project.redirects = {{QStringLiteral("/pricing-2019"), QStringLiteral("/pricing")}};
    project.ownership = {{QStringLiteral("Domain"), QStringLiteral("Registrar One"), QStringLiteral("Dana"),
                          QStringLiteral("Sam"), QStringLiteral("login note: password=%1").arg(kPlantedSecret)}};
    project.credentials = {{QStringLiteral("Payments, live"),
                            QStringLiteral("charges cards"),
                            QStringLiteral("cockpit/payments"),
                            input.now.addDays(-9),
                            {}}};
    project.monitors = {{1, MonitorKind::Latency, QStringLiteral("Homepage"), QStringLiteral("https://example.com/"),
                         std::chrono::seconds(900), true}};
    input.samples[1] = samplesUntil(input.now);
    Answer answer{roadmap.stages.front().checks.front().id,
                  AnswerValue::Holds,
                  QStringLiteral("Done; the key is %1").arg(kPlantedSecret),
                  QStringLiteral("Dana"),
                  input.now.addDays(-1),
                  {{AttachmentKind::Link, QStringLiteral("https://wiki.example.com/launch"), {}}}};
    project.answers[answer.subject] = answer;
    project.answers[QStringLiteral("handover.deploy")] = Answer{QStringLiteral("handover.deploy"),
                                                                AnswerValue::Holds,
                                                                QStringLiteral("The runbook is in the wiki."),
                                                                QStringLiteral("Sam"),
                                                                input.now.addDays(-2),
                                                                {}};
    return input;
}

// The text of every block, for searching.
inline QString textOf(const Block &block)
{
    struct Reader
    {
        QString operator()(const Paragraph &b) const { return b.label + u'\n' + b.text; }
        QString operator()(const Heading &b) const { return b.text; }
        QString operator()(const StatusLine &b) const { return b.text + u'\n' + b.note + u'\n' + b.trailing; }
        QString operator()(const Table &b) const
        {
            QString text = b.emptyText + b.header.join(u'\n');
            for (const QStringList &row : b.rows)
                text += u'\n' + row.join(u'\n');
            return text;
        }
        QString operator()(const ImpactBars &) const { return {}; }
        QString operator()(const LatencyChart &b) const { return samplesText(b.title, b.samples); }
        QString operator()(const UptimeStrip &b) const { return samplesText(b.title, b.samples); }
        QString operator()(const CodeBlock &b) const { return b.title + u'\n' + b.text; }
        static QString samplesText(const QString &title, const std::vector<Sample> &samples)
        {
            QString text = title;
            for (const Sample &sample : samples)
                text += u'\n' + sample.message;
            return text;
        }
    };
    return std::visit(Reader(), block);
}

inline QString textOf(const HandoverDocument &document)
{
    QString text = document.title + document.productName + document.verdict.reasons.join(u'\n');
    for (const Section &section : document.sections) {
        text += u'\n' + section.title;
        for (const Block &block : section.blocks)
            text += u'\n' + textOf(block);
    }
    return text;
}

} // namespace cockpit::test
