#include "checks/net/dnswire.h"

#include <QCoreApplication>
#include <QSet>

#include <ldns/ldns.h>

#include <algorithm>
#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DnsWire)
};

struct PacketDeleter
{
    void operator()(ldns_pkt *packet) const { ldns_pkt_free(packet); }
};
using Packet = std::unique_ptr<ldns_pkt, PacketDeleter>;

struct FreeDeleter
{
    void operator()(void *memory) const { std::free(memory); } // NOLINT(cppcoreguidelines-no-malloc): ldns used malloc
};
using CString = std::unique_ptr<char, FreeDeleter>;

QString textOf(const ldns_rdf *rdf)
{
    const CString text(ldns_rdf2str(rdf));
    return QString::fromLatin1(text.get());
}

QString nameOf(const ldns_rdf *dname)
{
    QString name = textOf(dname).toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

// A character-string: one length byte and that many bytes (RFC 1035 section 3.3).
QByteArray characterString(const ldns_rdf *rdf)
{
    const auto size = static_cast<qsizetype>(ldns_rdf_size(rdf));
    const auto *bytes = reinterpret_cast<const char *>(ldns_rdf_data(rdf));
    return size < 1 ? QByteArray() : QByteArray(bytes + 1, size - 1);
}

QString presentationOf(const ldns_rr *rr)
{
    QStringList parts;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); ++i)
        parts << textOf(ldns_rr_rdf(rr, i));
    return parts.join(u' ');
}

void readText(const ldns_rr *rr, DnsRecord &record)
{
    for (size_t i = 0; i < ldns_rr_rd_count(rr); ++i) {
        record.strings.push_back(characterString(ldns_rr_rdf(rr, i)));
        record.text += record.strings.back();
    }
}

void readRdata(const ldns_rr *rr, DnsRecord &record)
{
    const auto rdf = [&](size_t i) { return ldns_rr_rdf(rr, i); };
    switch (ldns_rr_get_type(rr)) {
    case LDNS_RR_TYPE_A:
    case LDNS_RR_TYPE_AAAA:
        record.address = textOf(rdf(0));
        break;
    case LDNS_RR_TYPE_CNAME:
    case LDNS_RR_TYPE_NS:
    case LDNS_RR_TYPE_PTR:
        record.target = nameOf(rdf(0));
        break;
    case LDNS_RR_TYPE_MX:
        record.preference = ldns_rdf2native_int16(rdf(0));
        record.target = nameOf(rdf(1));
        break;
    case LDNS_RR_TYPE_SOA:
        record.target = nameOf(rdf(0));
        record.serial = ldns_rdf2native_int32(rdf(2));
        break;
    case LDNS_RR_TYPE_TXT:
        readText(rr, record);
        break;
    default: // a type that nobody asks for is kept as its presentation only; ldns knows hundreds
        break;
    }
}

// How many rdata fields readRdata() takes for granted; ldns accepts an empty rdata for some types.
bool hasWholeRdata(const ldns_rr *rr)
{
    const size_t fields = ldns_rr_rd_count(rr);
    const ldns_rr_type type = ldns_rr_get_type(rr);
    if (type == LDNS_RR_TYPE_MX)
        return fields >= 2;
    if (type == LDNS_RR_TYPE_SOA)
        return fields >= 7;
    return fields >= 1;
}

std::vector<DnsRecord> readSection(const ldns_rr_list *section)
{
    std::vector<DnsRecord> records;
    for (size_t i = 0; i < ldns_rr_list_rr_count(section); ++i) {
        const ldns_rr *rr = ldns_rr_list_rr(section, i);
        if (ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN || !hasWholeRdata(rr))
            continue;
        DnsRecord record;
        record.name = nameOf(ldns_rr_owner(rr));
        record.type = static_cast<RrType>(ldns_rr_get_type(rr));
        record.ttl = ldns_rr_ttl(rr);
        readRdata(rr, record);
        record.presentation = presentationOf(rr);
        records.push_back(std::move(record));
    }
    return records;
}

// As ldns writes it, which is how the owners in an answer are written.
QString canonicalName(const QString &name)
{
    ldns_rdf *dname = ldns_dname_new_frm_str(name.toLatin1().constData());
    if (!dname)
        return name;
    QString canonical = nameOf(dname);
    ldns_rdf_deep_free(dname);
    return canonical;
}

// Only what stands at the name asked or where its CNAMEs lead: the rest is none of the server's business.
std::vector<DnsRecord> belongingTo(const QString &name, std::vector<DnsRecord> records)
{
    QSet<QString> wanted{name};
    for (bool grew = true; grew;) {
        grew = false;
        for (const DnsRecord &record : records) {
            if (record.type != RrType::Cname || !wanted.contains(record.name) || wanted.contains(record.target))
                continue;
            wanted.insert(record.target);
            grew = true;
        }
    }
    std::erase_if(records, [&](const DnsRecord &record) { return !wanted.contains(record.name); });
    return records;
}

