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

QString parentOf(const QString &name)
{
    const qsizetype dot = name.indexOf(u'.');
    return dot < 0 ? QString() : name.mid(dot + 1);
}

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

// Climbs from a set of records to the root, zone by zone, and judges from there down: what no chain of DS records
// promises is unsigned, whatever signatures were left behind in it (RFC 4035 section 5.2).
class Climb
{
public:
    Climb(Observations &seen, const QDateTime &now) : m_seen(seen), m_now(now) {}

    // answer: the records of this type at `owner` alone, with their signatures.
    SecurityStatus prove(const DnsAnswer &answer, const QString &owner, RrType type, int zonesBelow = 0)
    {
        if (zonesBelow == kMostZones)
            return SecurityStatus::Unknown;
        if (type == RrType::Cname && signersOf(answer, type).isEmpty())
            return proveBareAlias(owner, zonesBelow);
        const auto zone = zoneOf(answer, owner, type);
        const auto vouchers = zone ? vouchersOf(*zone) : std::nullopt;
        if (!vouchers)
            return SecurityStatus::Unknown;
        const std::vector<DnsRecord> ds = vouchers->records(RrType::Ds);
        if (std::ranges::none_of(ds, isCheckableDs))
            return SecurityStatus::Insecure;
        const SecurityStatus above =
            zone->isEmpty() ? SecurityStatus::Secure : prove(*vouchers, *zone, RrType::Ds, zonesBelow + 1);
        return above == SecurityStatus::Secure ? proveIn(*zone, answer, type, ds) : above;
    }

private:
    struct ZoneSeen
    {
        QString name;
        DnsAnswer soa; // the set alone
    };

    // An answer, and be it that there are no such records.
    static bool isTold(const Result<DnsAnswer> &answer)
    {
        return answer && (answer->status == DnsStatus::Answered || answer->status == DnsStatus::NoData);
    }

    // An alias without a signature may be one that a DNAME made (RFC 6672 section 5.3.1), whose own records are not
    // looked at: unsigned, then, unless its zone signs nothing else either.
    SecurityStatus proveBareAlias(const QString &owner, int zonesBelow)
    {
        const auto zone = zoneAround(parentOf(owner)); // an alias is nothing besides, and no zone
        if (!zone)
            return SecurityStatus::Unknown;
        const SecurityStatus proof = prove(zone->soa, zone->name, RrType::Soa, zonesBelow);
        return proof == SecurityStatus::Secure ? SecurityStatus::Insecure : proof;
    }

    // The zone that holds the records: as their signatures say or, where they have none that may count, as its SOA
    // record does. Empty optional: not told.
    std::optional<QString> zoneOf(const DnsAnswer &answer, const QString &owner, RrType type)
    {
        const QStringList signers = signersOf(answer, type);
        const auto signer =
            std::ranges::find_if(signers, [&](const QString &zone) { return maySign(zone, owner, type); });
        if (signer != signers.end())
            return *signer;
        if (type == RrType::Soa)
            return owner;
        const bool isAbove = type == RrType::Ds || type == RrType::Cname;
        const auto zone = zoneAround(isAbove ? parentOf(owner) : owner);
        return zone ? std::optional(zone->name) : std::nullopt;
    }

    // A name server that has no SOA record at the name tells that of the zone (RFC 2308 section 3).
    std::optional<ZoneSeen> zoneAround(QString name)
    {
        while (true) {
            const auto answer = m_seen.ask(signedQuestion(name, RrType::Soa));
            if (!*answer || !(*answer)->isConclusive())
                return std::nullopt;
            DnsAnswer all = **answer;
            all.answers.insert(all.answers.end(), all.authority.begin(), all.authority.end());
            const auto soa = std::ranges::find(all.answers, RrType::Soa, &DnsRecord::type);
            const bool isOwn = all.cnameChain().isEmpty() && soa != all.answers.end() &&
                               (soa->name.isEmpty() || isWithin(name, soa->name));
            if (isOwn)
                return ZoneSeen{soa->name, setAt(soa->name, RrType::Soa, all)};
            if (name.isEmpty())
                return std::nullopt;
            name = parentOf(name);
        }
    }

