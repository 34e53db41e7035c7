#include "checks/net/securelookup.h"

#include "checks/engine/observations.h"
#include "checks/net/dnssec.h"
#include "models/hostname.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Zones between a name and the root; real names pass three to five.
constexpr int kMostZones = 12;
constexpr qsizetype kSignerField = 7; // RFC 4034 section 3.2

DnsLookup signedQuestion(const QString &name, RrType type)
{
    return {.name = name.isEmpty() ? u"."_s : name, .type = type, .dnssecOk = true, .checkingDisabled = true};
}

// The zones that say they sign the records of this type; none: nothing does.
QStringList signersOf(const DnsAnswer &answer, RrType type)
{
    QStringList signers;
    for (const DnsRecord &record : answer.records(RrType::Rrsig)) {
        const QStringList fields = record.presentation.split(u' ', Qt::SkipEmptyParts);
        if (fields.value(0) != toWord(type) || fields.size() <= kSignerField)
            continue;
        QString signer = fields[kSignerField].toLower();
        if (signer.endsWith(u'.'))
            signer.chop(1);
        signers << signer;
    }
    return signers;
}

// RFC 4035 section 5.3.1: the zone that holds the records, and no other one, however well it is signed itself. A DS
// record stands above the zone that it is of.
bool maySign(const QString &zone, const QString &owner, RrType type)
{
    if (type == RrType::Ds)
        return zone != owner && (zone.isEmpty() || isBelow(owner, zone));
    return zone.isEmpty() || isWithin(owner, zone);
}

SecurityStatus proofOf(SignatureState state)
{
    switch (state) {
    case SignatureState::Valid:
        return SecurityStatus::Secure;
    case SignatureState::Missing:
    case SignatureState::Unsupported: // validators treat such a zone as unsigned
        return SecurityStatus::Insecure;
    case SignatureState::Expired:
    case SignatureState::NotYetValid:
    case SignatureState::NoKey:
    case SignatureState::Wrong:
        return SecurityStatus::Bogus;
    }
    Q_UNREACHABLE();
}

// Climbs from a signed set of records to the root, zone by zone.
class Climb
{
public:
    Climb(Observations &seen, const QDateTime &now) : m_seen(seen), m_now(now) {}

    // answer: the records of this type at `owner` alone, with their signatures.
    SecurityStatus prove(DnsAnswer answer, QString owner, RrType type)
    {
        for (int zones = 0; zones < kMostZones; ++zones) {
            const QStringList signers = signersOf(answer, type);
            if (signers.isEmpty())
                return SecurityStatus::Insecure;
            const auto zone =
                std::ranges::find_if(signers, [&](const QString &signer) { return maySign(signer, owner, type); });
            if (zone == signers.end())
                return SecurityStatus::Bogus;
            const auto keys = m_seen.ask(signedQuestion(*zone, RrType::Dnskey));
            const auto vouchers = vouchersOf(*zone);
            if (!isTold(*keys) || !vouchers)
                return SecurityStatus::Unknown;
            const SecurityStatus step = proveStep(answer, type, **keys, vouchers->records(RrType::Ds));
            if (step != SecurityStatus::Secure || zone->isEmpty())
                return step;
            owner = *zone;
            answer = *vouchers;
            type = RrType::Ds;
        }
        return SecurityStatus::Unknown;
    }

private:
    // An answer, and be it that there are no such records.
    static bool isTold(const Result<DnsAnswer> &answer)
    {
        return answer && (answer->status == DnsStatus::Answered || answer->status == DnsStatus::NoData);
    }

    // The records by the keys of their zone, and those by what stands above the zone.
    SecurityStatus proveStep(const DnsAnswer &answer, RrType type, const DnsAnswer &keys,
                             const std::vector<DnsRecord> &ds) const
    {
        const std::vector<DnsRecord> zoneKeys = keys.records(RrType::Dnskey);
        // Vouched for only by methods that are unknown here: treated as unsigned (RFC 4035 section 5.2).
        const bool isPromised = std::ranges::any_of(ds, isCheckableDs);
        SecurityStatus records = proofOf(verifySignature(answer, type, zoneKeys, m_now).state);
        if (records == SecurityStatus::Secure && isPromised)
            records = proofOf(verifySignature(keys, RrType::Dnskey, keysVouchedFor(zoneKeys, ds), m_now).state);
        if (records == SecurityStatus::Bogus || !isPromised)
            return records == SecurityStatus::Bogus ? records : SecurityStatus::Insecure;
        if (records == SecurityStatus::Secure)
            return records;
        // A DS promises signatures by its algorithm. They are not there, or cannot be checked here.
        const bool areThere = isSignedAsPromised(answer, type, ds) && isSignedAsPromised(keys, RrType::Dnskey, ds);
        return areThere ? SecurityStatus::Unknown : SecurityStatus::Bogus;
    }

