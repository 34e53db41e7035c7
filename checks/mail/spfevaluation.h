// check_host() of RFC 7208 section 4: what a receiver makes of mail from one address.
#pragma once

#include "checks/engine/observations.h"

#include <QDateTime>
#include <QHostAddress>
#include <QString>

namespace cockpit {

// Section 2.6.
enum class SpfResult { None, Neutral, Pass, Fail, SoftFail, TempError, PermError };
QString toWord(SpfResult result); // "softfail"

struct SpfSender
{
    QHostAddress client;
    QString mailFrom; // "user@example.com"; empty, as in bounces: postmaster at the HELO name (section 2.4)
    QString helo;     // may be empty
};

struct SpfEvaluation
{
    SpfResult result = SpfResult::None;
    QString mechanism;   // the term that decided, as written: "ip4:192.0.2.0/24"; empty when none matched
    QString domain;      // whose record decided
    QString explanation; // what the domain wants said with a fail (section 6.2); empty when it says nothing
    QString problem;     // errors: a sentence
    int lookups = 0;     // terms that cost a look-up, on the path that this sender took (section 4.6.4)
    int voidLookups = 0; // those that found nothing

    bool operator==(const SpfEvaluation &) const = default;
};

// Blocks while it asks. receiver and now stand for %{r} and %{t} in explanations. A cancelled or timed-out question
// gives TempError with the reason.
SpfEvaluation evaluateSpf(const SpfSender &sender, const QString &receiver, const QDateTime &now, Observations &seen);

} // namespace cockpit
