// The practice company's DNS records, and the answers that follow from them (RFC 1034 section 4.3.2, without
// wildcards).
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QStringList>

#include <ldns/ldns.h>

#include <memory>
#include <vector>

namespace cockpit {

enum class DnsTransport { Udp, Tcp };

class Zone
{
public:
    // records: one per line in presentation form, names absolute. The first must be the zone's SOA.
    [[nodiscard]] static Result<Zone> parse(const QStringList &records);
    // A server that is asked about a zone it does not hold: refuses everything.
    static Zone none();

    // The wire form of the answer; empty when the bytes are no question.
    QByteArray answer(const QByteArray &query, DnsTransport transport) const;

private:
    struct RrFree
    {
        void operator()(ldns_rr *rr) const { ldns_rr_free(rr); }
    };

    void fill(ldns_pkt *reply, const ldns_rr *question) const;
    bool pushRecords(ldns_pkt *reply, const ldns_rdf *name, ldns_rr_type type) const;
    bool hasName(const ldns_rdf *name) const;

    std::vector<std::unique_ptr<ldns_rr, RrFree>> m_records;
};

} // namespace cockpit
