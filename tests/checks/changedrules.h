// Rules of the program with one change: they are refused, and the message names the place.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QTest>

namespace cockpit::test {

inline void addChangeColumns()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("said");
}

// In the JSON of the rules, with ' for ". said: a part of the message.
inline void changeRow(const char *name, const char *from, const char *to, const QString &said)
{
    QTest::newRow(name) << QByteArray(from).replace('\'', '"') << QByteArray(to).replace('\'', '"') << said;
}

// Of the current row. parse: from the bytes of the rules to a Result.
template<typename Parse>
void refusesChange(const QString &resource, const Parse &parse)
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, said);
    QFile file(resource);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray json = file.readAll();
    QVERIFY(parse(json).has_value());
    QVERIFY(json.contains(from));
    json.replace(json.indexOf(from), from.size(), to);
    const auto rules = parse(json);
    QVERIFY(!rules.has_value());
    QVERIFY2(rules.error().message.contains(said), qPrintable(rules.error().message));
}

} // namespace cockpit::test
