#include "checks/access/backendreads.h"
#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonValue jsonIn(const HttpResponse &answer)
{
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

BackendResult ofSuccess(const BackendAsk &ask)
{
    using enum BackendResult;
    const HttpResponse &answer = *ask.answer;
    const QJsonValue json = jsonIn(answer);
    const QJsonObject object = json.toObject();
    switch (ask.part) {
    case BackendPart::Table:
        return rowsIn(answer) > 0 ? Open : rowsIn(answer) == 0 ? Empty : Unclear;
    case BackendPart::Function:
        return answer.header("content-type").value_or(QByteArray()).contains("json") ? Open : Unclear;
    case BackendPart::File:
        return answer.header("content-type").value_or(QByteArray()).contains("html") ? Unclear : Open;
    case BackendPart::Bucket:
        if (json.isArray())
            return json.toArray().isEmpty() ? Empty : Open;
        return object.contains("items"_L1) && !object.value("items"_L1).toArray().isEmpty()                  ? Open
               : object.contains("kind"_L1) || object.contains("prefixes"_L1) || object.contains("items"_L1) ? Empty
                                                                                                             : Unclear;
    case BackendPart::Schema:
        return object.contains("paths"_L1) ? Open : Unclear;
    case BackendPart::Settings:
        if (!object.contains("disable_signup"_L1))
            return Unclear;
        return object.value("disable_signup"_L1).toBool(true) ? Closed : Open;
    case BackendPart::Database:
        if (answer.body.trimmed() == "null")
            return Empty;
        return object.isEmpty() || object.contains("error"_L1) ? Unclear : Open;
    case BackendPart::Collection:
        if (answer.body.trimmed() == "{}")
            return Empty;
        return object.value("documents"_L1).toArray().isEmpty() ? Unclear : Open;
    }
    Q_UNREACHABLE();
}

} // namespace

QString toWord(BackendPart value)
{
    switch (value) {
    case BackendPart::Table:
        return u"table"_s;
    case BackendPart::Function:
        return u"function"_s;
    case BackendPart::Bucket:
        return u"bucket"_s;
    case BackendPart::File:
        return u"file"_s;
    case BackendPart::Schema:
        return u"schema"_s;
    case BackendPart::Settings:
        return u"settings"_s;
    case BackendPart::Database:
        return u"database"_s;
    case BackendPart::Collection:
        return u"collection"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(BackendResult value)
{
    switch (value) {
    case BackendResult::Open:
        return u"open"_s;
    case BackendResult::Empty:
        return u"empty"_s;
    case BackendResult::Closed:
        return u"closed"_s;
    case BackendResult::Unknown:
        return u"unknown"_s;
    case BackendResult::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

// RFC 9110 section 14.4, as PostgREST writes it: "0-0/17", "*/0", "0-0/*".
qint64 rowsIn(const HttpResponse &answer)
{
    const QByteArray range = answer.header("content-range").value_or(QByteArray());
    bool isNumber = false;
    const qint64 rows = range.mid(range.lastIndexOf('/') + 1).trimmed().toLongLong(&isNumber);
    return isNumber && range.contains('/') && rows >= 0 ? rows : -1;
}

BackendResult resultOf(const BackendAsk &ask)
{
    if (!ask.answer)
        return BackendResult::Unclear;
    if (const auto obstacle = obstacleIn(*ask.answer); obstacle && *obstacle != Obstacle::Refused)
        return BackendResult::Unclear;
    if (isSuccess(*ask.answer))
        return ofSuccess(ask);
    const int status = ask.answer->status;
    if (status == 401 || status == 403)
        return BackendResult::Closed;
    // Storage of Supabase says "Bucket not found" with a 400 also where it must not be seen.
    const bool isHidden = status == 400 && (ask.part == BackendPart::Bucket || ask.part == BackendPart::File);
    if (isHidden)
        return BackendResult::Closed;
    return status == 404 ? BackendResult::Unknown : BackendResult::Unclear;
}

BackendResult resultOf(const BackendLook &look, const BackendAsk &ask)
{
    const BackendResult result = resultOf(ask);
    const bool tellsNothing = std::ranges::any_of(look.asks, [&](const BackendAsk &one) {
        const BackendResult ofNothing = one.isMadeUp && one.part == ask.part ? resultOf(one) : BackendResult::Unknown;
        return ofNothing == BackendResult::Open || ofNothing == BackendResult::Unclear;
    });
    return tellsNothing && result == BackendResult::Open ? BackendResult::Unclear : result;
}

} // namespace cockpit
