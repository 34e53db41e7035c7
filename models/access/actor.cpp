#include "models/access/actor.h"

#include "models/access/withoutholes.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <array>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TestActor)
};

constexpr std::array<WordRow<SignInKind>, 8> kKinds{{
    {SignInKind::Form, "form", QT_TRANSLATE_NOOP("TestActor", "Login form")},
    {SignInKind::Json, "json", QT_TRANSLATE_NOOP("TestActor", "JSON login")},
    {SignInKind::OAuthPassword, "oauth_password", QT_TRANSLATE_NOOP("TestActor", "OAuth 2 with a password")},
    {SignInKind::OAuthClient, "oauth_client", QT_TRANSLATE_NOOP("TestActor", "OAuth 2 client credentials")},
    {SignInKind::Cookie, "cookie", QT_TRANSLATE_NOOP("TestActor", "Pasted cookie")},
    {SignInKind::BearerToken, "bearer_token", QT_TRANSLATE_NOOP("TestActor", "Pasted token")},
    {SignInKind::ApiKey, "api_key", QT_TRANSLATE_NOOP("TestActor", "API key")},
    {SignInKind::SigningKey, "signing_key", QT_TRANSLATE_NOOP("TestActor", "Signing key of events")},
}};

// "orgAdmin", "org_admin" and "org-admin" are one word.
QString plainRole(const QString &role)
{
    return role.toLower().remove(u'_').remove(u'-');
}

struct TenantRoles
{
    bool hasAdmin = false;
    bool hasMember = false;
};

std::map<QString, TenantRoles> tenantsOf(const std::vector<TestActor> &actors)
{
    std::map<QString, TenantRoles> tenants;
    for (const TestActor &actor : actors) {
        if (isSigningKey(actor)) // nobody's account
            continue;
        TenantRoles &roles = tenants[actor.tenant];
        (isAdminRole(actor.role) ? roles.hasAdmin : roles.hasMember) = true;
    }
    return tenants;
}

} // namespace

COCKPIT_WORDS(SignInKind, kKinds, signInKindFromWord)

QString labelOf(SignInKind value)
{
    return Text::tr(rowOf(kKinds, value).label);
}

bool asksToSignIn(SignInKind kind)
{
    switch (kind) {
    case SignInKind::Form:
    case SignInKind::Json:
    case SignInKind::OAuthPassword:
    case SignInKind::OAuthClient:
        return true;
    case SignInKind::Cookie:
    case SignInKind::BearerToken:
    case SignInKind::ApiKey:
    case SignInKind::SigningKey:
        return false;
    }
    Q_UNREACHABLE();
}

QString bodyTemplateOf(const SignIn &signIn)
{
    if (!signIn.bodyTemplate.isEmpty())
        return signIn.bodyTemplate;
    QString body;
    if (signIn.kind == SignInKind::OAuthPassword)
        body = u"grant_type=password&username={{user}}&password={{password}}"_s;
    else if (signIn.kind == SignInKind::OAuthClient)
        body = u"grant_type=client_credentials&client_secret={{password}}"_s;
    else
        return {};
    if (!signIn.clientId.isEmpty())
        body += u"&client_id={{client_id}}"_s;
    if (!signIn.scope.isEmpty())
        body += u"&scope="_s + QString::fromLatin1(QUrl::toPercentEncoding(signIn.scope));
    return body;
}

QString newActorId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

bool isSigningKey(const TestActor &actor)
{
    return actor.signIn.kind == SignInKind::SigningKey;
}

QStringList signInHosts(const TestActor &actor)
{
    QStringList hosts;
    for (const QString &address : {actor.signIn.url, actor.signIn.refreshUrl, actor.signIn.csrfSource,
                                   actor.signIn.logoutUrl, actor.whoAmIUrl}) {
        QString host = QUrl(withoutHoles(address, u"1"_s)).host(QUrl::FullyEncoded).toLower();
        if (host.startsWith(u'['))
            host = host.mid(1, host.size() - 2);
        if (!host.isEmpty() && !hosts.contains(host))
            hosts << host;
    }
    return hosts;
}

QStringList holesIn(const QString &text)
{
    static const QRegularExpression hole(u"\\{\\{([A-Za-z0-9_]{1,40})\\}\\}"_s);
    QStringList names;
    for (auto found = hole.globalMatch(text); found.hasNext();) {
        const QString name = found.next().captured(1);
        if (!names.contains(name))
            names << name;
    }
    return names;
}

HoleValues holeValuesOf(const Secret &entry)
{
    // A password may be JSON itself, or a bare brace: only an object of texts with a password is one of several values.
    const QJsonObject object = QJsonDocument::fromJson(entry.reveal()).object();
    const bool isPacked = object.value("password"_L1).isString() &&
                          std::all_of(object.begin(), object.end(), [](const QJsonValue &v) { return v.isString(); });
    if (!isPacked)
        return {{u"password"_s, entry}};
    HoleValues values;
    for (auto it = object.begin(); it != object.end(); ++it)
        values[it.key()] = Secret(it.value().toString().toUtf8());
    return values;
}

Secret keychainValueOf(const HoleValues &values)
{
    const auto password = values.find(u"password"_s);
    if (values.size() == 1 && password != values.end() &&
        holeValuesOf(password->second).begin()->second == password->second)
        return password->second;
    QJsonObject object{{u"password"_s, QString()}};
    for (const auto &[name, value] : values)
        object[name] = QString::fromUtf8(value.reveal());
    return Secret(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

bool isAdminRole(const QString &role)
{
    static constexpr std::array words{"owner"_L1, "root"_L1, "superuser"_L1};
    const QString plain = plainRole(role);
    return plain.contains("admin"_L1) ||
           std::ranges::any_of(words, [&](QLatin1StringView word) { return plain == word; });
}

bool isReadOnlyRole(const QString &role)
{
    static constexpr std::array words{"viewer"_L1, "guest"_L1, "readonly"_L1, "reader"_L1, "auditor"_L1, "observer"_L1};
    const QString plain = plainRole(role);
    return std::ranges::any_of(words, [&](QLatin1StringView word) { return plain == word; });
}

bool isRoleWord(const QString &role)
{
    constexpr qsizetype kLongest = 40;
    return !role.isEmpty() && role.size() <= kLongest && std::ranges::all_of(role, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
    });
}

QStringList missingActors(const std::vector<TestActor> &actors)
{
    const auto tenants = tenantsOf(actors);
    QStringList missing;
    if (tenants.empty())
        missing << Text::tr("There is no test account yet: two customers with an admin and a member each are needed.");
    for (const auto &[tenant, roles] : tenants) {
        const QString name = tenant.isEmpty() ? Text::tr("the accounts without a customer") : tenant;
        if (!roles.hasAdmin)
            missing << Text::tr("An admin of %1 is missing.").arg(name);
        if (!roles.hasMember)
            missing << Text::tr("A member of %1 who is no admin is missing.").arg(name);
    }
    if (tenants.size() == 1)
        missing << Text::tr("A second customer with an admin and a member is missing.");
    return missing;
}

} // namespace cockpit
