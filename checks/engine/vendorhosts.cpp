#include "checks/engine/vendorhosts.h"

namespace cockpit {

const QStringList &vendorHosts()
{
    // Google Identity Toolkit, where Firebase keeps the accounts of all projects.
    static const QStringList hosts{QStringLiteral("identitytoolkit.googleapis.com")};
    return hosts;
}

const QString &queryVendor()
{
    static const QString domain = QStringLiteral("convex.cloud");
    return domain;
}

bool isVendorHost(const QString &host)
{
    return vendorHosts().contains(host, Qt::CaseInsensitive) ||
           host.endsWith(u'.' + queryVendor(), Qt::CaseInsensitive);
}

} // namespace cockpit
