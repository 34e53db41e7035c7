#include "checks/mail/spftree.h"

#include "checks/net/dnsreport.h"
#include "models/hostname.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfTree)
};

// Far beyond what any receiver follows: enough to show how large a record is, little enough to stay polite.
constexpr int kMostNodes = 60;
constexpr int kMostLevels = 12;

using Shared = Observations::Shared<DnsAnswer>;

struct Reference
{
    SpfNode *parent;
    QString domain;
    QString via;
};

void countOwnLookups(SpfNode &node)
{
    const std::vector<SpfTerm> terms = node.parsed->reachableTerms();
    node.ownLookups = static_cast<int>(std::ranges::count_if(terms, &SpfTerm::costsLookup));
    if (!node.parsed->reachableRedirect().isEmpty())
        ++node.ownLookups;
}

// Includes and the redirect that lead to the same record whoever sends.
std::vector<Reference> referencesOf(SpfNode &node)
{
    std::vector<Reference> references;
    if (!node.parsed)
        return references;
    const auto add = [&](const QString &spec, const QString &via) {
        if (const auto domain = senderIndependentDomain(spec, node.domain))
            references.push_back({&node, *domain, via});
    };
    for (const SpfTerm &term : node.parsed->reachableTerms()) {
        if (term.mechanism == SpfMechanism::Include)
            add(term.domain, term.text);
    }
    if (const QString redirect = node.parsed->reachableRedirect(); !redirect.isEmpty())
        add(redirect, u"redirect="_s + redirect);
    return references;
}

// A path of domains from the root to a node, for finding loops without pointers upward.
bool isOnPathTo(const SpfNode &from, const SpfNode *node, const QString &domain, bool found = false)
{
    found = found || from.domain == domain;
    if (&from == node)
        return found;
    return std::ranges::any_of(from.children,
                               [&](const SpfNode &child) { return isOnPathTo(child, node, domain, found); });
}

SpfNode failedNode(const Reference &reference, SpfFault fault)
{
    SpfNode node;
    node.domain = reference.domain;
    node.via = reference.via;
    node.fault = fault;
    return node;
}

std::vector<DnsLookup> textQuestions(const std::vector<Reference> &references)
{
    std::vector<DnsLookup> questions;
    questions.reserve(references.size());
    for (const Reference &reference : references)
        questions.push_back({.name = reference.domain, .type = RrType::Txt});
    return questions;
}

// Children are appended to all parents before any pointer to a child is taken.
std::vector<SpfNode *> attach(SpfTree &tree, const std::vector<Reference> &references, Observations &seen)
{
    const std::vector<Shared> answers = seen.askAll(textQuestions(references));
    for (size_t i = 0; i < references.size(); ++i) {
        const Reference &reference = references[i];
        if (isOnPathTo(tree.root, reference.parent, reference.domain)) {
            reference.parent->children.push_back(failedNode(reference, SpfFault::Loop));
            continue;
        }
        const Result<DnsAnswer> &answer = *answers[i];
        const bool isVoid = answer && (answer->status == DnsStatus::NxDomain || answer->status == DnsStatus::NoData);
        if (isVoid)
            tree.voidTerms << reference.via;
        reference.parent->children.push_back(answer ? readSpfNode(reference.domain, reference.via, *answer)
                                                    : failedNode(reference, SpfFault::DnsFailure));
    }
    std::vector<SpfNode *> level;
    for (const Reference &reference : references) {
        for (SpfNode &child : reference.parent->children) {
            if (std::ranges::find(level, &child) == level.end())
                level.push_back(&child);
        }
    }
    return level;
}

// a, mx and exists that find nothing. `a` is void when neither family has an address: a sender of either would see it.
void findVoidTerms(const SpfNode &node, Observations &seen, QStringList &voidTerms)
{
    std::vector<DnsLookup> questions;
    std::vector<std::pair<QString, size_t>> terms; // text and how many of the questions are its
    const auto reachable = node.parsed ? node.parsed->reachableTerms() : std::vector<SpfTerm>();
    for (const SpfTerm &term : reachable) {
        const auto name = senderIndependentDomain(term.domain, node.domain);
        if (!name || !term.costsLookup() || term.mechanism == SpfMechanism::Include ||
            term.mechanism == SpfMechanism::Ptr)
            continue;
        const bool isMx = term.mechanism == SpfMechanism::Mx;
        questions.push_back({.name = *name, .type = isMx ? RrType::Mx : RrType::A});
        if (term.mechanism == SpfMechanism::A)
            questions.push_back({.name = *name, .type = RrType::Aaaa});
        terms.emplace_back(term.text, term.mechanism == SpfMechanism::A ? 2 : 1);
    }
    const std::vector<Shared> answers = seen.askAll(questions);
    auto answer = answers.begin();
    for (const auto &[text, count] : terms) {
        const auto isVoid = [](const Shared &a) {
            return *a && ((*a)->status == DnsStatus::NxDomain || (*a)->status == DnsStatus::NoData);
        };
        if (std::all_of(answer, answer + static_cast<std::ptrdiff_t>(count), isVoid))
            voidTerms << text;
        answer += static_cast<std::ptrdiff_t>(count);
    }
}

