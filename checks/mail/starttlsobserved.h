// mail.starttls, what a report says was seen (the members are listed in starttls.h).
#pragma once

#include "checks/mail/starttls.h"

#include <QJsonObject>

namespace cockpit {

QJsonObject observedOf(const StartTlsFacts &facts);

} // namespace cockpit
