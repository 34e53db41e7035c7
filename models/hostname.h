// The rules for one host name, and how two of them stand to each other; models/target.h is the door for everybody else.
#pragma once

#include "models/result.h"

#include <QString>

namespace cockpit {

// The domain itself or a name below it; both normalised.
bool isWithin(const QString &name, const QString &domain);
// A name below it, and not the domain itself.
bool isBelow(const QString &name, const QString &domain);
// The name that a wildcard stands below ("*.example.com"); any other as it is.
QString withoutWildcard(const QString &name);

} // namespace cockpit

namespace cockpit::hostname {

// A-labels, lower case, no trailing dot; a loopback literal comes back without brackets ("::1"). The refusals are those
// of parseAddress(). What is typed has no blanks, scheme, path or port any more.
[[nodiscard]] Result<QString> normalise(const QString &typed);

// localhost and the loopback addresses: a machine of one's own, which has no domain around it.
bool isLoopback(const QString &name);

} // namespace cockpit::hostname
