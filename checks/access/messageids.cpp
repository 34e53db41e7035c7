#include "checks/access/messageids.h"

#include "checks/actors/idnames.h"
#include "checks/actors/recordid.h"
#include "models/access/harmless.h"
#include "models/access/socketmessages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 16;
constexpr qsizetype kLongestTopic = 200;

// Alone it is clearly an id; words, versions and short mixed texts are not.
bool isClearId(const QString &text)
{
    const auto kind = idKindOf(text);
    return kind && *kind != IdKind::Slug && *kind != IdKind::Short;
}

bool isNumberOrUuid(const QString &text)
{
    switch (idKindOf(text).value_or(IdKind::Slug)) {
    case IdKind::Integer:
    case IdKind::UuidTime:
    case IdKind::UuidTimeRandom:
    case IdKind::UuidRandom:
    case IdKind::UuidName:
    case IdKind::UuidOther:
    case IdKind::ObjectId:
        return true;
    case IdKind::Ulid:
    case IdKind::Numbered:
    case IdKind::Prefixed:
    case IdKind::Encoded:
    case IdKind::Short:
    case IdKind::Token:
    case IdKind::Slug:
        return false;
    }
    Q_UNREACHABLE();
}

// What to put in the place of an id of that resource; empty: it stays. isTop: a bare id at the top of the message.
using AtEachId = std::function<std::optional<QString>(const QString &resource, bool isTop)>;

class IdPlaces
{
public:
    IdPlaces(SocketDialect dialect, const AtEachId &visit) : m_dialect(dialect), m_visit(visit) {}

    QJsonValue message(const QJsonValue &json);

private:
    QJsonValue walk(const QJsonValue &value, const QString &name, int depth);
    QJsonValue object(QJsonObject object, int depth);
    QJsonValue list(const QJsonArray &before, const QString &name, int depth);
    QJsonValue id(const QJsonValue &value, const QString &name, int depth);
    QJsonValue text(const QString &text, int depth);
    QJsonArray arguments(const QJsonArray &before);
    QJsonObject headers(QJsonObject headers);
    QJsonArray wamp(QJsonArray message);
    QString filter(QString text);
    QString topic(QString text);

    const SocketDialect m_dialect;
    const AtEachId &m_visit;
};

QJsonValue likeBefore(const QJsonValue &before, const QString &id)
{
    bool isNumber = false;
    const qint64 number = id.toLongLong(&isNumber);
    return before.isDouble() && isNumber ? QJsonValue(number) : QJsonValue(id);
}

QJsonValue IdPlaces::id(const QJsonValue &value, const QString &name, int depth)
{
    const QString resource = resourceOfName(name);
    const auto put = m_visit(resource, resource.isEmpty() && depth == 1);
    return put ? likeBefore(value, *put) : value;
}

// "id=eq.17", "customer_id=eq.17": filters of Supabase Realtime.
QString IdPlaces::filter(QString text)
{
    static const QRegularExpression equals(u"^([A-Za-z_]+)=eq\\.(.+)$"_s);
    const auto match = equals.match(text);
    if (!match.hasMatch() || !isIdName(match.captured(1)))
        return text;
    if (const auto put = m_visit(resourceOfName(match.captured(1)), false))
        text.replace(match.capturedStart(2), match.capturedLength(2), *put);
    return text;
}

// "invoice:17", "private-invoice.17", "tenants/3/invoices/17".
QString IdPlaces::topic(QString text)
{
    static const QRegularExpression place(u"([A-Za-z][A-Za-z_]*)([:./#-])([A-Za-z0-9][\\w=-]*)(?=$|[:./#])"_s);
    qsizetype at = 0;
    for (auto match = place.match(text, at); match.hasMatch(); match = place.match(text, at)) {
        const QString found = match.captured(3);
        const bool isId = match.captured(2) == u"-"_s ? isNumberOrUuid(found) : isClearId(found);
        const auto put = isId ? m_visit(singularOf(match.captured(1)), false) : std::nullopt;
        if (put)
            text.replace(match.capturedStart(3), match.capturedLength(3), *put);
        at = isId ? match.capturedStart(3) + (put ? put->size() : found.size()) : match.capturedEnd(1) + 1;
    }
    return text;
}

QJsonValue IdPlaces::text(const QString &text, int depth)
{
    // {"identifier": "{\"channel\": …, \"id\": 17}"} of Action Cable
    const QJsonDocument inner = text.startsWith(u'{') ? QJsonDocument::fromJson(text.toUtf8()) : QJsonDocument();
    if (inner.isObject()) {
        const QJsonValue changed = object(inner.object(), depth + 1);
        return changed == QJsonValue(inner.object())
                   ? QJsonValue(text)
                   : QJsonValue(QString::fromUtf8(QJsonDocument(changed.toObject()).toJson(QJsonDocument::Compact)));
    }
    static const QRegularExpression blank(u"\\s"_s);
    if (text.size() > kLongestTopic || text.contains(blank) || text.contains("://"_L1))
        return text;
    return text.contains("=eq."_L1) ? filter(text) : topic(text);
}

