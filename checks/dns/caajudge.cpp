#include "checks/dns/caa.h"

#include "checks/dns/authorities.h"
#include "checks/engine/lookgaps.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Caa)
};

constexpr int kEffortMinutes = 15;

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const QString &paste = {})
{
    Finding finding = dnsFinding(code, severity, Impact::Downtime, title, seen);
    finding.effortMinutes = kEffortMinutes;
    finding.fix.paste = paste;
    return finding;
}

bool isKnownTag(const QString &tag)
{
    static const QStringList known{u"issue"_s,        u"issuewild"_s,    u"issuemail"_s, u"issuevmc"_s,
                                   u"contactemail"_s, u"contactphone"_s, u"iodef"_s};
    return known.contains(tag);
}

QString namesOf(const QStringList &issuers)
{
    QStringList names;
    for (const QString &issuer : issuers) {
        const KnownAuthority *authority = knownAuthorities().byCaaDomain(issuer);
        names << (authority ? authority->name : shownText(issuer.toLatin1(), 80));
    }
    names.removeDuplicates();
    return names.join(u", "_s);
}

bool allows(const QStringList &issuers, const KnownAuthority &authority)
{
    return std::ranges::any_of(authority.caa, [&](const QString &domain) { return issuers.contains(domain); });
}

struct Names
{
    bool plain = false;
    bool wildcard = false;
};

Names kindsOf(const Certificate &certificate)
{
    const auto isWildcard = [](const QString &name) { return name.startsWith("*."_L1); };
    return {!std::ranges::all_of(certificate.names, isWildcard), std::ranges::any_of(certificate.names, isWildcard)};
}

QString recordFor(const CaaSet &set, const KnownAuthority &authority, bool isWildcard)
{
    const bool hasWild = std::ranges::any_of(set.records, [](const CaaRecord &r) { return r.tag == "issuewild"_L1; });
    return u"%1. CAA 0 %2 \"%3\""_s.arg(set.name, isWildcard && hasWild ? u"issuewild"_s : u"issue"_s,
                                        authority.caa.front());
}

// There is no rule, neither for names nor for wildcards.
bool mayEverybody(const CaaSet &set)
{
    return !set.issuersFor(false) && !set.issuersFor(true);
}

bool mayIssue(const CaaSet &set, const KnownAuthority &authority, bool isWildcard)
{
    const auto issuers = set.issuersFor(isWildcard);
    return !issuers || allows(*issuers, authority);
}

// Whether the authority of the certificate in use may issue the next one; empty when it is not known which one that is.
std::optional<bool> mayRenew(const CaaSet &set, const CaaFacts &facts)
{
    if (!facts.certificate)
        return std::nullopt;
    const Names names = kindsOf(*facts.certificate);
    const bool isRuled = (names.plain && set.issuersFor(false)) || (names.wildcard && set.issuersFor(true));
    if (!isRuled)
        return true;
    const KnownAuthority *authority = knownAuthorities().byOrganization(facts.certificate->issuerOrganization);
    if (!authority)
        return std::nullopt;
    return (!names.plain || mayIssue(set, *authority, false)) && (!names.wildcard || mayIssue(set, *authority, true));
}

void judgeRecords(const CaaSet &set, std::vector<Finding> &findings)
{
    for (const CaaRecord &record : set.records) {
        const QString shown = shownText(record.value.toLatin1(), 120);
        if (record.isCritical && !isKnownTag(record.tag)) {
            findings.push_back(
                found(u"unknown_critical"_s, Severity::High,
                      Text::tr("A rule that no certificate authority knows blocks all of them"),
                      Text::tr("%1 has the CAA record \"%2 %3\", marked as critical: authorities that do "
                               "not know it must refuse.")
                          .arg(set.name, record.tag, shown)));
        } else if (!record.isValid) {
            findings.push_back(found(u"malformed"_s, Severity::Medium, Text::tr("A rule on certificates is misspelt"),
                                     Text::tr("The CAA record \"%1 %2\" of %3 names no certificate authority, so it "
                                              "allows none.")
                                         .arg(record.tag, shown, set.name)));
        }
    }
}

