// What access.tenant-isolation says about subscriptions on WebSockets. Pure.
#pragma once

#include "checks/access/socketjudge.h"

namespace cockpit {

// An event with a text that the owner alone has proves; that one is agreed to which one for ids of nobody is not is a
// lead, where no event could be tried. Of an agreement alone nothing follows: many servers agree to everybody and keep
// back what is not theirs (row level security in Supabase Realtime).
SocketJudgement judgeSubscriptions(const TenantLook &look);

} // namespace cockpit
