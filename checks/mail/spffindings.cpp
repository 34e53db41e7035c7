#include "checks/mail/spffindings.h"

#include "checks/mail/spflint.h"
#include "checks/mail/spfrepair.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfFindings)
};

constexpr int kEffortMinutes = 20;

Finding missing(const SpfNode &root, const QStringList &senders)
{
    return spfFinding(u"missing"_s, Severity::High, Text::tr("No record says who may send mail for you"),
                      Text::tr("%1 has no TXT record that starts with \"v=spf1\".").arg(root.domain),
                      suggestedSpf(senders));
}

Finding multiple(const SpfNode &node, bool isRoot)
{
    Finding finding =
        spfFinding(u"multiple_records"_s, Severity::High, Text::tr("Two SPF records cancel each other"),
                   Text::tr("%1 has %n SPF record(s). Receivers accept exactly one and ignore all of them "
                            "otherwise.",
                            nullptr, static_cast<int>(node.records.size()))
                       .arg(node.domain),
                   isRoot ? mergedSpf(node.records) : QString());
    finding.subject = isRoot ? QString() : node.domain;
    return finding;
}

Finding syntaxError(const SpfNode &node, bool isRoot)
{
    const QByteArray &record = node.records.front();
    Finding finding =
        spfFinding(u"syntax_error"_s, Severity::High, Text::tr("The SPF record has a mistake, so receivers ignore it"),
                   Text::tr("The SPF record of %1 is wrong at character %2: %3")
                       .arg(node.domain, QString::number(node.syntaxError->position + 1),
                            shownText(node.syntaxError->message.toLatin1())),
                   isRoot ? correctedSpf(record) : QString());
    finding.subject = isRoot ? QString() : node.domain;
    const QString caret = QString(std::min<qsizetype>(node.syntaxError->position, 500), u' ') + u'^';
    finding.evidence.push_back({Text::tr("Where the mistake is"), shownText(record) + u'\n' + caret});
    return finding;
}

Finding dnsFailure(const SpfNode &node)
{
    Finding finding =
        spfFinding(u"dns_failure"_s, Severity::Medium, Text::tr("A part of the SPF record cannot be read"),
                   Text::tr("The DNS servers give no usable answer for the SPF record of %1. Receivers put mail "
                            "off while that lasts.")
                       .arg(node.domain));
    finding.subject = node.domain;
    return finding;
}

// A record further down makes the whole evaluation fail once it is reached (section 5.2).
void childFindings(const SpfNode &node, std::vector<Finding> &findings)
{
    for (const SpfNode &child : node.children) {
        const QString via = shownText(child.via.toLatin1(), 120);
        Finding finding;
        switch (child.fault) {
        case SpfFault::Nothing:
            childFindings(child, findings);
            continue;
        case SpfFault::Missing:
            finding = spfFinding(
                u"include_without_record"_s, Severity::High, Text::tr("SPF refers to a domain without a record"),
                Text::tr("\"%1\" in the record of %2 leads to %3, which has no SPF record. Receivers give up there.")
                    .arg(via, node.domain, child.domain));
            break;
        case SpfFault::Loop:
            finding = spfFinding(
                u"loop"_s, Severity::High, Text::tr("The SPF record includes itself"),
                Text::tr("\"%1\" in the record of %2 leads back to %3.").arg(via, node.domain, child.domain));
            break;
        case SpfFault::MultipleRecords:
            finding = multiple(child, false);
            break;
        case SpfFault::SyntaxError:
            finding = syntaxError(child, false);
            break;
        case SpfFault::DnsFailure:
            finding = dnsFailure(child);
            break;
        }
        finding.subject = child.domain;
        const auto isSame = [&](const Finding &f) { return f.code == finding.code && f.subject == finding.subject; };
        if (std::ranges::none_of(findings, isSame))
            findings.push_back(std::move(finding));
    }
}

void limitFindings(const SpfTree &tree, std::vector<Finding> &findings)
{
    const int lookups = tree.lookups();
    if (lookups > kSpfLookupLimit) {
        findings.push_back(
            spfFinding(u"too_many_lookups"_s, Severity::High, Text::tr("SPF needs too many look-ups"),
                       Text::tr("The SPF record of %1 needs %2 DNS look-ups with all it includes; receivers stop "
                                "after %3 and treat the record as broken.")
                           .arg(tree.root.domain, QString::number(lookups), QString::number(kSpfLookupLimit))));
    } else if (lookups >= SpfBudget::kNearLimit) {
        findings.push_back(
            spfFinding(u"near_lookup_limit"_s, Severity::Low, Text::tr("SPF is close to its limit"),
                       Text::tr("The SPF record of %1 needs %2 of %3 allowed DNS look-ups: the next sending service "
                                "may break it.")
                           .arg(tree.root.domain, QString::number(lookups), QString::number(kSpfLookupLimit))));
    }
    if (tree.voidTerms.size() > kSpfVoidLimit) {
        findings.push_back(spfFinding(
            u"too_many_void_lookups"_s, Severity::High, Text::tr("SPF points to names that do not exist"),
            Text::tr("%n part(s) of the SPF record of %1 lead nowhere (%2). Large receivers give up after 2.", nullptr,
                     static_cast<int>(tree.voidTerms.size()))
                .arg(tree.root.domain, shownText(tree.voidTerms.join(u", "_s).toLatin1(), 200))));
    }
}

} // namespace

Finding spfFinding(const QString &code, Severity severity, const QString &title, const QString &seen,
                   const QString &paste)
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title, seen);
    finding.fix.paste = paste;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::vector<Finding> spfFindings(const SpfTree &tree, const QStringList &senders)
{
    const SpfNode &root = tree.root;
    switch (root.fault) {
    case SpfFault::Missing:
        return {missing(root, senders)};
    case SpfFault::MultipleRecords:
        return {multiple(root, true)};
    case SpfFault::SyntaxError:
        return {syntaxError(root, true)};
    case SpfFault::DnsFailure:
        return {dnsFailure(root)};
    case SpfFault::Loop: // a root has nobody above it
    case SpfFault::Nothing:
        break;
    }
    std::vector<Finding> findings;
    childFindings(root, findings);
    limitFindings(tree, findings);
    std::ranges::move(spfLint(root), std::back_inserter(findings));
    return findings;
}

bool isSpfPermError(const QString &code)
{
    static const QStringList codes{u"multiple_records"_s,       u"syntax_error"_s,
                                   u"include_without_record"_s, u"loop"_s,
                                   u"too_many_lookups"_s,       u"too_many_void_lookups"_s};
    return codes.contains(code);
}

} // namespace cockpit