    // The DS records of a zone, as its parent has them; of the root, the trust anchors.
    std::optional<DnsAnswer> vouchersOf(const QString &zone)
    {
        if (zone.isEmpty()) {
            const auto anchors = m_seen.ask(TrustAnchors{});
            return *anchors ? std::optional(DnsAnswer{.answers = **anchors}) : std::nullopt;
        }
        const auto ds = m_seen.ask(signedQuestion(zone, RrType::Ds));
        return isTold(*ds) ? std::optional(**ds) : std::nullopt;
    }

    Observations &m_seen;
    const QDateTime m_now;
};

// The records at one name alone, with the signatures that cover them: an answer that went by an alias has several sets.
DnsAnswer setAt(const QString &name, RrType type, const DnsAnswer &answer)
{
    DnsAnswer set = answer;
    std::erase_if(set.answers, [&](const DnsRecord &record) {
        const bool isSignature = record.type == RrType::Rrsig &&
                                 record.presentation.section(u' ', 0, 0, QString::SectionSkipEmpty) == toWord(type);
        return record.name != name || (record.type != type && !isSignature);
    });
    return set;
}

// Every alias on the way has to be proven as well: whoever can forge one leads to records of his own. The first step
// that is not secure decides (RFC 7672 section 2.1.3).
SecurityStatus proveWay(const DnsAnswer &answer, const SecureLookup &question, Observations &seen)
{
    Climb climb(seen, question.now);
    QString name = question.name.toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    const QStringList aliases = answer.cnameChain();
    for (const QString &target : aliases) {
        const SecurityStatus step = climb.prove(setAt(name, RrType::Cname, answer), name, RrType::Cname);
        if (step != SecurityStatus::Secure)
            return step;
        name = target;
    }
    return climb.prove(setAt(name, question.type, answer), name, question.type);
}

// Whether there is nothing cannot be proven here; that the zone which says so is broken can: its SOA record comes along
// (RFC 2308 section 3), and is signed as the rest is.
SecurityStatus proofOfDenial(const DnsAnswer &answer, const SecureLookup &question, Observations &seen)
{
    if (!answer.isConclusive())
        return SecurityStatus::Unknown;
    const auto soa = std::ranges::find(answer.authority, RrType::Soa, &DnsRecord::type);
    if (soa == answer.authority.end())
        return SecurityStatus::Insecure;
    DnsAnswer denial;
    denial.answers = answer.authority;
    const SecurityStatus zone =
        Climb(seen, question.now).prove(setAt(soa->name, RrType::Soa, denial), soa->name, RrType::Soa);
    return zone == SecurityStatus::Secure ? SecurityStatus::Insecure : zone;
}

} // namespace

QString toWord(SecurityStatus state)
{
    switch (state) {
    case SecurityStatus::Secure:
        return u"secure"_s;
    case SecurityStatus::Insecure:
        return u"insecure"_s;
    case SecurityStatus::Bogus:
        return u"bogus"_s;
    case SecurityStatus::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

Result<std::vector<DnsRecord>> probe(const TrustAnchors &, ProbeContext &)
{
    QFile file(u":/rules/root-anchors.json"_s);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    const QJsonObject json = opened ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    std::vector<DnsRecord> anchors;
    for (const QJsonValue ds : json.value("ds"_L1).toArray())
        anchors.push_back({.type = RrType::Ds, .presentation = ds.toString()});
    return anchors;
}

QString SecureLookup::key() const
{
    return u"%1|%2"_s.arg(name.toLower(), toWord(type));
}

Result<ProvenAnswer> probe(const SecureLookup &question, ProbeContext &context)
{
    const auto answer = context.observations.ask(signedQuestion(question.name, question.type));
    if (!*answer)
        return tl::unexpected<Error>(answer->error());
    ProvenAnswer proven{**answer, SecurityStatus::Insecure};
    if (proven.answer.records(question.type).empty()) {
        proven.proof = proofOfDenial(proven.answer, question, context.observations);
        return proven;
    }
    proven.proof = proveWay(proven.answer, question, context.observations);
    return proven;
}

} // namespace cockpit
