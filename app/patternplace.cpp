#include "app/patternplace.h"

#include "app/datafolder.h"
#include "checks/secrets/fingerprintkey.h"

#include <QStandardPaths>

namespace cockpit {

PatternKeeping ownPatternPlace()
{
    const FingerprintKey key = fingerprintKeyIn(dataFolder());
    if (!key.isKept)
        return {};
    return {QStandardPaths::writableLocation(QStandardPaths::CacheLocation), key.bytes};
}

} // namespace cockpit
