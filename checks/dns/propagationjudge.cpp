#include "checks/dns/propagation.h"

#include "checks/net/dnsreport.h"
#include "models/providers.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Propagation)
};

constexpr int kEffortMinutes = 10;

QString valueOf(const DnsRecord &record)
{
    switch (record.type) {
    case RrType::A:
    case RrType::Aaaa:
        return record.address;
    case RrType::Mx:
        return u"%1 %2"_s.arg(QString::number(record.preference), record.target);
    case RrType::Txt:
        return QString::fromLatin1(record.text);
    case RrType::Ns:
    case RrType::Soa:
    case RrType::Cname:
    case RrType::Ptr:
    case RrType::Ds:
    case RrType::Rrsig:
    case RrType::Dnskey:
    case RrType::Nsec3Param:
    case RrType::Tlsa:
    case RrType::Caa:
        return record.target;
    }
    Q_UNREACHABLE();
}

QStringList valuesOf(const DnsAnswer &answer, RrType type)
{
    QStringList values;
    for (const DnsRecord &record : answer.records(type))
        values << valueOf(record);
    values.sort();
    values.removeDuplicates();
    return values;
}

bool isTold(const Result<DnsAnswer> &answer)
{
    return answer && (answer->status == DnsStatus::Answered || answer->status == DnsStatus::NoData ||
                      answer->status == DnsStatus::NxDomain);
}

// An edge hands out other addresses in every region: what counts is that both belong to it.
bool haveSameOwner(const QStringList &one, const QStringList &other)
{
    return std::ranges::any_of(knownProviders(), [&](const Provider &provider) {
        const auto isIn = [&](const QString &ip) { return matchesAddress(provider.addresses, ip); };
        return !one.isEmpty() && !other.isEmpty() && std::ranges::all_of(one, isIn) && std::ranges::all_of(other, isIn);
    });
}

bool agree(const DnsAnswer &one, const DnsAnswer &other, RrType type)
{
    const QStringList a = valuesOf(one, type);
    const QStringList b = valuesOf(other, type);
    if (a == b)
        return true;
    const bool isAddress = type == RrType::A || type == RrType::Aaaa;
    if (!isAddress)
        return false;
    // Balancers send a part of their addresses each time; aliases of a company lead to different ones of it.
    const bool overlap = std::ranges::any_of(a, [&](const QString &value) { return b.contains(value); });
    const bool sameAlias = !one.cnameChain().isEmpty() && !other.cnameChain().isEmpty() &&
                           registrableDomain(one.cnameChain().last()) == registrableDomain(other.cnameChain().last());
    return overlap || sameAlias || haveSameOwner(a, b);
}

// What a resolver's answer is held against: the domain's own servers; where none of them can be asked, the resolver of
// this computer.
std::vector<const DnsAnswer *> referenceFor(const ComparedQuestion &compared,
                                            const std::vector<NamedResolver> &resolvers)
{
    std::vector<const DnsAnswer *> reference;
    for (const Result<DnsAnswer> &owner : compared.owners) {
        if (isTold(owner))
            reference.push_back(&*owner);
    }
    for (size_t i = 0; reference.empty() && i < resolvers.size(); ++i) {
        if (resolvers[i].isLocal && isTold(compared.answers[i]))
            reference.push_back(&*compared.answers[i]);
    }
    return reference;
}

struct View
{
    const NamedResolver *resolver;
    const Result<DnsAnswer> *answer;
    std::optional<bool> agrees; // empty: there is nothing to compare
};

std::vector<View> viewsOf(const ComparedQuestion &compared, const std::vector<NamedResolver> &resolvers)
{
    const auto reference = referenceFor(compared, resolvers);
    std::vector<View> views;
    for (size_t i = 0; i < resolvers.size(); ++i) {
        View view{&resolvers[i], &compared.answers[i], std::nullopt};
        const auto isItself = [&](const DnsAnswer *known) { return known == &*compared.answers[i]; };
        if (isTold(compared.answers[i]) && !reference.empty() && std::ranges::none_of(reference, isItself)) {
            view.agrees = std::ranges::any_of(reference, [&](const DnsAnswer *known) {
                return agree(*known, *compared.answers[i], compared.question.type);
            });
        }
        views.push_back(view);
    }
    return views;
}

Impact impactOf(RrType type)
{
    return type == RrType::Mx || type == RrType::Txt ? Impact::EmailDelivery : Impact::Downtime;
}

