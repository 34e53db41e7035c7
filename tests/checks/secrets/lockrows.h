// Rows about lock files: what is read from one, compared as text: "name version use reach line", with "from host" where
// it is a registry of somebody's own. What was skipped by name; an empty one was counted and not named.
#pragma once

#include "checks/secrets/dependencies/lockfiles.h"

#include <QTest>

namespace cockpit::test {

using namespace Qt::StringLiterals;

using Beside = QHash<QString, QByteArray>;

inline void lockColumns()
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
    for (const Dependency &one : reading.packages) {
        const QString line =
            u"%1 %2 %3 %4 %5"_s.arg(one.name, one.version, toWord(one.use), toWord(one.reach)).arg(one.line);
        lines += one.registry.isEmpty() ? line : line + " from "_L1 + one.registry;
    }
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
    QCOMPARE(reading->notComparable, skipped.size());
    skipped.removeAll(QString());
    QCOMPARE(reading->named, skipped);
    for (const Dependency &one : reading->packages)
        QCOMPARE(one.file, path);
}

// A row with the columns of lockColumns().
inline void lockRow(const char *title, const char *path, const QByteArray &bytes, const QStringList &wanted,
                    const QStringList &skipped = {}, const Beside &beside = {})
{
    QTest::newRow(title) << QString::fromLatin1(path) << bytes << beside << wanted << skipped;
}

} // namespace cockpit::test
