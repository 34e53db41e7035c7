#include "checks/secrets/runfingerprint.h"

#include "checks/secrets/fingerprintkey.h"

namespace cockpit {

Result<QByteArray> probe(const RunFingerprintKey &, ProbeContext &)
{
    return newFingerprintKey();
}

QByteArray fingerprintKeyOf(const Look &look)
{
    if (!look.facts.fingerprintKey.isEmpty())
        return look.facts.fingerprintKey;
    const auto made = look.seen.ask(RunFingerprintKey{});
    return *made ? **made : newFingerprintKey();
}

} // namespace cockpit
