#include "checks/net/dnssec.h"

#include <ldns/ldns.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct RrDeleter
{
    void operator()(ldns_rr *rr) const { ldns_rr_free(rr); }
};
using Rr = std::unique_ptr<ldns_rr, RrDeleter>;

struct RrListDeleter
{
    void operator()(ldns_rr_list *list) const { ldns_rr_list_deep_free(list); }
};
using RrList = std::unique_ptr<ldns_rr_list, RrListDeleter>;

struct KeptListDeleter // whose records belong to another list
{
    void operator()(ldns_rr_list *list) const { ldns_rr_list_free(list); }
};
using KeptList = std::unique_ptr<ldns_rr_list, KeptListDeleter>;

// So much is looked at, as validators do since KeyTrap (CVE-2023-50387): the number of records is the server's choice,
// and each pair of a signature and a key costs a computation. Honest zones have a handful of each.
constexpr std::size_t kMostRecords = 32; // keys, DS records, signatures of one set
constexpr std::size_t kMostKeysOfOneTag = 4;

std::span<const DnsRecord> upToMost(const std::vector<DnsRecord> &records)
{
    return std::span(records).first(std::min(records.size(), kMostRecords));
}

Rr rrOf(const DnsRecord &record)
{
    const QString line =
        u"%1. %2 IN %3 "_s.arg(record.name, QString::number(record.ttl), toWord(record.type)) + record.presentation;
    ldns_rr *rr = nullptr;
    const ldns_status status = ldns_rr_new_frm_str(&rr, line.toLatin1().constData(), 0, nullptr, nullptr);
    return Rr(status == LDNS_STATUS_OK ? rr : nullptr);
}

RrList listOf(std::span<const DnsRecord> records)
{
    RrList list(ldns_rr_list_new());
    for (const DnsRecord &record : records) {
        if (Rr rr = rrOf(record))
            ldns_rr_list_push_rr(list.get(), rr.release());
    }
    return list;
}

// "SOA 13 2 3600 20261201000000 20261110000000 12345 example.com. base64" (RFC 4034 section 3.2).
QStringList fieldsOf(const DnsRecord &record)
{
    return record.presentation.split(u' ', Qt::SkipEmptyParts);
}

