// Private addresses that an earlier look of access.unauthenticated found open: what nobody names any more, neither the
// project's list nor the product's pages, is there all the same. It is asked for again, until it refuses or is gone. In
// observed each of their rows has "found": true; the last look's row has it as well where it had no answer. Pure.
#pragma once

#include "models/projectstate.h"

#include <QJsonObject>

#include <vector>

namespace cockpit {

void noteFound(QJsonObject &row);

// Each with the host on which it was open.
std::vector<Route> foundOpenBefore(const QJsonObject &observed);

// It is one of them. host: of the route's answer, or its own.
bool isAmong(const std::vector<Route> &found, const Route &route, const QString &host);

// Those on hosts of the target that are none of `named`, whoever may call these.
std::vector<Route> unnamedAmong(const std::vector<Route> &found, const std::vector<Route> &named, const Target &target);

} // namespace cockpit
