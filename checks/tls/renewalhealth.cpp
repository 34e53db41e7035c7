#include "checks/tls/renewalhealth.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kHour = 60LL * 60;
constexpr qint64 kDay = 24 * kHour;

// Below each of these, in seconds left, it gets worse.
struct Limits
{
    qint64 late = 0;
    qint64 overdue = 0;
    qint64 lastHours = 0;
};

qint64 share(qint64 life, double part)
{
    return static_cast<qint64>(static_cast<double>(life) * part);
}

Limits limitsFor(qint64 life)
{
    // Short-lived ones are renewed at half of their life; there is no revocation to fall back on, and a day is the time
    // in which a person can still act. Some live for hours only: theirs are shares of their life as well.
    constexpr qint64 kShortLife = 10 * kDay;
    if (life <= kShortLife)
        return {share(life, 0.4), std::min(36 * kHour, share(life, 0.25)), std::min(24 * kHour, share(life, 0.15))};
    // ACME clients renew when a third is left: with less than 0.28 an attempt has failed, with 0.15 many have.
    constexpr qint64 kAutomatedLife = 100 * kDay;
    if (life <= kAutomatedLife)
        return {share(life, 0.28), share(life, 0.15), std::max(3 * kDay, share(life, 0.05))};
    // Longer ones are renewed by people or by clients set to 30 days, whatever the life.
    return {30 * kDay, 14 * kDay, 5 * kDay};
}

} // namespace

QString toWord(RenewalHealth health)
{
    switch (health) {
    case RenewalHealth::Healthy:
        return u"healthy"_s;
    case RenewalHealth::Late:
        return u"late"_s;
    case RenewalHealth::Overdue:
        return u"overdue"_s;
    case RenewalHealth::LastHours:
        return u"last_hours"_s;
    case RenewalHealth::Expired:
        return u"expired"_s;
    case RenewalHealth::NotYetValid:
        return u"not_yet_valid"_s;
    }
    Q_UNREACHABLE();
}

RenewalHealth renewalHealth(const QDateTime &notBefore, const QDateTime &notAfter, const QDateTime &now)
{
    if (now < notBefore)
        return RenewalHealth::NotYetValid;
    if (now >= notAfter)
        return RenewalHealth::Expired;
    const qint64 left = now.secsTo(notAfter);
    const Limits limits = limitsFor(notBefore.secsTo(notAfter));
    if (left < limits.lastHours)
        return RenewalHealth::LastHours;
    if (left < limits.overdue)
        return RenewalHealth::Overdue;
    if (left < limits.late)
        return RenewalHealth::Late;
    return RenewalHealth::Healthy;
}

} // namespace cockpit
