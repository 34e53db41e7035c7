// SARIF 2.1.0 of `launch-cockpit secrets`, as code scanning views want it: files relative to the root that was looked
// at, a stable fingerprint, the rules with their severity as a number. Public keys are no results.
#include "app/report/secretsreport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsReport)
};

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

// What code scanning views sort by: above 9 is critical, above 7 high, above 4 medium.
QString securitySeverityOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return u"9.5"_s;
    case Severity::High:
        return u"8.0"_s;
    case Severity::Medium:
        return u"5.5"_s;
    case Severity::Low:
        return u"2.0"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject message(const QString &text)
{
    return {{u"text"_s, text}};
}

QJsonObject ruleOf(const LeakRule &rule)
{
    const QString repair = rule.rotate.isEmpty()
                               ? Text::tr("Replace it at %1, then remove it from the file and from the history.")
                                     .arg(rule.service.isEmpty() ? Text::tr("its service") : rule.service)
                               : Text::tr("Replace it at %1, then remove it from the file and from the history.")
                                     .arg(rule.rotate.toString());
    QJsonObject json{{u"id"_s, rule.id},
                     {u"name"_s, rule.id},
                     {u"shortDescription"_s, message(rule.name)},
                     {u"fullDescription"_s, message(Text::tr("%1 stands in a file.").arg(rule.name))},
                     {u"help"_s, message(repair)},
                     {u"defaultConfiguration"_s, QJsonObject{{u"level"_s, levelOf(rule.severity)}}},
                     {u"properties"_s, QJsonObject{{u"tags"_s, QJsonArray{u"security"_s, u"secrets"_s}},
                                                   {u"security-severity"_s, securitySeverityOf(rule.severity)}}}};
    if (!rule.rotate.isEmpty())
        json.insert(u"helpUri"_s, rule.rotate.toString(QUrl::FullyEncoded));
    return json;
}

// The bytes of the name, not the name as it is shown: a view must find the file.
QString uriOf(const QByteArray &path)
{
    return QString::fromLatin1(path.toPercentEncoding("/"));
}

QJsonObject locationOf(const FoundSecret &secret)
{
    const QJsonObject region{{u"startLine"_s, secret.hit.line},
                             {u"startColumn"_s, secret.hit.column},
                             {u"byteOffset"_s, secret.hit.offset},
                             {u"byteLength"_s, secret.hit.length}};
    return {{u"physicalLocation"_s, QJsonObject{{u"artifactLocation"_s, QJsonObject{{u"uri"_s, uriOf(secret.path)},
                                                                                    {u"uriBaseId"_s, u"%SRCROOT%"_s}}},
                                                {u"region"_s, region}}}};
}

QJsonArray suppressionsOf(const StandingSecret &each)
{
    switch (each.standing) {
    case Standing::Open:
    case Standing::Public:
        return {};
    case Standing::Remarked:
        return {QJsonObject{{u"kind"_s, u"inSource"_s},
                            {u"status"_s, u"accepted"_s},
                            {u"justification"_s, each.secret.hit.allowed.value_or(QString())}}};
    case Standing::InBaseline:
        return {QJsonObject{{u"kind"_s, u"external"_s}, {u"status"_s, u"accepted"_s}}};
    }
    Q_UNREACHABLE();
}

QJsonObject resultOf(const StandingSecret &each, int ruleIndex)
{
    const SecretHit &hit = each.secret.hit;
    return {{u"ruleId"_s, hit.rule->id},
            {u"ruleIndex"_s, ruleIndex},
            {u"level"_s, levelOf(hit.severity)},
            {u"message"_s, message(Text::tr("%1: %2").arg(hit.rule->name, hit.masked))},
            {u"locations"_s, QJsonArray{locationOf(each.secret)}},
            {u"partialFingerprints"_s, QJsonObject{{u"secret/v1"_s, QString::fromLatin1(hit.fingerprint)}}},
            {u"suppressions"_s, suppressionsOf(each)},
            {u"properties"_s, QJsonObject{{u"severity"_s, toWord(hit.severity)},
                                          {u"security-severity"_s, securitySeverityOf(hit.severity)},
                                          {u"encoding"_s, toWord(hit.through)}}}};
}

QJsonArray notificationsOf(const TreeScan &scan)
{
    QJsonArray notifications;
    for (const WalkProblem &problem : scan.walk.problems)
        notifications.append(
            QJsonObject{{u"level"_s, u"warning"_s},
                        {u"message"_s, message(Text::tr("%1 was not looked at: %2").arg(problem.place, problem.why))}});
    return notifications;
}

} // namespace

QByteArray secretsSarif(const SecretsReport &report)
{
    QJsonArray rules;
    QJsonArray results;
    std::map<const LeakRule *, int> indexes;
    for (const StandingSecret &each : report.secrets) {
        if (each.standing == Standing::Public)
            continue;
        const LeakRule *rule = each.secret.hit.rule;
        const auto [index, isNew] = indexes.try_emplace(rule, static_cast<int>(rules.size()));
        if (isNew)
            rules.append(ruleOf(*rule));
        results.append(resultOf(each, index->second));
    }
    const QJsonObject driver{{u"name"_s, u"launch-cockpit"_s}, {u"version"_s, report.toolVersion}, {u"rules"_s, rules}};
    const QJsonObject invocation{{u"executionSuccessful"_s, !report.scan.walk.isStopped},
                                 {u"toolExecutionNotifications"_s, notificationsOf(report.scan)}};
    const QJsonObject run{{u"tool"_s, QJsonObject{{u"driver"_s, driver}}},
                          {u"invocations"_s, QJsonArray{invocation}},
                          {u"results"_s, results}};
    return QJsonDocument(QJsonObject{{u"$schema"_s, u"https://json.schemastore.org/sarif-2.1.0.json"_s},
                                     {u"version"_s, u"2.1.0"_s},
                                     {u"runs"_s, QJsonArray{run}}})
        .toJson();
}

} // namespace cockpit