Finding found(const QString &code, Severity severity, const ComparedQuestion &compared, const QString &title,
              const QString &seen)
{
    Finding finding = dnsFinding(code, severity, impactOf(compared.question.type), title, seen);
    finding.subject = compared.question.name + u' ' + toWord(compared.question.type);
    finding.proof = Proof::Strong; // one look: the next minute may be different
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::uint32_t longestTtl(const DnsAnswer &answer)
{
    std::uint32_t longest = 0;
    for (const DnsRecord &record : answer.answers)
        longest = std::max(longest, record.ttl);
    return longest;
}

QString shownValues(const DnsAnswer &answer, RrType type)
{
    const QString values = valuesOf(answer, type).join(u", "_s);
    return values.isEmpty() ? Text::tr("no record") : shownText(values.toLatin1(), 160);
}

QString minutes(std::uint32_t seconds)
{
    return Text::tr("%n minute(s)", nullptr, static_cast<int>((seconds + 59) / 60));
}

void judgeDifferences(const ComparedQuestion &compared, const std::vector<View> &views, std::vector<Finding> &findings)
{
    std::vector<View> differing = views;
    std::erase_if(differing, [](const View &view) { return view.agrees.value_or(true); });
    if (differing.empty())
        return;
    const RrType type = compared.question.type;
    QStringList lines;
    for (const View &view : differing) {
        const DnsAnswer &answer = **view.answer;
        lines << Text::tr("%1 says %2, for up to %3")
                     .arg(view.resolver->name, shownValues(answer, type), minutes(longestTtl(answer)));
    }
    const QString seen =
        Text::tr("%1 records of %2: %3.").arg(toWord(type), compared.question.name, lines.join(u"; "_s));
    const bool onlyHere = std::ranges::all_of(differing, [](const View &view) { return view.resolver->isLocal; });
    if (onlyHere) {
        findings.push_back(found(u"local_view"_s, Severity::Low, compared,
                                 Text::tr("Your own network sees something else than the world"), seen));
        return;
    }
    const bool isVital = type != RrType::Ns && type != RrType::Txt;
    findings.push_back(found(u"not_spread"_s, isVital ? Severity::Medium : Severity::Low, compared,
                             Text::tr("A change has not reached everybody yet"), seen));
}

// A resolver that gives up where the domain's own servers answer: most often it checks signatures (DNSSEC).
void judgeFailures(const ComparedQuestion &compared, const std::vector<View> &views, std::vector<Finding> &findings)
{
    const bool ownersAnswer = std::ranges::any_of(compared.owners, isTold);
    QStringList failing;
    for (const View &view : views) {
        if (*view.answer && (*view.answer)->status == DnsStatus::ServFail)
            failing << view.resolver->name;
    }
    const bool isSaid = std::ranges::any_of(findings, [&](const Finding &f) {
        return f.code == "resolver_fails"_L1 && f.subject.startsWith(compared.question.name + u' ');
    });
    if (failing.isEmpty() || !ownersAnswer || isSaid)
        return;
    findings.push_back(
        found(u"resolver_fails"_s, Severity::High, compared, Text::tr("A large resolver cannot find your address"),
              Text::tr("The name servers of the domain answer for %1, but %2 give(s) an error. Everybody who uses it "
                       "cannot reach you.")
                  .arg(compared.question.name, failing.join(u", "_s))));
}

QString statusOf(const Result<DnsAnswer> &answer)
{
    if (answer)
        return toWord(answer->status);
    return answer.error().kind == ErrorKind::TimedOut ? u"timeout"_s : u"unreachable"_s;
}

QJsonObject json(const ComparedQuestion &compared, const View &view)
{
    const Result<DnsAnswer> &answer = *view.answer;
    return {
        {u"resolver"_s, view.resolver->name},
        {u"name"_s, compared.question.name},
        {u"type"_s, toWord(compared.question.type)},
        {u"status"_s, statusOf(answer)},
        {u"values"_s, answer ? QJsonArray::fromStringList(valuesOf(*answer, compared.question.type)) : QJsonArray()},
        {u"ttl"_s, answer ? QJsonValue(static_cast<qint64>(longestTtl(*answer))) : QJsonValue(QJsonValue::Null)},
        {u"agrees"_s, view.agrees ? QJsonValue(*view.agrees) : QJsonValue(QJsonValue::Null)}};
}

} // namespace

Judged judgePropagation(const PropagationFacts &facts)
{
    Judged judged;
    QJsonArray array;
    int compared = 0;
    int agreeing = 0;
    for (const ComparedQuestion &question : facts.questions) {
        const std::vector<View> views = viewsOf(question, facts.resolvers);
        judgeDifferences(question, views, judged.findings);
        judgeFailures(question, views, judged.findings);
        for (const View &view : views) {
            array.append(json(question, view));
            compared += view.agrees.has_value() ? 1 : 0;
            agreeing += view.agrees.value_or(false) ? 1 : 0;
        }
    }
    const QJsonObject observed{{u"views"_s, array}};
    if (compared == 0 && judged.findings.empty()) {
        judged = notRun(Text::tr("There is only one view from here: neither the domain's name servers nor a second "
                                 "resolver could be asked."));
        judged.observed = observed;
        return judged;
    }
    judged.observed = observed;
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = Text::tr("%1 of %2 answers of resolvers agree with the domain's name servers")
                         .arg(QString::number(agreeing), QString::number(compared));
    return judged;
}

} // namespace cockpit
