#include "checks/edge/addresspattern.h"

namespace cockpit {

AddressPattern cutAddress(const QString &pattern)
{
    const qsizetype scheme = pattern.indexOf(QLatin1String("://"));
    const QString rest = scheme < 0 ? pattern : pattern.mid(scheme + 3);
    const qsizetype slash = rest.indexOf(u'/');
    return {scheme < 0 ? QString() : pattern.left(scheme), slash < 0 ? rest : rest.left(slash),
            slash < 0 ? QString() : rest.mid(slash)};
}

} // namespace cockpit
