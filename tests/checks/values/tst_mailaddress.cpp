#include "checks/values/mailaddress.h"

#include <QTest>

using namespace cockpit;

class MailAddressTest : public QObject
{
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected"); // joined by blanks
        QTest::newRow("plain") << QByteArray("user anna@firm.io signed in") << QByteArray("anna@firm.io");
        QTest::newRow("in JSON") << QByteArray(R"({"email":"anna.b+x@firm.co.uk"})")
                                 << QByteArray("anna.b+x@firm.co.uk");
        QTest::newRow("end of a sentence") << QByteArray("Sent to anna@firm.io.") << QByteArray("anna@firm.io");
        QTest::newRow("in an address") << QByteArray("/reset?email=anna%40firm.io&x=1") << QByteArray("anna%40firm.io");
        QTest::newRow("mailto") << QByteArray("mailto://anna@firm.io") << QByteArray("anna@firm.io");
        QTest::newRow("two") << QByteArray("a.b@firm.io,c.d@firm.io") << QByteArray("a.b@firm.io c.d@firm.io");
        QTest::newRow("mailbox of a company") << QByteArray("from support@firm.io") << QByteArray();
        QTest::newRow("example") << QByteArray("anna@example.com bob@x.test") << QByteArray();
        QTest::newRow("database") << QByteArray("postgres://app:pass@db.firm.io/x") << QByteArray();
        QTest::newRow("git") << QByteArray("git@github.com:firm/app.git") << QByteArray();
        QTest::newRow("package") << QByteArray("react@18.2.0 and left-pad@latest") << QByteArray();
        QTest::newRow("picture") << QByteArray("logo@2x.png") << QByteArray();
        QTest::newRow("no local part") << QByteArray("@firm.io") << QByteArray();
        QTest::newRow("no domain") << QByteArray("anna@") << QByteArray();
        QTest::newRow("masked") << QByteArray("a***@firm.io") << QByteArray();
    }

    void finds()
    {
        QFETCH(QByteArray, text);
        QByteArrayList found;
        for (const ValueSpan &at : mailsOfPeopleIn({text.constData(), static_cast<size_t>(text.size())}))
            found << text.mid(static_cast<qsizetype>(at.start), static_cast<qsizetype>(at.end - at.start));
        QTEST(found.join(' '), "expected");
    }

    void judgesWholeTexts()
    {
        QVERIFY(isMailOfPerson("o'neil@firm.io"));
        QVERIFY(!isMailOfPerson("Info@firm.io"));
        QVERIFY(!isMailOfPerson("anna@firm"));
        QVERIFY(isMailOfPerson(std::string(64, 'a') + "@firm.io"));
        QVERIFY(!isMailOfPerson(std::string(65, 'a') + "@firm.io"));
    }
};

QTEST_GUILESS_MAIN(MailAddressTest)
#include "tst_mailaddress.moc"
