// The id of an MTA-STS record must change when the policy does (RFC 8461 section 3.1): senders that know the id do not
// fetch the policy again. So a look remembers which policy stood behind an id first.
#pragma once

#include "checks/mail/stspolicy.h"

#include <QJsonObject>

namespace cockpit {

struct StsMemory
{
    QString id;
    QString digest; // stsDigest() of the policy that was first seen under it
    StsMode mode = StsMode::None;
    QStringList mx;

    bool operator==(const StsMemory &) const = default;
};

// The same for texts that say the same: line ends, blanks and the order of lines aside.
QString stsDigest(const QByteArray &policy);

StsMemory memoryOf(const QString &id, const QByteArray &text, const StsPolicy &policy);

// Kept in what a look observed ("first_seen"), also when that look could not see the policy.
void remember(const StsMemory &memory, QJsonObject &observed);
std::optional<StsMemory> stsMemoryIn(const QJsonObject &observed);

} // namespace cockpit
