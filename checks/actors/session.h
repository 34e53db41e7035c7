// What makes a request one of a test account.
#pragma once

#include "checks/actors/cookiejar.h"
#include "models/secret.h"

#include <QDateTime>
#include <QUrl>

#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

// In a namespace of its own, as the window has a Session, too, and a program links both.
inline namespace actors {

// A plain value: a check may copy it, change the copy, and ask with that.
struct Session
{
    CookieJar jar = {};
    std::optional<Secret> token = {}; // sent as tokenHeader
    QByteArray tokenHeader = "Authorization";
    QByteArray tokenPrefix = "Bearer "; // before the token; empty in headers of a product's own
    std::optional<Secret> refreshToken = {};
    QDateTime expiresAt = {}; // of the token, where the answer or the token itself says; null: not known
    // Sent with what changes something, where a page handed one out. A cookie that scripts send back (XSRF-TOKEN)
    // counts more, as it is newer.
    QByteArray csrfHeader = {};
    QString csrfField = {}; // the field of the form that it stood in: for forms that look for it nowhere else
    std::optional<Secret> csrfToken = {};
    // Sent with everything beside the token: the key of the project that some services ask for (apikey of Supabase),
    // and what came with a pasted token.
    std::vector<std::pair<QByteArray, Secret>> further = {};

    // Cookie, token and, with methods that change something, the anti-forgery token, Origin and Referer.
    std::vector<Header> headersFor(const QUrl &url, const QByteArray &method, const QDateTime &now) const;
    // The form with the anti-forgery token in its field: in place of the one that was recorded, or added.
    QByteArray withForgeryField(const QByteArray &form) const;
    std::vector<Secret> secrets() const; // all values in it that are long enough to be one
};

} // namespace actors

// RFC 9110 section 9.2.1: GET, HEAD, OPTIONS and TRACE.
bool isSafeMethod(const QByteArray &method);
// "https://app.example.com", with a port that is not the usual one.
QByteArray originOf(const QUrl &url);

} // namespace cockpit
