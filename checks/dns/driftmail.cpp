#include "checks/dns/driftmail.h"

#include "checks/dns/driftsets.h"
#include "checks/dns/driftspf.h"
#include "checks/mail/dmarcrecord.h"
#include "checks/mail/spfrecord.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Drift)
};

constexpr int kEffortMinutes = 20;

QStringList without(const QStringList &list, const QStringList &other)
{
    QStringList rest;
    std::ranges::copy_if(list, std::back_inserter(rest), [&](const QString &value) { return !other.contains(value); });
    return rest;
}

QString listed(const QStringList &values)
{
    constexpr qsizetype longest = 300;
    const QString text = values.join(u", "_s);
    return text.size() > longest ? text.left(longest) + u'\u2026' : text;
}

Finding found(const QString &code, Severity severity, Proof proof, const QString &title, const DriftChange &change)
{
    return driftFinding(code, severity, proof, Impact::EmailDelivery, title, change);
}

// "10 mail.example.com" to its domain; a null MX (RFC 7505) takes no mail.
QSet<QString> mailDomains(const QStringList &values)
{
    QSet<QString> domains;
    for (const QString &value : values) {
        const QString target = value.section(u' ', 1);
        if (target != "."_L1)
            domains.insert(registrableDomain(target));
    }
    return domains;
}

std::vector<Finding> mailServers(const DriftChange &change)
{
    const QSet<QString> before = mailDomains(change.before.values);
    const QSet<QString> after = mailDomains(change.after);
    if (after.isEmpty() && !before.isEmpty())
        return {found(u"mail_stops"_s, Severity::Critical, Proof::Proven, Text::tr("Mail to you stops"), change)};
    if (!(after - before).isEmpty())
        return {found(u"mail_goes_elsewhere"_s, Severity::High, Proof::Strong,
                      Text::tr("Mail to you goes to other servers"), change)};
    return {found(u"mail_servers_changed"_s, Severity::Low, Proof::Proven,
                  Text::tr("The list of mail servers has changed"), change)};
}

QStringList spfIn(const QStringList &values)
{
    QStringList records;
    std::ranges::copy_if(values, std::back_inserter(records),
                         [](const QString &value) { return isSpfRecord(value.toLatin1()); });
    return records;
}

// Tokens by which other companies know that the domain is yours.
std::vector<Finding> proofs(const DriftChange &change)
{
    std::vector<Finding> findings;
    if (const QStringList gone = change.removed(); !gone.isEmpty()) {
        findings.push_back(driftFinding(u"proof_removed"_s, Severity::Low, Proof::Lead, Impact::Maintainability,
                                        Text::tr("A service may no longer believe that the domain is yours"), change));
    }
    if (const QStringList fresh = change.added(); !fresh.isEmpty()) {
        findings.push_back(driftFinding(u"proof_added"_s, Severity::Low, Proof::Lead, Impact::AccountTakeover,
                                        Text::tr("Somebody proved to a service that the domain is theirs"), change));
    }
    return findings;
}

std::vector<Finding> texts(const DriftChange &change)
{
    DriftChange spf{change.before, spfIn(change.after)};
    spf.before.values = spfIn(change.before.values);
    std::vector<Finding> findings;
    if (spf.before.values != spf.after)
        findings = spfDriftFindings(spf);
    DriftChange rest{change.before, without(change.after, spf.after)};
    rest.before.values = without(change.before.values, spf.before.values);
    if (rest.before.values != rest.after)
        std::ranges::move(proofs(rest), std::back_inserter(findings));
    return findings;
}

// What receivers do with forged mail from the domain, an existing and a made-up subdomain. Two records count as none
// (RFC 9989 section 4.7), and so does one that cannot be read.
std::array<DmarcPolicy, 3> protectionOf(const QStringList &values)
{
    QStringList records;
    std::ranges::copy_if(values, std::back_inserter(records),
                         [](const QString &value) { return isDmarcRecord(value.toLatin1()); });
    const auto record = records.size() == 1 ? parseDmarc(records.front().toLatin1()) : tl::unexpected(QString());
    if (!record)
        return {DmarcPolicy::None, DmarcPolicy::None, DmarcPolicy::None};
    return {record->effectivePolicy(), record->effectiveSubdomainPolicy(), record->effectiveNonexistentPolicy()};
}

Finding policyChanged(const DriftChange &change)
{
    return found(u"policy_changed"_s, Severity::Low, Proof::Proven, Text::tr("The DMARC record has changed"), change);
}

std::vector<Finding> policy(const DriftChange &change)
{
    if (!areWhole(change.before.values) || !areWhole(change.after))
        return {policyChanged(change)};
    const auto before = protectionOf(change.before.values);
    const auto after = protectionOf(change.after);
    bool isMilder = false;
    for (size_t i = 0; i < after.size(); ++i)
        isMilder = isMilder || after[i] < before[i];
    if (isMilder)
        return {found(u"forged_mail_passes"_s, Severity::High, Proof::Proven,
                      Text::tr("Forged mail in your name may pass"), change)};
    if (after != before)
        return {found(u"mail_may_be_refused"_s, Severity::Low, Proof::Strong, Text::tr("Mail from you may be refused"),
                      change)};
    return {policyChanged(change)};
}

std::vector<Finding> signingKey(const DriftChange &change)
{
    if (change.before.values.isEmpty())
        return {found(u"signing_key_added"_s, Severity::Low, Proof::Lead,
                      Text::tr("A new key may sign mail in your name"), change)};
    return {found(u"mail_may_be_refused"_s, Severity::Medium, Proof::Strong, Text::tr("Mail from you may be refused"),
                  change)};
}

} // namespace

QStringList DriftChange::removed() const
{
    return without(before.values, after);
}

QStringList DriftChange::added() const
{
    return without(after, before.values);
}

Finding driftFinding(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                     const DriftChange &change)
{
    Finding finding;
    finding.code = code;
    finding.subject = change.before.name;
    finding.severity = severity;
    finding.proof = proof;
    finding.impact = impact;
    finding.title = title;
    finding.effortMinutes = kEffortMinutes;
    const QString what = u"%1 (%2)"_s.arg(change.before.name, change.before.type);
    const QString accepted = listed(change.before.values);
    const QString now = listed(change.after);
    if (change.before.values.isEmpty())
        finding.whatWeSaw = Text::tr("%1: now %2. When you accepted the records there was nothing.").arg(what, now);
    else if (change.after.isEmpty())
        finding.whatWeSaw = Text::tr("%1: now nothing. Accepted was %2.").arg(what, accepted);
    else
        finding.whatWeSaw = Text::tr("%1: now %2. Accepted was %3.").arg(what, now, accepted);
    finding.evidence = {
        {what, Text::tr("accepted:\n%1\n\nnow:\n%2").arg(change.before.values.join(u'\n'), change.after.join(u'\n'))}};
    return finding;
}

std::vector<Finding> mailDriftFindings(const DriftChange &change)
{
    if (change.before.type == "MX"_L1)
        return mailServers(change);
    if (change.before.name.startsWith("_dmarc."_L1))
        return policy(change);
    if (change.before.name.contains("._domainkey."_L1))
        return signingKey(change);
    return texts(change);
}

} // namespace cockpit
