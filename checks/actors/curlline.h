// Secrets in a request, put out of the way so that it can be shown and tried again.
#pragma once

#include "checks/actors/requestproof.h"

namespace cockpit {

// The header's value with $TOKEN, $COOKIE or $API_KEY in the place of what opens something: "Bearer $TOKEN". Other
// headers as they are, without known secrets.
QString headerWithPlaceholder(const Header &header, const std::vector<Secret> &known);

// The known values and what stands under the name of a secret (in an address, a form, JSON) as $SECRET.
QString withoutSecrets(const QString &text, const std::vector<Secret> &known);

} // namespace cockpit
