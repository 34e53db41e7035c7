// By what a site owner can tell requests of this program and allow them at the edge: either line.
#pragma once

#include <QByteArray>

namespace cockpit {

// COCKPIT_VERSION is known to this folder alone.
inline const QByteArray kUserAgent = "LaunchCockpit/" COCKPIT_VERSION " (launch readiness check)";
inline const QByteArray kMark = "X-Launch-Cockpit: 1";

} // namespace cockpit
