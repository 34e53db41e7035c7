// Each DKIM signature of a message, verified with the key that is published now.
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/dkimkey.h"
#include "checks/mail/message.h"
#include "models/messagestory.h"

#include <QDateTime>

namespace cockpit {

constexpr size_t kMostSignatures = 10; // verified: each costs a question and the hash of the whole body

// Without alignment. Ends early when `seen` is cancelled.
std::vector<SignatureStory> tellSignatures(const Message &message, const QDateTime &now, Observations &seen);

// The key at "selector._domainkey.domain".
SignatureKey signatureKeyAt(const QString &keyName, Observations &seen);

} // namespace cockpit
