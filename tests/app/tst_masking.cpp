#include "lab/zonescript.h"
#include "tests/app/builtprogram.h"
#include "tests/app/labproduct.h"
#include "tests/app/warmhome.h"

#include <QFile>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kKey = u"sk_live_4eC39HqLyjWDarjtT1zdp7dc"_s;
const QString kPassword = u"hunter2hunter2"_s;
// What must stand nowhere; the first four characters of a secret may.
const QByteArrayList kSecretParts{"4eC39HqLyj", "er2hunter2"};

// Records that a hurried person pasted a key into.
QStringList leakyZone()
{
    QStringList zone = healthyZone();
    zone.removeIf([](const QString &record) {
        return record.startsWith("example.com. 300 IN TXT"_L1) || record.startsWith("_dmarc.example.com"_L1);
    });
    return zone << u"example.com. 300 IN TXT \"v=spf1 password=%1 include:%2.example.com ~all\""_s.arg(kPassword, kKey)
                << u"example.com. 300 IN TXT \"note: password=%1\""_s.arg(kPassword)
                << u"_dmarc.example.com. 300 IN TXT \"v=DMARC1; p=none; api_key=%1\""_s.arg(kKey)
                << u"default._domainkey.example.com. 300 IN TXT \"v=DKIM1; n=%1; p=AAAA\""_s.arg(kKey);
}

// Headers, cookies' names and a page that hold keys.
lab::Script leakySite()
{
    const QByteArray key = kKey.toLatin1();
    return lab::answering(lab::httpAnswer(
        200,
        {"Content-Type: text/html; charset=utf-8", "Server: Acme " + key,
         "X-Powered-By: password=" + kPassword.toLatin1(), "Strict-Transport-Security: max-age=" + key,
         "Content-Security-Policy: default-src 'nonce-" + key + "'",
         "Cache-Control: max-age=60, token=" + kPassword.toLatin1(), "Set-Cookie: session" + key + "=1; Path=/",
         "Set-Cookie: sid=" + kPassword.toLatin1(), "Access-Control-Allow-Origin: https://" + key + ".example"},
        "<!doctype html><title>" + key + "</title><script>const key = '" + key +
            "';</script><p>password=" + kPassword.toLatin1()));
}

QByteArray textOf(const QString &pdf)
{
    QProcess reader;
    reader.start(u"pdftotext"_s, {u"-layout"_s, pdf, u"-"_s});
    reader.waitForFinished();
    return reader.readAllStandardOutput();
}

QByteArray secretIn(const QByteArray &text)
{
    for (const QByteArray &part : kSecretParts) {
        if (const qsizetype at = text.indexOf(part); at >= 0)
            return text.mid(std::max<qsizetype>(0, at - 200), 400);
    }
    return {};
}

} // namespace

// Keys that a product shows in its records, headers and cookies do not get into anything that the program hands out.
class TestMasking : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void noFormatHoldsASecret_data()
    {
        QTest::addColumn<QString>("format");
        for (const char *format : {"text", "json", "sarif", "junit"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }

    void noFormatHoldsASecret()
    {
        QFETCH(QString, format);
        const BuiltProgram program;
        QVERIFY(m_warm.copyTo(program));
        const LabProduct product(zoneScript(leakyZone()), leakySite());
        QStringList arguments = product.audit();
        arguments.last() = format;
        const Ended ended = program.run(arguments);
        QVERIFY2(ended.status == 1, ended.complaint.constData());
        QCOMPARE(secretIn(ended.out), QByteArray());
        QCOMPARE(secretIn(ended.complaint), QByteArray());
        // The records were read, and what is left of them is shown.
        QVERIFY2(ended.out.contains("hunt\u2022") || ended.out.contains("sk_l\u2022"), ended.out.constData());
    }

    void noPackHoldsASecret()
    {
        const BuiltProgram program;
        QVERIFY(m_warm.copyTo(program));
        const LabProduct product(zoneScript(leakyZone()), leakySite());
        const QString pack = program.path(u"pack.pdf"_s);
        const Ended ended = program.run(product.audit() << u"--pdf"_s << pack);
        QVERIFY2(ended.status == 1, ended.complaint.constData());
        const QByteArray text = textOf(pack);
        QVERIFY(text.contains("example.com"));
        QCOMPARE(secretIn(text), QByteArray());
    }

private:
    WarmHome m_warm;
};

QTEST_GUILESS_MAIN(TestMasking)
#include "tst_masking.moc"
