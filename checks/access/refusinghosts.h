// Hosts that refuse every address, and what a refusal of theirs tells. Pure.
#pragma once

#include "checks/access/unauthenticated.h"

#include <QStringList>

namespace cockpit {

// The hosts at which every invented address is refused with a 403 or a test for robots, and the first page, too: a
// firewall does that, or a gateway that knows no address like it. What it says about a real one is no answer of the
// product. Who shows us the first page and refuses the rest denies by default, as Spring Security does.
QStringList blockedHosts(const RouteLook &look);

// Those at which every invented address is refused although the first page is shown. A 403 there does not even tell
// whether the address exists: a store of files says so for whatever it does not have.
QStringList refusingHosts(const RouteLook &look, const QStringList &blocked);

// 403 is a refusal here, which is what is wanted, unless the host gives it to every address; the other obstacles tell
// nothing about the route.
bool isObstructed(const HttpResponse &answer, const QStringList &blocked);

} // namespace cockpit
