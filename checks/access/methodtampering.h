// access.method-tampering: changing the method, the spelling of the address or the fields beside it does not get past
// the rules. Addresses that refuse a stranger, or an ordinary account, are asked for in some twenty other ways; what
// counts is that the data of the one who may comes, never a status. On a record of our own a change is hidden in a GET,
// and sent as a form, as plain text and as XML.
// observed: "targets": [{"route","owner","holds" (the owner still got it at the end)}], "tries": [{"way" (the
// finding's code),"method","path","host","route","role" ("" signed out),"status" (0: no answer),
// "seen": refused|open|unclear|not_asked,"why"}], "writes_tried", "not_tried_again"?:
// [{"way","host","route","role","path"}] that an earlier look found open (bypassowed.h), "cells" (models/testcells.h),
// not_seen (models/unseen.h), "sent": requests of this check.
#pragma once

#include "checks/access/bypass.h"

namespace cockpit {

Check methodTamperingCheck();
Judged judgeMethodTampering(const BypassLook &look);

} // namespace cockpit
