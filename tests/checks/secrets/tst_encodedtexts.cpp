// Secrets that are written in another form: base64, escapes, UTF-16.
#include "tests/checks/secrets/scannedtexts.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestEncodedTexts : public QObject
{
    Q_OBJECT

private slots:
    void looksThroughEncodings_data();
    void looksThroughEncodings();
};

void TestEncodedTexts::looksThroughEncodings_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    const std::string key = stripeKey();
    const QString stripe = u"stripe-live-secret secret critical "_s;
    const auto row = [](const char *name, const std::string &text, const QString &expected, qint64 offset = -1,
                        qint64 length = -1) { QTest::newRow(name) << text << expected << offset << length; };
    row("base64", "x: " + base64(key), stripe + u"1:4 base64"_s, 3, 44);
    row("base64 of lines", "data:\n  k: " + base64("a=1\nb=" + key + "\n"), stripe + u"2:14 base64"_s);
    row("base64 without padding", "x: " + base64(key).substr(0, 43), stripe + u"1:4 base64"_s);
    row(
        "base64 in lines of mail",
        [&] {
            const std::string all = base64(noise(45, 1, "abc \n") + "k=" + key + " " + noise(60, 2, "abc \n"));
            return all.substr(0, 76) + "\r\n" + all.substr(76);
        }(),
        stripe + u"1:61 base64"_s);
    row(
        "base64 in many lines with an indent",
        [&] {
            const std::string all = base64(noise(57 * 40, 1, "abc \n") + "k=" + key + " " + noise(60, 2, "abc \n"));
            std::string lines = "x:\r\n";
            for (size_t at = 0; at < all.size(); at += 76)
                lines += "    " + all.substr(at, 76) + "\r\n";
            return lines;
        }(),
        stripe + u"42:5 base64"_s);
    row("base64 before a line of words", "x: " + base64("settings: yes\nbcd=" + key + "\n") + "\nrender list\n",
        stripe + u"1:28 base64"_s);
    row("base64 before a line of one word", "x: " + base64("settings: yes\nbcd=" + key + "\n") + "\nrender\n",
        stripe + u"1:28 base64"_s);
    row("a keyword beside base64", "aws secret " + base64(noise(40, 3)), u"aws-secret secret critical 1:12 base64"_s);
    row("base64 twice", base64(base64(key)), {});
    row("URL-encoded", "next=%2Fpay%3Fkey%3D" + key, stripe + u"1:21"_s);
    row("URL-encoded in itself", "x=" + escaped(key, "%%%02X"), stripe + u"1:3 url"_s, 2, 3 * 32);
    row("an address, URL-encoded", "u=postgres%3A%2F%2Fapp%3A" + noise(16) + "%40db.shop.test",
        u"postgres-url secret critical 1:3 url"_s);
    row("escapes of JSON", "\"" + escaped(key, "\\u%04x") + "\"", stripe + u"1:2 escaped"_s, 1, 6 * 32);
    row("escapes of C", "\"" + escaped(key, "\\x%02x") + "\"", stripe + u"1:2 escaped"_s, 1, 4 * 32);
    row("an escaped slash", "\"postgres:\\/\\/app:" + noise(16) + "@db.shop.test\"",
        u"postgres-url secret critical 1:2 escaped"_s);
    row("JSON in JSON", R"("{\"password\":\"q7!Zr9#Lw2vX\"}")", u"generic-password secret medium 1:18 escaped"_s);
    row("an escape of an escape", "\"\\\\u0073" + key.substr(1) + "\"", {});
    row("UTF-16 of Windows", utf16("x\n= " + key, false, true), stripe + u"2:5 utf16"_s, 10, 64);
    row("UTF-16 of Windows without a mark", utf16("x\n= " + key, false, false), stripe + u"2:5 utf16"_s, 8, 64);
    row("UTF-16 of networks", utf16("x = " + key, true, true), stripe + u"1:11 utf16"_s, 10, 64);
    row("UTF-16 of networks without a mark", utf16("x = " + key, true, false), stripe + u"1:9 utf16"_s, 8, 64);
    row("far from the next encoded part",
        "%41" + std::string(5000, ' ') + "x: " + base64(key) + std::string(5000, ' ') + "%41",
        stripe + u"1:5007 base64"_s);
    row("plain beside encoded", "%41 " + key, stripe + u"1:5"_s);
}

void TestEncodedTexts::looksThroughEncodings()
{
    QFETCH(std::string, text);
    QFETCH(QString, expected);
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    const TextScan scan = scannerWith().scan(text);
    QCOMPARE(shown(scan.hits), expected);
    const auto streamed = scannerWith().scanStream(readerOf(text, 11));
    QVERIFY(streamed);
    QCOMPARE(shown(streamed->hits), expected);
    if (offset >= 0) {
        QCOMPARE(scan.hits.front().offset, offset);
        QCOMPARE(scan.hits.front().length, length);
        // The same value, however it is written.
        QCOMPARE(scan.hits.front().fingerprint, scannerWith().scan(stripeKey()).hits.front().fingerprint);
    }
}

QTEST_GUILESS_MAIN(TestEncodedTexts)
#include "tst_encodedtexts.moc"
