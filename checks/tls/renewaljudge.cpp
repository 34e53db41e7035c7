#include "checks/tls/renewal.h"

#include "checks/tls/lifelimit.h"
#include "checks/tls/renewalhealth.h"
#include "checks/web/report.h"
#include "models/wholedays.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsRenewal)
};

constexpr qint64 kDay = 24LL * 60 * 60;
// Longer ones are about to go: from 2027-03-15 on none may be issued (lifelimit.h).
constexpr qint64 kLongestAutomatedLife = 100 * kDay;

qint64 lifeOf(const Certificate &leaf)
{
    return leaf.notBefore.secsTo(leaf.notAfter);
}

// How often the certificate changed between two looks, each time for a newer one: what a handover can rest on.
int renewalsSeen(const RenewalFacts &facts)
{
    const int before = facts.before.value("renewals_seen"_L1).toInt();
    const QString known = facts.before.value("fingerprint"_L1).toString();
    const QDateTime began = QDateTime::fromString(
        facts.before.value("certificate"_L1).toObject().value("not_before"_L1).toString(), Qt::ISODate);
    const bool isNewer = began.isValid() && began < facts.leaf.notBefore;
    return before + (!known.isEmpty() && known != facts.leaf.fingerprint && isNewer ? 1 : 0);
}

QJsonValue windowJson(const RenewalFacts &facts)
{
    if (!facts.suggested || !*facts.suggested)
        return {};
    return QJsonObject{{u"start"_s, (*facts.suggested)->start.toString(Qt::ISODate)},
                       {u"end"_s, (*facts.suggested)->end.toString(Qt::ISODate)}};
}

QJsonObject observedOf(const RenewalFacts &facts, const QDateTime &now)
{
    const Certificate &leaf = facts.leaf;
    const bool isPublic = facts.trust == TrustKind::Public;
    const bool hasNote = facts.suggested && !*facts.suggested;
    return {{u"certificate"_s, certificateJson(leaf)},
            {u"fingerprint"_s, leaf.fingerprint},
            {u"life_days"_s, wholeDays(lifeOf(leaf))},
            {u"days_left"_s, wholeDays(now.secsTo(leaf.notAfter))},
            {u"health"_s, toWord(renewalHealth(leaf.notBefore, leaf.notAfter, now))},
            {u"owner"_s, QJsonObject{{u"kind"_s, toWord(facts.owner.kind)}, {u"name"_s, facts.owner.name}}},
            {u"allowed_days"_s, isPublic ? QJsonValue(allowedLifeDays(leaf.notBefore)) : QJsonValue()},
            {u"suggested"_s, windowJson(facts)},
            {u"suggestion_note"_s, hasNote ? QJsonValue(facts.suggested->error().message) : QJsonValue()},
            {u"caa_allows"_s, facts.caaAllows ? QJsonValue(*facts.caaAllows) : QJsonValue()},
            {u"renewals_seen"_s, renewalsSeen(facts)}};
}

Finding found(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
              const QString &seen)
{
    Finding finding = makeFinding(code, severity, proof, impact, title, seen);
    finding.effortMinutes = 45;
    return finding;
}

Finding tooLong(const Host &host, const Certificate &leaf)
{
    return found(u"too_long"_s, Severity::High, Proof::Proven, unusableImpact(host.role),
                 Text::tr("Browsers may refuse the certificate of %1").arg(host.name),
                 Text::tr("It lives for %1 days; one that was issued on %2 may live for %3 days at most.")
                     .arg(QString::number(wholeDays(lifeOf(leaf) + kDay - 1)), plainTime(leaf.notBefore),
                          QString::number(allowedLifeDays(leaf.notBefore))));
}

bool isInTime(const RenewalFacts &facts, const QDateTime &now)
{
    return renewalHealth(facts.leaf.notBefore, facts.leaf.notAfter, now) == RenewalHealth::Healthy;
}

