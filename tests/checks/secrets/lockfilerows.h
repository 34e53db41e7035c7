// Lock files as rows, and what was read of them as text: "name version use reach line".
#pragma once

#include "checks/secrets/dependencies/lockfiles.h"

#include <QTest>

namespace cockpit::lockrows {

using namespace Qt::StringLiterals;

using Beside = QHash<QString, QByteArray>;

inline void columns()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Beside>("beside");
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<QStringList>("skipped");
}

inline QStringList printed(const LockReading &reading)
{
    QStringList lines;
    for (const Dependency &one : reading.packages)
        lines += u"%1 %2 %3 %4 %5"_s.arg(one.name, one.version, toWord(one.use), toWord(one.reach)).arg(one.line);
    lines.sort();
    return lines;
}

inline void compareReading()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QFETCH(Beside, beside);
    QFETCH(QStringList, wanted);
    QFETCH(QStringList, skipped);
    const auto reading = readLockFile(path, {bytes, beside});
    QVERIFY2(reading, reading ? "" : qPrintable(reading.error().message));
    QCOMPARE(printed(*reading), wanted);
    QCOMPARE(reading->named, skipped);
    QCOMPARE(reading->notComparable, skipped.size());
    for (const Dependency &one : reading->packages)
        QCOMPARE(one.file, path);
}

} // namespace cockpit::lockrows
