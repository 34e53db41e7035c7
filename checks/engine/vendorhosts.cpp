#include "checks/engine/vendorhosts.h"

namespace cockpit {

const QStringList &vendorHosts()
{
    // Google Identity Toolkit, where Firebase keeps the accounts of all projects.
    static const QStringList hosts{QStringLiteral("identitytoolkit.googleapis.com")};
    return hosts;
}

} // namespace cockpit
