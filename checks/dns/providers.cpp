#include "checks/dns/providers.h"

#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Providers)
};

struct Marks
{
    DnsMarks marks;
    std::optional<Error> failure; // when nothing at all was answered
};

void addTargets(const Result<DnsAnswer> &answer, RrType type, QStringList &names)
{
    if (!answer)
        return;
    for (const DnsRecord &record : answer->records(type)) {
        if (!record.target.isEmpty() && !names.contains(record.target))
            names << record.target;
    }
}

void addTexts(const Result<DnsAnswer> &answer, DnsMarks &marks)
{
    static const QRegularExpression included(u"(?:^|\\s)(?:[+?~-]?include:|redirect=)([^\\s%]+)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    if (!answer)
        return;
    for (const DnsRecord &record : answer->records(RrType::Txt)) {
        const QString text = QString::fromLatin1(record.text.left(2000));
        marks.txt << text;
        if (!text.startsWith("v=spf1"_L1, Qt::CaseInsensitive))
            continue;
        for (auto it = included.globalMatch(text); it.hasNext();)
            marks.spf << it.next().captured(1).toLower();
    }
}

void addHost(const Result<DnsAnswer> &answer, RrType type, DnsMarks &marks)
{
    if (!answer)
        return;
    marks.cname << answer->cnameChain();
    for (const DnsRecord &record : answer->records(type))
        marks.addresses << record.address;
}

Marks askForMarks(const Target &target, Observations &seen)
{
    std::vector<DnsLookup> questions{{.name = target.domain, .type = RrType::Ns},
                                     {.name = target.domain, .type = RrType::Mx},
                                     {.name = target.domain, .type = RrType::Txt}};
    const size_t apexQuestions = questions.size();
    for (const Host &host : target.hosts) {
        questions.push_back({.name = host.name, .type = RrType::A});
        questions.push_back({.name = host.name, .type = RrType::Aaaa});
    }
    const auto answers = seen.askAll(questions);
    Marks result;
    if (std::ranges::none_of(answers, [](const auto &answer) { return answer->has_value(); }))
        result.failure = answers.front()->error();
    addTargets(*answers[0], RrType::Ns, result.marks.ns);
    addTargets(*answers[1], RrType::Mx, result.marks.mx);
    addTexts(*answers[2], result.marks);
    for (size_t i = apexQuestions; i < answers.size(); ++i)
        addHost(*answers[i], questions[i].type, result.marks);
    result.marks.cname.removeDuplicates();
    result.marks.addresses.removeDuplicates();
    return result;
}

using Matcher = bool (*)(const QStringList &patterns, const QString &seen);

QStringList matching(QLatin1StringView label, const QStringList &patterns, const QStringList &seen, Matcher matches)
{
    QStringList evidence;
    for (const QString &item : seen) {
        if (matches(patterns, item))
            evidence << label + u' ' + shownText(item.toLatin1(), 100);
    }
    return evidence;
}

// What a web address points to tells about the edge in front or the host behind, whichever the company is.
ProviderKind webKindOf(const Provider &provider)
{
    const auto it = std::ranges::find_if(
        provider.kinds, [](ProviderKind k) { return k == ProviderKind::Edge || k == ProviderKind::Hosting; });
    return it == provider.kinds.end() ? provider.kinds.front() : *it;
}

QJsonObject observedOf(const std::vector<SeenProvider> &seen)
{
    QJsonArray array;
    for (const SeenProvider &s : seen) {
        array.append(QJsonObject{{u"id"_s, s.provider->id},
                                 {u"name"_s, s.provider->name},
                                 {u"kind"_s, toWord(s.kind)},
                                 {u"evidence"_s, QJsonArray::fromStringList(s.evidence)}});
    }
    return {{u"providers"_s, array}};
}

QString lineOf(const SeenProvider &seen)
{
    // NS and MX records are the service itself; for the rest one sign alone may be left over from an earlier set-up.
    const bool isItself = seen.kind == ProviderKind::Dns || seen.kind == ProviderKind::MailIn;
    const QString line = isItself || seen.evidence.size() > 1 ? Text::tr("%1: %2") : Text::tr("%1: probably %2");
    return line.arg(labelOf(seen.kind), seen.provider->name);
}

Judged lookAtProviders(const Look &look)
{
    const Marks marks = askForMarks(look.target, look.seen);
    if (marks.failure)
        return couldNotLook(*marks.failure);
    return unlessMissing(judgeProviders(look.target.domain, recogniseProviders(marks.marks)), look.target.domain,
                         look.seen);
}

} // namespace

std::vector<SeenProvider> recogniseProviders(const DnsMarks &marks)
{
    std::vector<SeenProvider> seen;
    const auto add = [&](const Provider &provider, ProviderKind kind, const QStringList &evidence) {
        if (!evidence.isEmpty())
            seen.push_back({&provider, kind, evidence});
    };
    for (const Provider &provider : knownProviders()) {
        add(provider, ProviderKind::Dns, matching("NS"_L1, provider.ns, marks.ns, matchesHost));
        add(provider, webKindOf(provider),
            matching("CNAME"_L1, provider.cname, marks.cname, matchesHost) +
                matching("address"_L1, provider.addresses, marks.addresses, matchesAddress));
        add(provider, ProviderKind::MailIn, matching("MX"_L1, provider.mx, marks.mx, matchesHost));
        add(provider, ProviderKind::MailOut, matching("SPF include"_L1, provider.spf, marks.spf, matchesHost));
        add(provider, ProviderKind::Service, matching("TXT"_L1, provider.txt, marks.txt, matchesText));
    }
    std::ranges::stable_sort(seen, {}, &SeenProvider::kind);
    // Netlify runs its DNS on NS1's servers: the narrower mark wins.
    const auto isNetlify = [](const SeenProvider &s) {
        return s.provider->id == "netlify"_L1 && s.kind == ProviderKind::Dns;
    };
    if (std::ranges::any_of(seen, isNetlify))
        std::erase_if(seen, [](const SeenProvider &s) { return s.provider->id == "ns1"_L1; });
    return seen;
}

Judged judgeProviders(const QString &domain, const std::vector<SeenProvider> &seen)
{
    Judged judged;
    judged.outcome = Outcome::Info;
    judged.observed = observedOf(seen);
    QStringList lines;
    for (const SeenProvider &s : seen) {
        lines << lineOf(s);
        judged.evidence.push_back({lineOf(s), s.evidence.join(u'\n')});
    }
    judged.summary = lines.isEmpty() ? Text::tr("No known company was recognised behind %1").arg(domain)
                                     : lines.mid(0, 4).join(u"; "_s);
    return judged;
}

Check providersCheck()
{
    return {.id = u"dns.providers"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Maintainability},
            .needs = {},
            .look = lookAtProviders};
}

QStringList detectProviders(Observations &seen, const Target &target)
{
    QStringList ids;
    for (const SeenProvider &provider : recogniseProviders(askForMarks(target, seen).marks)) {
        if (!ids.contains(provider.provider->id))
            ids << provider.provider->id;
    }
    return ids;
}

} // namespace cockpit
