// Does a redirect lead to where people sign in?
#pragma once

#include <QUrl>

namespace cockpit {

// By the parts of the target's path, or by the name of another host that it leads to. Never when only the scheme,
// the host or a slash at the end differ from what was asked for: that address has moved, it refuses nobody.
bool leadsToLogin(const QUrl &asked, const QUrl &target);

} // namespace cockpit
