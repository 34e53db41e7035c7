// How much a secret in a file matters, by where the file stands.
#pragma once

#include "models/vocabulary.h"

#include <QByteArray>

namespace cockpit {

enum class PlaceWeight {
    Full,
    Lower, // other people's code, tests and their fixtures, examples, lock files: most of what looks like a key there
           // is none, or opens nothing. Looked at all the same: leaks hide there
};

// path: below the root, in bytes.
PlaceWeight weightOf(const QByteArray &path);

// The lowest stays.
Severity oneStepLower(Severity severity);
// A step lower where the place says so.
Severity weighed(Severity severity, PlaceWeight weight);

} // namespace cockpit
