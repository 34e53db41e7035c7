#include "models/access/onetimecode.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

QString codeHole()
{
    return u"{{code}}"_s;
}

QString oneTimeCodeIn(const QString &text)
{
    static const QRegularExpression digits(u"^\\d(?:[ \\x{00a0}-]?\\d)+$"_s);
    static const QRegularExpression separators(u"[ \\x{00a0}-]"_s);
    static const QRegularExpression code(u"^[A-Za-z0-9-]{4,12}$"_s);
    QString plain = text.trimmed();
    if (digits.match(plain).hasMatch())
        plain.remove(separators);
    return code.match(plain).hasMatch() ? plain : QString();
}

} // namespace cockpit
