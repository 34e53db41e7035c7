#include "checks/values/phonenumber.h"

#include <QTest>

using namespace cockpit;

class PhoneNumberTest : public QObject
{
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("together") << QByteArray("to=+4915112345678 ok") << QByteArray("+4915112345678");
        QTest::newRow("in groups") << QByteArray("call +1 (415) 555-0132, please") << QByteArray("+1 (415) 555-0132");
        QTest::newRow("eight digits") << QByteArray("+12345678") << QByteArray("+12345678");
        QTest::newRow("seven digits") << QByteArray("+1234567") << QByteArray();
        QTest::newRow("fifteen digits") << QByteArray("+123456789012345") << QByteArray("+123456789012345");
        QTest::newRow("sixteen digits") << QByteArray("+1234567890123456") << QByteArray();
        QTest::newRow("time zone") << QByteArray("2026-11-29T10:00:00+02:00") << QByteArray();
        QTest::newRow("time zone of an access log") << QByteArray("[29/Nov/2026:10:00:00 +0000]") << QByteArray();
        QTest::newRow("sum") << QByteArray("1+23456789") << QByteArray();
        QTest::newRow("goes on as a word") << QByteArray("+4915112345678abc") << QByteArray();
        QTest::newRow("fraction") << QByteArray("+12345678.5") << QByteArray();
    }

    void finds()
    {
        QFETCH(QByteArray, text);
        QByteArrayList found;
        for (const ValueSpan &at : internationalPhonesIn({text.constData(), static_cast<size_t>(text.size())}))
            found << text.mid(static_cast<qsizetype>(at.start), static_cast<qsizetype>(at.end - at.start));
        QTEST(found.join(' '), "expected");
    }

    void judgesWholeTexts()
    {
        QVERIFY(isPhoneNumber("030 1234567"));
        QVERIFY(isPhoneNumber("+49 30 1234567"));
        QVERIFY(!isPhoneNumber("123456"));
        QVERIFY(!isPhoneNumber("2026-11-29T10"));
        QVERIFY(!isPhoneNumber(""));
    }
};

QTEST_GUILESS_MAIN(PhoneNumberTest)
#include "tst_phonenumber.moc"
