#include "models/finding.h"

#include "models/jsonfields.h"

#include <QCryptographicHash>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Ids stand in addresses, file names and tables; a subject taken from a target may be of any length.
constexpr qsizetype kLongestSubjectInId = 120;

QString subjectForId(const QString &subject)
{
    if (subject.size() <= kLongestSubjectInId)
        return subject;
    const QByteArray hash = QCryptographicHash::hash(subject.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(hash.left(32));
}

QJsonObject fixToJson(const Fix &fix)
{
    return {{u"steps"_s, QJsonArray::fromStringList(fix.steps)},
            {u"paste"_s, json::textOrNull(fix.paste)},
            {u"ai_prompt"_s, fix.aiPrompt}};
}

Fix fixFromJson(const QJsonObject &object)
{
    return {.steps = json::strings(object["steps"_L1]),
            .paste = object["paste"_L1].toString(),
            .aiPrompt = object["ai_prompt"_L1].toString()};
}

QJsonValue locationToJson(const std::optional<Location> &location)
{
    if (!location)
        return QJsonValue::Null;
    return QJsonObject{{u"file"_s, location->file}, {u"line"_s, location->line}, {u"commit"_s, location->commit}};
}

std::optional<Location> locationFromJson(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    return Location{
        .file = value["file"_L1].toString(), .line = value["line"_L1].toInt(), .commit = value["commit"_L1].toString()};
}

} // namespace

QString Finding::id() const
{
    QString id = checkId + u':' + code;
    if (!host.isEmpty())
        id += u'@' + host;
    if (!subject.isEmpty())
        id += u'#' + subjectForId(subject);
    return id;
}

QJsonObject toJson(const Finding &finding)
{
    return {
        {u"id"_s, finding.id()},
        {u"check"_s, finding.checkId},
        {u"code"_s, finding.code},
        {u"host"_s, json::textOrNull(finding.host)},
        {u"subject"_s, json::textOrNull(finding.subject)},
        {u"severity"_s, toWord(finding.severity)},
        {u"proof"_s, toWord(finding.proof)},
        {u"impact"_s, toWord(finding.impact)},
        {u"title"_s, finding.title},
        {u"what_we_saw"_s, finding.whatWeSaw},
        {u"why_it_matters"_s, finding.whyItMatters},
        {u"fix"_s, fixToJson(finding.fix)},
        {u"effort_minutes"_s, finding.effortMinutes},
        {u"evidence"_s, json::fromEvidence(finding.evidence)},
        {u"items"_s, QJsonArray::fromStringList(finding.items)},
        {u"location"_s, locationToJson(finding.location)},
    };
}

std::optional<Finding> findingFromJson(const QJsonObject &object)
{
    const auto severity = fromWord<Severity>(object["severity"_L1].toString());
    const auto proof = fromWord<Proof>(object["proof"_L1].toString());
    const auto impact = fromWord<Impact>(object["impact"_L1].toString());
    Finding finding;
    finding.checkId = object["check"_L1].toString();
    finding.code = object["code"_L1].toString();
    if (!severity || !proof || !impact || finding.checkId.isEmpty() || finding.code.isEmpty())
        return std::nullopt;

    finding.host = object["host"_L1].toString();
    finding.subject = object["subject"_L1].toString();
    finding.severity = *severity;
    finding.proof = *proof;
    finding.impact = *impact;
    finding.title = object["title"_L1].toString();
    finding.whatWeSaw = object["what_we_saw"_L1].toString();
    finding.whyItMatters = object["why_it_matters"_L1].toString();
    finding.fix = fixFromJson(object["fix"_L1].toObject());
    finding.effortMinutes = object["effort_minutes"_L1].toInt(finding.effortMinutes);
    finding.evidence = json::toEvidence(object["evidence"_L1]);
    finding.items = json::strings(object["items"_L1]);
    finding.location = locationFromJson(object["location"_L1]);
    return finding;
}

} // namespace cockpit
