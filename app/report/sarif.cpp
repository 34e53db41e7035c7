// SARIF 2.1.0, for code scanning pages. A finding about a host has a logical location, one in a file a physical one.
#include "app/report/auditreport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString ruleId(const Finding &finding)
{
    return finding.checkId + u'/' + finding.code;
}

// SARIF knows three levels only; the exact severity is in the properties.
QString levelOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High:
        return u"error"_s;
    case Severity::Medium:
        return u"warning"_s;
    case Severity::Low:
        return u"note"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject message(const QString &text)
{
    return {{u"text"_s, text}};
}

// A URI reference (SARIF 2.1.0, 3.4.3): blanks and whatever else a file name may hold are encoded.
QString uriOf(const QString &file)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(file, "/"));
}

QJsonObject locationOf(const Finding &finding, const Target &target)
{
    if (finding.location) {
        QJsonObject physical{{u"artifactLocation"_s, QJsonObject{{u"uri"_s, uriOf(finding.location->file)}}}};
        if (finding.location->line > 0)
            physical.insert(u"region"_s, QJsonObject{{u"startLine"_s, finding.location->line}});
        return {{u"physicalLocation"_s, physical}};
    }
    const QString name = finding.host.isEmpty() ? target.domain : finding.host;
    return {
        {u"logicalLocations"_s, QJsonArray{QJsonObject{{u"fullyQualifiedName"_s, name}, {u"kind"_s, u"module"_s}}}}};
}

// A result without a suppression is open, one with it is known and accepted (SARIF 2.1.0, 3.27.23).
QJsonArray suppressionsOf(const Finding &finding, const AuditReport &report)
{
    const auto accepted = acceptanceOf(finding, report);
    if (!accepted)
        return {};
    return {
        QJsonObject{{u"kind"_s, u"external"_s}, {u"status"_s, u"accepted"_s}, {u"justification"_s, accepted->reason}}};
}

QJsonObject resultOf(const Finding &finding, const AuditReport &report)
{
    return {{u"ruleId"_s, ruleId(finding)},
            {u"level"_s, levelOf(finding.severity)},
            {u"message"_s, message(finding.whatWeSaw.isEmpty() ? finding.title : finding.whatWeSaw)},
            {u"locations"_s, QJsonArray{locationOf(finding, report.target)}},
            {u"partialFingerprints"_s, QJsonObject{{u"findingId/v1"_s, finding.id()}}},
            {u"suppressions"_s, suppressionsOf(finding, report)},
            {u"properties"_s, QJsonObject{{u"severity"_s, toWord(finding.severity)},
                                          {u"proof"_s, toWord(finding.proof)},
                                          {u"impact"_s, toWord(finding.impact)}}}};
}

QJsonArray rulesOf(const std::vector<Finding> &findings)
{
    QJsonArray rules;
    std::set<QString> known;
    for (const Finding &finding : findings) {
        if (!known.insert(ruleId(finding)).second)
            continue;
        QJsonObject rule{{u"id"_s, ruleId(finding)}, {u"shortDescription"_s, message(finding.title)}};
        if (!finding.whyItMatters.isEmpty())
            rule.insert(u"fullDescription"_s, message(finding.whyItMatters));
        if (!finding.fix.steps.isEmpty())
            rule.insert(u"help"_s, message(finding.fix.steps.join(u'\n')));
        rules.append(rule);
    }
    return rules;
}

QJsonObject invocationOf(const AuditReport &report)
{
    QJsonObject invocation{{u"executionSuccessful"_s, !report.run.stopped}};
    if (const QJsonArray left = leftNotifications(report.left); !left.isEmpty())
        invocation.insert(u"toolExecutionNotifications"_s, left);
    return invocation;
}

} // namespace

QByteArray auditSarif(const AuditReport &report)
{
    QJsonArray results;
    for (const Finding &finding : report.findings)
        results.append(resultOf(finding, report));
    const QJsonObject driver{
        {u"name"_s, u"launch-cockpit"_s}, {u"version"_s, report.toolVersion}, {u"rules"_s, rulesOf(report.findings)}};
    const QJsonObject run{{u"tool"_s, QJsonObject{{u"driver"_s, driver}}},
                          {u"invocations"_s, QJsonArray{invocationOf(report)}},
                          {u"results"_s, results}};
    const QJsonObject log{{u"$schema"_s, u"https://json.schemastore.org/sarif-2.1.0.json"_s},
                          {u"version"_s, u"2.1.0"_s},
                          {u"runs"_s, QJsonArray{run}}};
    return QJsonDocument(log).toJson();
}

} // namespace cockpit
