// What a chain of ARC seals adds to the story of a message: who passed it on, and what that server says it was like
// when it came. Never proof to DMARC: a receiver has to trust the servers of the chain.
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/arcchain.h"
#include "models/messagestory.h"

namespace cockpit {

// Blocks while it asks for the keys; nothing is asked without a chain.
ArcStory tellArc(const Message &message, const QDateTime &now, Observations &seen);

} // namespace cockpit
