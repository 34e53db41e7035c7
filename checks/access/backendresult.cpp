#include "checks/access/backendreads.h"
#include "checks/access/tableshapes.h"
#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"
#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Also what says of each of its fields that there is nothing: {"user":null} to who has not signed in.
bool isEmptyValue(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    return value.isNull() || value.isUndefined() || value == QJsonValue(false) || value == QJsonValue(QString()) ||
           (value.isArray() && value.toArray().isEmpty()) ||
           (value.isObject() &&
            std::all_of(object.begin(), object.end(), [](const QJsonValue &one) { return isEmptyValue(one); }));
}

constexpr QByteArrayView kQueryValue = R"({"status":"success","value":)";

// Convex: {"status":"success","value":…}, of which the beginning alone was read.
BackendResult ofQuery(const HttpResponse &answer)
{
    using enum BackendResult;
    const QJsonObject object = jsonRoot(answer.body).toObject();
    if (object["status"_L1].toString() == "success"_L1 && object.contains("value"_L1))
        return isEmptyValue(object["value"_L1]) ? Empty : Open;
    if (object.isEmpty() && answer.bodyTruncated && answer.body.startsWith(kQueryValue))
        return Open;
    if (object["status"_L1].toString() != "error"_L1)
        return Unclear;
    const QString message = object["errorMessage"_L1].toString();
    if (message.contains("Could not find"_L1))
        return Unknown;
    const bool isRefusal = message.contains("unauth"_L1, Qt::CaseInsensitive) ||
                           message.contains("not authenticated"_L1, Qt::CaseInsensitive) ||
                           message.contains("not logged in"_L1, Qt::CaseInsensitive) ||
                           message.contains("permission"_L1, Qt::CaseInsensitive);
    return isRefusal ? Closed : Unclear;
}

// Hasura says errors with the status of a success; "validation-failed": there is no such field for this visitor.
// Supabase has words alone: "Unknown field \"__schema\"" (pg_graphql's default since 1.6), "pg_graphql … is not
// enabled."
std::optional<BackendResult> ofGraphQlErrors(const QJsonObject &object)
{
    const QJsonArray errors = object["errors"_L1].toArray();
    if (errors.isEmpty())
        return std::nullopt;
    const QString code = errors.first()["extensions"_L1]["code"_L1].toString();
    if (code == "access-denied"_L1 || code.startsWith("invalid-headers"_L1) || code.startsWith("invalid-jwt"_L1))
        return BackendResult::Closed;
    const QString message = errors.first()["message"_L1].toString();
    if (code.isEmpty() && (message.startsWith("Unknown field"_L1) || message.startsWith("pg_graphql "_L1)))
        return BackendResult::Closed;
    return code == "validation-failed"_L1 ? BackendResult::Unknown : BackendResult::Unclear;
}

// Who may become or is administrator: a word of the service itself.
BackendResult ofSetup(BackendKind kind, const QJsonObject &object)
{
    using enum BackendResult;
    const QJsonValue flag = kind == BackendKind::Hasura ? object["is_admin_secret_set"_L1]
                            : kind == BackendKind::Strapi
                                ? object["data"_L1]["hasAdmin"_L1]
                                : object["data"_L1]["userManagement"_L1]["showSetupOnFirstLoad"_L1];
    if (!flag.isBool())
        return object["code"_L1].toString() == "access-denied"_L1 ? Closed : Unclear;
    const bool isClaimed = kind == BackendKind::N8n ? !flag.toBool() : flag.toBool();
    return isClaimed ? Closed : Open;
}

// Google's words (identitytoolkit): what stands in the way of an account first. The address that was sent is none, and
// the password too short, so that only an open sign-up gets as far as to complain about them.
BackendResult ofSignUp(const HttpResponse &answer)
{
    const QString message = jsonRoot(answer.body).toObject()["error"_L1]["message"_L1].toString();
    const auto says = [&](QLatin1StringView word) { return message.startsWith(word); };
    if (says("WEAK_PASSWORD"_L1) || says("INVALID_EMAIL"_L1))
        return BackendResult::Open;
    const bool isShut = says("OPERATION_NOT_ALLOWED"_L1) || says("ADMIN_ONLY_OPERATION"_L1) ||
                        says("PASSWORD_LOGIN_DISABLED"_L1) || says("CONFIGURATION_NOT_FOUND"_L1);
    return isShut ? BackendResult::Closed : BackendResult::Unclear;
}

