// What access.enumeration says to people.
#pragma once

#include "checks/access/enumerationcompare.h"
#include "models/vocabulary.h"

namespace cockpit {

QString titleOf(EntryKind kind);
Severity severityOf(const EnumerationEntry &entry);
// Sentences: what was seen.
QString sawDifference(const EnumerationEntry &entry, const EnumerationComparison &seen);
QString sawState(const EnumerationEntry &entry, const EnumerationComparison &seen, AccountState state);
QString sawTime(const EnumerationEntry &entry, const EnumerationComparison &seen);
// Sentences: what was not.
QString timesWereTooFew(const EnumerationEntry &entry, const EnumerationComparison &seen);
QString timesDidNotTell(const EnumerationEntry &entry, const EnumerationComparison &seen);

} // namespace cockpit
