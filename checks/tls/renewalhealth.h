// Is a certificate being renewed in time? Judged by its own life: a fixed number of days makes every six-day
// certificate red and is far too late for a yearly one.
#pragma once

#include <QDateTime>
#include <QString>

namespace cockpit {

enum class RenewalHealth { Healthy, Late, Overdue, LastHours, Expired, NotYetValid };
QString toWord(RenewalHealth health); // "last_hours"

RenewalHealth renewalHealth(const QDateTime &notBefore, const QDateTime &notAfter, const QDateTime &now);

} // namespace cockpit
