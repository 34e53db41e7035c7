// What a pattern says word for word.
#pragma once

#include <QByteArray>

#include <vector>

namespace cockpit {

// True when whatever the pattern matches holds one of the keywords (lower case; the text's case is left open). False,
// too, for a pattern that this cannot tell of: its matches may or may not.
bool alwaysHolds(const QByteArray &pattern, const std::vector<QByteArray> &keywords);

} // namespace cockpit