void judgeRenewal(const CaaSet &set, const CaaFacts &facts, std::vector<Finding> &findings)
{
    if (mayRenew(set, facts).value_or(true))
        return;
    const KnownAuthority *authority = knownAuthorities().byOrganization(facts.certificate->issuerOrganization);
    // The names that are refused; where both are, the plain ones, as the same record mostly rules both.
    const bool isWildcard = !kindsOf(*facts.certificate).plain || mayIssue(set, *authority, false);
    const QStringList issuers = set.issuersFor(isWildcard).value_or(QStringList());
    const QString allowed = issuers.isEmpty() ? Text::tr("nobody") : namesOf(issuers);
    findings.push_back(found(
        u"renewal_refused"_s, Severity::High, Text::tr("The next renewal of the certificate will be refused"),
        Text::tr(
            "The certificate of %1 comes from %2, but the CAA records of %3 allow %4 only. It works until it ends.")
            .arg(facts.host, authority->name, set.name, allowed),
        recordFor(set, *authority, isWildcard)));
}

void judgeEdge(const CaaSet &set, const CaaFacts &facts, std::vector<Finding> &findings)
{
    const auto &edges = knownAuthorities().edges;
    const auto edge = std::ranges::find(edges, facts.edgeProviderId, &EdgeAuthorities::providerId);
    const auto issuers = set.issuersFor(false);
    if (edge == edges.end() || !issuers)
        return;
    QStringList missing;
    QStringList paste;
    for (const QString &id : edge->authorityIds) {
        const KnownAuthority *authority = knownAuthorities().byId(id);
        if (allows(*issuers, *authority))
            continue;
        missing << authority->name;
        paste << recordFor(set, *authority, false);
    }
    if (missing.isEmpty() || missing.size() == edge->authorityIds.size())
        return; // none of them is allowed: then the certificate is the founder's own
    Finding finding =
        found(u"edge_may_switch"_s, Severity::Medium, Text::tr("A later renewal may be refused"),
              Text::tr("%1 changes between certificate authorities when it renews. The CAA records of %2 leave out %3.")
                  .arg(edge->name, set.name, missing.join(u", "_s)),
              paste.join(u'\n'));
    finding.proof = Proof::Lead;
    findings.push_back(std::move(finding));
}

// Why the rules could not be held against an issuer.
QString reasonAgainst(const CaaFacts &facts)
{
    if (!facts.certificate)
        return Text::tr("There are rules on who may issue certificates for %1, but its certificate could not be seen.")
            .arg(facts.host);
    return Text::tr(
               "There are rules on who may issue certificates for %1, but it is not known by which name they would "
               "allow its issuer (%2).")
        .arg(facts.host, shownText(facts.certificate->issuerOrganization.toUtf8(), 80));
}

// Section 3: the first name with records decides; a failure on the way there stops an authority, and this look.
std::optional<size_t> decidingLevel(const CaaFacts &facts)
{
    const auto decides = [](const Result<DnsAnswer> &answer) {
        return !answer || (answer->status != DnsStatus::NoData && answer->status != DnsStatus::NxDomain);
    };
    const auto first = std::ranges::find_if(facts.answers, decides);
    return first == facts.answers.end() ? std::nullopt : std::optional(size_t(first - facts.answers.begin()));
}

QString summaryOf(const CaaSet &set)
{
    const auto names = [](const QStringList &issuers) {
        return issuers.isEmpty() ? Text::tr("nobody") : namesOf(issuers);
    };
    if (const auto issuers = set.issuersFor(false))
        return Text::tr("Certificates may come from: %1").arg(names(*issuers));
    if (const auto issuers = set.issuersFor(true))
        return Text::tr("Wildcard certificates may come from: %1").arg(names(*issuers));
    return Text::tr("There is no rule on who may issue certificates");
}

