// What the readers of route files share.
#pragma once

#include "models/projectstate.h"
#include "models/routes/accessguess.h"

#include <QRegularExpression>
#include <QUrl>

#include <functional>
#include <optional>

namespace cockpit {

// A route as it was met: templated, its host normalised ("" when it is none). The access class is a guess by its name.
// Empty when the method is none of HTTP.
std::optional<Route> metRoute(const QString &method, const QString &path, const QString &host, const QString &source,
                              AddressKind kind);
// The host of an address in lower case and A-labels; empty for a relative one and for what is no name.
QString hostIn(const QUrl &url);

// An address with each hole filled in by what is known of its name; what is not known stays, and what was filled in is
// not read again: values that name each other twice would grow without end. Cut where servers refuse longer ones.
// hole: captures the name.
QString filledAddress(const QString &address, const QRegularExpression &hole,
                      const std::function<std::optional<QString>(const QString &name)> &valueOf);

} // namespace cockpit
