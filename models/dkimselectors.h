// The names under which a domain publishes its DKIM keys, as a person types them.
#pragma once

#include "models/result.h"

#include <QStringList>

namespace cockpit {

// Names separated by commas or blanks; lower case, each once. A whole record name ("s1._domainkey.example.com") is cut
// to its selector. Refuses what can be no selector (RFC 6376 section 3.1).
[[nodiscard]] Result<QStringList> parseDkimSelectors(const QString &typed);

} // namespace cockpit