    // In a zone that a chain of DS records promises: the records by its keys, and those by what stands above the zone.
    SecurityStatus proveIn(const QString &zone, const DnsAnswer &answer, RrType type, const std::vector<DnsRecord> &ds)
    {
        const auto keys = m_seen.ask(signedQuestion(zone, RrType::Dnskey));
        if (!isTold(*keys))
            return SecurityStatus::Unknown;
        const QStringList signers = signersOf(answer, type);
        // The root signs everything: this resolver leaves signatures out, all the way down.
        if (zone.isEmpty() && signers.isEmpty() && signersOf(**keys, RrType::Dnskey).isEmpty())
            return SecurityStatus::Unknown;
        if (!signers.isEmpty() && !signers.contains(zone))
            return SecurityStatus::Bogus;
        return proveBy(**keys, answer, type, ds);
    }

    SecurityStatus proveBy(const DnsAnswer &keys, const DnsAnswer &answer, RrType type,
                           const std::vector<DnsRecord> &ds) const
    {
        const std::vector<DnsRecord> zoneKeys = keys.records(RrType::Dnskey);
        if (isTooMuchToCheck(zoneKeys, ds))
            return SecurityStatus::Unknown;
        SecurityStatus records = proofOf(verifySignature(answer, type, zoneKeys, m_now).state);
        if (records == SecurityStatus::Secure)
            records = proofOf(verifySignature(keys, RrType::Dnskey, keysVouchedFor(zoneKeys, ds), m_now).state);
        if (records == SecurityStatus::Bogus || records == SecurityStatus::Secure)
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

struct Way
{
    SecurityStatus proof = SecurityStatus::Secure;
    QString end; // the name that the aliases lead to
};

// Every alias on the way has to be proven as well: whoever can forge one leads to records of his own. The first step
// that is not secure decides (RFC 7672 section 2.1.3).
Way wayOf(const DnsAnswer &answer, const SecureLookup &question, Climb &climb)
{
    Way way{.end = question.name.toLower()};
    if (way.end.endsWith(u'.'))
        way.end.chop(1);
    const QStringList aliases = answer.cnameChain();
    for (const QString &target : aliases) {
        way.proof = climb.prove(setAt(way.end, RrType::Cname, answer), way.end, RrType::Cname);
        if (way.proof != SecurityStatus::Secure)
            break;
        way.end = target;
    }
    return way;
}

// Whether there is nothing cannot be proven here; that the zone which says so is broken can: its SOA record comes along
// (RFC 2308 section 3), and is signed as the rest is.
SecurityStatus proofOfDenial(const DnsAnswer &answer, Climb &climb)
{
    const auto soa = std::ranges::find(answer.authority, RrType::Soa, &DnsRecord::type);
    if (soa == answer.authority.end())
        return SecurityStatus::Insecure;
    DnsAnswer denial;
    denial.answers = answer.authority;
    const SecurityStatus zone = climb.prove(setAt(soa->name, RrType::Soa, denial), soa->name, RrType::Soa);
    return zone == SecurityStatus::Secure ? SecurityStatus::Insecure : zone;
}

SecurityStatus proofOf(const DnsAnswer &answer, const SecureLookup &question, Observations &seen)
{
    if (!answer.isConclusive())
        return SecurityStatus::Unknown;
    Climb climb(seen, question.now);
    const Way way = wayOf(answer, question, climb);
    if (way.proof != SecurityStatus::Secure)
        return way.proof;
    return answer.records(question.type).empty()
               ? proofOfDenial(answer, climb)
               : climb.prove(setAt(way.end, question.type, answer), way.end, question.type);
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
    return ProvenAnswer{**answer, proofOf(**answer, question, context.observations)};
}

} // namespace cockpit
