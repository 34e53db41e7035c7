#include "checks/tls/expiry.h"

#include "checks/tls/clock.h"
#include "checks/tls/renewalhealth.h"
#include "models/wholedays.h"

#include <QCoreApplication>

#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr double kSecondsPerDay = 24 * 60 * 60;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsExpiry)
};

// What is left in words: hours for the last two days, whole days before.
QString timeLeft(qint64 seconds)
{
    constexpr qint64 kHoursUntil = 48LL * 60 * 60;
    if (seconds < kHoursUntil)
        return Text::tr("%n hour(s)", nullptr, static_cast<int>(seconds / 3600));
    return Text::tr("%n day(s)", nullptr, static_cast<int>(static_cast<double>(seconds) / kSecondsPerDay));
}

Finding unusable(const Host &host, const QString &code, const QString &title, const QDateTime &now)
{
    Finding finding;
    finding.code = code;
    finding.severity = unusableSeverity(host.role);
    finding.title = title;
    finding.evidence = {clockEvidence(now)};
    return finding;
}

Finding renewalTrouble(const Host &host, const QString &code, Severity severity)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.title = code == "last_hours"_L1 ? Text::tr("The certificate of %1 is about to expire").arg(host.name)
                                            : Text::tr("The certificate of %1 should have been renewed").arg(host.name);
    return finding;
}

std::optional<Finding> findingFor(RenewalHealth health, const Host &host, const QDateTime &now)
{
    switch (health) {
    case RenewalHealth::Healthy:
        return std::nullopt;
    case RenewalHealth::Late:
        return renewalTrouble(host, u"renewal_late"_s, Severity::Medium);
    case RenewalHealth::Overdue:
        return renewalTrouble(host, u"renewal_overdue"_s, Severity::High);
    case RenewalHealth::LastHours:
        return renewalTrouble(host, u"last_hours"_s, unusableSeverity(host.role));
    case RenewalHealth::Expired:
        return unusable(host, u"expired"_s, Text::tr("The certificate of %1 has expired").arg(host.name), now);
    case RenewalHealth::NotYetValid:
        return unusable(host, u"not_yet_valid"_s, Text::tr("The certificate of %1 is not valid yet").arg(host.name),
                        now);
    }
    Q_UNREACHABLE();
}

QString whatWasSeen(RenewalHealth health, const Certificate &leaf, const QDateTime &now)
{
    switch (health) {
    case RenewalHealth::Healthy:
        return Text::tr("Valid until %1: %2 left.").arg(plainTime(leaf.notAfter), timeLeft(now.secsTo(leaf.notAfter)));
    case RenewalHealth::Late:
    case RenewalHealth::Overdue:
    case RenewalHealth::LastHours:
        return Text::tr("It ends on %1, in %2. A certificate that lives this long is normally renewed earlier.")
            .arg(plainTime(leaf.notAfter), timeLeft(now.secsTo(leaf.notAfter)));
    case RenewalHealth::Expired:
        return Text::tr("It ended on %1.").arg(plainTime(leaf.notAfter));
    case RenewalHealth::NotYetValid:
        return Text::tr("It begins on %1.").arg(plainTime(leaf.notBefore));
    }
    Q_UNREACHABLE();
}

Judged lookAtExpiry(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    const Certificate &leaf = session->chain.front();
    Judged judged = judgeExpiry(*look.host, leaf, look.startedAt);
    if (const auto other = otherClockAt(look))
        judged = reconciled(std::move(judged), judgeExpiry(*look.host, leaf, other->time), *other, look.startedAt);
    for (Finding &finding : judged.findings)
        finding.evidence.push_back(chainEvidence(*session));
    return judged;
}

} // namespace

Judged judgeExpiry(const Host &host, const Certificate &leaf, const QDateTime &now)
{
    const RenewalHealth health = renewalHealth(leaf.notBefore, leaf.notAfter, now);
    Judged judged;
    judged.summary = whatWasSeen(health, leaf, now);
    judged.observed = {{u"certificate"_s, certificateJson(leaf)},
                       {u"days_left"_s, wholeDays(now, leaf.notAfter)},
                       {u"life_days"_s, wholeDays(leaf.notBefore, leaf.notAfter)}};
    judged.values = {{u"ends"_s, plainTime(leaf.notAfter)}};
    if (auto finding = findingFor(health, host, now)) {
        finding->proof = Proof::Proven;
        finding->impact = unusableImpact(host.role);
        finding->whatWeSaw = judged.summary;
        finding->effortMinutes = 45;
        judged.findings = {*finding};
    }
    judged.outcome = outcomeFor(judged.findings);
    return judged;
}

Check tlsExpiry()
{
    return {.id = u"tls.expiry"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::BrokenLogin},
            .needs = {},
            .look = &lookAtExpiry};
}

} // namespace cockpit
