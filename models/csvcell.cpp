#include "models/csvcell.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString csvCell(const QString &text)
{
    static const QString starters = u"=+-@\t\r"_s;
    QString cell = text;
    if (!cell.isEmpty() && starters.contains(cell.front()))
        cell.prepend(u'\'');
    return u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace cockpit
