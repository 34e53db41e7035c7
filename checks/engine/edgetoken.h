// What the window asks for about a token that reads the settings of the edge. Blocks, runs on a worker, and ends within
// 100 ms of a cancelled one.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/secret.h"

#include <functional>

namespace cockpit {

// Whether it works and what it may read: a sentence. Errors say what is wrong with it, or with the way there.
using TokenTester = std::function<Result<QString>(const Secret &token, const NetOptions &, const CancelToken &)>;

} // namespace cockpit
