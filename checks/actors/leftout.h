// What a look leaves out as there is more of it than it tries.
#pragma once

#include <QString>
#include <QStringList>

namespace cockpit {

// "One look tries 3 of them at most. Not tried, 4 more routes: a, b and 2 more." Names a few; empty without any.
QString leftOutText(const QStringList &routes, int most);

} // namespace cockpit
