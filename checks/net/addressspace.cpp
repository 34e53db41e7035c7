#include "checks/net/addressspace.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

bool isPrivateAddress(const QString &ip)
{
    static const std::array kRanges = {
        QHostAddress::parseSubnet(u"0.0.0.0/8"_s),      QHostAddress::parseSubnet(u"10.0.0.0/8"_s),
        QHostAddress::parseSubnet(u"100.64.0.0/10"_s),  QHostAddress::parseSubnet(u"127.0.0.0/8"_s),
        QHostAddress::parseSubnet(u"169.254.0.0/16"_s), QHostAddress::parseSubnet(u"172.16.0.0/12"_s),
        QHostAddress::parseSubnet(u"192.168.0.0/16"_s), QHostAddress::parseSubnet(u"::/128"_s),
        QHostAddress::parseSubnet(u"::1/128"_s),        QHostAddress::parseSubnet(u"fc00::/7"_s),
        QHostAddress::parseSubnet(u"fe80::/10"_s),
    };
    QHostAddress address(ip);
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    if (isMapped)
        address = QHostAddress(v4);
    return std::ranges::any_of(kRanges, [&](const auto &range) { return address.isInSubnet(range); });
}

bool isIpAddress(const QString &host)
{
    return !QHostAddress(host).isNull();
}

} // namespace cockpit
