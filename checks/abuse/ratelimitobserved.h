// What abuse.rate-limit measured, as its header describes it.
#pragma once

#include "checks/abuse/ratelimit.h"

#include <QJsonObject>

namespace cockpit {

QJsonObject observedOf(const RateLimitLook &look);

} // namespace cockpit
