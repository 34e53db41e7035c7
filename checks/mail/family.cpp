#include "checks/mail/family.h"

#include "checks/mail/delivery.h"
#include "checks/mail/dkim.h"
#include "checks/mail/dmarc.h"
#include "checks/mail/mx.h"
#include "checks/mail/spf.h"

namespace cockpit {

std::vector<Check> mailChecks()
{
    return {mxCheck(), spfCheck(), dkimCheck(), dmarcCheck(), deliveryCheck()};
}

} // namespace cockpit