BackendResult ofSuccess(const BackendAsk &ask)
{
    using enum BackendResult;
    const HttpResponse &answer = *ask.answer;
    const QJsonValue json = jsonRoot(answer.body);
    const QJsonObject object = json.toObject();
    switch (ask.part) {
    case BackendPart::Table:
        if (const auto error = ask.kind == BackendKind::Hasura ? ofGraphQlErrors(object) : std::nullopt)
            return *error;
        return rowsIn(ask) > 0 ? Open : rowsIn(ask) == 0 ? Empty : Unclear;
    case BackendPart::Function:
        return answer.header("content-type").value_or(QByteArray()).contains("json") ? Open : Unclear;
    case BackendPart::File:
        return answer.header("content-type").value_or(QByteArray()).contains("html") ? Unclear : Open;
    case BackendPart::Bucket:
        if (ask.kind == BackendKind::Appwrite)
            return !object["files"_L1].isArray() ? Unclear : object["total"_L1].toInt() > 0 ? Open : Empty;
        if (json.isArray())
            return json.toArray().isEmpty() ? Empty : Open;
        return object.contains("items"_L1) && !object.value("items"_L1).toArray().isEmpty()                  ? Open
               : object.contains("kind"_L1) || object.contains("prefixes"_L1) || object.contains("items"_L1) ? Empty
                                                                                                             : Unclear;
    case BackendPart::Schema:
        if (ask.kind == BackendKind::Hasura) {
            if (const auto error = ofGraphQlErrors(object))
                return *error;
            const QJsonArray fields = object["data"_L1]["__schema"_L1]["queryType"_L1]["fields"_L1].toArray();
            const bool isBare = fields.isEmpty() || fields.first()["name"_L1].toString().startsWith("no_queries"_L1);
            return !object["data"_L1].isObject() ? Unclear : isBare ? Closed : Open;
        }
        if (object["data"_L1]["__schema"_L1].isObject())
            return tablesInGraphQl(object).isEmpty() ? Closed : Open;
        if (const auto error = ofGraphQlErrors(object))
            return *error;
        return object.contains("paths"_L1) ? Open : Unclear;
    case BackendPart::Query:
        return ofQuery(answer);
    case BackendPart::Service:
        return answer.header("content-type").value_or(QByteArray()).contains("html") ? Unclear : Open;
    case BackendPart::Setup:
        return ofSetup(ask.kind, object);
    case BackendPart::Console:
        return answer.body.contains("hasura") && answer.body.contains("__env") ? Open : Unclear;
    case BackendPart::SignUp:
        return Unclear; // nothing that was asked could be granted
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
    case BackendPart::Query:
        return u"query"_s;
    case BackendPart::Setup:
        return u"setup"_s;
    case BackendPart::Console:
        return u"console"_s;
    case BackendPart::Service:
        return u"edge_function"_s;
    case BackendPart::SignUp:
        return u"sign_up"_s;
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

qint64 rowsIn(const BackendAsk &ask)
{
    const QJsonDocument document = QJsonDocument::fromJson(ask.answer->body);
    const QJsonObject object = document.object();
    const auto counted = [](const QJsonValue &count, bool hasList) {
        bool isNumber = count.isDouble();
        const qint64 rows = isNumber ? count.toInteger(-1) : count.toString().toLongLong(&isNumber);
        return isNumber && hasList && rows >= 0 ? rows : -1;
    };
    switch (ask.kind) {
    case BackendKind::PocketBase:
        return counted(object["totalItems"_L1], object["items"_L1].isArray());
    case BackendKind::Appwrite:
        return counted(object["total"_L1], object["documents"_L1].isArray());
    case BackendKind::Strapi: {
        bool isNumber = false; // of the accounts: the bare number
        const qint64 bare = ask.answer->body.trimmed().toLongLong(&isNumber);
        return isNumber ? bare : counted(object["meta"_L1]["pagination"_L1]["total"_L1], object["data"_L1].isArray());
    }
    case BackendKind::Directus: {
        const QJsonValue first = object["data"_L1].toArray().first();
        return counted(first["count"_L1], first.isObject());
    }
    case BackendKind::Hasura: {
        const QJsonValue table = object["data"_L1]["t"_L1];
        return table.isArray() ? table.toArray().size() : counted(table["aggregate"_L1]["count"_L1], table.isObject());
    }
    case BackendKind::Supabase:
    case BackendKind::Firebase:
    case BackendKind::Convex:
    case BackendKind::N8n:
    case BackendKind::Retool:
        return rowsIn(*ask.answer);
    }
    Q_UNREACHABLE();
}

bool givesRecords(const HttpResponse &answer)
{
    const QJsonValue value = jsonRoot(answer.body).toObject().value("value"_L1);
    if (value.isUndefined()) // of a longer answer the beginning alone was read
        return answer.bodyTruncated && answer.body.startsWith(QByteArray(kQueryValue.toByteArray() + "[{\""));
    const QJsonArray list = value.toArray();
    return std::any_of(list.begin(), list.end(), [](const QJsonValue &one) { return !one.toObject().isEmpty(); });
}

BackendResult resultOf(const BackendAsk &ask)
{
    if (!ask.answer)
        return BackendResult::Unclear;
    // Convex says the errors of a query with a status of its own, above 500.
    const auto obstacle = obstacleIn(*ask.answer);
    const bool isOwnError = ask.part == BackendPart::Query && obstacle == Obstacle::ServerError;
    if (obstacle && *obstacle != Obstacle::Refused && !isOwnError)
        return BackendResult::Unclear;
    if (ask.part == BackendPart::SignUp)
        return ofSignUp(*ask.answer);
    if (isSuccess(*ask.answer))
        return ofSuccess(ask);
    const int status = ask.answer->status;
    if (status == 401 || status == 403)
        return BackendResult::Closed;
    if (ask.part == BackendPart::Query) // its errors come with a status of their own
        return ofQuery(*ask.answer);
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
