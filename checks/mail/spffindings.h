// What can be wrong with a tree of SPF records, each with the record to paste where it can be known.
#pragma once

#include "checks/mail/spftree.h"
#include "models/finding.h"

namespace cockpit {

std::vector<Finding> spfFindings(const SpfTree &tree, const QStringList &senders);

// Codes that make receivers give up with permerror.
bool isSpfPermError(const QString &code);

// A finding about SPF: proven, because everybody can read it there.
Finding spfFinding(const QString &code, Severity severity, const QString &title, const QString &seen,
                   const QString &paste = {});

} // namespace cockpit
