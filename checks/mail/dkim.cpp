#include "checks/mail/dkim.h"

#include "checks/net/dnsreport.h"
#include "models/providers.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dkim)
};

constexpr int kEffortMinutes = 30;

struct SelectorSeen
{
    QString name;
    QString status; // words of cli.md
    DkimKey key;
};

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const QString &subject = {})
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title, seen);
    finding.subject = subject;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::vector<QByteArray> textsOf(const Result<DnsAnswer> &answer)
{
    std::vector<QByteArray> texts;
    if (answer) {
        for (const DnsRecord &record : answer->records(RrType::Txt))
            texts.push_back(record.text);
    }
    std::ranges::sort(texts);
    return texts;
}

SelectorSeen readSelector(const DkimSelector &selector, const std::vector<QByteArray> &wildcard)
{
    SelectorSeen seen{selector.name, u"missing"_s, {}};
    if (!selector.answer || selector.answer->status == DnsStatus::ServFail ||
        selector.answer->status == DnsStatus::Refused || selector.answer->status == DnsStatus::OtherRcode) {
        seen.status = u"temperror"_s;
        return seen;
    }
    const std::vector<QByteArray> texts = textsOf(selector.answer);
    if (texts.empty())
        return seen;
    if (texts == wildcard) {
        seen.status = u"unknown"_s; // every name answers that
        return seen;
    }
    seen.key = readDkimKey(texts.front());
    if (texts.size() > 1) {
        seen.key.status = DkimKeyStatus::Invalid;
        seen.key.problem = Text::tr("There are %n records at one selector.", nullptr, static_cast<int>(texts.size()));
    }
    seen.status = toWord(seen.key.status);
    return seen;
}

void judgeKey(const SelectorSeen &seen, const QString &domain, std::vector<Finding> &findings)
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

// Compact denial (RFC 9824) makes a server say NODATA for names that do not exist; NXDOMAIN it says only where it means
// it.
bool nothingIsBelow(const DkimFacts &facts)
{
    return facts.parent && facts.parent->status == DnsStatus::NxDomain;
}

bool hasUsableKey(const std::vector<SelectorSeen> &seen)
{
    return std::ranges::any_of(seen,
                               [](const SelectorSeen &s) { return s.status == "valid"_L1 || s.status == "weak"_L1; });
}

void judgeAbsence(const DkimFacts &facts, const std::vector<SelectorSeen> &seen, std::vector<Finding> &findings)
{
    if (nothingIsBelow(facts)) {
        findings.push_back(
            found(u"missing"_s, Severity::High, Text::tr("Your mail is not signed"),
                  Text::tr("_domainkey.%1 does not exist, so there is no DKIM key for the domain.").arg(facts.domain)));
        return;
    }
    const bool hasBroken = std::ranges::any_of(seen, [](const SelectorSeen &s) { return s.status == "invalid"_L1; });
    if (hasBroken)
        return; // said already
    Finding finding =
        found(u"not_seen"_s, Severity::Medium, Text::tr("No DKIM key was seen"),
              Text::tr("None of %n usual selectors of %1 holds a key. Keys under other names cannot be seen from "
                       "outside: send yourself a message and look for \"s=\" in its DKIM-Signature.",
                       nullptr, static_cast<int>(facts.selectors.size()))
                  .arg(facts.domain));
    finding.proof = Proof::Lead;
    findings.push_back(std::move(finding));
}

QJsonArray selectorsJson(const DkimFacts &facts, const std::vector<SelectorSeen> &seen)
{
    QJsonArray array;
    for (size_t i = 0; i < seen.size(); ++i) {
        const SelectorSeen &s = seen[i];
        if (s.status == "missing"_L1 && !facts.selectors[i].fromUser)
            continue;
        array.append(QJsonObject{{u"selector"_s, s.name},
                                 {u"status"_s, s.status},
                                 {u"key_type"_s, s.key.keyType.isEmpty() ? QJsonValue() : s.key.keyType},
                                 {u"key_bits"_s, s.key.keyBits > 0 ? QJsonValue(s.key.keyBits) : QJsonValue()}});
    }
    return array;
}

