// What tests of hostile folders and repositories share: a secret to find, and how soon a look has to end.
#pragma once

#include "tests/checks/secrets/smallrules.h"

#include <QByteArray>
#include <QFile>
#include <QString>

namespace cockpit::test {

// A second is promised; the rest is for a machine that does a dozen other things.
constexpr qint64 kSoonMs = 3000;

inline QByteArray keyLine(unsigned seed)
{
    return "key = '" + QByteArray::fromStdString(stripeKey(seed)) + "'\n";
}

inline QByteArray encoded(const QString &path)
{
    return QFile::encodeName(path);
}

} // namespace cockpit::test
