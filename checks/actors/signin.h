// Signing in as a test account: the seven kinds of models/access/actor.h, and what comes back.
#pragma once

#include "checks/actors/cookiejar.h"
#include "checks/actors/wire.h"
#include "models/access/actor.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace cockpit {

// What makes a request one of the account. Its values are secrets.
struct Session
{
    CookieJar jar;
    std::optional<Secret> token = {}; // sent as tokenHeader
    QByteArray tokenHeader = "Authorization";
    QByteArray tokenPrefix = "Bearer "; // before the token; empty for API keys
    std::optional<Secret> refreshToken = {};
    QDateTime expiresAt = {}; // of the token, where the answer or the token itself says; null: not known
    // Sent with what changes something, where the product asks for one: its header and value.
    QByteArray csrfHeader = {};
    std::optional<Secret> csrfToken = {};

    std::vector<Header> headersFor(const QUrl &url, const QByteArray &method, const QDateTime &now) const;
    std::vector<Secret> secrets() const; // all values in it
};

// The most requests that one sign-in sends: the page with the form, the login, the redirects behind it, and the second
// try of an OAuth client.
constexpr int kSignInRequests = 8;

// Signs in by what actor.signIn says, through that wire, with the value that the keychain keeps. Errors: those of
// Wire::send; BadInput for a sign-in that lacks a part; NotPermitted when the product says no (with its status, never
// with what was sent); Protocol when an answer came that holds no session (a login page again, no token where it should
// be).
[[nodiscard]] Result<Session> signIn(const TestActor &actor, const Secret &secret, Wire &wire);

// Exchanges the refresh token (or the cookie that stands for it) for new ones; the session is the new one then.
// NotFound when the account has none. What the old refresh token was is gone from it when the product rotates.
[[nodiscard]] Result<void> refresh(Session &session, const TestActor &actor, Wire &wire);

// Is this answer what somebody gets who is not signed in: 401, 403, a redirect to a login, a login page under any
// status, an error object that says so.
bool looksSignedOut(const HttpResponse &answer);

} // namespace cockpit
