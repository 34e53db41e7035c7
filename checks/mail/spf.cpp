#include "checks/mail/spf.h"

#include "checks/engine/lookgaps.h"
#include "checks/mail/bulksenders.h"
#include "checks/mail/spffindings.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"
#include "models/providers.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Spf)
};

void includedDomains(const SpfNode &node, QJsonArray &domains)
{
    for (const SpfNode &child : node.children) {
        domains.append(child.domain);
        includedDomains(child, domains);
    }
}

// What makes the record unusable: a mistake before a failure that may pass.
QString firstFault(const std::vector<Finding> &findings)
{
    auto severe = std::ranges::find_if(findings, [](const Finding &f) { return isSpfPermError(f.code); });
    if (severe == findings.end())
        severe = std::ranges::find(findings, u"dns_failure"_s, &Finding::code);
    return severe == findings.end() ? QString() : severe->whatWeSaw;
}

QJsonObject observedOf(const SpfTree &tree, SpfStatus status, const std::vector<Finding> &findings)
{
    QJsonArray includes;
    includedDomains(tree.root, includes);
    const QString error = firstFault(findings);
    return {{u"status"_s, toWord(status)},
            {u"record"_s, tree.root.records.empty() ? QJsonValue() : shownText(tree.root.records.front(), 4000)},
            {u"lookups"_s, tree.lookups()},
            {u"void_lookups"_s, static_cast<int>(tree.voidTerms.size())},
            {u"includes"_s, includes},
            {u"error"_s, error.isEmpty() ? QJsonValue() : QJsonValue(error)}};
}

QJsonArray jsonOf(const std::vector<SpfSenderLook> &senders)
{
    QJsonArray array;
    for (const SpfSenderLook &sender : senders) {
        array.append(QJsonObject{{u"name"_s, sender.name},
                                 {u"via"_s, sender.via},
                                 {u"address"_s, sender.address},
                                 {u"result"_s, toWord(sender.evaluation.result)},
                                 {u"lookups"_s, sender.evaluation.lookups}});
    }
    return array;
}

// What receivers make of mail from one address of each service: the path that they take, not the worst case.
Evidence evidenceOf(const std::vector<SpfSenderLook> &senders)
{
    QStringList lines;
    for (const SpfSenderLook &sender : senders) {
        lines << u"%1  %2  %3  [%4]"_s.arg(sender.address, sender.via, toWord(sender.evaluation.result),
                                           QString::number(sender.evaluation.lookups));
    }
    return {Text::tr("Mail from each service, as a receiver would judge it ([n] = look-ups)"), lines.join(u'\n')};
}

QString summaryOf(const SpfTree &tree, SpfStatus status)
{
    switch (status) {
    case SpfStatus::None:
        return Text::tr("No SPF record");
    case SpfStatus::Valid:
        return Text::tr("Valid SPF record, %1 of %2 look-ups")
            .arg(QString::number(tree.lookups()), QString::number(kSpfLookupLimit));
    case SpfStatus::PermError:
        return Text::tr("Receivers cannot use the SPF record");
    case SpfStatus::TempError:
        return Text::tr("The SPF record could not be read completely");
    }
    Q_UNREACHABLE();
}

bool isUnread(const Finding &finding)
{
    return finding.code == "dns_failure"_L1;
}

// A part that was not read may hold faults of its own, further parts, and more look-ups.
LookGaps gapsOf(const SpfTree &tree, const std::vector<Finding> &findings)
{
    LookGaps gaps;
    if (!tree.isCutShort && std::ranges::none_of(findings, isUnread))
        return gaps;
    gaps.say(Text::tr("What the SPF record of %1 comes to in the parts that were not read is not known.")
                 .arg(tree.root.domain));
    if (tree.root.fault == SpfFault::DnsFailure)
        gaps.hideAll();
    else
        gaps.hideCodes({u"dns_failure"_s, u"multiple_records"_s, u"syntax_error"_s, u"include_without_record"_s,
                        u"loop"_s, u"too_many_lookups"_s, u"near_lookup_limit"_s, u"too_many_void_lookups"_s});
    return gaps;
}

// What the providers that receive this domain's mail ask their customers to include; most also send for them.
QStringList sendersFor(const Look &look)
{
    QStringList senders;
    const auto mx = look.seen.ask(DnsLookup{.name = look.target.domain, .type = RrType::Mx});
    if (!*mx)
        return senders;
    for (const DnsRecord &record : (*mx)->records(RrType::Mx)) {
        for (const Provider &provider : knownProviders()) {
            if (matchesHost(provider.mx, record.target) && !provider.spf.isEmpty() &&
                !senders.contains(provider.spf.front()))
                senders << provider.spf.front();
        }
    }
    return senders;
}

Judged lookAtSpf(const Look &look)
{
    const Result<SpfTree> tree = walkSpf(look.target.domain, look.seen);
    if (tree)
        return unlessMissing(judgeSpf(*tree, sendersFor(look), lookAtSpfSenders(*tree, look.startedAt, look.seen)),
                             look.target.domain, look.seen);
    Judged judged = couldNotLook(tree.error());
    if (judged.outcome == Outcome::Error) {
        judged.observed = {{u"status"_s, toWord(SpfStatus::TempError)},
                           {u"record"_s, QJsonValue()},
                           {u"lookups"_s, 0},
                           {u"void_lookups"_s, 0},
                           {u"error"_s, tree.error().message}};
    }
    return judged;
}

} // namespace

SpfStatus spfStatusOf(const SpfTree &tree)
{
    if (tree.root.fault == SpfFault::Missing)
        return SpfStatus::None;
    if (tree.root.fault == SpfFault::DnsFailure)
        return SpfStatus::TempError;
    const std::vector<Finding> findings = spfFindings(tree, {});
    if (std::ranges::any_of(findings, [](const Finding &f) { return isSpfPermError(f.code); }))
        return SpfStatus::PermError;
    return std::ranges::any_of(findings, isUnread) ? SpfStatus::TempError : SpfStatus::Valid;
}

Judged judgeSpf(const SpfTree &tree, const QStringList &wanted, const std::vector<SpfSenderLook> &senders)
{
    Judged judged;
    judged.findings = spfFindings(tree, wanted);
    const SpfStatus status = spfStatusOf(tree);
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = summaryOf(tree, status);
    judged.observed = observedOf(tree, status, judged.findings);
    leaveOpen(judged, gapsOf(tree, judged.findings));
    judged.evidence.push_back({Text::tr("SPF with all it includes ([n] = look-ups)"), printedSpfTree(tree)});
    judged.observed.insert(u"senders"_s, jsonOf(senders));
    if (!senders.empty())
        judged.evidence.push_back(evidenceOf(senders));
    const QString effect = sentenceAbout(senders);
    for (Finding &finding : judged.findings) {
        if (isSpfPermError(finding.code) && !effect.isEmpty())
            finding.whatWeSaw += u' ' + effect;
        if (isSpfPermError(finding.code) && tree.root.parsed)
            finding = withBulkRules(std::move(finding), bulkServicesIn(tree.root.records.front()));
        finding.evidence.insert(finding.evidence.end(), judged.evidence.begin(), judged.evidence.end());
    }
    return judged;
}

Check spfCheck()
{
    return {.id = u"mail.spf"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtSpf};
}

} // namespace cockpit
