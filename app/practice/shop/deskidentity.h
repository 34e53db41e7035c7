// "Harbor ID": the authorization server that the desk's people sign in by, at addresses of its own on the desk's host.
// The code flow of OAuth 2.0 with PKCE (RFC 6749 section 4.1, RFC 7636), as RFC 9700 wants it: one client, one address
// for its answers, compared as a whole; a code that works once, for a minute, for who asked. It keeps no sessions: who
// comes says the password.
#pragma once

#include <QByteArray>

#include <chrono>

namespace cockpit::desk {

struct Call;

inline const QByteArray kSignOnClient = "harbor-desk";
inline const QByteArray kAuthorizePath = "/id/authorize";
constexpr std::chrono::seconds kCodeLife(60);

struct AuthorizationCode
{
    int account = 0;
    QByteArray redirectUri;
    QByteArray challenge; // empty: the request had none
    qint64 since = 0;
};

// The one address that is registered: where the desk takes answers.
QByteArray registeredRedirect(const Call &call);

// The account that the code stands for, which is used up by it; 0 for a code that is unknown, old or of another
// request. As the token endpoint would (RFC 6749 section 4.1.3); the desk asks it without a network.
int redeemed(Call &call, const QByteArray &code, const QByteArray &redirectUri, const QByteArray &verifier);

// What a verifier's challenge is by S256 (RFC 7636 section 4.2).
QByteArray challengeFor(const QByteArray &verifier);

} // namespace cockpit::desk
