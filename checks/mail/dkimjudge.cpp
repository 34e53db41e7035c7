#include "checks/engine/lookgaps.h"
#include "checks/mail/dkimselector.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dkim)
};

constexpr int kEffortMinutes = 30;

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const QString &subject = {})
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title, seen);
    finding.subject = subject;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

void judgeKey(const DkimSelectorSeen &seen, const QString &domain, std::vector<Finding> &findings)
{
    const QString name = u"%1._domainkey.%2"_s.arg(seen.name, domain);
    if (seen.status == "invalid"_L1) {
        findings.push_back(found(u"invalid_key"_s, Severity::High, Text::tr("A DKIM key is broken"),
                                 Text::tr("The key at %1 cannot be used: %2").arg(name, seen.key.problem), seen.name));
    } else if (seen.status == "weak"_L1) {
        findings.push_back(found(u"weak_key"_s, Severity::Medium, Text::tr("A DKIM key is too short"),
                                 Text::tr("%1: %2").arg(name, seen.key.problem), seen.name));
    }
    if (seen.key.isTest && (seen.status == "valid"_L1 || seen.status == "weak"_L1)) {
        findings.push_back(found(u"test_mode"_s, Severity::Medium, Text::tr("A DKIM key is marked as a test"),
                                 Text::tr("%1 says t=y: receivers treat the mail as if it were not signed.").arg(name),
                                 seen.name));
    }
}

// A selector that leads nowhere although somebody relies on it: the user named it, or the DNS still points to a
// service.
void judgeLoss(const DkimSelectorSeen &seen, const DkimFacts &facts, std::vector<Finding> &findings)
{
    const QString name = u"%1._domainkey.%2"_s.arg(seen.name, facts.domain);
    const bool isWildcardAlias = facts.random && !facts.random->cnameChain().isEmpty();
    if (!seen.deadAlias.isEmpty() && !isWildcardAlias) {
        findings.push_back(found(u"dead_alias"_s, seen.fromUser ? Severity::Medium : Severity::Low,
                                 Text::tr("A DKIM record leads to a service that no longer holds your key"),
                                 Text::tr("%1 is an alias of %2, where no key is published.")
                                     .arg(name, shownText(seen.deadAlias.toLatin1(), 255)),
                                 seen.name));
    } else if (seen.fromUser && seen.status == "missing"_L1) {
        findings.push_back(found(u"selector_missing"_s, Severity::Medium,
                                 Text::tr("The key for your mail's signature is not published"),
                                 Text::tr("There is no record at %1.").arg(name), seen.name));
    } else if (seen.fromUser && seen.status == "revoked"_L1) {
        findings.push_back(found(u"revoked_key"_s, Severity::Medium,
                                 Text::tr("The key for your mail's signature was withdrawn"),
                                 Text::tr("The record at %1 has an empty p=.").arg(name), seen.name));
    }
}

// Compact denial (RFC 9824) makes a server say NODATA for names that do not exist; NXDOMAIN it says only where it means
// it.
bool nothingIsBelow(const DkimFacts &facts)
{
    return facts.parent && facts.parent->status == DnsStatus::NxDomain;
}

bool hasUsableKey(const std::vector<DkimSelectorSeen> &seen)
{
    return std::ranges::any_of(
        seen, [](const DkimSelectorSeen &s) { return s.status == "valid"_L1 || s.status == "weak"_L1; });
}

Finding notSeen(const DkimFacts &facts, int answered)
{
    Finding finding =
        found(u"not_seen"_s, Severity::Medium, Text::tr("No DKIM key was seen"),
              Text::tr("None of %n usual selectors of %1 holds a key. Keys under other names cannot be seen from "
                       "outside: send yourself a message and look for \"s=\" in its DKIM-Signature.",
                       nullptr, answered)
                  .arg(facts.domain));
    finding.proof = Proof::Lead;
    return finding;
}

int failuresIn(const std::vector<DkimSelectorSeen> &seen)
{
    return static_cast<int>(std::ranges::count(seen, u"temperror"_s, &DkimSelectorSeen::status));
}

// Too little was answered to say that nothing is there.
bool isMostlySilent(const DkimFacts &facts, const std::vector<DkimSelectorSeen> &seen)
{
    return !nothingIsBelow(facts) && failuresIn(seen) * 2 > static_cast<int>(seen.size());
}