QString summaryOf(const std::vector<SelectorSeen> &seen)
{
    QStringList usable;
    for (const SelectorSeen &s : seen) {
        if (s.status == "valid"_L1 || s.status == "weak"_L1)
            usable << s.name;
    }
    return usable.isEmpty() ? Text::tr("No usable DKIM key was seen")
                            : Text::tr("DKIM keys: %1").arg(usable.join(u", "_s));
}

QStringList senderProviders(const Look &look)
{
    const std::vector<DnsLookup> questions{{.name = look.target.domain, .type = RrType::Mx},
                                           {.name = look.target.domain, .type = RrType::Txt}};
    const auto answers = look.seen.askAll(questions);
    QStringList ids;
    for (const Provider &provider : knownProviders()) {
        const auto carriesMail = [&](const DnsRecord &r) { return matchesHost(provider.mx, r.target); };
        const auto isIncluded = [&](const DnsRecord &r) {
            return std::ranges::any_of(provider.spf,
                                       [&](const QString &domain) { return r.text.contains(domain.toLatin1()); });
        };
        const bool isSeen = (*answers[0] && std::ranges::any_of((*answers[0])->records(RrType::Mx), carriesMail)) ||
                            (*answers[1] && std::ranges::any_of((*answers[1])->records(RrType::Txt), isIncluded));
        if (isSeen)
            ids << provider.id;
    }
    return ids;
}

QString randomLabel()
{
    return u"lc-"_s + QString::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, u'0');
}

Judged lookAtDkim(const Look &look)
{
    const QString domain = look.target.domain;
    const QStringList names = dkimSelectorsFor(senderProviders(look), look.facts.dkimSelectors);
    std::vector<DnsLookup> questions{{.name = u"_domainkey."_s + domain, .type = RrType::Txt},
                                     {.name = randomLabel() + u"._domainkey."_s + domain, .type = RrType::Txt}};
    for (const QString &name : names)
        questions.push_back({.name = name + u"._domainkey."_s + domain, .type = RrType::Txt});
    const auto answers = look.seen.askAll(questions);
    const bool anyAnswer = std::ranges::any_of(answers, [](const auto &answer) { return answer->has_value(); });
    if (!anyAnswer)
        return couldNotLook(answers.front()->error());

    DkimFacts facts{domain, {}, *answers[0], *answers[1]};
    std::vector<Evidence> evidence;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto at = static_cast<size_t>(i) + 2;
        facts.selectors.push_back({names[i], look.facts.dkimSelectors.contains(names[i]), *answers[at]});
        if (*answers[at] && (*answers[at])->status == DnsStatus::Answered)
            evidence.push_back(evidenceOf(questions[at], **answers[at]));
    }
    Judged judged = judgeDkim(facts);
    for (Finding &finding : judged.findings)
        finding.evidence = evidence;
    judged.evidence = std::move(evidence);
    return judged;
}

} // namespace

QStringList dkimSelectorsFor(const QStringList &providerIds, const QStringList &fromUser)
{
    static const QJsonObject lists = [] {
        QFile file(u":/rules/dkim-selectors.json"_s);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }();
    QStringList names = fromUser;
    const auto append = [&](const QJsonArray &list) {
        for (const QJsonValue &name : list)
            names << name.toString();
    };
    for (const QString &id : providerIds)
        append(lists["providers"_L1][id].toArray());
    append(lists["generic"_L1].toArray());
    names.removeDuplicates();
    return names;
}

Judged judgeDkim(const DkimFacts &facts)
{
    const std::vector<QByteArray> wildcard = textsOf(facts.random);
    std::vector<SelectorSeen> seen;
    for (const DkimSelector &selector : facts.selectors)
        seen.push_back(readSelector(selector, wildcard));

    Judged judged;
    judged.observed = {{u"selectors"_s, selectorsJson(facts, seen)},
                       {u"tried"_s, static_cast<int>(facts.selectors.size())},
                       {u"wildcard"_s, !wildcard.empty()}};
    for (const SelectorSeen &s : seen)
        judgeKey(s, facts.domain, judged.findings);
    if (!hasUsableKey(seen))
        judgeAbsence(facts, seen, judged.findings);
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = summaryOf(seen);
    return judged;
}

Check dkimCheck()
{
    return {.id = u"mail.dkim"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtDkim};
}

} // namespace cockpit
