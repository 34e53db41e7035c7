// Texts of a form that a schema names (JSON Schema 2020-12 "format", section 7.3). Pure.
#pragma once

#include <QString>

namespace cockpit {

// date-time and date (RFC 3339), email, uuid (RFC 9562), uri (RFC 3986), ipv4, ipv6. True for formats that are not
// among them: nothing is known of those.
bool hasTextFormat(const QString &text, const QString &format);

} // namespace cockpit
