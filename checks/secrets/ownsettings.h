// Secrets in files of settings that lie in the folder of the code and are no part of it: a .env that git does not have
// is where a secret belongs on the machine that it is for.
#pragma once

#include "checks/secrets/foundsecret.h"
#include "checks/secrets/gitstanding.h"

#include <map>
#include <vector>

namespace cockpit {

// A file that holds settings, or a key and nothing else, and is not among what is sent to browsers.
bool mayBeOwnSettings(const QByteArray &path);

// Takes those out of what was found below the root; the rest stays in its order. What is not asked before the stop
// stays, too.
std::map<GitStanding, std::vector<FoundSecret>> takeOwnSettings(const QString &root, std::vector<FoundSecret> &found,
                                                                const CancelToken &token);

} // namespace cockpit