QDateTime timeOf(const QString &field)
{
    QDateTime time = QDateTime::fromString(field, u"yyyyMMddHHmmss"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

SignatureState stateOf(ldns_status status)
{
    switch (status) {
    case LDNS_STATUS_OK:
        return SignatureState::Valid;
    case LDNS_STATUS_CRYPTO_SIG_EXPIRED:
        return SignatureState::Expired;
    case LDNS_STATUS_CRYPTO_SIG_NOT_INCEPTED:
        return SignatureState::NotYetValid;
    case LDNS_STATUS_CRYPTO_NO_DNSKEY:
    case LDNS_STATUS_CRYPTO_NO_MATCHING_KEYTAG_DNSKEY:
    case LDNS_STATUS_CRYPTO_NO_TRUSTED_DNSKEY:
        return SignatureState::NoKey;
    case LDNS_STATUS_CRYPTO_UNKNOWN_ALGO:
    case LDNS_STATUS_CRYPTO_ALGO_NOT_IMPL:
        return SignatureState::Unsupported;
    default: // of the hundred states of ldns all others mean that signature and records do not belong together
        return SignatureState::Wrong;
    }
}

// What is told when no signature is valid: the state that says most about the cause.
int tellingRank(SignatureState state)
{
    switch (state) {
    case SignatureState::Valid:
        return 6;
    case SignatureState::Expired:
        return 5;
    case SignatureState::NotYetValid:
        return 4;
    case SignatureState::Wrong:
        return 3;
    case SignatureState::NoKey:
        return 2;
    case SignatureState::Unsupported:
        return 1;
    case SignatureState::Missing:
        return 0;
    }
    Q_UNREACHABLE();
}

// The keys of a zone, read once.
class ZoneKeys
{
public:
    explicit ZoneKeys(const std::vector<DnsRecord> &keys)
        : m_keys(listOf(upToMost(keys))), m_isCut(keys.size() > kMostRecords)
    {
        m_tags.reserve(ldns_rr_list_rr_count(m_keys.get()));
        for (std::size_t i = 0; i < ldns_rr_list_rr_count(m_keys.get()); ++i)
            m_tags.push_back(ldns_calc_keytag(ldns_rr_list_rr(m_keys.get(), i)));
    }

    bool isCut() const { return m_isCut; }
    bool hasCrowdAt(int tag) const
    {
        return static_cast<std::size_t>(std::ranges::count(m_tags, tag)) > kMostKeysOfOneTag;
    }
    // Those that a signature may be made with, by the key tag that it names.
    KeptList at(int tag) const
    {
        KeptList found(ldns_rr_list_new());
        for (std::size_t i = 0; i < m_tags.size(); ++i) {
            if (m_tags[i] == tag && ldns_rr_list_rr_count(found.get()) < kMostKeysOfOneTag)
                ldns_rr_list_push_rr(found.get(), ldns_rr_list_rr(m_keys.get(), i));
        }
        return found;
    }

private:
    RrList m_keys;
    std::vector<int> m_tags; // of the keys, in their order
    bool m_isCut = false;
};

int keyTagOf(const DnsRecord &signature)
{
    constexpr qsizetype keyTagField = 6;
    return fieldsOf(signature).value(keyTagField).toInt();
}

SignatureLook lookAt(const DnsRecord &signature, const ldns_rr_list *set, const ZoneKeys &keys, const QDateTime &now)
{
    constexpr qsizetype expirationField = 4;
    constexpr qsizetype inceptionField = 5;
    const QStringList fields = fieldsOf(signature);
    SignatureLook look{SignatureState::Wrong, timeOf(fields.value(inceptionField)),
                       timeOf(fields.value(expirationField))};
    const RrList list = listOf(std::span(&signature, 1));
    if (ldns_rr_list_rr_count(list.get()) != 1)
        return look;
    const KeptList goodKeys(ldns_rr_list_new());
    const KeptList candidates = keys.at(keyTagOf(signature));
    look.state = stateOf(ldns_verify_time(set, list.get(), candidates.get(), now.toSecsSinceEpoch(), goodKeys.get()));
    return look;
}

std::vector<DnsRecord> signaturesOf(const DnsAnswer &answer, RrType type)
{
    std::vector<DnsRecord> signatures = answer.records(RrType::Rrsig);
    std::erase_if(signatures, [&](const DnsRecord &record) { return fieldsOf(record).value(0) != toWord(type); });
    return signatures;
}

} // namespace

QString toWord(SignatureState state)
{
    switch (state) {
    case SignatureState::Valid:
        return u"valid"_s;
    case SignatureState::Missing:
        return u"missing"_s;
    case SignatureState::Expired:
        return u"expired"_s;
    case SignatureState::NotYetValid:
        return u"not_yet_valid"_s;
    case SignatureState::NoKey:
        return u"no_key"_s;
    case SignatureState::Unsupported:
        return u"unsupported"_s;
    case SignatureState::Wrong:
        return u"wrong"_s;
    }
    Q_UNREACHABLE();
}

SignatureLook verifySignature(const DnsAnswer &answer, RrType type, const std::vector<DnsRecord> &keys,
                              const QDateTime &now)
{
    const RrList set = listOf(answer.records(type));
    const ZoneKeys zoneKeys(keys);
    const std::vector<DnsRecord> signatures = signaturesOf(answer, type);
    bool isCut = zoneKeys.isCut() || signatures.size() > kMostRecords;
    SignatureLook best;
    for (const DnsRecord &signature : upToMost(signatures)) {
        const SignatureLook look = lookAt(signature, set.get(), zoneKeys, now);
        isCut = isCut || zoneKeys.hasCrowdAt(keyTagOf(signature));
        const bool isBetter =
            std::pair(tellingRank(look.state), look.expiration) > std::pair(tellingRank(best.state), best.expiration);
        if (isBetter)
            best = look;
    }
    if (isCut && best.state != SignatureState::Valid && best.state != SignatureState::Missing)
        best.state = SignatureState::Unsupported; // the good one may be among the rest
    return best;
}

std::optional<KeyFacts> keyFactsOf(const DnsRecord &record)
{
    const QStringList fields = fieldsOf(record);
    if (record.type == RrType::Ds && fields.size() >= 4) {
        return KeyFacts{.keyTag = fields[0].toInt(), .algorithm = fields[1].toInt(), .digestType = fields[2].toInt()};
    }
    const Rr rr = record.type == RrType::Dnskey ? rrOf(record) : nullptr;
    if (!rr || fields.size() < 4)
        return std::nullopt;
    return KeyFacts{.keyTag = ldns_calc_keytag(rr.get()),
                    .algorithm = fields[2].toInt(),
                    .isSecureEntryPoint = (fields[0].toInt() & LDNS_KEY_SEP_KEY) != 0};
}

bool isCheckableDs(const DnsRecord &ds)
{
    constexpr std::array algorithms{5, 7, 8, 10, 13, 14, 15, 16};
    constexpr std::array digests{1, 2, 4};
    const auto facts = keyFactsOf(ds);
    return facts && std::ranges::find(algorithms, facts->algorithm) != algorithms.end() &&
           std::ranges::find(digests, facts->digestType) != digests.end();
}

bool vouchesFor(const DnsRecord &ds, const DnsRecord &key)
{
    const Rr parent = rrOf(ds);
    const Rr child = rrOf(key);
    return parent && child && ldns_rr_compare_ds(child.get(), parent.get());
}

std::vector<DnsRecord> keysVouchedFor(const std::vector<DnsRecord> &keys, const std::vector<DnsRecord> &ds)
{
    const RrList parents = listOf(upToMost(ds));
    std::vector<DnsRecord> vouched;
    for (const DnsRecord &key : upToMost(keys)) {
        const Rr child = rrOf(key);
        const int tag = child ? ldns_calc_keytag(child.get()) : -1;
        for (std::size_t i = 0; child && i < ldns_rr_list_rr_count(parents.get()); ++i) {
            const ldns_rr *parent = ldns_rr_list_rr(parents.get(), i);
            if (ldns_rdf2native_int16(ldns_rr_rdf(parent, 0)) != tag || !ldns_rr_compare_ds(child.get(), parent))
                continue;
            vouched.push_back(key);
            break;
        }
    }
    return vouched;
}

bool isTooMuchToCheck(const std::vector<DnsRecord> &keys, const std::vector<DnsRecord> &ds)
{
    return keys.size() > kMostRecords || ds.size() > kMostRecords;
}

bool isSignedAsPromised(const DnsAnswer &answer, RrType type, const std::vector<DnsRecord> &ds)
{
    std::set<int> promised;
    for (const DnsRecord &one : upToMost(ds)) {
        if (isCheckableDs(one))
            promised.insert(keyFactsOf(one)->algorithm);
    }
    return std::ranges::any_of(signaturesOf(answer, type), [&](const DnsRecord &signature) {
        return promised.contains(fieldsOf(signature).value(1).toInt());
    });
}

QString dnssecAlgorithmName(int algorithm)
{
    const ldns_lookup_table *entry = ldns_lookup_by_id(ldns_algorithms, algorithm);
    const QString number = QString::number(algorithm);
    return entry ? u"%1 (%2)"_s.arg(QString::fromLatin1(entry->name), number) : number;
}

bool isOutdatedDnssecAlgorithm(int algorithm)
{
    // RSAMD5, DSA, RSASHA1, DSA-NSEC3-SHA1, RSASHA1-NSEC3-SHA1, ECC-GOST
    constexpr int outdated[] = {1, 3, 5, 6, 7, 12};
    return std::ranges::find(outdated, algorithm) != std::end(outdated);
}

} // namespace cockpit
