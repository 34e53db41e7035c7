// SARIF 2.1.0 of `launch-cockpit secrets`, as code scanning views want it: files relative to the root that was looked
// at, a stable fingerprint, the rules with their severity as a number. One value is one result, its further places are
// related ones. Public keys are no results.
#include "app/report/secretswords.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsReport)
};

constexpr size_t kMostRelated = 50; // of one result: views show a few

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
    const QString opens = opensSentence(rule);
    const QString what = Text::tr("%1 stands in a file or in the history.").arg(rule.name);
    const QString help = (opens.isEmpty() ? QString() : opens + u' ') + repairOfRule(rule);
    QJsonObject json{{u"id"_s, rule.id},
                     {u"name"_s, rule.id},
                     {u"shortDescription"_s, message(rule.name)},
                     {u"fullDescription"_s, message(opens.isEmpty() ? what : what + u' ' + opens)},
                     {u"help"_s, message(help)},
                     {u"defaultConfiguration"_s, QJsonObject{{u"level"_s, levelOf(rule.severity)}}},
                     {u"properties"_s, QJsonObject{{u"tags"_s, QJsonArray{u"security"_s, u"secrets"_s}},
                                                   {u"precision"_s, u"high"_s},
                                                   {u"security-severity"_s, securitySeverityOf(rule.severity)}}}};
    if (!rule.rotate.isEmpty())
        json.insert(u"helpUri"_s, rule.rotate.toString(QUrl::FullyEncoded));
    return json;
}

// The bytes of the name, not the name as it is shown: a view must find the file. In an archive that is the archive; a
// text without a file is the repository's.
QString uriOf(const FoundSecret &place)
{
    const qsizetype inner = place.path.indexOf("!/");
    const QByteArray file = inner < 0 ? place.path : place.path.first(inner);
    if (file == "-" && !place.history)
        return u"stdin"_s;
    return file.isEmpty() ? u".git"_s : QString::fromLatin1(file.toPercentEncoding("/"));
}

// What names the place where the file alone does not.
QJsonArray logicalOf(const FoundSecret &place)
{
    const bool isFile = !place.path.isEmpty() && !place.path.contains("!/") && !place.isInName;
    if (isFile)
        return {};
    return {QJsonObject{{u"fullyQualifiedName"_s, shownPlace(place)}}};
}

QJsonObject locationOf(const FoundSecret &place)
{
    QJsonObject physical{
        {u"artifactLocation"_s, QJsonObject{{u"uri"_s, uriOf(place)}, {u"uriBaseId"_s, u"%SRCROOT%"_s}}}};
    const QJsonArray logical = logicalOf(place);
    // A line of a member is none of the archive.
    if (logical.isEmpty())
        physical.insert(u"region"_s, QJsonObject{{u"startLine"_s, place.hit.line},
                                                 {u"startColumn"_s, place.hit.column},
                                                 {u"byteOffset"_s, place.hit.offset},
                                                 {u"byteLength"_s, place.hit.length}});
    else
        physical.insert(u"region"_s, QJsonObject{{u"startLine"_s, 1}});
    QJsonObject location{{u"physicalLocation"_s, physical}};
    if (!logical.isEmpty())
        location.insert(u"logicalLocations"_s, logical);
    if (place.history)
        location.insert(u"properties"_s, QJsonObject{{u"reach"_s, reachWord(*place.history)},
                                                     {u"in_head"_s, place.history->isInHead},
                                                     {u"object"_s, QString::fromLatin1(place.history->object)}});
    return location;
}

QJsonArray suppressionsOf(const ReportedSecret &secret)
{
    switch (secret.standing) {
    case Standing::Open:
    case Standing::Public:
        return {};
    case Standing::Remarked:
        return {QJsonObject{{u"kind"_s, u"inSource"_s},
                            {u"status"_s, u"accepted"_s},
                            {u"justification"_s, secret.main().hit.allowed.value_or(QString())}}};
    case Standing::InBaseline:
        return {QJsonObject{{u"kind"_s, u"external"_s},
                            {u"status"_s, u"accepted"_s},
                            {u"justification"_s, Text::tr("Accepted in the baseline.")}}};
    }
    Q_UNREACHABLE();
}