// The issuer's window is over and the old certificate is still there. Early in its life that has one reason: the issuer
// is going to withdraw it (RFC 9773 section 4.2).
std::optional<Finding> missedWindow(const Host &host, const RenewalFacts &facts, const QDateTime &now)
{
    if (!facts.suggested || !*facts.suggested || now <= (*facts.suggested)->end)
        return std::nullopt;
    const SuggestedWindow &window = **facts.suggested;
    const bool isEarly = now.secsTo(facts.leaf.notAfter) > lifeOf(facts.leaf) / 2;
    const QString explanation =
        window.explanation.isEmpty() ? QString() : u' ' + Text::tr("It explains why at %1.").arg(window.explanation);
    if (isEarly) {
        return found(
            u"withdrawal_planned"_s, Severity::High, Proof::Strong, unusableImpact(host.role),
            Text::tr("The issuer wants the certificate of %1 replaced now").arg(host.name),
            Text::tr("It asked for a new one by %1, long before the end of this one. Issuers do so before they "
                     "withdraw certificates.")
                    .arg(plainTime(window.end)) +
                explanation);
    }
    // From here on tls.expiry speaks as well.
    if (!isInTime(facts, now))
        return std::nullopt;
    return found(u"window_missed"_s, Severity::Medium, Proof::Proven, unusableImpact(host.role),
                 Text::tr("The certificate of %1 was not renewed when its issuer wanted it").arg(host.name),
                 Text::tr("The issuer suggested to renew between %1 and %2, and that did not happen.")
                         .arg(plainTime(window.start), plainTime(window.end)) +
                     explanation);
}

Finding byHand(const Host &host, const RenewalFacts &facts)
{
    return found(u"by_hand"_s, Severity::Low, Proof::Lead, Impact::Maintainability,
                 Text::tr("Somebody has to remember to renew the certificate of %1").arg(host.name),
                 Text::tr("It lives for %1 days and comes from %2, which looks like a certificate that is bought and "
                          "installed by hand.")
                     .arg(QString::number(wholeDays(lifeOf(facts.leaf))),
                          facts.owner.name.isEmpty() ? Text::tr("an unknown issuer") : facts.owner.name));
}

std::vector<Finding> findingsFor(const Host &host, const RenewalFacts &facts, const QDateTime &now)
{
    std::vector<Finding> findings;
    if (facts.trust == TrustKind::Public && livesTooLong(facts.leaf.notBefore, facts.leaf.notAfter))
        findings.push_back(tooLong(host, facts.leaf));
    if (now < facts.leaf.notAfter) {
        if (auto missed = missedWindow(host, facts, now))
            findings.push_back(std::move(*missed));
    }
    if (facts.owner.kind == RenewalOwnerKind::Person && lifeOf(facts.leaf) > kLongestAutomatedLife)
        findings.push_back(byHand(host, facts));
    return findings;
}

QString summaryOf(const RenewalFacts &facts, const QDateTime &now)
{
    QString summary = sentenceFor(facts.owner);
    if (!isInTime(facts, now))
        summary += u' ' + Text::tr("Its dates say that this does not work (see \"tls.expiry\").");
    if (const int seen = renewalsSeen(facts); seen > 0)
        summary += u' ' + Text::tr("Renewals seen so far: %1.").arg(seen);
    if (facts.suggested && !*facts.suggested)
        summary += u' ' + facts.suggested->error().message;
    if (facts.caaAllows == false)
        summary += u' ' + Text::tr("The DNS forbids its issuer to issue the next one (see \"dns.caa\").");
    return summary;
}

} // namespace

Judged judgeRenewal(const Host &host, const RenewalFacts &facts, const QDateTime &now)
{
    std::vector<Finding> findings = findingsFor(host, facts, now);
    Judged judged = concluded(findings, findings.empty() ? summaryOf(facts, now) : findings.front().whatWeSaw,
                              observedOf(facts, now), {});
    judged.values = {{u"owner"_s, facts.owner.name}};
    // A pass would say that renewal works; late, with a refusal ahead or nobody known to do it, that is not so.
    const bool isUnsure =
        facts.owner.kind == RenewalOwnerKind::Unknown || facts.caaAllows == false || !isInTime(facts, now);
    if (judged.outcome == Outcome::Pass && isUnsure) {
        judged.outcome = Outcome::Info;
        judged.reason = judged.summary;
    }
    return judged;
}

} // namespace cockpit