void judgeAbsence(const DkimFacts &facts, const std::vector<DkimSelectorSeen> &seen, std::vector<Finding> &findings)
{
    if (nothingIsBelow(facts)) {
        findings.push_back(
            found(u"missing"_s, Severity::High, Text::tr("Your mail is not signed"),
                  Text::tr("_domainkey.%1 does not exist, so there is no DKIM key for the domain.").arg(facts.domain)));
        return;
    }
    for (const DkimSelectorSeen &one : seen)
        judgeLoss(one, facts, findings);
    if (findings.empty()) // otherwise it is said already what is wrong
        findings.push_back(notSeen(facts, static_cast<int>(seen.size()) - failuresIn(seen)));
}

QJsonArray selectorsJson(const DkimFacts &facts, const std::vector<DkimSelectorSeen> &seen)
{
    QJsonArray array;
    for (size_t i = 0; i < seen.size(); ++i) {
        const DkimSelectorSeen &s = seen[i];
        if (s.status == "missing"_L1 && !facts.selectors[i].fromUser)
            continue;
        array.append(QJsonObject{{u"selector"_s, s.name},
                                 {u"status"_s, s.status},
                                 {u"key_type"_s, s.key.keyType.isEmpty() ? QJsonValue() : s.key.keyType},
                                 {u"key_bits"_s, s.key.keyBits > 0 ? QJsonValue(s.key.keyBits) : QJsonValue()}});
    }
    return array;
}

// Selectors that were not answered for; and whether there is anything at all, where no key was seen.
LookGaps gapsIn(const DkimFacts &facts, const std::vector<DkimSelectorSeen> &seen)
{
    LookGaps gaps;
    QStringList names;
    for (const DkimSelectorSeen &one : seen) {
        if (one.status != "temperror"_L1)
            continue;
        gaps.hide({one.name});
        names << one.name;
    }
    if (!names.isEmpty())
        gaps.say(Text::tr("The DNS servers could not say whether there is a key under %1.").arg(names.join(u", "_s)));
    const bool isParentTold = facts.parent && facts.parent->isConclusive();
    if (!isParentTold && !hasUsableKey(seen))
        gaps.add({{{.code = u"missing"_s}},
                  Text::tr("The DNS servers could not say whether %1 has any keys.").arg(facts.domain)});
    return gaps;
}

// The verdict that there is none, with what was observed all the same.
Judged without(const Judged &judged, Judged none)
{
    none.observed = judged.observed;
    return none;
}

QString summaryOf(const std::vector<DkimSelectorSeen> &seen)
{
    QStringList usable;
    for (const DkimSelectorSeen &s : seen) {
        if (s.status == "valid"_L1 || s.status == "weak"_L1)
            usable << s.name;
    }
    return usable.isEmpty() ? Text::tr("No usable DKIM key was seen")
                            : Text::tr("DKIM keys: %1").arg(usable.join(u", "_s));
}

} // namespace

Judged judgeDkim(const DkimFacts &facts)
{
    const std::vector<QByteArray> wildcard = dkimTextsOf(facts.random);
    std::vector<DkimSelectorSeen> seen;
    for (const DkimSelector &selector : facts.selectors)
        seen.push_back(readDkimSelector(selector, wildcard));

    Judged judged;
    judged.observed = {{u"selectors"_s, selectorsJson(facts, seen)},
                       {u"tried"_s, static_cast<int>(facts.selectors.size())},
                       {u"wildcard"_s, !wildcard.empty()}};
    for (const DkimSelectorSeen &s : seen)
        judgeKey(s, facts.domain, judged.findings);
    if (hasUsableKey(seen)) {
        for (const DkimSelectorSeen &s : seen)
            judgeLoss(s, facts, judged.findings);
    } else if (judged.findings.empty() && !facts.sendsNoMail) {
        return without(judged, couldNotLook(facts.sendsNoMail.error()));
    } else if (judged.findings.empty() && *facts.sendsNoMail) {
        return without(judged, notApplicable(Text::tr("%1 says that it sends no mail (SPF \"-all\"), so there is "
                                                      "nothing to sign.")
                                                 .arg(facts.domain)));
    } else if (judged.findings.empty() && isMostlySilent(facts, seen)) {
        return without(
            judged,
            couldNotLook({ErrorKind::Unreachable,
                          Text::tr("The DNS servers of %1 fail when asked for its DKIM keys.").arg(facts.domain),
                          {}}));
    } else {
        judgeAbsence(facts, seen, judged.findings);
    }
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = summaryOf(seen);
    leaveOpen(judged, gapsIn(facts, seen));
    return judged;
}

} // namespace cockpit
