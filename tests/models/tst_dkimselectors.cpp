#include "models/dkimselectors.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestDkimSelectors : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void TestDkimSelectors::reads_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("selectors");
    QTest::newRow("nothing") << u"  "_s << QStringList();
    QTest::newRow("one") << u"google"_s << QStringList{u"google"_s};
    QTest::newRow("commas and blanks") << u"s1, s2  k3"_s << QStringList{u"s1"_s, u"s2"_s, u"k3"_s};
    QTest::newRow("capitals, twice") << u"Google, google"_s << QStringList{u"google"_s};
    QTest::newRow("a date with dots") << u"2026.03.mail"_s << QStringList{u"2026.03.mail"_s};
    QTest::newRow("an underscore") << u"s1_2048"_s << QStringList{u"s1_2048"_s};
    QTest::newRow("a whole record name") << u"s1._domainkey.example.com"_s << QStringList{u"s1"_s};
    QTest::newRow("63 letters") << QString(63, u'a') << QStringList{QString(63, u'a')};
}

void TestDkimSelectors::reads()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, selectors);
    const auto parsed = parseDkimSelectors(typed);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
    QCOMPARE(*parsed, selectors);
}

void TestDkimSelectors::refuses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("64 letters") << QString(64, u'a');
    QTest::newRow("a hyphen in front") << u"-s1"_s;
    QTest::newRow("an empty label") << u"s1..s2"_s;
    QTest::newRow("a slash") << u"good, s1/s2"_s;
    QTest::newRow("no ASCII") << u"schlüssel"_s;
}

void TestDkimSelectors::refuses()
{
    QFETCH(QString, typed);
    const auto parsed = parseDkimSelectors(typed);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind, ErrorKind::BadInput);
}

QTEST_GUILESS_MAIN(TestDkimSelectors)
#include "tst_dkimselectors.moc"