DnsStatus statusOf(int rcode, const DnsAnswer &answer, RrType asked)
{
    switch (rcode) {
    case LDNS_RCODE_NOERROR:
        return answer.records(asked).empty() ? DnsStatus::NoData : DnsStatus::Answered;
    case LDNS_RCODE_NXDOMAIN:
        return DnsStatus::NxDomain;
    case LDNS_RCODE_SERVFAIL:
        return DnsStatus::ServFail;
    case LDNS_RCODE_REFUSED:
        return DnsStatus::Refused;
    default: // an RCODE is any number up to 4095
        return DnsStatus::OtherRcode;
    }
}

// The extended RCODE's upper bits are in the OPT record (RFC 6891 section 6.1.3).
int rcodeOf(const ldns_pkt *packet)
{
    const int upper = ldns_pkt_edns(packet) ? ldns_pkt_edns_extended_rcode(packet) : 0;
    return (upper << 4) | static_cast<int>(ldns_pkt_get_rcode(packet));
}

// Options of the OPT record: code, length and that many bytes each (RFC 6891 section 6.1.2). An extended error is a
// code of two bytes and UTF-8 (RFC 8914 section 2). What is cut short ends the list.
std::vector<ExtendedDnsError> extendedErrorsIn(QByteArrayView options)
{
    constexpr int extendedError = 15;
    constexpr size_t most = 8; // servers send one or two
    const auto numberAt = [&](qsizetype at) {
        return (static_cast<std::uint8_t>(options[at]) << 8) | static_cast<std::uint8_t>(options[at + 1]);
    };
    std::vector<ExtendedDnsError> errors;
    for (qsizetype at = 0; at + 4 <= options.size() && errors.size() < most;) {
        const int code = numberAt(at);
        const qsizetype size = numberAt(at + 2);
        at += 4;
        if (at + size > options.size())
            break;
        if (code == extendedError && size >= 2)
            errors.push_back({numberAt(at), options.sliced(at + 2, size - 2).toByteArray()});
        at += size;
    }
    return errors;
}

std::vector<ExtendedDnsError> extendedErrorsOf(const ldns_pkt *packet)
{
    const ldns_rdf *options = ldns_pkt_edns_data(packet);
    if (!options || !ldns_rdf_data(options))
        return {};
    return extendedErrorsIn(QByteArrayView(ldns_rdf_data(options), static_cast<qsizetype>(ldns_rdf_size(options))));
}

} // namespace

QByteArray writeQuery(const DnsLookup &question, std::uint16_t id, Edns edns)
{
    ldns_rdf *name = ldns_dname_new_frm_str(question.name.toLatin1().constData());
    if (!name)
        return {};
    const std::uint16_t flags = static_cast<std::uint16_t>((question.recursionDesired ? LDNS_RD : 0) |
                                                           (question.checkingDisabled ? LDNS_CD : 0));
    const Packet packet(ldns_pkt_query_new(name, static_cast<ldns_rr_type>(question.type), LDNS_RR_CLASS_IN, flags));
    ldns_pkt_set_id(packet.get(), id);
    if (edns == Edns::On) {
        ldns_pkt_set_edns_udp_size(packet.get(), kEdnsBufferSize);
        ldns_pkt_set_edns_do(packet.get(), question.dnssecOk);
    }
    std::uint8_t *wire = nullptr;
    size_t size = 0;
    if (ldns_pkt2wire(&wire, packet.get(), &size) != LDNS_STATUS_OK)
        return {};
    const std::unique_ptr<std::uint8_t, FreeDeleter> owner(wire);
    return QByteArray(reinterpret_cast<const char *>(wire), static_cast<qsizetype>(size));
}

Result<ReadAnswer> readAnswer(QByteArrayView bytes, const DnsLookup &question)
{
    constexpr qsizetype headerSize = 12;
    constexpr int truncatedBit = 0x02;
    // A truncated answer may end in the middle of a record: its header is all that is needed.
    if (bytes.size() >= headerSize && (static_cast<std::uint8_t>(bytes[2]) & truncatedBit))
        return ReadAnswer{.answer = {}, .truncated = true};

    ldns_pkt *parsed = nullptr;
    const ldns_status status =
        ldns_wire2pkt(&parsed, reinterpret_cast<const std::uint8_t *>(bytes.data()), static_cast<size_t>(bytes.size()));
    const Packet packet(parsed);
    if (status != LDNS_STATUS_OK || !packet) {
        return failure(ErrorKind::Protocol,
                       Text::tr("The answer of the DNS server about %1 is damaged.").arg(question.name),
                       QString::fromLatin1(ldns_get_errorstr_by_id(status)));
    }
    if (!ldns_pkt_qr(packet.get())) {
        return failure(
            ErrorKind::Protocol,
            Text::tr("The DNS server sent the question about %1 back in place of an answer.").arg(question.name));
    }
    ReadAnswer read;
    read.answer.rcode = rcodeOf(packet.get());
    read.answer.authoritative = ldns_pkt_aa(packet.get());
    read.answer.authenticData = ldns_pkt_ad(packet.get());
    read.answer.answers = belongingTo(canonicalName(question.name), readSection(ldns_pkt_answer(packet.get())));
    read.answer.authority = readSection(ldns_pkt_authority(packet.get()));
    read.answer.extendedErrors = extendedErrorsOf(packet.get());
    read.answer.status = statusOf(read.answer.rcode, read.answer, question.type);
    return read;
}

} // namespace cockpit
