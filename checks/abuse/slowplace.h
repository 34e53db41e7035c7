// Where a body may be sent that never ends (timeouts.h).
#pragma once

#include "checks/actors/wire.h"
#include "checks/engine/check.h"

#include <functional>
#include <optional>

namespace cockpit {

struct SlowPlace
{
    QString name;
    ActiveRequest request;
    bool isWrite = false; // a route of the list, which may want somebody who is signed in
};

// Of the routes that may be written: one without holes before others. Else where people sign in: a body that never ends
// is no login. isCovered: whether the permission covers a login; empty: any is.
std::optional<SlowPlace> slowPlaceOf(const Outlook &look, const std::function<bool(const QUrl &)> &isCovered = {});

} // namespace cockpit
