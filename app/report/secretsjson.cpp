// The JSON of `launch-cockpit secrets` (cli.md); members beside the contract's are additions.
#include "app/report/secretsreport.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonObject entryOf(const FoundSecret &secret)
{
    const SecretHit &hit = secret.hit;
    return {{u"rule"_s, hit.rule->id},
            {u"name"_s, hit.rule->name},
            {u"service"_s, hit.rule->service},
            {u"kind"_s, toWord(hit.kind)},
            {u"file"_s, shownPath(secret.path)},
            {u"line"_s, hit.line},
            {u"column"_s, hit.column},
            {u"commit"_s, QJsonValue::Null},
            {u"fingerprint"_s, QString::fromLatin1(hit.fingerprint)},
            {u"masked"_s, hit.masked},
            {u"severity"_s, toWord(hit.severity)},
            {u"verified"_s, QJsonValue::Null},
            {u"encoding"_s, toWord(hit.through)},
            {u"low_weight_place"_s, secret.weight == PlaceWeight::Lower},
            {u"rotate"_s, hit.rule->rotate.isEmpty() ? QJsonValue::Null : QJsonValue(hit.rule->rotate.toString())}};
}

QJsonObject acceptedEntryOf(const StandingSecret &each)
{
    QJsonObject entry = entryOf(each.secret);
    const bool isRemark = each.standing == Standing::Remarked;
    entry.insert(u"accepted_by"_s, isRemark ? u"remark"_s : u"baseline"_s);
    entry.insert(u"reason"_s, isRemark ? QJsonValue(each.secret.hit.allowed.value_or(QString())) : QJsonValue::Null);
    return entry;
}

QJsonObject notLookedAt(const TreeScan &scan)
{
    QJsonArray problems;
    for (const WalkProblem &problem : scan.walk.problems)
        problems.append(QJsonObject{{u"file"_s, problem.place}, {u"why"_s, problem.why}});
    return {{u"unreadable"_s, scan.walk.unreadable}, {u"binary"_s, scan.binaries}, {u"links"_s, scan.walk.links},
            {u"special"_s, scan.walk.special},       {u"cut"_s, scan.cutFiles},    {u"problems"_s, problems}};
}

} // namespace

QJsonObject secretsJson(const SecretsReport &report)
{
    QJsonArray findings;
    QJsonArray made;
    QJsonArray accepted;
    for (const StandingSecret &each : report.secrets) {
        switch (each.standing) {
        case Standing::Open:
            findings.append(entryOf(each.secret));
            break;
        case Standing::Public:
            made.append(entryOf(each.secret));
            break;
        case Standing::Remarked:
        case Standing::InBaseline:
            accepted.append(acceptedEntryOf(each));
            break;
        }
    }
    return {{u"schema"_s, 1},
            {u"tool"_s, QJsonObject{{u"name"_s, u"launch-cockpit"_s}, {u"version"_s, report.toolVersion}}},
            {u"scanned"_s, QJsonObject{{u"files"_s, report.scan.walk.files - report.scan.binaries},
                                       {u"bytes"_s, report.scan.bytes},
                                       {u"commits"_s, 0}}},
            {u"stopped"_s, report.scan.walk.isStopped},
            {u"not_scanned"_s, notLookedAt(report.scan)},
            {u"findings"_s, findings},
            {u"public"_s, made},
            {u"accepted"_s, accepted}};
}

} // namespace cockpit
