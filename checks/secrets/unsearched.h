// What a reader says of a text in which the search for secrets ended before the text did (TextScan::trouble()).
#pragma once

#include "models/result.h"

#include <QString>

namespace cockpit {

// A sentence. name: as shown.
QString unsearchedSentence(const QString &name, const Error &why);

} // namespace cockpit
