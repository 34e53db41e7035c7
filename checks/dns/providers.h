// dns.providers: which company runs DNS, which hosts the app and which carries mail, by marks in the DNS.
// observed: providers[{id, name, kind, evidence[]}].
#pragma once

#include "checks/engine/check.h"
#include "checks/net/dnsclient.h"
#include "models/providers.h"

namespace cockpit {

struct SeenProvider
{
    const Provider *provider = nullptr; // of knownProviders()
    ProviderKind kind = ProviderKind::Dns;
    QStringList evidence; // "NS ada.ns.cloudflare.com"

    bool operator==(const SeenProvider &) const = default;
};

// What the DNS says about a domain and its hosts; names and addresses without duplicates.
struct DnsMarks
{
    QStringList ns = {};
    QStringList mx = {};
    QStringList spf = {};   // domains that the SPF record includes
    QStringList txt = {};   // all at the apex
    QStringList cname = {}; // of all hosts
    QStringList addresses = {};
};

Check providersCheck();
std::vector<SeenProvider> recogniseProviders(const DnsMarks &marks);
Judged judgeProviders(const QString &domain, const std::vector<SeenProvider> &seen);

// Ids for the steps of guides: who runs the DNS first, since most repairs are made there. Blocking; what was asked once
// is not asked again.
QStringList detectProviders(Observations &seen, const Target &target);

} // namespace cockpit
