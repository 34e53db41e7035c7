// Tool tips take what looks like HTML for HTML; much of what they show comes from a stranger's server or file.
#pragma once

#include <QString>

namespace cockpit {

// Shows each character of the text as it is.
QString plainToolTip(const QString &text);

} // namespace cockpit
