// What stands in code behind one layer of writing: escapes, joined literals, base64.
#pragma once

#include <QByteArray>

namespace cockpit {

// The texts that only show after decoding once, one a line: "\\u0073k" as "sk", "sk_" + "live" as "sk_live", base64
// literals as what they hold. Empty when there is nothing of the kind. Linear in the code, bounded in what it returns.
QByteArray decodedOnce(const QByteArray &code);

} // namespace cockpit