void addGaps(const SpfNode &node, const QString &domain, QStringList &gaps)
{
    if (node.fault == SpfFault::DnsFailure && isWithin(node.domain, domain))
        gaps << Text::tr("The TXT records of %1 could not be read from the DNS.").arg(node.domain);
    for (const SpfNode &child : node.children)
        addGaps(child, domain, gaps);
}

void print(const SpfNode &node, int depth, QStringList &lines)
{
    const QString head = node.via.isEmpty() ? node.domain : node.via;
    const QString record = node.records.empty() ? u"-"_s : shownText(node.records.front(), 300);
    lines << QString(qsizetype{2} * depth, u' ') + u"[%1] "_s.arg(node.lookups()) + shownText(head.toLatin1(), 120) +
                 u"  "_s + record;
    for (const SpfNode &child : node.children)
        print(child, depth + 1, lines);
}

} // namespace

QString toWord(SpfStatus status)
{
    switch (status) {
    case SpfStatus::None:
        return u"none"_s;
    case SpfStatus::Valid:
        return u"valid"_s;
    case SpfStatus::PermError:
        return u"permerror"_s;
    case SpfStatus::TempError:
        return u"temperror"_s;
    }
    Q_UNREACHABLE();
}

int SpfNode::lookups() const
{
    return std::accumulate(children.begin(), children.end(), ownLookups,
                           [](int sum, const SpfNode &child) { return sum + child.lookups(); });
}

SpfNode readSpfNode(const QString &domain, const QString &via, const DnsAnswer &answer)
{
    SpfNode node;
    node.domain = domain;
    node.via = via;
    // Section 4.4: any RCODE but 0 and 3 is for now only.
    if (!answer.isConclusive()) {
        node.fault = SpfFault::DnsFailure;
        return node;
    }
    for (const DnsRecord &record : answer.records(RrType::Txt)) {
        if (isSpfRecord(record.text))
            node.records.push_back(record.text);
    }
    if (node.records.size() != 1) {
        node.fault = node.records.empty() ? SpfFault::Missing : SpfFault::MultipleRecords;
        return node;
    }
    if (auto parsed = parseSpf(node.records.front())) {
        node.parsed = std::move(*parsed);
        countOwnLookups(node);
    } else {
        node.fault = SpfFault::SyntaxError;
        node.syntaxError = parsed.error();
    }
    return node;
}

Result<SpfTree> walkSpf(const QString &domain, Observations &seen)
{
    const Shared answer = seen.ask(DnsLookup{.name = domain, .type = RrType::Txt});
    if (!*answer)
        return tl::unexpected<Error>(answer->error());
    return walkSpfFrom(readSpfNode(domain, {}, **answer), seen);
}

SpfTree walkSpfFrom(SpfNode root, Observations &seen)
{
    SpfTree tree;
    tree.root = std::move(root);
    std::vector<SpfNode *> level{&tree.root};
    int nodes = 1;
    for (int depth = 0; depth < kMostLevels && !level.empty(); ++depth) {
        std::vector<Reference> references;
        for (SpfNode *node : level) {
            findVoidTerms(*node, seen, tree.voidTerms);
            std::ranges::move(referencesOf(*node), std::back_inserter(references));
        }
        nodes += static_cast<int>(references.size());
        tree.isCutShort = !references.empty() && (nodes > kMostNodes || depth + 1 == kMostLevels);
        if (tree.isCutShort)
            break;
        level = attach(tree, references, seen);
    }
    return tree;
}

QStringList gapsIn(const SpfTree &tree)
{
    QStringList gaps;
    addGaps(tree.root, tree.root.domain, gaps);
    if (tree.isCutShort)
        gaps << Text::tr("The SPF record of %1 is too large to be followed to its end.").arg(tree.root.domain);
    return gaps;
}

QString printedSpfTree(const SpfTree &tree)
{
    QStringList lines;
    print(tree.root, 0, lines);
    return lines.join(u'\n');
}

} // namespace cockpit
