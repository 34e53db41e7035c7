// Authorization requests of OAuth 2.0 and OpenID Connect (RFC 6749 section 4.1.1, RFC 7636 section 4.3), read from the
// address that carries them, and addresses of a product that look as if they led to one.
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace cockpit {

// As it stands in the address. What is not there is empty.
struct AuthorizationRequest
{
    QUrl url; // the whole, with its query
    QStringList responseTypes = {};
    QString responseMode = {};
    QString clientId = {};
    QString redirectUri = {};
    QString state = {};
    QString nonce = {};
    QString challenge = {};
    QString challengeMethod = {};
    QString secret = {};        // client_secret, which has no place there (RFC 6749 section 2.3.1)
    bool isByReference = false; // request or request_uri: the rest is not to be seen (RFC 9101, 9126)

    // The code flow, as it is also where no type is named.
    bool asksForCode() const { return responseTypes.isEmpty() || responseTypes.contains(QStringLiteral("code")); }
};

// Empty for an address that carries none: without a client_id, or with nothing beside it that tells.
std::optional<AuthorizationRequest> authorizationRequestIn(const QUrl &url);

// The same request with another redirect_uri, and with prompt=none (OpenID Connect Core section 3.1.2.1): a server
// that knows it answers at once, to that address or not at all, and signs nobody in.
QUrl withRedirectUri(const AuthorizationRequest &request, const QString &redirectUri);

// By the words of its path and query: "/auth/google", "/users/auth/google_oauth2", "/login?provider=github". One word
// tells who signs people in and another that it begins: "/features/sso" has only one. Never an address that signs out
// or takes an answer back (callback).
bool looksLikeOAuthStart(const QUrl &url);
// It names a company that signs people in; "sso" and "oidc" may be part of anything's name.
bool namesSignInCompany(const QUrl &url);

// "http" to another machine (RFC 9700 section 2.6); a scheme of an app's own, or loopback, as native apps have it
// (RFC 8252 section 7).
bool isPlainToOthers(const QUrl &redirectUri);
bool isOfNativeApp(const QUrl &redirectUri);

// A service that companies let sign their users in, under a name of its own: its address is no stranger's.
bool isSignInService(const QString &host);

} // namespace cockpit
