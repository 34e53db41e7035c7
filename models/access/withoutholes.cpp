#include "models/access/withoutholes.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

QString withoutHoles(const QString &text, const QString &instead)
{
    static const QRegularExpression hole(u"\\{\\{[A-Za-z0-9_]{1,40}\\}\\}"_s);
    return QString(text).replace(hole, instead);
}

} // namespace cockpit
