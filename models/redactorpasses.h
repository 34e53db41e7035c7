// The passes that redact() is made of. Each reads its text once from left to right, so that a hostile megabyte costs
// a megabyte's time; regular expressions, which can backtrack, are not used on foreign text.
#pragma once

#include <QString>

namespace cockpit::redaction {

// Without control characters (but newline and tab stay) and without formatting ones, which can reorder or hide text.
QString stripped(const QString &text);

// What tokens are made of; a dot joins the parts of a JWT.
bool isTokenChar(QChar c);

// What stands for a hidden value.
QString dots();
// A value that an earlier pass has masked already: at most four characters and the dots.
bool isMasked(QStringView value);

QString maskPrivateKeys(const QString &text);   // -----BEGIN … PRIVATE KEY----- blocks
QString maskUserInfo(const QString &text);      // https://user:password@host
QString maskNamedValues(const QString &text);   // Authorization and Cookie lines, password=…, "api_key": "…"
QString maskAuthSchemes(const QString &text);   // Bearer and Basic values without a header name
QString maskTokensByShape(const QString &text); // sk_live_…, ghp_…, eyJ….….…

} // namespace cockpit::redaction
