// The stored form of a test account.
#include "models/access/actor.h"
#include "models/jsonfields.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonArray fromHeaders(const std::vector<std::pair<QString, QString>> &headers)
{
    QJsonArray rows;
    for (const auto &[name, value] : headers)
        rows.append(QJsonObject{{u"name"_s, name}, {u"value"_s, value}});
    return rows;
}

std::vector<std::pair<QString, QString>> toHeaders(const QJsonArray &rows)
{
    std::vector<std::pair<QString, QString>> headers;
    for (const QJsonValue row : rows)
        headers.emplace_back(row["name"_L1].toString(), row["value"_L1].toString());
    return headers;
}

QJsonObject fromSignIn(const SignIn &signIn)
{
    return {{u"kind"_s, toWord(signIn.kind)},
            {u"url"_s, json::textOrNull(signIn.url)},
            {u"method"_s, json::textOrNull(signIn.method)},
            {u"content_type"_s, json::textOrNull(QString::fromUtf8(signIn.contentType))},
            {u"body"_s, json::textOrNull(signIn.bodyTemplate)},
            {u"headers"_s, fromHeaders(signIn.headers)},
            {u"token_pointer"_s, json::textOrNull(signIn.tokenPointer)},
            {u"refresh_url"_s, json::textOrNull(signIn.refreshUrl)},
            {u"refresh_pointer"_s, json::textOrNull(signIn.refreshPointer)},
            {u"header_name"_s, json::textOrNull(signIn.headerName)},
            {u"csrf_source"_s, json::textOrNull(signIn.csrfSource)},
            {u"client_id"_s, json::textOrNull(signIn.clientId)},
            {u"scope"_s, json::textOrNull(signIn.scope)},
            {u"logout_method"_s, json::textOrNull(signIn.logoutMethod)},
            {u"logout_url"_s, json::textOrNull(signIn.logoutUrl)}};
}

std::optional<SignIn> toSignIn(const QJsonObject &object)
{
    const auto kind = signInKindFromWord(object["kind"_L1].toString());
    if (!kind)
        return std::nullopt;
    SignIn signIn;
    signIn.kind = *kind;
    signIn.url = object["url"_L1].toString();
    signIn.method = object["method"_L1].toString();
    signIn.contentType = object["content_type"_L1].toString().toUtf8();
    signIn.bodyTemplate = object["body"_L1].toString();
    signIn.headers = toHeaders(object["headers"_L1].toArray());
    signIn.tokenPointer = object["token_pointer"_L1].toString();
    signIn.refreshUrl = object["refresh_url"_L1].toString();
    signIn.refreshPointer = object["refresh_pointer"_L1].toString();
    signIn.headerName = object["header_name"_L1].toString();
    signIn.csrfSource = object["csrf_source"_L1].toString();
    signIn.clientId = object["client_id"_L1].toString();
    signIn.scope = object["scope"_L1].toString();
    signIn.logoutMethod = object["logout_method"_L1].toString();
    signIn.logoutUrl = object["logout_url"_L1].toString();
    return signIn;
}

} // namespace

QJsonObject toJson(const TestActor &actor)
{
    return {{u"id"_s, actor.id},
            {u"name"_s, actor.name},
            {u"role"_s, actor.role},
            {u"tenant"_s, json::textOrNull(actor.tenant)},
            {u"user_name"_s, json::textOrNull(actor.userName)},
            {u"sign_in"_s, fromSignIn(actor.signIn)},
            {u"credential"_s, json::textOrNull(actor.credential)},
            {u"who_am_i_url"_s, json::textOrNull(actor.whoAmIUrl)},
            {u"who_am_i_pointer"_s, json::textOrNull(actor.whoAmIPointer)},
            {u"throw_away"_s, actor.isThrowAway}};
}

std::optional<TestActor> testActorFromJson(const QJsonObject &object)
{
    const auto signIn = toSignIn(object["sign_in"_L1].toObject());
    TestActor actor;
    actor.id = object["id"_L1].toString();
    actor.name = object["name"_L1].toString();
    actor.role = object["role"_L1].toString();
    if (!signIn || actor.id.isEmpty())
        return std::nullopt;
    actor.tenant = object["tenant"_L1].toString();
    actor.userName = object["user_name"_L1].toString();
    actor.signIn = *signIn;
    actor.credential = object["credential"_L1].toString();
    actor.whoAmIUrl = object["who_am_i_url"_L1].toString();
    actor.whoAmIPointer = object["who_am_i_pointer"_L1].toString();
    actor.isThrowAway = object["throw_away"_L1].toBool(false);
    return actor;
}

} // namespace cockpit
