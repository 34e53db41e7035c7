// abuse.lockout: guessing is throttled, and the owner of the account is let in again (facts 19).
// observed: "route","account": name of the throw-away account,"tries","limited","kind","retry_after","during_block" and
// "after_block": not_tried|let_in|held_back,"waited_s","broken_off"?,"requests","other_logins"?: [the same of further
// doors], not_seen (models/unseen.h).
#pragma once

#include "checks/abuse/siegelook.h"
#include "checks/engine/check.h"

namespace cockpit {

// A block that lasts longer lets anybody keep the owner out with a few requests a day.
constexpr std::chrono::seconds kLongBlock{3600};

Judged judgeLockout(const SiegeReport &report);
// With what is known of the doors beside that one: findings there have their route as subject, and each that was not
// tried stays open.
Judged withOtherLogins(Judged judged, const OtherSieges &others);
Check lockoutCheck(const BlockPatience &patience = {});

} // namespace cockpit
