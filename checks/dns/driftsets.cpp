#include "checks/dns/driftsets.h"

#include "checks/mail/dmarcrecord.h"
#include "checks/mail/spfrecord.h"
#include "checks/mail/taglist.h"
#include "checks/net/dnsreport.h"
#include "models/providers.h"
#include "models/redactor.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kDomainTypes{RrType::Ns, RrType::Mx, RrType::Txt, RrType::Caa, RrType::Ds};

constexpr qsizetype kLongestText = 1000;
constexpr qsizetype kLongestPolicy = 65535; // what a TXT record holds: the effect of SPF and DMARC needs all of it
constexpr qsizetype kDigestSize = 12;

// As it may be shown and stored; what had to be hidden or cut for that is told apart by its digest.
QString comparableText(const QByteArray &text)
{
    const bool isPolicy = isSpfRecord(text) || isDmarcRecord(text);
    QString shown = redact(shownText(text, isPolicy ? kLongestPolicy : kLongestText));
    if (shown.toLatin1() == text)
        return shown;
    const QByteArray digest = QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(kDigestSize);
    return shown + u" #"_s + QString::fromLatin1(digest);
}

QString valueOf(const DnsRecord &record)
{
    switch (record.type) {
    case RrType::Txt:
        return comparableText(record.text);
    case RrType::Mx:
        return u"%1 %2"_s.arg(QString::number(record.preference), record.target.isEmpty() ? u"."_s : record.target);
    case RrType::Ns:
        return record.target;
    default: // CAA and DS: their presentation, whose base64 and quotes are always written alike
        return comparableText(record.presentation.toLatin1());
    }
}

std::optional<RrType> rrTypeOf(const DriftLook &set)
{
    const auto known = std::ranges::find_if(kDomainTypes, [&](RrType type) { return toWord(type) == set.type; });
    return known == kDomainTypes.end() ? std::nullopt : std::optional(*known);
}

// The company at whose edge or platform the address is: its addresses come and go without anybody changing anything.
QString edgeAt(const QString &address)
{
    for (const Provider &provider : knownProviders()) {
        const bool isShared = provider.is(ProviderKind::Edge) || provider.is(ProviderKind::Hosting);
        if (isShared && matchesAddress(provider.addresses, address))
            return provider.name;
    }
    return {};
}

QStringList sorted(QStringList values)
{
    values.removeDuplicates();
    values.sort();
    return values;
}

// An alias of somebody else's name: the addresses behind it are theirs to change.
QString foreignAlias(const DnsAnswer &answer, const QString &own)
{
    const QStringList chain = answer.cnameChain();
    const auto foreign =
        std::ranges::find_if(chain, [&](const QString &name) { return registrableDomain(name) != own; });
    return foreign == chain.end() ? QString() : *foreign;
}

// The key of a provider behind its own name is the provider's to change; that there is one, and whose, is the domain's.
void readKey(DriftLook &set, const DnsAnswer &answer, const QString &own)
{
    const auto texts = answer.records(RrType::Txt);
    QStringList keys;
    for (const DnsRecord &record : texts)
        keys << valueOf(record);
    set.values = sorted(keys);
    if (const QString alias = foreignAlias(answer, own); !alias.isEmpty()) {
        const bool hasKey = std::ranges::any_of(texts, [](const DnsRecord &record) {
            const auto tags = parseTagList(record.text, TagNames::ExactCase);
            return tags && std::ranges::any_of(
                               *tags, [](const Tag &tag) { return tag.name == "p"_L1 && !tag.value.isEmpty(); });
        });
        set.keys = *set.values;
        set.values = {hasKey ? u"CNAME "_s + alias : u"CNAME %1, without a key"_s.arg(alias)};
    }
}

QStringList addressValues(const std::vector<Result<DnsAnswer>> &answers, const QString &own)
{
    QStringList values;
    for (const auto &answer : answers) {
        const auto addresses = answer->records(answer->records(RrType::A).empty() ? RrType::Aaaa : RrType::A);
        const QString alias = foreignAlias(*answer, own);
        for (const DnsRecord &record : addresses) {
            const QString edge = alias.isEmpty() ? edgeAt(record.address) : QString();
            values << (!alias.isEmpty() ? u"CNAME "_s + alias : edge.isEmpty() ? record.address : edge);
        }
    }
    return values;
}

} // namespace

bool areWhole(const QStringList &values)
{
    static const QRegularExpression digest(u" #[0-9a-f]{%1}$"_s.arg(kDigestSize));
    return std::ranges::none_of(values, [](const QString &value) { return digest.match(value).hasMatch(); });
}

std::vector<DriftLook> setsOf(const Target &target, const QStringList &dkimSelectors, const DnsHistory &known)
{
    std::vector<DriftLook> sets;
    sets.reserve(kDomainTypes.size());
    for (const RrType type : kDomainTypes)
        sets.push_back({target.domain, toWord(type), {}, {}});
    QStringList texts{u"_dmarc."_s + target.domain};
    for (const QString &selector : dkimSelectors + known.dkimSelectors)
        texts << selector.toLower() + u"._domainkey."_s + target.domain;
    const auto accepted = known.baseline ? known.baseline->sets : std::vector<DnsRecordSet>();
    for (const DnsRecordSet &set : accepted) { // a selector that nobody names any more is still watched
        if (set.type == "TXT"_L1 && set.name.endsWith(u"._domainkey."_s + target.domain))
            texts << set.name;
    }
    texts.removeDuplicates();
    for (const QString &name : texts)
        sets.push_back({name, u"TXT"_s, {}, {}});
    for (const Host &host : target.hosts)
        sets.push_back({host.name, kAddressSet, {}, {}});
    return sets;
}

std::vector<DnsLookup> questionsFor(const DriftLook &set)
{
    const auto type = rrTypeOf(set);
    if (type == RrType::Ds) // as dns.dnssec asks, so that it is asked once
        return {{.name = set.name, .type = *type, .dnssecOk = true, .checkingDisabled = true}};
    if (type)
        return {{.name = set.name, .type = *type}};
    return addressQuestions(set.name);
}

DriftLook readSet(DriftLook set, const std::vector<Result<DnsAnswer>> &answers, const QString &own)
{
    const auto questions = questionsFor(set);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (answers[i] && answers[i]->isConclusive())
            continue;
        set.problem = answers[i] ? sentenceOf(questions[i], *answers[i]) : answers[i].error().message;
        return set;
    }
    if (set.name.contains("._domainkey."_L1)) {
        readKey(set, *answers.front(), own);
        return set;
    }
    QStringList values;
    if (set.type == kAddressSet) {
        values = addressValues(answers, own);
    } else {
        for (const DnsRecord &record : answers.front()->records(questions.front().type))
            values << valueOf(record);
    }
    set.values = sorted(values);
    return set;
}

DnsRecordSet withEdgesNamed(DnsRecordSet set)
{
    if (set.type != kAddressSet)
        return set;
    for (QString &value : set.values) {
        if (const QString edge = edgeAt(value); !edge.isEmpty())
            value = edge;
    }
    set.values = sorted(set.values);
    return set;
}

} // namespace cockpit
