// What access.enumeration says to people.
#pragma once

#include "checks/access/enumerationcompare.h"
#include "models/vocabulary.h"

namespace cockpit {

QString titleOf(EntryKind kind);
Severity severityOf(const EnumerationEntry &entry);
// Sentences: what was seen.
QString sawDifference(const EnumerationEntry &entry, const Comparison &seen);
QString sawState(const EnumerationEntry &entry, const Comparison &seen, AccountState state);
QString sawTime(const EnumerationEntry &entry, const Comparison &seen);
// Sentences: what was not.
QString timesWereTooFew(const EnumerationEntry &entry, const Comparison &seen);
QString timesDidNotTell(const EnumerationEntry &entry, const Comparison &seen);

} // namespace cockpit
