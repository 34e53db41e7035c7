// secrets.sharing: chats, screenshots, tickets and documents were searched for pasted secrets. Only a person can know:
// the check says what to search for, and is answered. observed: "search_words": what to type into the searches of those
// places.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

Check secretsSharingCheck();
// Reads facts.secrets for the names by which people paste them. Always not run.
Judged judgeSecretsSharing(const ProjectFacts &facts);

} // namespace cockpit
