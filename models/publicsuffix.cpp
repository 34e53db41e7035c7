#include "models/publicsuffix.h"

#include "models/target.h"

namespace cockpit {

using namespace Qt::StringLiterals;

bool isPublicSuffix(const QString &domain)
{
    const QString below = u"x."_s + domain;
    return registrableDomain(below) == below; // what stands below it is a domain of its own
}

} // namespace cockpit
