#include "checks/net/urlhost.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString hostOf(const QUrl &url)
{
    QString host = url.host(QUrl::FullyEncoded).toLower();
    if (host.startsWith(u'['))
        host = host.mid(1, host.size() - 2);
    return host;
}

std::uint16_t portOf(const QUrl &url)
{
    return static_cast<std::uint16_t>(url.port(url.scheme() == "http"_L1 ? 80 : 443));
}

} // namespace cockpit
