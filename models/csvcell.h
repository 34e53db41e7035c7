// One cell of a table for spreadsheets.
#pragma once

#include <QString>

namespace cockpit {

// In quotation marks (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe.
QString csvCell(const QString &text);

} // namespace cockpit
