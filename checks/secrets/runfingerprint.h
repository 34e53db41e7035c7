// What compares secrets within a run without keeping them.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

// The key of a run whose machine keeps none (ProjectFacts::fingerprintKey).
struct RunFingerprintKey
{
    using Answer = QByteArray;
    static QString key() { return {}; }
    static int roundTrips() { return 0; }
};
[[nodiscard]] Result<QByteArray> probe(const RunFingerprintKey &question, ProbeContext &context);

// What compares values in this run without keeping them.
QByteArray fingerprintKeyOf(const Look &look);

} // namespace cockpit
