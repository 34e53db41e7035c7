// What the window asks for to learn whether a test account can sign in; app/ passes the real one.
#pragma once

#include "checks/engine/activeterms.h"
#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/access/requestlog.h"
#include "models/result.h"

#include <functional>
#include <vector>

namespace cockpit {

struct ActorTrial
{
    bool isSignedIn = false;
    QString name = {};                    // as the product says it; empty when it does not tell
    QString sentence = {};                // "Signed in as anna@acme.example.", or why not
    std::vector<LoggedRequest> sent = {}; // for the audit log
};

// Blocks, on a worker; ends within a second of a cancelled token or of the kill switch. The terms have the account's
// secret. Errors: only when nothing could be asked; "not signed in" is an answer.
using ActorTrier =
    std::function<Result<ActorTrial>(const TestActor &, const ActiveTerms &, const NetOptions &, const CancelToken &)>;

} // namespace cockpit
