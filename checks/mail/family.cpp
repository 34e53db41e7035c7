#include "checks/mail/family.h"

#include "checks/mail/bimi.h"
#include "checks/mail/delivery.h"
#include "checks/mail/dkim.h"
#include "checks/mail/dmarc.h"
#include "checks/mail/mtasts.h"
#include "checks/mail/mx.h"
#include "checks/mail/reversedns.h"
#include "checks/mail/spf.h"
#include "checks/mail/starttls.h"
#include "checks/mail/tlsrpt.h"

namespace cockpit {

std::vector<Check> mailChecks()
{
    return {mxCheck(),       spfCheck(),        dkimCheck(),   dmarcCheck(),  deliveryCheck(),
            startTlsCheck(), reverseDnsCheck(), mtaStsCheck(), tlsRptCheck(), bimiCheck()};
}

} // namespace cockpit
