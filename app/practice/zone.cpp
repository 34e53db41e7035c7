#include "app/practice/zone.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

constexpr size_t kPlainUdpSize = 512; // RFC 1035 section 2.3.4, for questions without EDNS

struct PacketFree
{
    void operator()(ldns_pkt *packet) const { ldns_pkt_free(packet); }
};
using PacketPtr = std::unique_ptr<ldns_pkt, PacketFree>;

PacketPtr parsePacket(const QByteArray &wire)
{
    ldns_pkt *packet = nullptr;
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(wire.constData());
    if (ldns_wire2pkt(&packet, bytes, static_cast<size_t>(wire.size())) != LDNS_STATUS_OK)
        return {};
    return PacketPtr(packet);
}

QByteArray wireOf(const ldns_pkt *packet)
{
    std::uint8_t *bytes = nullptr;
    size_t size = 0;
    if (ldns_pkt2wire(&bytes, packet, &size) != LDNS_STATUS_OK)
        return {};
    QByteArray wire(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
    free(bytes); // NOLINT: ldns allocates with malloc
    return wire;
}

PacketPtr replyTo(const ldns_pkt *query)
{
    PacketPtr reply(ldns_pkt_new());
    ldns_pkt_set_id(reply.get(), ldns_pkt_id(query));
    ldns_pkt_set_qr(reply.get(), true);
    ldns_pkt_set_rd(reply.get(), ldns_pkt_rd(query));
    // One server plays both parts: the resolver that the program asks, and the name servers of the zone.
    ldns_pkt_set_ra(reply.get(), ldns_pkt_rd(query));
    ldns_pkt_set_aa(reply.get(), !ldns_pkt_rd(query));
    if (ldns_pkt_edns(query))
        ldns_pkt_set_edns_udp_size(reply.get(), ldns_pkt_edns_udp_size(query));
    ldns_rr_list_free(ldns_pkt_question(reply.get()));
    ldns_pkt_set_question(reply.get(), ldns_rr_list_clone(ldns_pkt_question(query)));
    ldns_pkt_set_qdcount(reply.get(), 1);
    return reply;
}

size_t udpLimit(const ldns_pkt *query)
{
    return ldns_pkt_edns(query) ? std::max<size_t>(kPlainUdpSize, ldns_pkt_edns_udp_size(query)) : kPlainUdpSize;
}

} // namespace

Result<Zone> Zone::parse(const QStringList &records)
{
    Zone zone;
    for (const QString &line : records) {
        ldns_rr *rr = nullptr;
        const QByteArray text = line.toLatin1();
        if (ldns_rr_new_frm_str(&rr, text.constData(), 0, nullptr, nullptr) != LDNS_STATUS_OK) {
            return failure(ErrorKind::BadInput,
                           Text::tr("A record of the practice company is not readable: %1").arg(line));
        }
        zone.m_records.emplace_back(rr);
    }
    return zone;
}

Zone Zone::none()
{
    return {};
}

QByteArray Zone::answer(const QByteArray &query, DnsTransport transport) const
{
    const PacketPtr asked = parsePacket(query);
    if (!asked || ldns_pkt_qr(asked.get()) || ldns_pkt_qdcount(asked.get()) != 1)
        return {};
    const PacketPtr reply = replyTo(asked.get());
    fill(reply.get(), ldns_rr_list_rr(ldns_pkt_question(asked.get()), 0));
    QByteArray wire = wireOf(reply.get());
    if (transport == DnsTransport::Tcp || static_cast<size_t>(wire.size()) <= udpLimit(asked.get()))
        return wire;
    const PacketPtr truncated = replyTo(asked.get());
    ldns_pkt_set_tc(truncated.get(), true);
    return wireOf(truncated.get());
}

void Zone::fill(ldns_pkt *reply, const ldns_rr *question) const
{
    const ldns_rdf *name = ldns_rr_owner(question);
    if (m_records.empty()) {
        ldns_pkt_set_rcode(reply, LDNS_RCODE_REFUSED);
        ldns_pkt_set_aa(reply, false);
        return;
    }
    if (pushRecords(reply, name, ldns_rr_get_type(question)))
        return;
    ldns_pkt_push_rr(reply, LDNS_SECTION_AUTHORITY, ldns_rr_clone(m_records.front().get()));
    if (!hasName(name))
        ldns_pkt_set_rcode(reply, LDNS_RCODE_NXDOMAIN);
}

bool Zone::pushRecords(ldns_pkt *reply, const ldns_rdf *name, ldns_rr_type type) const
{
    bool found = false;
    for (const auto &record : m_records) {
        if (ldns_rr_get_type(record.get()) == type && ldns_dname_compare(ldns_rr_owner(record.get()), name) == 0) {
            ldns_pkt_push_rr(reply, LDNS_SECTION_ANSWER, ldns_rr_clone(record.get()));
            found = true;
        }
    }
    return found;
}

// Also true for an empty non-terminal: a name that only has names below it exists (RFC 8020).
bool Zone::hasName(const ldns_rdf *name) const
{
    return std::ranges::any_of(m_records, [name](const auto &record) {
        const ldns_rdf *owner = ldns_rr_owner(record.get());
        return ldns_dname_compare(owner, name) == 0 || ldns_dname_is_subdomain(owner, name);
    });
}

} // namespace cockpit
