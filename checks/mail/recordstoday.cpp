#include "checks/mail/recordstoday.h"

#include "checks/mail/dmarcrecord.h"
#include "checks/mail/mailintent.h"
#include "checks/mail/spftree.h"
#include "checks/net/dnsreport.h"
#include "models/providers.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A failing server has not said that nothing is there; a draft from that would throw away what is.
Result<QStringList> textsOf(const DnsLookup &question, const Result<DnsAnswer> &answer)
{
    if (const auto gap = gapIn(question, answer))
        return tl::unexpected<Error>(*gap);
    QStringList texts;
    for (const DnsRecord &record : answer->records(RrType::Txt))
        texts << QString::fromLatin1(record.text.left(4000));
    return texts;
}

QString dnsHostOf(const Result<DnsAnswer> &ns)
{
    if (!ns)
        return {};
    for (const DnsRecord &record : ns->records(RrType::Ns)) {
        for (const Provider &provider : knownProviders()) {
            if (matchesHost(provider.ns, record.target))
                return provider.id;
        }
    }
    return {};
}

void readSpf(const QStringList &texts, RecordsToday &today)
{
    for (const QString &text : texts) {
        if (!isSpfRecord(text.toLatin1()))
            continue;
        today.spf << text;
        const auto record = parseSpf(text.toLatin1());
        if (!record)
            continue;
        for (const SpfTerm &term : record->terms) {
            if (term.mechanism == SpfMechanism::Include)
                today.spfDomains << term.domain;
        }
        if (!record->redirect.isEmpty())
            today.spfDomains << record->redirect;
    }
    today.spfDomains.removeDuplicates();
}

void readDmarc(const QStringList &texts, RecordsToday &today)
{
    for (const QString &text : texts) {
        if (isDmarcRecord(text.toLatin1()) || resemblesDmarcRecord(text.toLatin1()))
            today.dmarc << text;
    }
    const auto valid = std::ranges::count_if(texts, [](const QString &text) { return isDmarcRecord(text.toLatin1()); });
    const auto it = std::ranges::find_if(texts, [](const QString &text) { return isDmarcRecord(text.toLatin1()); });
    if (valid != 1) // receivers use none of several
        return;
    const auto record = parseDmarc(it->toLatin1());
    if (!record)
        return;
    today.policy = record->policy;
    today.isTest = record->isTest;
    today.refusesMadeUp = record->effectiveNonexistentPolicy() == DmarcPolicy::Reject;
    today.reports = record->aggregateReports;
}

void addLines(const SpfNode &node, int depth, SpfBudget &budget)
{
    budget.lines.push_back({depth, node.domain, node.ownLookups});
    for (const SpfNode &child : node.children)
        addLines(child, depth + 1, budget);
}

} // namespace

Result<RecordsToday> readRecords(const QString &domain, const NetOptions &options, const CancelToken &token)
{
    Observations seen(options, token, Deadline::in(options.runDeadline), nullptr);
    const std::vector<DnsLookup> questions{{.name = domain, .type = RrType::Txt},
                                           {.name = u"_dmarc."_s + domain, .type = RrType::Txt},
                                           {.name = domain, .type = RrType::Ns},
                                           {.name = domain, .type = RrType::Mx}};
    const auto answers = seen.askAll(questions);
    const Result<QStringList> apex = textsOf(questions[0], *answers[0]);
    if (!apex)
        return tl::unexpected<Error>(apex.error());
    const Result<QStringList> below = textsOf(questions[1], *answers[1]);
    if (!below)
        return tl::unexpected<Error>(below.error());
    RecordsToday today{.domain = domain};
    readSpf(*apex, today);
    readDmarc(*below, today);
    today.dnsHost = dnsHostOf(*answers[2]);
    today.sendsNoMail = saysItSendsNoMail(domain, seen).value_or(false) || saysItTakesNoMail(domain, seen);
    return today;
}

Result<NameToday> readTexts(const QString &name, const NetOptions &options, const CancelToken &token)
{
    Observations seen(options, token, Deadline::in(options.runDeadline), nullptr);
    const DnsLookup question{.name = name, .type = RrType::Txt};
    const auto answer = seen.ask(question);
    const Result<QStringList> texts = textsOf(question, *answer);
    if (!texts)
        return tl::unexpected<Error>(texts.error());
    return NameToday{.texts = *texts, .alias = (*answer)->cnameChain().value(0)};
}

Result<SpfBudget> spfBudget(const QString &domain, const QString &record, const NetOptions &options,
                            const CancelToken &token)
{
    Observations seen(options, token, Deadline::in(options.runDeadline), nullptr);
    DnsRecord published;
    published.name = domain;
    published.type = RrType::Txt;
    published.text = record.toLatin1();
    DnsAnswer answer;
    answer.answers = {published};
    SpfNode root = readSpfNode(domain, {}, answer);
    if (root.fault != SpfFault::Nothing)
        return failure(ErrorKind::BadInput, root.syntaxError ? root.syntaxError->message : QString());
    const SpfTree tree = walkSpfFrom(std::move(root), seen);
    if (token.isCancelled())
        return failure(ErrorKind::Cancelled, QString());
    SpfBudget budget{.lookups = tree.lookups(),
                     .limit = kSpfLookupLimit,
                     .voidLookups = static_cast<int>(tree.voidTerms.size()),
                     .lines = {}};
    addLines(tree.root, 0, budget);
    return budget;
}

} // namespace cockpit
