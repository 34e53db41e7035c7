// Hosts whose scripts anybody may choose (resources/rules/csp-bypass-hosts.json): a policy that allows one of them
// stops nobody.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QByteArrayList>

namespace cockpit {

struct CspBypassHosts
{
    QByteArrayList hosts;     // by their whole name
    QByteArrayList wildcards; // domains below which everybody can get a name; "*.domain" allows them all
    bool operator==(const CspBypassHosts &) const = default;
};

[[nodiscard]] Result<CspBypassHosts> parseCspBypassHosts(const QByteArray &json);
[[nodiscard]] Result<CspBypassHosts> loadCspBypassHosts();

// Which of a policy's sources lets such a host in: the sources, as they are written.
QByteArrayList bypassesIn(const QByteArrayList &sources, const CspBypassHosts &known);

} // namespace cockpit
