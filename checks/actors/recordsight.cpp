#include "checks/actors/recordsight.h"

#include "checks/actors/answertext.h"
#include "checks/actors/likeness.h"
#include "checks/actors/limitsignal.h"
#include "checks/actors/signin.h"
#include "checks/actors/writeanswer.h"
#include "checks/net/statusclass.h"
#include "checks/web/denial.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 4; // of what wraps a list: {"data": {"items": […]}}

bool isHidden(int status)
{
    return status == 404 || status == 410;
}

// The first list that is wrapped in nothing but objects.
std::optional<QJsonArray> listIn(const QJsonValue &value, int depth = 0)
{
    if (value.isArray())
        return value.toArray();
    if (depth < kDeepest) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue one : object) {
            if (auto list = listIn(one, depth + 1))
                return list;
        }
    }
    return std::nullopt;
}

QString titleOf(const HttpResponse &page)
{
    static const QRegularExpression title(u"<title[^>]*>([^<]*)</title>"_s, QRegularExpression::CaseInsensitiveOption);
    return title.match(QString::fromUtf8(page.body)).captured(1).trimmed();
}

// {"deleted": true}, {"deleted_at": "…"}, {"status": "archived"}
bool saysDeleted(const QString &name, const QJsonValue &value)
{
    static const QRegularExpression flag(u"^(?:is_?)?(?:deleted|archived|removed|trashed)$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression time(u"^(?:deleted|archived|removed|trashed)_?(?:at|on|date|time)$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression state(u"^(?:status|state)$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression word(u"^(?:soft[-_ ]?)?(?:deleted|archived|removed|trashed)$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (flag.match(name).hasMatch())
        return value == QJsonValue(true) || value == QJsonValue(1);
    if (time.match(name).hasMatch())
        return !value.toString().isEmpty() || value.toDouble() > 0;
    return state.match(name).hasMatch() && word.match(value.toString()).hasMatch();
}

bool isMarkedDeleted(const HttpResponse &answer, const SoughtRecord &record)
{
    const auto alone = recordInList(answer, record.id, record.text);
    const auto json = jsonOf(alone ? *alone : answer);
    const QJsonObject object = json ? json->toObject() : QJsonObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (saysDeleted(it.key(), it.value()))
            return true;
    }
    return false;
}

bool holdsHole(const QJsonValue &value, int depth = 0)
{
    if (value.isNull() || (value.isArray() && value.toArray().isEmpty()))
        return true;
    const QJsonObject object = value.toObject();
    return depth < kDeepest &&
           std::any_of(object.begin(), object.end(), [&](const QJsonValue &one) { return holdsHole(one, depth + 1); });
}

// null in its place, as GraphQL says it: {"data": {"note": null}}. Not {"ok": true}, which a server may say to
// anything.
bool showsNothing(const HttpResponse &answer)
{
    if (answer.status == 204 || answer.body.trimmed() == "null")
        return true;
    const auto json = jsonOf(answer);
    return json && holdsHole(*json) && admissionOf(answer, {}) == Admission::Empty;
}

// "Note not found", under 200: of the record, and not of who asks.
bool saysNotThere(const HttpResponse &answer)
{
    static const QRegularExpression absent(u"not.?found|no such|does(?: not|n't) exist|\\b404\\b"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return saysNo(answer) && absent.match(QString::fromUtf8(answer.body)).hasMatch();
}

// At its own address it may have another text by now: that somebody could change it was perhaps what was tried.
bool holdsOurs(const HttpResponse &answer, const SoughtRecord &record)
{
    if (AnswerText::of(answer).holds(record.text))
        return true;
    if (!record.isInList)
        return answer.body.contains("LC-CANARY-");
    const auto alone = record.id.isEmpty() ? std::nullopt : recordInList(answer, record.id, {});
    return alone && alone->body.contains("LC-CANARY-");
}

// A row by its id: what else is in it may be said of who asks.
QByteArray nameOf(const QJsonValue &row)
{
    const QJsonObject object = row.toObject();
    for (const auto &name : {"id"_L1, "_id"_L1, "uuid"_L1, "slug"_L1}) {
        if (const QJsonValue id = object.value(name); id.isString() || id.isDouble())
            return id.toVariant().toString().toUtf8();
    }
    return QJsonDocument(QJsonArray{row}).toJson(QJsonDocument::Compact);
}

// Empty: no list at all.
std::optional<std::set<QByteArray>> rowsIn(const HttpResponse &answer)
{
    const auto json = jsonOf(answer);
    const auto list = json && isSuccess(answer) && !saysNo(answer) ? listIn(*json) : std::nullopt;
    if (!list)
        return std::nullopt;
    std::set<QByteArray> rows;
    for (const QJsonValue row : *list) {
        const bool isOurs = QJsonDocument(QJsonArray{row}).toJson().contains("LC-CANARY-");
        if (!isOurs && !row.toObject().isEmpty())
            rows.insert(nameOf(row));
    }
    return rows;
}

RecordSight sightWithoutIt(const HttpResponse &answer, const SoughtRecord &record)
{
    using enum RecordSight;
    const auto json = jsonOf(answer);
    if (!record.isInList) {
        return showsNothing(answer) || saysNotThere(answer) ? Gone : Unclear;
    }
    if (json)
        return listIn(*json) && !saysNo(answer) ? Gone : Unclear;
    if (!isPage(answer))
        return Unclear;
    // An error page under 200 has a title of its own.
    return !record.before || titleOf(*record.before) == titleOf(answer) ? Gone : Unclear;
}

} // namespace

RecordSight sightOf(const HttpResponse &answer, const SoughtRecord &record)
{
    using enum RecordSight;
    if (limitIn(answer, QDateTime::currentDateTimeUtc()))
        return Limited;
    if (answer.status == 403)
        return Refused;
    if (looksSignedOut(answer))
        return isSuccess(answer) && !isPage(answer) ? Refused : SignedOut;
    if (isHidden(answer.status))
        return record.isInList ? Unclear : Gone;
    if (!isSuccess(answer))
        return Unclear;
    if (!holdsOurs(answer, record))
        return sightWithoutIt(answer, record);
    return isMarkedDeleted(answer, record) ? MarkedDeleted : There;
}

bool showsOthers(const HttpResponse &list)
{
    const auto json = jsonOf(list);
    const auto rows = json ? listIn(*json) : std::nullopt;
    return rows && std::ranges::any_of(*rows, [](const QJsonValue &row) { return !row.toObject().isEmpty(); });
}

bool showsOthersThan(const HttpResponse &list, const HttpResponse &other)
{
    const auto rows = rowsIn(list);
    const auto others = rowsIn(other);
    return rows && others && rows->size() > others->size() && std::ranges::includes(*rows, *others);
}

} // namespace cockpit
