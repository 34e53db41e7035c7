// mail.starttls, what a look did not get to see, and which findings that may hide (lookgaps.h). Pure.
#pragma once

#include "checks/engine/lookgaps.h"
#include "checks/mail/starttls.h"

namespace cockpit {

LookGaps gapsIn(const StartTlsFacts &facts);

} // namespace cockpit
