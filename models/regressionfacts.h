// What the facts of a check show of a case at best (RegressionCase::atBest): a check passes where it found nothing
// wrong, and that may be so because nothing of the case was there.
#pragma once

#include "models/regressionsuite.h"

namespace cockpit::regression {

// access.login-flow: without a try with a wrong password half of the case is shown.
RegressionEnd signInAtBest(const QJsonObject &observed);
// access.unauthenticated: that a few usual addresses refuse tells nothing of the routes that the product has.
RegressionEnd signedOutAtBest(const QJsonObject &observed);
// access.forged-token: one that was made up has to have been refused.
RegressionEnd invalidTokenAtBest(const QJsonObject &observed);
// abuse.lockout: where nothing held the guesses back nobody is locked out either.
RegressionEnd lockoutAtBest(const QJsonObject &observed);
// abuse.schema: bodies for which no request was left were refused by nobody.
RegressionEnd badInputAtBest(const QJsonObject &observed);
// abuse.rate-limit: what is cheap is not found wrong without a limit; but then none was seen.
RegressionEnd limitAtBest(const QJsonObject &observed);

} // namespace cockpit::regression
