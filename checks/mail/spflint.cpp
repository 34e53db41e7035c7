#include "checks/mail/spflint.h"

#include "checks/mail/spffindings.h"
#include "checks/mail/spfrepair.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfFindings)
};

// Larger answers do not fit into a plain UDP packet (RFC 7208 section 3.4).
constexpr qsizetype kLongRecord = 450;
constexpr int kWideV4Prefix = 15; // 131,072 addresses: no sender owns that many

const SpfNode *redirectedTo(const SpfNode &node)
{
    const auto it = std::ranges::find_if(
        node.children, [](const SpfNode &c) { return c.via.startsWith("redirect="_L1, Qt::CaseInsensitive); });
    return it == node.children.end() ? nullptr : &*it;
}

// What the record says about everybody whom it does not name: by its "all", or by the record that it redirects to
// (section 6.1). Nothing when that record depends on the sender or cannot be read.
std::optional<SpfQualifier> endingOf(const SpfNode &node)
{
    if (!node.parsed)
        return std::nullopt;
    if (const SpfTerm *all = node.parsed->all())
        return all->qualifier;
    if (node.parsed->redirect.isEmpty())
        return SpfQualifier::Neutral;
    const SpfNode *next = redirectedTo(node);
    return next ? endingOf(*next) : std::nullopt;
}

bool isPassingInclude(const SpfNode &child)
{
    return child.via.startsWith("include:"_L1, Qt::CaseInsensitive) ||
           child.via.startsWith("+include:"_L1, Qt::CaseInsensitive);
}

// The include by which every sender passes: its record ends with "+all", or includes one that does.
const SpfNode *openInclude(const SpfNode &node)
{
    for (const SpfNode &child : node.children) {
        const bool isOpen = endingOf(child) == SpfQualifier::Pass || openInclude(child);
        if (isPassingInclude(child) && isOpen)
            return &child;
    }
    const SpfNode *next = redirectedTo(node);
    return next ? openInclude(*next) : nullptr;
}

Finding passAll(const SpfNode &root)
{
    const SpfTerm *all = root.parsed->all();
    return spfFinding(
        u"pass_all"_s, Severity::High, Text::tr("SPF allows everybody to send as you"),
        all ? Text::tr("The SPF record of %1 ends with \"%2\": every server in the world passes.")
                  .arg(root.domain, all->text)
            : Text::tr("The SPF record of %1 continues with that of %2, which lets every server in the world pass.")
                  .arg(root.domain, shownText(root.parsed->redirect.toLatin1(), 120)),
        all ? spfWithEnding(*root.parsed, u"~all"_s) : QString());
}

Finding passByInclude(const SpfNode &root, const SpfNode &child)
{
    Finding finding = spfFinding(
        u"pass_all"_s, Severity::High, Text::tr("SPF allows everybody to send as you"),
        Text::tr("\"%1\" in the SPF record of %2 leads to a record that lets every server in the world pass.")
            .arg(shownText(child.via.toLatin1(), 120), root.domain));
    finding.subject = child.domain;
    return finding;
}

Finding weakEnding(const SpfNode &root)
{
    const SpfRecord &record = *root.parsed;
    QString seen = Text::tr("The SPF record of %1 has no \"all\" at its end.").arg(root.domain);
    if (record.all())
        seen = Text::tr("The SPF record of %1 ends with \"?all\", which means nothing.").arg(root.domain);
    else if (!record.redirect.isEmpty())
        seen = Text::tr("The SPF record of %1 continues with that of %2, which does not say what to do with others.")
                   .arg(root.domain, shownText(record.redirect.toLatin1(), 120));
    return spfFinding(u"weak_ending"_s, Severity::Medium, Text::tr("SPF does not say what to do with others"), seen,
                      record.redirect.isEmpty() ? spfWithEnding(record, u"~all"_s) : QString());
}

void endingFindings(const SpfNode &root, std::vector<Finding> &findings)
{
    const auto ending = endingOf(root);
    if (ending == SpfQualifier::Pass) {
        findings.push_back(passAll(root));
        return;
    }
    if (const SpfNode *open = openInclude(root))
        findings.push_back(passByInclude(root, *open));
    if (ending == SpfQualifier::Neutral)
        findings.push_back(weakEnding(root));
}

