// Whether one mechanism matches the client of an SPF evaluation (RFC 7208 section 5), within the limits of 4.6.4.
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/spfrecord.h"
#include "checks/net/dnsclient.h"

#include <QHostAddress>

namespace cockpit {

enum class SpfMatch { No, Yes, TempError, PermError, OverLimit };

// One evaluation's look-ups: asks, compares, and keeps count.
class SpfMatcher
{
public:
    // client: IPv4 addresses as such, never mapped into IPv6.
    SpfMatcher(Observations &seen, const QHostAddress &client) : m_seen(seen), m_client(client) {}

    // A term that costs a look-up is about to be evaluated; false when that is one too many.
    bool countLookup();
    // All mechanisms but include. target: the expanded domain-spec, or the record's own domain.
    SpfMatch match(const SpfTerm &term, const QString &target);

    int lookups() const { return m_lookups; }
    int voidLookups() const { return m_voidLookups; }
    QString limitPassed() const; // a sentence; for OverLimit

private:
    struct Found
    {
        SpfMatch failure = SpfMatch::No; // TempError, OverLimit
        std::vector<DnsRecord> records;
    };
    Found lookUp(const QString &name, RrType type);
    RrType addressType() const;
    bool isInNetwork(const QString &address, const SpfTerm &term) const;
    SpfMatch matchAddresses(const QString &name, const SpfTerm &term);
    SpfMatch matchMailServers(const QString &name, const SpfTerm &term);
    SpfMatch matchReverseName(const QString &target);
    SpfMatch matchExistence(const QString &name);

    Observations &m_seen;
    const QHostAddress m_client;
    int m_lookups = 0;
    int m_voidLookups = 0;
};

// %{p} (section 7.3): a name of the client that leads back to it, best one that is the domain or in it; "unknown" when
// there is none.
QString validatedClientName(const QHostAddress &client, const QString &domain, Observations &seen);

} // namespace cockpit
