// The tokens that an answer to a sign-in brings.
#pragma once

#include "checks/net/httpclient.h"
#include "models/secret.h"

#include <QDateTime>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace cockpit {

// RFC 6901; "" is the whole document. Nothing where it leads nowhere.
std::optional<QJsonValue> valueAt(const QByteArray &json, const QString &pointer);

// At the JSON pointer ("/data/token"), or in the header of that name (without a scheme before it). Without a name:
// under the names that frameworks use for access tokens, at the top or one level below.
std::optional<Secret> tokenIn(const HttpResponse &answer, const QString &where);
// At the JSON pointer; without one, under the usual names.
std::optional<Secret> refreshTokenIn(const HttpResponse &answer, const QString &pointer);
// From expires_in (RFC 6749 section 5.1, seconds) or the token's own exp (RFC 7519 section 4.1.4); null when neither
// tells.
QDateTime expiryOf(const HttpResponse &answer, const Secret &token, const QDateTime &now);

} // namespace cockpit
