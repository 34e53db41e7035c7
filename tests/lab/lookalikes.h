// What looks like a secret and is none: placeholders, public keys, hashes, ids, lock files, code that speaks of
// secrets.
#pragma once

#include "checks/secrets/leakrule.h"

namespace cockpit::lab {

struct LookAlike
{
    QByteArray path;
    QByteArray text;
};

// The same number gives the same text. Keys that are public by design are taken from the rules' examples.
LookAlike lookAlike(quint32 number, const std::vector<LeakRule> &rules);

} // namespace cockpit::lab
