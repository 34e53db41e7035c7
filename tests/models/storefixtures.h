// Values that the tests of the project file save and read back.
#pragma once

#include "models/projectstore.h"
#include "models/store/schema.h"

#include <QTemporaryDir>

namespace cockpit::test {

inline const QDateTime kNoon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

inline ProjectSettings settings()
{
    ProjectSettings settings;
    settings.name = QStringLiteral("Example Ops");
    settings.target.domain = QStringLiteral("example.com");
    settings.target.hosts = {{HostRole::Site, QStringLiteral("example.com"), 443},
                             {HostRole::App, QStringLiteral("app.example.com"), 8443}};
    settings.roadmapId = QStringLiteral("internal-ops-saas");
    settings.dkimSelectors = {QStringLiteral("s1"), QStringLiteral("mail")};
    return settings;
}

inline Finding finding()
{
    Finding finding;
    finding.checkId = QStringLiteral("mail.dmarc");
    finding.code = QStringLiteral("missing");
    finding.severity = Severity::High;
    finding.proof = Proof::Proven;
    finding.impact = Impact::EmailDelivery;
    finding.title = QStringLiteral("Anyone can send email as you");
    finding.whatWeSaw = QStringLiteral("There is no record at _dmarc.example.com.");
    finding.evidence = {{QStringLiteral("TXT _dmarc.example.com"), QStringLiteral("NXDOMAIN")}};
    return finding;
}

inline Run runWith(std::vector<Finding> findings, const QDateTime &at = kNoon)
{
    CheckResult result;
    result.checkId = QStringLiteral("mail.dmarc");
    result.outcome = findings.empty() ? Outcome::Pass : Outcome::Fail;
    result.summary = QStringLiteral("Looked at the DMARC record");
    result.observed = {{QStringLiteral("status"), QStringLiteral("none")}};
    result.findings = std::move(findings);
    Run run;
    run.started = at.addSecs(-5);
    run.finished = at;
    run.roadmapId = QStringLiteral("internal-ops-saas");
    run.results = {result};
    return run;
}

inline Answer answer(const QString &subject, const QString &text = QStringLiteral("Checked by hand"))
{
    Answer answer;
    answer.subject = subject;
    answer.value = AnswerValue::Holds;
    answer.text = text;
    answer.by = QStringLiteral("Dana");
    answer.answeredAt = kNoon;
    answer.attachments = {{AttachmentKind::Link, QStringLiteral("https://wiki.example.com/launch"), {}},
                          {AttachmentKind::File, QStringLiteral("plan.pdf"), QString(64, QLatin1Char('a'))}};
    return answer;
}

// As it was: without what later steps add.
inline store::Schema schemaOf(int version)
{
    store::Schema schema = store::currentSchema();
    schema.version = version;
    for (const store::Migration &step : schema.migrations) {
        for (const QString &statement : step.statements)
            schema.create.removeIf([&](const QString &known) { return step.from >= version && known == statement; });
    }
    return schema;
}

} // namespace cockpit::test
