// Names below which everybody can have one of their own ("co.uk", "github.io"), by the public suffix list.
#pragma once

#include <QString>

namespace cockpit {

// domain: A-labels, lower case.
bool isPublicSuffix(const QString &domain);

} // namespace cockpit
