#include "checks/tls/interception.h"

#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsInterception)
};

// Parts of the names that such products give to their authorities; from memory, as their own manuals show them. No
// public authority has one of them.
constexpr std::array kMarks = {
    "Zscaler"_L1,         "Netskope"_L1,       "Fortinet"_L1,
    "FortiGate"_L1,       "Cisco Umbrella"_L1, "McAfee Web Gateway"_L1,
    "Skyhigh"_L1,         "Forcepoint"_L1,     "Blue Coat"_L1,
    "Sophos"_L1,          "SonicWall"_L1,      "WatchGuard"_L1,
    "Untangle"_L1,        "Smoothwall"_L1,     "Lightspeed"_L1,
    "Securly"_L1,         "GoGuardian"_L1,     "Gateway CA - Cloudflare"_L1,
    "avast! Web"_L1,      "AVG Web"_L1,        "Kaspersky"_L1,
    "ESET SSL Filter"_L1, "Bitdefender"_L1,    "Dr.Web"_L1,
    "AdGuard"_L1,         "NetSpark"_L1,       "Superfish"_L1,
    "mitmproxy"_L1,       "PortSwigger"_L1,    "DO_NOT_TRUST_Fiddler"_L1,
    "Charles Proxy"_L1,
};

bool isMarked(const QString &name)
{
    return std::ranges::any_of(kMarks,
                               [&](QLatin1StringView mark) { return name.contains(mark, Qt::CaseInsensitive); });
}

} // namespace

std::optional<QString> interceptorIn(const TlsSession &session, const QString &host)
{
    if (session.chain.empty() || !coversHost(session.chain.front(), host))
        return std::nullopt;
    for (const Certificate &certificate : session.chain) {
        if (isMarked(certificate.issuer))
            return plainText(certificate.issuer, 200);
        if (isMarked(certificate.issuerOrganization))
            return plainText(certificate.issuerOrganization, 200);
    }
    return std::nullopt;
}

std::optional<Judged> interceptedAt(const Look &look)
{
    const auto session = look.seen.ask(TlsHandshake{look.host->name, look.host->httpsPort});
    if (!*session)
        return std::nullopt;
    const auto name = interceptorIn(**session, look.host->name);
    if (!name)
        return std::nullopt;
    return notRun(Text::tr("Your own network or computer re-signs secure connections (\"%1\"), so that what %2 itself "
                           "sends could not be seen. Look again from another network.")
                      .arg(*name, look.host->name));
}

} // namespace cockpit
