// Why the gate lets nothing out; of the gate alone.
#pragma once

#include "models/result.h"

namespace cockpit {

tl::unexpected<Error> wasKilled();    // NotPermitted: by the kill switch
tl::unexpected<Error> wasCancelled(); // Cancelled: the run was stopped

} // namespace cockpit
