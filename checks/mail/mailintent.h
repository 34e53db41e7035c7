// What a domain says about itself in the DNS: that it sends no mail, that it takes none.
#pragma once

#include "checks/engine/observations.h"

#include <QString>

namespace cockpit {

// "v=spf1 -all" alone: no server may send for it, so there is nothing to sign either. An error where that is
// not known.
[[nodiscard]] Result<bool> saysItSendsNoMail(const QString &domain, Observations &seen);
// Null MX (RFC 7505).
bool saysItTakesNoMail(const QString &domain, Observations &seen);

} // namespace cockpit
