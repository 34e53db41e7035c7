// Changed MX and TXT records: what happens to mail, and to proofs of ownership.
#pragma once

#include "models/dnsbaseline.h"
#include "models/finding.h"

namespace cockpit {

struct DriftChange
{
    DnsRecordSet before;
    QStringList after;

    QStringList removed() const;
    QStringList added() const;
};

// The finding about this change; what was seen says both sides.
Finding driftFinding(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                     const DriftChange &change);

std::vector<Finding> mailDriftFindings(const DriftChange &change);

} // namespace cockpit
