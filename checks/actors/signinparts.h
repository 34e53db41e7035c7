// The parts of a sign-in that need no network: templates, anti-forgery tokens, tokens in answers.
#pragma once

#include "checks/actors/cookiejar.h"
#include "models/access/actor.h"
#include "models/result.h"
#include "models/secret.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonDocument>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

// An anti-forgery token, and where the product will look for it.
struct CsrfToken
{
    Secret value;
    QByteArray header = {}; // "X-CSRF-Token"; empty for the field of a form alone
    QString field = {};     // of the form; empty for one from a meta element or a cookie
};

// The hidden fields of the form that asks for a password (all of them: a login sends them back), in order.
std::vector<std::pair<QString, Secret>> hiddenFieldsIn(const QByteArray &html);
// From the login form's hidden field, a meta element, or a cookie, in this order. Empty when there is none.
std::optional<CsrfToken> csrfTokenIn(const HttpResponse &page, const CookieJar &jar);

struct FilledHoles
{
    QByteArray user;
    QByteArray password;
    QByteArray csrf;
};
// Puts the values into {{user}}, {{password}} and {{csrf}}, written as that type of content needs it: percent-encoded
// in a form, escaped in JSON and XML, as they are elsewhere.
QByteArray filled(const QString &bodyTemplate, const FilledHoles &values, const QByteArray &contentType);

// RFC 6901. Nothing where it leads nowhere.
std::optional<QJsonValue> valueAt(const QJsonDocument &document, const QString &pointer);

// The token that an answer brings: at the JSON pointer, in the cookie or header of that name; without a name, under the
// names that frameworks use.
std::optional<Secret> tokenIn(const HttpResponse &answer, const QString &where);
std::optional<Secret> refreshTokenIn(const HttpResponse &answer, const QString &pointer);
// From expires_in (RFC 6749 section 5.1) or the token's own exp (RFC 7519); null when neither tells.
QDateTime expiryOf(const HttpResponse &answer, const Secret &token, const QDateTime &now);

} // namespace cockpit
