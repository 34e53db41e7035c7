// One value is one find: an IBAN under the name "iban" is found by its name and by its form.
#pragma once

#include "checks/secrets/logread/sensitive.h"

namespace cockpit {

// Of found: [before, named) by their names, the rest by their form, kind after kind. Of the rest goes what stands in a
// value of the same kind, or of an identity.
void dropTwice(size_t before, size_t named, std::vector<SensitiveFound> &found);

} // namespace cockpit
