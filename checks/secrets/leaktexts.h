// What is said of a leak, for people: the finding's sentences and the lists behind them. Internal to the folder.
#pragma once

#include "checks/secrets/leakjudge.h"

namespace cockpit {

QString titleOf(const Leak &leak, LeakGround ground);
// What a stranger may have read. A stash and what only this machine remembers were never handed out with the code.
bool isPublished(const Leak &leak, LeakGround ground, CodeAudience audience);
QString seenOf(const Leak &leak, LeakGround ground, CodeAudience audience);
Evidence placesOf(const Leak &leak);
// The exact commands, which a guide cannot have: they name the commit and the file.
Evidence purgeOf(const LeakHistory &history);

} // namespace cockpit