QJsonValue IdPlaces::list(const QJsonArray &before, const QString &name, int depth)
{
    QJsonArray list;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const QJsonValue one = before.at(i);
        // 42["join", 17]: what stands behind the event's name
        const bool isArgument = m_dialect == SocketDialect::SocketIo && depth == 0 && i > 0 &&
                                (one.isDouble() || isNumberOrUuid(one.toString()));
        list.append(isArgument ? id(one, {}, 2) : walk(one, name, depth + 1));
    }
    return list;
}

QJsonValue IdPlaces::object(QJsonObject object, int depth)
{
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = walk(it.value(), it.key(), depth + 1);
    return object;
}

QJsonValue IdPlaces::walk(const QJsonValue &value, const QString &name, int depth)
{
    if (depth > kDeepest)
        return value;
    if (value.isObject())
        return object(value.toObject(), depth);
    if (value.isArray())
        return list(value.toArray(), name, depth);
    const bool isText = value.isString() && !value.toString().isEmpty();
    if (!isText && !value.isDouble())
        return value;
    if (isIdName(name) && !isNoIdName(name))
        return id(value, name, depth);
    return isText && value.toString() != placeholder() ? text(value.toString(), depth) : value;
}

// Of a hub's method, which have no names.
QJsonArray IdPlaces::arguments(const QJsonArray &before)
{
    QJsonArray list;
    for (const QJsonValue one : before) {
        const bool isId = one.isDouble() || isNumberOrUuid(one.toString());
        list.append(isId ? id(one, {}, 2) : walk(one, {}, 2));
    }
    return list;
}

// "id", "receipt" and "ack" are the frame's own.
QJsonObject IdPlaces::headers(QJsonObject headers)
{
    static const QStringList own{u"id"_s, u"receipt"_s, u"ack"_s};
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        if (!own.contains(it.key()))
            it.value() = walk(it.value(), it.key(), 2);
    }
    return headers;
}

// SUBSCRIBE alone names something: [32, request, options, topic].
QJsonArray IdPlaces::wamp(QJsonArray message)
{
    constexpr int kSubscribe = 32;
    constexpr int kTopic = 3;
    if (message.at(0) == QJsonValue(kSubscribe) && message.at(kTopic).isString())
        message[kTopic] = walk(message.at(kTopic), {}, 1);
    return message;
}

// What is not there stays away: "params" may be left out, and may not be null (JSON-RPC 2.0 section 4.2).
QJsonValue IdPlaces::message(const QJsonValue &json)
{
    QJsonObject whole = json.toObject();
    if (json["jsonrpc"_L1].isString()) { // its own "id" is the call's
        if (whole.contains("params"_L1))
            whole.insert("params"_L1, walk(json["params"_L1], {}, 1));
        return whole;
    }
    switch (m_dialect) {
    case SocketDialect::Plain:
    case SocketDialect::Phoenix:
    case SocketDialect::SocketIo:
        return walk(json, {}, 0);
    case SocketDialect::GraphQl:
        // "id" is the operation's, and words of the question are no topics.
        if (json["payload"_L1]["variables"_L1].isObject()) {
            QJsonObject payload = json["payload"_L1].toObject();
            payload.insert("variables"_L1, object(json["payload"_L1]["variables"_L1].toObject(), 1));
            whole.insert("payload"_L1, payload);
        }
        return whole;
    case SocketDialect::SignalR:
        if (whole.contains("arguments"_L1))
            whole.insert("arguments"_L1, arguments(json["arguments"_L1].toArray()));
        return whole;
    case SocketDialect::Stomp:
        if (json["stomp"_L1] == "SUBSCRIBE"_L1)
            whole.insert("headers"_L1, headers(json["headers"_L1].toObject()));
        return whole;
    case SocketDialect::Wamp:
        return wamp(json.toArray());
    }
    Q_UNREACHABLE();
}

} // namespace

QStringList resourcesIn(const SocketMessage &message, SocketDialect dialect)
{
    QStringList found;
    bool hasTop = false;
    const AtEachId note = [&](const QString &resource, bool isTop) -> std::optional<QString> {
        hasTop = hasTop || isTop;
        if (!isTop && !found.contains(resource))
            found.append(resource);
        return std::nullopt;
    };
    if (!message.json.isUndefined())
        IdPlaces(dialect, note).message(message.json);
    if (found.isEmpty() && hasTop)
        found.append(QString());
    return found;
}

void putIds(SocketMessage &message, SocketDialect dialect, const std::vector<NamedId> &ids)
{
    if (message.json.isUndefined() || ids.empty())
        return;
    const QStringList resources = resourcesIn(message, dialect);
    const bool isTopAlone = resources == QStringList{QString()};
    const AtEachId put = [&](const QString &resource, bool isTop) -> std::optional<QString> {
        if (isTop && !isTopAlone)
            return std::nullopt;
        if (resource.isEmpty())
            return ids.front().id;
        const auto named = std::ranges::find(ids, resource, &NamedId::resource);
        return named == ids.end() ? std::nullopt : std::optional(named->id);
    };
    message.json = IdPlaces(dialect, put).message(message.json);
}

} // namespace cockpit
