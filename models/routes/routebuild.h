// What the readers of route files share.
#pragma once

#include "models/projectstate.h"
#include "models/routes/accessguess.h"

#include <QUrl>

#include <optional>

namespace cockpit {

// A route as it was met: templated, its host normalised ("" when it is none). The access class is a guess by its name.
// Empty when the method is none of HTTP.
std::optional<Route> metRoute(const QString &method, const QString &path, const QString &host, const QString &source,
                              AddressKind kind);
// The host of an address in lower case and A-labels; empty for a relative one and for what is no name.
QString hostIn(const QUrl &url);

} // namespace cockpit
