// Which entries of an undo journal are about the same place. Pure.
#pragma once

#include "models/access/undojournal.h"

namespace cockpit {

inline bool isSameRoute(const Route &a, const Route &b)
{
    return a.method == b.method && a.path == b.path && a.host == b.host;
}

// What is put back together: of one run, which read all of it before it changed anything.
inline bool isOfOnePlace(const JournalEntry &one, const JournalEntry &other)
{
    return one.run == other.run && one.actorId == other.actorId && one.contentType == other.contentType &&
           isSameRoute(one.create, other.create) && one.read && other.read && isSameRoute(*one.read, *other.read);
}

} // namespace cockpit
