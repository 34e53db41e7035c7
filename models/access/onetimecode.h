// Codes that are good for one sign-in: of a letter, a text message or an authenticator app (RFC 6238).
#pragma once

#include <QString>

namespace cockpit {

// "{{code}}": where it stands in the example of a body. A hole is no secret, and stays in the example.
QString codeHole();

// As the product takes it: without the blanks and dashes between its digits ("123 456", "123-456"). Empty for what is
// none: shorter than 4 or longer than 12 characters, or with anything but letters of ASCII, digits and dashes.
QString oneTimeCodeIn(const QString &text);

} // namespace cockpit