// Sections 5.1 and 6.1: what stands behind "all" is never reached, and neither is a redirect beside it. A sender that
// was added at the end of the line is thus not allowed at all.
void unreachedFindings(const SpfNode &root, std::vector<Finding> &findings)
{
    const SpfRecord &record = *root.parsed;
    const SpfTerm *all = record.all();
    if (!all)
        return;
    QStringList unreached;
    for (const SpfTerm *term = all + 1; term != record.terms.data() + record.terms.size(); ++term)
        unreached << term->text;
    const bool losesSenders = !unreached.isEmpty();
    if (!record.redirect.isEmpty())
        unreached << u"redirect="_s + record.redirect;
    if (unreached.isEmpty())
        return;
    findings.push_back(spfFinding(u"behind_all"_s, losesSenders ? Severity::Medium : Severity::Low,
                                  Text::tr("A part of the SPF record is never read"),
                                  Text::tr("In the SPF record of %1, receivers stop at \"%2\" and never come to: %3.")
                                      .arg(root.domain, all->text, shownText(unreached.join(u' ').toLatin1(), 200)),
                                  spfWithEnding(record, all->text)));
}

void ptrFinding(const SpfNode &root, std::vector<Finding> &findings)
{
    if (std::ranges::find(root.parsed->terms, SpfMechanism::Ptr, &SpfTerm::mechanism) != root.parsed->terms.end()) {
        findings.push_back(
            spfFinding(u"ptr_used"_s, Severity::Low, Text::tr("SPF uses the outdated \"ptr\""),
                       Text::tr("The SPF record of %1 uses \"ptr\", which is slow and which many receivers ignore.")
                           .arg(root.domain)));
    }
}

void ignoredFindings(const SpfNode &root, std::vector<Finding> &findings)
{
    const SpfRecord &record = *root.parsed;
    for (const QString &modifier : record.unknownModifiers) {
        if (!looksLikeMechanism(modifier))
            continue;
        Finding ignored =
            spfFinding(u"ignored_mechanism"_s, Severity::Medium, Text::tr("A part of the SPF record has no effect"),
                       Text::tr("\"%1\" in the SPF record of %2 is ignored: it needs a colon, not an equals sign.")
                           .arg(shownText(modifier.toLatin1(), 120), root.domain),
                       correctedSpf(record.text.toLatin1()));
        ignored.subject = modifier;
        findings.push_back(std::move(ignored));
    }
}

void networkFindings(const SpfNode &root, std::vector<Finding> &findings)
{
    for (const SpfTerm &term : root.parsed->terms) {
        if (!term.network || term.network->isV6 || term.network->prefix > kWideV4Prefix ||
            term.qualifier != SpfQualifier::Pass)
            continue;
        Finding wide = spfFinding(
            u"wide_network"_s, term.network->prefix == 0 ? Severity::High : Severity::Medium,
            Text::tr("SPF allows a huge range of addresses"),
            Text::tr("\"%1\" in the SPF record of %2 lets more than a hundred thousand addresses send as you.")
                .arg(term.text, root.domain));
        wide.subject = term.text;
        findings.push_back(std::move(wide));
    }
}

void lengthFinding(const SpfNode &root, std::vector<Finding> &findings)
{
    const SpfRecord &record = *root.parsed;
    if (record.text.size() > kLongRecord) {
        findings.push_back(spfFinding(
            u"long_record"_s, Severity::Low, Text::tr("The SPF record is very long"),
            Text::tr("The SPF record of %1 has %2 characters; above %3 some receivers have trouble to fetch it.")
                .arg(root.domain, QString::number(record.text.size()), QString::number(kLongRecord))));
    }
}

} // namespace

std::vector<Finding> spfLint(const SpfNode &root)
{
    std::vector<Finding> findings;
    endingFindings(root, findings);
    unreachedFindings(root, findings);
    ptrFinding(root, findings);
    ignoredFindings(root, findings);
    networkFindings(root, findings);
    lengthFinding(root, findings);
    return findings;
}

} // namespace cockpit
