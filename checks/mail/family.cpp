#include "checks/mail/family.h"

#include "checks/mail/spf.h"

namespace cockpit {

std::vector<Check> mailChecks()
{
    return {spfCheck()};
}

} // namespace cockpit
