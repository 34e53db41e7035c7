// Records as JSON, one a line (application/x-ndjson, JSON Lines): what databases and log stores stream.
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <vector>

namespace cockpit {

// The first thousand, by their content whatever type the header claims. Empty unless the first two lines are objects; a
// last line that was cut off is left out.
std::vector<QJsonObject> jsonLinesIn(const QByteArray &body);

} // namespace cockpit
