// Literals that a program joins: 'sk_' + 'live_…'.
#pragma once

#include <QByteArray>

namespace cockpit {

// The code with such literals as one; empty when it has none. Linear in the code.
QByteArray joinedLiterals(const QByteArray &code);

} // namespace cockpit
