// What can be wrong with a tree of SPF records, each with the record to paste where it can be known.
#pragma once

#include "checks/mail/spftree.h"
#include "models/finding.h"

namespace cockpit {

std::vector<Finding> spfFindings(const SpfTree &tree, const QStringList &senders);

// Codes that make receivers give up with permerror.
bool isSpfPermError(const QString &code);

// "v=spf1 include:… ~all" for these senders; "v=spf1 -all" for a domain that sends nothing.
QString suggestedSpf(const QStringList &senders);

// One record in place of several: every mechanism once, and the mildest of their endings. Empty if one is not valid.
QString mergedSpf(const std::vector<QByteArray> &records);

} // namespace cockpit
