#include "checks/actors/tokensin.h"

#include "checks/tokens/tokenclaims.h"
#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Shorter ones are words ("ok"), not credentials.
constexpr qsizetype kShortestToken = 8;

std::optional<Secret> textOf(const QJsonValue &value)
{
    const QByteArray text = value.toString().toUtf8();
    return text.isEmpty() ? std::nullopt : std::optional<Secret>(Secret(text));
}

std::optional<Secret> underNames(const QJsonObject &object, const QStringList &names)
{
    for (const QString &name : names) {
        if (object.value(name).toString().size() >= kShortestToken)
            return textOf(object.value(name));
    }
    return std::nullopt;
}

// At the top first, then in what it wraps ("data", "session", "tokens").
std::optional<Secret> searched(const HttpResponse &answer, const QStringList &names)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    if (auto found = underNames(object, names))
        return found;
    for (const QJsonValue value : object) {
        if (auto found = underNames(value.toObject(), names))
            return found;
    }
    return std::nullopt;
}

std::optional<Secret> fromHeader(const HttpResponse &answer, const QString &name)
{
    QByteArray value = answer.header(name.toLatin1()).value_or(QByteArray());
    if (value.toLower().startsWith("bearer "))
        value = value.sliced(7).trimmed();
    return value.isEmpty() ? std::nullopt : std::optional<Secret>(Secret(value));
}

QString unescaped(QString part)
{
    return part.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
}

} // namespace

std::optional<QJsonValue> valueAt(const QByteArray &json, const QString &pointer)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (document.isNull())
        return std::nullopt;
    QJsonValue value = jsonRoot(document);
    if (pointer.isEmpty())
        return value;
    for (const QString &part : pointer.split(u'/').sliced(1)) {
        bool isIndex = false;
        const qsizetype index = part.toLongLong(&isIndex);
        if (value.isArray() && isIndex && index >= 0 && index < value.toArray().size())
            value = value.toArray().at(index);
        else if (value.isObject() && value.toObject().contains(unescaped(part)))
            value = value.toObject().value(unescaped(part));
        else
            return std::nullopt;
    }
    return value;
}

std::optional<Secret> tokenIn(const HttpResponse &answer, const QString &where)
{
    static const QStringList names{u"access_token"_s, u"accessToken"_s, u"token"_s,         u"jwt"_s,
                                   u"authToken"_s,    u"auth_token"_s,  u"session_token"_s, u"sessionToken"_s,
                                   u"id_token"_s,     u"idToken"_s};
    if (where.isEmpty())
        return searched(answer, names);
    if (!where.startsWith(u'/'))
        return fromHeader(answer, where);
    const auto value = valueAt(answer.body, where);
    return value ? textOf(*value) : std::nullopt;
}

std::optional<Secret> refreshTokenIn(const HttpResponse &answer, const QString &pointer)
{
    static const QStringList names{u"refresh_token"_s, u"refreshToken"_s};
    if (pointer.isEmpty())
        return searched(answer, names);
    const auto value = valueAt(answer.body, pointer);
    return value ? textOf(*value) : std::nullopt;
}

QDateTime expiryOf(const HttpResponse &answer, const Secret &token, const QDateTime &now)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    for (const QString &name : {u"expires_in"_s, u"expiresIn"_s}) {
        if (const double seconds = object.value(name).toDouble(); seconds > 0 && seconds < 1e9)
            return now.addSecs(static_cast<qint64>(seconds));
    }
    const double exp = tokenClaims(token.reveal()).value("exp"_L1).toDouble();
    return exp > 0 && exp < 1e11 ? QDateTime::fromSecsSinceEpoch(static_cast<qint64>(exp), Qt::UTC) : QDateTime();
}

} // namespace cockpit