// Rules that could not be held against an issuer; whoever answers for the host is not known without a certificate.
// Beside another fault of the rules, nobody looks at what an edge would do.
LookGaps gapsIn(const CaaSet &set, const CaaFacts &facts, bool isEdgeLeftOut)
{
    LookGaps gaps;
    if (!mayEverybody(set) && !mayRenew(set, facts))
        gaps.add({{{.code = u"renewal_refused"_s}}, reasonAgainst(facts)});
    if (!set.issuersFor(false))
        return gaps;
    if (isEdgeLeftOut) {
        gaps.add({{{.code = u"edge_may_switch"_s}},
                  Text::tr("Whether the rules allow all authorities that the service in front of %1 changes between is "
                           "not looked at while they have another fault.")
                      .arg(facts.host)});
    } else if (!facts.certificate) {
        gaps.hideCodes({u"edge_may_switch"_s});
    }
    return gaps;
}

// Returns what it could not see.
LookGaps judgeSet(const CaaSet &set, const CaaFacts &facts, Judged &judged)
{
    judgeRecords(set, judged.findings);
    judgeRenewal(set, facts, judged.findings);
    const bool isEdgeLeftOut = !judged.findings.empty() && !facts.edgeProviderId.isEmpty();
    if (!isEdgeLeftOut)
        judgeEdge(set, facts, judged.findings);
    const auto issuers = set.issuersFor(false);
    const auto allowed = mayRenew(set, facts);
    QJsonArray records;
    for (const CaaRecord &record : set.records)
        records.append(u"%1 %2 \"%3\""_s.arg(QString::number(record.isCritical ? 128 : 0), record.tag, record.value));
    judged.observed.insert(u"found_at"_s, set.name);
    judged.observed.insert(u"records"_s, records);
    judged.observed.insert(u"issuers"_s,
                           issuers ? QJsonValue(QJsonArray::fromStringList(*issuers)) : QJsonValue(QJsonValue::Null));
    judged.observed.insert(u"allowed"_s, allowed ? QJsonValue(*allowed) : QJsonValue(QJsonValue::Null));
    judged.summary = summaryOf(set);
    return gapsIn(set, facts, isEdgeLeftOut);
}

Finding serversFail(const QString &name, DnsStatus status)
{
    return found(u"servers_fail"_s, Severity::High, Text::tr("Certificate authorities cannot read your rules"),
                 Text::tr("Asked for the CAA records of %1, the DNS servers answer with an error (%2). An authority "
                          "must then refuse to issue or renew.")
                     .arg(name, toWord(status)));
}

} // namespace

CaaRules rulesIn(const CaaFacts &facts)
{
    const auto level = decidingLevel(facts);
    if (!level || !facts.answers[*level] || facts.answers[*level]->status != DnsStatus::Answered)
        return {};
    const CaaSet set = readCaaSet(facts.names[*level], *facts.answers[*level]);
    return {set.issuersFor(false), mayRenew(set, facts)};
}

Judged judgeCaa(const CaaFacts &facts)
{
    Judged judged;
    judged.observed = {{u"found_at"_s, QJsonValue::Null},
                       {u"records"_s, QJsonArray()},
                       {u"issuers"_s, QJsonValue::Null},
                       {u"certificate_issuer"_s, facts.certificate ? QJsonValue(facts.certificate->issuerOrganization)
                                                                   : QJsonValue(QJsonValue::Null)},
                       {u"allowed"_s, QJsonValue::Null}};
    judged.summary = Text::tr("Every certificate authority may issue for this host");
    LookGaps gaps;
    if (const auto level = decidingLevel(facts)) {
        const Result<DnsAnswer> &answer = facts.answers[*level];
        const QString &name = facts.names[*level];
        if (!answer)
            return couldNotLook(answer.error());
        if (answer->status == DnsStatus::Answered) {
            gaps = judgeSet(readCaaSet(name, *answer), facts, judged);
        } else {
            judged.findings.push_back(serversFail(name, answer->status));
            judged.summary = judged.findings.back().whatWeSaw;
            gaps = anyBehind({judged.summary}); // of the rules, nothing was read
        }
    }
    judged.outcome = outcomeFor(judged.findings);
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
