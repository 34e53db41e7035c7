#include "checks/access/oauthrequest.h"

#include "checks/actors/formvalues.h"
#include "checks/net/urlhost.h"
#include "models/hostname.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The first of a name counts (RFC 6749 section 3.1 allows but one).
QString valueOf(const FormValues &values, QLatin1StringView name)
{
    const auto found = std::ranges::find_if(values, [&](const FormValue &one) { return one.name == name; });
    return found == values.end() ? QString() : found->value;
}

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression separators(u"[^a-z0-9]+"_s);
    return text.toLower().split(separators, Qt::SkipEmptyParts);
}

const QSet<QString> &companies()
{
    static const QSet<QString> words{u"google"_s,   u"github"_s,    u"gitlab"_s,  u"microsoft"_s, u"azure"_s,
                                     u"azuread"_s,  u"entra"_s,     u"apple"_s,   u"facebook"_s,  u"twitter"_s,
                                     u"linkedin"_s, u"slack"_s,     u"discord"_s, u"okta"_s,      u"auth0"_s,
                                     u"keycloak"_s, u"bitbucket"_s, u"spotify"_s, u"twitch"_s,    u"salesforce"_s,
                                     u"cognito"_s,  u"workos"_s};
    return words;
}

// Ways to sign in by another service, whoever it is.
const QSet<QString> &ways()
{
    static const QSet<QString> words{u"oauth"_s, u"oauth2"_s, u"oidc"_s, u"openid"_s, u"sso"_s};
    return words;
}

const QSet<QString> &beginnings()
{
    static const QSet<QString> words{u"auth"_s,   u"login"_s,    u"signin"_s,    u"oauth"_s,         u"oauth2"_s,
                                     u"sso"_s,    u"connect"_s,  u"authorize"_s, u"authorization"_s, u"start"_s,
                                     u"social"_s, u"omniauth"_s, u"accounts"_s,  u"challenge"_s,     u"redirect"_s,
                                     u"sign"_s,   u"oidc"_s,     u"signup"_s};
    return words;
}

// They end something, take an answer, are for programs, or are texts about it.
const QSet<QString> &others()
{
    static const QSet<QString> words{u"callback"_s, u"logout"_s, u"signout"_s, u"unlink"_s,  u"disconnect"_s,
                                     u"token"_s,    u"revoke"_s, u"delete"_s,  u"remove"_s,  u"introspect"_s,
                                     u"docs"_s,     u"blog"_s,   u"help"_s,    u"support"_s, u"guides"_s,
                                     u"userinfo"_s, u"js"_s,     u"css"_s,     u"svg"_s,     u"png"_s,
                                     u"assets"_s,   u"static"_s, u"images"_s};
    return words;
}

bool hasAny(const QStringList &words, const QSet<QString> &known)
{
    return std::ranges::any_of(words, [&](const QString &word) { return known.contains(word); });
}

// Of its path, and of the parts of its query that name who signs people in.
QStringList namesIn(const QUrl &url)
{
    QStringList named = wordsOf(url.path());
    for (const FormValue &one : formValuesOf(url.query(QUrl::FullyEncoded).toLatin1())) {
        if (QSet<QString>{u"provider"_s, u"connection"_s, u"strategy"_s, u"idp"_s}.contains(one.name.toLower()))
            named += wordsOf(one.value);
    }
    return named;
}

bool isWeb(const QUrl &url)
{
    return url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
}

} // namespace

std::optional<AuthorizationRequest> authorizationRequestIn(const QUrl &url)
{
    if (!isWeb(url) || hostOf(url).isEmpty() || !url.hasQuery())
        return std::nullopt;
    const FormValues values = formValuesOf(url.query(QUrl::FullyEncoded).toLatin1());
    AuthorizationRequest request{.url = url, .clientId = valueOf(values, "client_id"_L1)};
    request.responseTypes = valueOf(values, "response_type"_L1).split(u' ', Qt::SkipEmptyParts);
    request.responseMode = valueOf(values, "response_mode"_L1);
    request.redirectUri = valueOf(values, "redirect_uri"_L1);
    request.state = valueOf(values, "state"_L1);
    request.nonce = valueOf(values, "nonce"_L1);
    request.challenge = valueOf(values, "code_challenge"_L1);
    request.challengeMethod = valueOf(values, "code_challenge_method"_L1);
    request.secret = valueOf(values, "client_secret"_L1);
    request.isByReference = !valueOf(values, "request"_L1).isEmpty() || !valueOf(values, "request_uri"_L1).isEmpty();
    const bool tells = !request.responseTypes.isEmpty() || !request.redirectUri.isEmpty() || request.isByReference ||
                       url.path().endsWith("/authorize"_L1) || url.path().endsWith("/authorization"_L1);
    // Other addresses carry a client's name, too: that of its token, its picture, its sign-out.
    const bool isOther = hasAny(wordsOf(url.path()), {u"token"_s, u"logout"_s, u"revoke"_s});
    if (request.clientId.isEmpty() || !tells || isOther)
        return std::nullopt;
    return request;
}

QUrl withRedirectUri(const AuthorizationRequest &request, const QString &redirectUri)
{
    const QByteArray query = request.url.query(QUrl::FullyEncoded).toLatin1();
    QUrl url = request.url;
    url.setFragment(QString());
    url.setQuery(
        QString::fromLatin1(formBodyWith(query, {{u"redirect_uri"_s, redirectUri}, {u"prompt"_s, u"none"_s}})));
    return url;
}

bool looksLikeOAuthStart(const QUrl &url)
{
    const QStringList path = wordsOf(url.path());
    if (!isWeb(url) || path.isEmpty() || hasAny(path, others()))
        return false;
    const QStringList named = namesIn(url);
    // No word is both: "/api/v1/oauth/clients" and "/features/sso" begin nothing.
    return std::ranges::any_of(path, [&](const QString &beginning) {
        return beginnings().contains(beginning) && std::ranges::any_of(named, [&](const QString &name) {
                   return name != beginning && (companies().contains(name) || ways().contains(name));
               });
    });
}

bool namesSignInCompany(const QUrl &url)
{
    return hasAny(namesIn(url), companies());
}

bool isPlainToOthers(const QUrl &redirectUri)
{
    return redirectUri.scheme() == "http"_L1 && !hostname::isLoopback(hostOf(redirectUri));
}

bool isOfNativeApp(const QUrl &redirectUri)
{
    if (redirectUri.scheme().isEmpty())
        return false;
    return !isWeb(redirectUri) || hostname::isLoopback(hostOf(redirectUri));
}

bool isSignInService(const QString &host)
{
    static constexpr std::array kServices{
        "supabase.co",  "supabase.in", "firebaseapp.com", "web.app",           "auth0.com",     "okta.com",
        "clerk.com",    "clerk.dev",   "accounts.dev",    "amazoncognito.com", "b2clogin.com",  "ciamlogin.com",
        "onelogin.com", "workos.com",  "authkit.app",     "stytch.com",        "kinde.com",     "frontegg.com",
        "descope.com",  "logto.app",   "zitadel.cloud",   "propelauth.com",    "fusionauth.io", "expo.io"};
    return std::ranges::any_of(kServices, [&](const char *name) {
        const QLatin1StringView service(name);
        return host == service || (host.endsWith(service) && host.at(host.size() - service.size() - 1) == u'.');
    });
}

} // namespace cockpit
