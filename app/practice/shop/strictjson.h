// JSON as a careful server reads it (RFC 8259): what QJsonDocument lets pass is refused here, too.
#pragma once

#include <QJsonObject>

#include <optional>

namespace cockpit::shop {

constexpr int kDeepest = 16; // objects and lists in one another

// Nothing when it is no object, has a name twice in one object, is nested deeper than kDeepest, or holds text that is
// no Unicode (a lone surrogate) or a control character other than tab and line end.
std::optional<QJsonObject> strictObject(const QByteArray &text);

} // namespace cockpit::shop
