#include "checks/mail/family.h"

#include "checks/mail/dmarc.h"
#include "checks/mail/spf.h"

namespace cockpit {

std::vector<Check> mailChecks()
{
    return {spfCheck(), dmarcCheck()};
}

} // namespace cockpit
