// What the window and the command line ask for before hostile requests may be sent: whether the project's token stands
// where only who holds the domain can put it. app/ passes the real one.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/access/permission.h"
#include "models/result.h"
#include "models/target.h"

#include <functional>

namespace cockpit {

struct ControlLook
{
    bool isProven = false;
    QString domain; // what is proven: it and all hosts under it (ControlProof::domain); empty when nothing is
    QString what;   // plain sentences: what was found, and where it is not the token, what to do

    bool operator==(const ControlLook &) const = default;
};

// Blocks, on a worker; ends within a second of a cancelled token. The token is the project's (Permission::token).
// Errors: nobody could be asked (of the way there; Cancelled), NotPermitted where nobody can hold what the method
// proves (TxtRecord of a name that everybody can have one below).
using ControlLooker = std::function<Result<ControlLook>(ControlMethod method, const Target &target,
                                                        const QString &token, const NetOptions &, const CancelToken &)>;

} // namespace cockpit
