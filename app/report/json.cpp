// JSON of an audit, exactly as resources/schemas/audit.schema.json says: additions only.
#include "app/report/auditreport.h"
#include "app/report/regressioncases.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSchema = 1;

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QJsonObject targetJson(const Target &target)
{
    QJsonArray hosts;
    for (const Host &host : target.hosts)
        hosts.append(QJsonObject{{u"role"_s, toWord(host.role)}, {u"name"_s, host.name}});
    return {{u"domain"_s, target.domain}, {u"hosts"_s, hosts}};
}

QJsonObject findingJson(const Finding &finding, const AuditReport &report)
{
    QJsonObject object = toJson(finding);
    const auto decided = decisionAbout(finding, report);
    object.insert(u"decision"_s, decided ? QJsonValue(toWord(decided->kind)) : QJsonValue());
    return object;
}

} // namespace

QJsonObject auditJson(const AuditReport &report)
{
    QJsonArray checks;
    for (const CheckResult &result : report.run.results)
        checks.append(toReportJson(result));
    QJsonArray findings;
    for (const Finding &finding : report.findings)
        findings.append(findingJson(finding, report));
    return {{u"schema"_s, kSchema},
            {u"tool"_s, QJsonObject{{u"name"_s, u"launch-cockpit"_s}, {u"version"_s, report.toolVersion}}},
            {u"target"_s, targetJson(report.target)},
            {u"roadmap"_s, report.roadmap.id},
            {u"started"_s, timeText(report.run.started)},
            {u"finished"_s, timeText(report.run.finished)},
            {u"duration_ms"_s, report.run.started.msecsTo(report.run.finished)},
            {u"stopped"_s, report.run.stopped},
            {u"verdict"_s, QJsonObject{{u"decision"_s, toWord(report.verdict.decision)},
                                       {u"score"_s, report.verdict.score},
                                       {u"blockers"_s, report.verdict.blockers}}},
            {u"checks"_s, checks},
            {u"findings"_s, findings},
            {u"letters"_s, report.letters.toJson()},
            {u"regression"_s, regressionJson(regressionCasesOf(report))},
            {u"left_records"_s, leftJson(report.left)}};
}

} // namespace cockpit
