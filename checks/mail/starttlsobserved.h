// mail.starttls, what a report says was seen (the members are listed in starttls.h).
#pragma once

#include "checks/mail/starttls.h"

#include <QJsonObject>

namespace cockpit {

// matches: of the servers, in their order.
QJsonObject observedOf(const StartTlsFacts &facts, const std::vector<DaneMatch> &matches);

} // namespace cockpit
