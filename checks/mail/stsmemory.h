// The id of an MTA-STS record must change when the policy does (RFC 8461 section 3.1): senders that know the id do not
// fetch the policy again until the one they have runs out (section 3.2: max_age after they fetched it). So a look
// remembers which policy stood behind an id first, and until when somebody can still hold it.
#pragma once

#include "checks/mail/stspolicy.h"

#include <QDateTime>
#include <QJsonObject>

namespace cockpit {

struct StsMemory
{
    QString id;
    QString digest; // stsDigest() of the policy that was first seen under it
    StsMode mode = StsMode::None;
    QStringList mx;
    qint64 maxAge = 0;         // seconds
    QDateTime lastSeen;        // senders fetched it then, at the latest
    QDateTime replacedAt = {}; // when another one was first seen under the id; null: never

    // Who fetched it when it was last seen has it still.
    bool isHeld(const QDateTime &now) const { return now <= lastSeen.addSecs(maxAge); }
    // Who fetched it just before it was replaced may have it still.
    bool mayBeHeld(const QDateTime &now) const { return !replacedAt.isValid() || now <= replacedAt.addSecs(maxAge); }
    bool operator==(const StsMemory &) const = default;
};

// The same for texts that say the same: line ends, blanks and the order of lines aside.
QString stsDigest(const QByteArray &policy);

StsMemory memoryOf(const QString &id, const QByteArray &text, const StsPolicy &policy, const QDateTime &seenAt);
// What there is to remember after a look that saw `seen`: a policy that was replaced under its own id, until nobody can
// hold it any more; else what was seen.
StsMemory remembered(const std::optional<StsMemory> &known, const StsMemory &seen);

// Kept in what a look observed ("first_seen"), also when that look could not see the policy.
void remember(const StsMemory &memory, QJsonObject &observed);
std::optional<StsMemory> stsMemoryIn(const QJsonObject &observed);

} // namespace cockpit
