// What access.forged-token says about each kind of forgery that a product took.
#pragma once

#include "checks/tokens/forgery.h"
#include "models/vocabulary.h"

#include <QString>

namespace cockpit {

struct ForgeryCharge
{
    QString code;
    QString title;
};
ForgeryCharge chargeOf(ForgeryKind kind);
Severity severityOf(ForgeryKind kind);

} // namespace cockpit
