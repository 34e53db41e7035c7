// Names that give no answer, for looks that shall not wait for it.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

// What a look would learn of the names that are SILENT in a zone (zonescript.h), once its patience was over: no record
// of any type came in time. The patience may then be long, and a busy machine makes no other answer late. Questions to
// one server, and those that ask for signatures, are sent all the same.
inline void putSilence(const QStringList &zone, Observations &seen)
{
    using enum RrType;
    constexpr std::array kTypes{A, Ns, Cname, Soa, Ptr, Mx, Txt, Aaaa, Ds, Dnskey, Tlsa, Caa};
    for (const QString &line : zone) {
        if (!line.endsWith(QLatin1String(" SILENT")))
            continue;
        const QString name = line.section(u' ', 0, 0).chopped(1); // without the dot of the root
        for (const RrType type : kTypes)
            seen.put(DnsLookup{.name = name, .type = type},
                     tl::unexpected<Error>({ErrorKind::TimedOut, QStringLiteral("No answer of %1 came.").arg(name)}));
    }
}

} // namespace cockpit
