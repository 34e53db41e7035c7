// What a look at ways around a refusal leaves out as it takes a few addresses alone, or as the list of routes marks
// nothing for it. That takes no pass away, and is said beside it; the next look begins with what was left out. Pure.
#pragma once

#include "checks/access/bypass.h"

namespace cockpit {

// Of its gaps, each once.
QStringList routesOf(const BypassLook &look, BypassGap::Why why);

// Addresses ("GET /admin") that could have been tried, in the order in which they are next.
QStringList leftOutOf(const BypassLook &look);
// The same of an earlier look, from what it observed.
QStringList leftOutBy(const QJsonObject &before);
// To observed["left_out"]; nothing where nothing is left.
void noteLeftOut(const QStringList &routes, QJsonObject &observed);

// The summary, and behind it a sentence for each thing that was left out.
QString withWhatIsLeft(const QString &summary, const BypassLook &look);

} // namespace cockpit
