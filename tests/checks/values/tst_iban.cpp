#include "checks/values/iban.h"

#include <QTest>

using namespace cockpit;

class IbanTest : public QObject
{
    Q_OBJECT

private slots:
    // The numbers are the examples of the registry of ISO 13616.
    void counts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("expected");
        QTest::newRow("Germany") << QByteArray("DE89370400440532013000") << 1;
        QTest::newRow("with blanks") << QByteArray("to GB29 NWBK 6016 1331 9268 19 today") << 1;
        QTest::newRow("Norway, the shortest") << QByteArray("NO9386011117947") << 1;
        QTest::newRow("wrong check digits") << QByteArray("DE88370400440532013000") << 0;
        QTest::newRow("too short for its country") << QByteArray("DE8937040044053201300") << 0;
        QTest::newRow("goes on as a word") << QByteArray("DE89370400440532013000X") << 0;
        QTest::newRow("begins in a word") << QByteArray("XDE89370400440532013000") << 0;
        QTest::newRow("no such country") << QByteArray("ZZ89370400440532013000") << 0;
        QTest::newRow("two, in JSON") << QByteArray(R"({"a":"DE89370400440532013000","b":"NO9386011117947"})") << 2;
        QTest::newRow("empty") << QByteArray() << 0;
    }

    void counts()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, expected);
        QCOMPARE(ibansIn({text.constData(), static_cast<size_t>(text.size())}).size(), static_cast<size_t>(expected));
    }

    void judgesWholeTexts()
    {
        QVERIFY(isIban("GB29 NWBK 6016 1331 9268 19"));
        QVERIFY(!isIban("GB29 NWBK 6016 1331 9268 19 "
                        "GB29 NWBK 6016 1331 9268 19"));
        QVERIFY(!isIban(""));
    }
};

QTEST_GUILESS_MAIN(IbanTest)
#include "tst_iban.moc"
