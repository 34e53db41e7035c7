// Findings beside the policy: reports that arrive nowhere, records in the wrong place.
#pragma once

#include "checks/engine/lookgaps.h"
#include "checks/mail/dmarc.h"

namespace cockpit {

// A finding about DMARC: proven, because everybody can read it there.
Finding dmarcFinding(const QString &code, Severity severity, const QString &title, const QString &seen,
                     const QString &paste = {});

void dmarcPlaceFindings(const DmarcFacts &facts, std::vector<Finding> &findings);
void dmarcReportFindings(const DmarcFacts &facts, const DmarcRecord &record, const QString &domain,
                         std::vector<Finding> &findings);
// Receivers of reports that could not be asked about.
LookGap dmarcReportGap(const DmarcFacts &facts);

} // namespace cockpit