QJsonObject propertiesOf(const ReportedSecret &secret)
{
    QJsonObject properties{{u"severity"_s, toWord(secret.severity)},
                           {u"security-severity"_s, securitySeverityOf(secret.severity)},
                           {u"encoding"_s, toWord(secret.main().hit.through)}};
    if (secret.isInHead)
        properties.insert(u"in_head"_s, *secret.isInHead);
    if (!secret.history)
        return properties;
    const CommitNote &first = *secret.history->first;
    properties.insert(u"commit"_s, QString::fromLatin1(first.id));
    properties.insert(u"author"_s, first.author);
    properties.insert(u"date"_s, first.authoredAt.toString(Qt::ISODate));
    properties.insert(u"reach"_s, reachWord(*secret.history));
    return properties;
}

QJsonObject resultOf(const ReportedSecret &secret, int ruleIndex)
{
    const SecretHit &hit = secret.main().hit;
    const QString history = historySentences(secret);
    const QString found = Text::tr("%1: %2.").arg(hit.rule->name, hit.masked);
    QJsonObject json{{u"ruleId"_s, hit.rule->id},
                     {u"ruleIndex"_s, ruleIndex},
                     {u"level"_s, levelOf(secret.severity)},
                     {u"message"_s, message(history.isEmpty() ? found : found + u' ' + history)},
                     {u"locations"_s, QJsonArray{locationOf(secret.main())}},
                     {u"partialFingerprints"_s, QJsonObject{{u"secret/v1"_s, QString::fromLatin1(hit.fingerprint)}}},
                     {u"suppressions"_s, suppressionsOf(secret)},
                     {u"properties"_s, propertiesOf(secret)}};
    QJsonArray related;
    for (size_t i = 1; i < std::min(secret.places.size(), kMostRelated + 1); ++i) {
        QJsonObject location = locationOf(secret.places[i]);
        location.insert(u"id"_s, static_cast<int>(i));
        related.append(location);
    }
    if (!related.isEmpty())
        json.insert(u"relatedLocations"_s, related);
    return json;
}

QJsonArray notificationsOf(const SecretsReport &report)
{
    QJsonArray notifications;
    const auto add = [&notifications](const QString &sentence) {
        notifications.append(QJsonObject{{u"level"_s, u"warning"_s}, {u"message"_s, message(sentence)}});
    };
    for (const WalkProblem &problem : report.scan.walk.problems)
        add(Text::tr("%1 was not looked at: %2").arg(problem.place, problem.why));
    for (const QString &gap : report.scan.archiveGaps)
        add(gap);
    for (const QString &gap : report.history ? report.history->gaps : QStringList())
        add(gap);
    return notifications;
}

} // namespace

QByteArray secretsSarif(const SecretsReport &report)
{
    QJsonArray rules;
    QJsonArray results;
    std::map<const LeakRule *, int> indexes;
    for (const ReportedSecret &secret : report.secrets) {
        if (secret.standing == Standing::Public)
            continue;
        const LeakRule *rule = secret.main().hit.rule;
        const auto [index, isNew] = indexes.try_emplace(rule, static_cast<int>(rules.size()));
        if (isNew)
            rules.append(ruleOf(*rule));
        results.append(resultOf(secret, index->second));
    }
    const QJsonObject driver{{u"name"_s, u"launch-cockpit"_s}, {u"version"_s, report.toolVersion}, {u"rules"_s, rules}};
    const QJsonObject invocation{{u"executionSuccessful"_s, !report.isStopped()},
                                 {u"toolExecutionNotifications"_s, notificationsOf(report)}};
    const QJsonObject run{{u"tool"_s, QJsonObject{{u"driver"_s, driver}}},
                          {u"invocations"_s, QJsonArray{invocation}},
                          {u"results"_s, results}};
    return QJsonDocument(QJsonObject{{u"$schema"_s, u"https://json.schemastore.org/sarif-2.1.0.json"_s},
                                     {u"version"_s, u"2.1.0"_s},
                                     {u"runs"_s, QJsonArray{run}}})
        .toJson();
}

} // namespace cockpit
