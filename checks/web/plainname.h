// Names of members and parameters as they are compared.
#pragma once

#include <QRegularExpression>
#include <QString>

namespace cockpit {

// "perPage", "per_page" and "per-page" are one name: small letters and digits alone.
inline QString plainName(const QString &name)
{
    static const QRegularExpression mark(QStringLiteral("[^a-z0-9]"));
    return name.toLower().remove(mark);
}

} // namespace cockpit
