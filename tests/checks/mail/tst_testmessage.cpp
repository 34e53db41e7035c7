#include "checks/mail/message.h"
#include "checks/mail/testmessage.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 8), QTime(9, 5, 7), Qt::UTC);
const QString kToken = u"0123456789abcdef0123456789abcdef"_s;

DeliverySetup setup()
{
    return {u"smtp.acme.example"_s, 465, SmtpSecurity::Tls, u"product"_s, u"entry"_s, u"hello@acme.example"_s,
            u"me@reader.example"_s};
}

} // namespace

class TestMessageTest : public QObject
{
    Q_OBJECT

private slots:
    void isAProperMessage();
    void holdsNoLineBreakThatWasTyped();
    void encodesWhatIsNotAscii_data();
    void encodesWhatIsNotAscii();
};

void TestMessageTest::isAProperMessage()
{
    const QByteArray bytes = composeTestMessage(setup(), kToken, kNow);
    const auto message = parseMessage(bytes);
    QVERIFY(message);
    const auto value = [&](const char *name) { return message->first(name).value_or("missing"); };
    QCOMPARE(value("From"), QByteArray("<hello@acme.example>"));
    QCOMPARE(value("To"), QByteArray("<me@reader.example>"));
    QCOMPARE(value("Date"), QByteArray("Sun, 08 Nov 2026 09:05:07 +0000"));
    QCOMPARE(value("Message-ID"), QByteArray("<0123456789abcdef0123456789abcdef@acme.example>"));
    QCOMPARE(value("Auto-Submitted"), QByteArray("auto-generated"));
    QCOMPARE(value(kDeliveryTokenField), kToken.toLatin1());
    QVERIFY(QByteArray::fromBase64(message->body).contains(kToken.toLatin1()));
    for (const QByteArray &line : QByteArray(bytes).replace("\r\n", "\n").split('\n')) {
        QVERIFY(line.size() <= 78 && !line.contains('\r'));
        QVERIFY(std::ranges::all_of(line, [](char c) { return c >= ' ' && c < 127; }));
    }
}

void TestMessageTest::holdsNoLineBreakThatWasTyped()
{
    DeliverySetup typed = setup();
    typed.from = u"hello@acme.example>\r\nBcc: <you@evil.example"_s;
    typed.to = u"me@reader.example>\nX-Evil: 1\n\n<"_s;
    const auto message = parseMessage(composeTestMessage(typed, kToken, kNow));
    QVERIFY(message);
    QCOMPARE(message->fields.size(), parseMessage(composeTestMessage(setup(), kToken, kNow))->fields.size());
    QVERIFY(!message->first("Bcc") && !message->first("X-Evil"));
}

void TestMessageTest::encodesWhatIsNotAscii_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("ASCII") << u"Hello there"_s << QByteArray("Hello there");
    QTest::newRow("umlaut") << u"Gr\u00fc\u00dfe"_s << QByteArray("=?UTF-8?B?R3LDvMOfZQ==?=");
    QTest::newRow("line breaks go") << u"a\r\nBcc: b"_s << QByteArray("aBcc: b");
    QTest::newRow("empty") << QString() << QByteArray();
    // 45 bytes fit into one word; a letter of two bytes is never cut.
    QTest::newRow("long") << QString(23, QChar(0xfc))
                          << QByteArray("=?UTF-8?B?" + QString(22, QChar(0xfc)).toUtf8().toBase64() +
                                        "?=\r\n =?UTF-8?B?w7w=?=");
}

void TestMessageTest::encodesWhatIsNotAscii()
{
    QFETCH(QString, text);
    QTEST(encodedHeaderText(text), "encoded");
}

QTEST_GUILESS_MAIN(TestMessageTest)
#include "tst_testmessage.moc"
