#include "models/redactor.h"
#include "models/secret.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestRedactor : public QObject
{
    Q_OBJECT

private slots:
    void masks_data();
    void masks();
    void leaves_data();
    void leaves();
    void keepsNamesAndAttributesOfCookies();
    void isIdempotent();
    void staysQuick_data();
    void staysQuick();
    void masksKnownValues_data();
    void masksKnownValues();
    void masksOneValue_data();
    void masksOneValue();
    void cutsPlainText_data();
    void cutsPlainText();
    void secretsAreDeepAndDotted();
};

// In each row the secret holds "s3cr3t", which must be gone.
void TestRedactor::masks_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    const QString tail = u"s3cr3ts3cr3ts3cr3ts3cr3ts3cr3ts3cr3t"_s;
    row("bearer header", u"Authorization: Bearer xs3cr3t"_s);
    row("basic header", u"authorization: Basic s3cr3t=="_s);
    row("digest header", u"Authorization: Digest username=\"jo\", response=\"s3cr3t\""_s);
    row("proxy header", u"Proxy-Authorization: s3cr3t"_s);
    row("header in a command line", u"curl -H 'Authorization: Bearer s3cr3t' https://a.example"_s);
    row("bearer in prose", u"sent with bearer %1"_s.arg(tail));
    row("basic in prose", u"used Basic %1"_s.arg(QString::fromLatin1(QByteArray("jo:s3cr3t").toBase64())) + u" s"_s);
    row("cookie", u"Cookie: a=xs3cr3t; b=ys3cr3t"_s);
    row("set-cookie", u"Set-Cookie: sid=s3cr3t; Path=/; HttpOnly"_s);
    row("set-cookie without name", u"Set-Cookie: s3cr3t; Path=/"_s);
    row("JSON header", u"{\"set-cookie\": \"sid=s3cr3t; Path=/\"}"_s);
    row("api key header", u"X-Api-Key: s3cr3t"_s);
    row("password pair", u"password=s3cr3t&x=1"_s);
    row("environment", u"DB_PASSWORD=s3cr3t\nPORT=1"_s);
    row("query", u"/reset?token=s3cr3t"_s);
    row("JSON", u"{\"password\": \"s3cr3t\"}"_s);
    row("JSON with an escaped quote", u"{\"password\": \"a\\\"s3cr3t\"}"_s);
    row("JSON in JSON", u"{\\\"client_secret\\\":\\\"s3cr3t\\\"}"_s);
    row("camel case", u"apiKey: 's3cr3t'"_s);
    row("arrow", u"secret => s3cr3t"_s);
    row("URL user and password", u"postgres://jo:s3cr3t@db.example/x"_s);
    row("URL token", u"https://s3cr3t@git.example/x"_s);
    row("URL password with an at sign", u"https://jo:a@s3cr3t@git.example/x"_s);
    row("private key", u"-----BEGIN RSA PRIVATE KEY-----\ns3cr3t\n-----END RSA PRIVATE KEY-----"_s);
    row("private key cut off", u"-----BEGIN PRIVATE KEY-----\ns3cr3t"_s);
    row("private key in JSON", u"\"-----BEGIN PRIVATE KEY-----\\ns3cr3t\\n-----END PRIVATE KEY-----\\n\""_s);
    for (const char *prefix : {"sk_live_", "sk-proj-", "sk-ant-", "ghp_", "github_pat_", "AKIA", "AIza", "xoxb-", "eyJ",
                               "sb_secret_", "SG.", "re_", "whsec_", "rk_live_", "glpat-"}) {
        row(prefix, u"key "_s + QString::fromLatin1(prefix) + tail);
    }
    row("JWT", u"eyJhbGciOi.eyJzdWIiOi.s3cr3ts3cr3t"_s);
    row("shape behind a name", u"sidsk_live_4eC39"_s + tail);
    row("shape behind a separator", u"config.sk_live_"_s + tail);
    row("hidden character inside", u"sk_li\u200Bve_"_s + tail);
}

void TestRedactor::masks()
{
    QFETCH(QString, text);
    const QString redacted = redact(text);
    QVERIFY2(!redacted.contains(u"s3cr3t"_s), qPrintable(redacted));
    QVERIFY2(redacted.contains(u'•'), qPrintable(redacted));
    QCOMPARE(redact(redacted), redacted);
}

void TestRedactor::leaves_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("prose", u"The password must be changed. Bearer authentication is required; the Basic plan is not."_s);
    row("SPF", u"v=spf1 include:_spf.google.com ~all"_s);
    row("DMARC", u"v=DMARC1; p=reject; rua=mailto:d@example.com"_s);
    row("DKIM", u"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCB"_s);
    row("headers", u"HTTP/2 200\ncontent-type: text/html\nstrict-transport-security: max-age=31536000"_s);
    row("challenge", u"WWW-Authenticate: Bearer realm=\"api\""_s);
    row("no value", u"{\"token\": null, \"password\": true}"_s);
    row("URL", u"https://example.com:8443/a@b?c=d"_s);
    row("email address", u"jo@example.com"_s);
    row("public certificate", u"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"_s);
    row("publishable key", u"pk_live_abcdefghijklmnopqrstuvwx"_s);
    row("words that hold a prefix", u"disk_test_environmentvariables task-proj-board-container-of-2026"_s);
    row("base64 that holds a prefix", u"p=MIGfxAKIAGfMA0GCSqGSIb3DQEBAQUAA4GNADCB"_s);
    row("placeholder", u"Set-Cookie: sid=<value>; Path=/; Secure"_s);
    row("variables of a shell",
        u"curl -H \"Authorization: Bearer $TOKEN\" -H \"Cookie: $COOKIE\" \"https://a.test/?token=$SECRET&n=1\""_s);
    row("short word that begins alike", u"sk-live re_use SG.x"_s);
}

void TestRedactor::leaves()
{
    QFETCH(QString, text);
    QCOMPARE(redact(text), text);
}

void TestRedactor::keepsNamesAndAttributesOfCookies()
{
    QCOMPARE(redact(u"Set-Cookie: sid=abcdefghijklmnop; Path=/; Secure; SameSite=Lax"_s),
             u"Set-Cookie: sid=abcd••••; Path=/; Secure; SameSite=Lax"_s);
    QCOMPARE(redact(u"Cookie: a=1; b=2"_s), u"Cookie: a=••••; b=••••"_s);
    QCOMPARE(redact(u"https://jo:pw@x.example/"_s), u"https://jo:••••@x.example/"_s);
}

void TestRedactor::isIdempotent()
{
    static const QStringList parts{u"password"_s,
                                   u"="_s,
                                   u": "_s,
                                   u"\""_s,
                                   u"'"_s,
                                   u"\\"_s,
                                   u"••••"_s,
                                   u"abcdefghijklmnop"_s,
                                   u"eyJ"_s,
                                   u"sk_live_"_s,
                                   u" "_s,
                                   u"\n"_s,
                                   u";"_s,
                                   u"Cookie"_s,
                                   u"Set-Cookie"_s,
                                   u"bearer "_s,
                                   u"Authorization"_s,
                                   u"://"_s,
                                   u"@"_s,
                                   u"u:p"_s,
                                   u"-----BEGIN PRIVATE KEY-----"_s,
                                   u"-----END PRIVATE KEY-----"_s,
                                   u"Basic "_s,
                                   u"am86cHc="_s,
                                   u"12345678"_s,
                                   u"."_s,
                                   u"_"_s};
    QRandomGenerator random(3);
    for (int round = 0; round < 5000; ++round) {
        QString text;
        for (int i = random.bounded(12); i >= 0; --i)
            text += parts[random.bounded(parts.size())];
        const QString once = redact(text);
        QVERIFY2(redact(once) == once, qPrintable(u"%1 | %2 | %3"_s.arg(text, once, redact(once))));
    }
}

void TestRedactor::staysQuick_data()
{
    QTest::addColumn<QString>("unit");
    for (const char *unit : {"a",
                             "eyJ",
                             "eyJ.",
                             "-",
                             "_",
                             "=",
                             "\"",
                             "://",
                             "://a:b@",
                             "bearer ",
                             "basic",
                             "basic ",
                             "password=",
                             "password",
                             "password: ",
                             "-----BEGIN ",
                             "-----BEGIN PRIVATE KEY-----",
                             "Cookie: ",
                             ";",
                             "\\\"",
                             " ",
                             "@"})
        QTest::newRow(unit) << QString::fromLatin1(unit);
}

void TestRedactor::staysQuick()
{
    QFETCH(QString, unit);
    const QString text = unit.repeated(250'000 / unit.size());
    QElapsedTimer timer;
    timer.start();
    const QString redacted = redact(text);
    // Linear work is well below a second; anything quadratic takes many minutes.
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(redacted.size() <= 4 * text.size() + 100);
}

void TestRedactor::masksKnownValues_data()
{
    QTest::addColumn<QString>("text");
    const QByteArray value("pa ss/wörd");
    QTest::newRow("plain") << u"the value pa ss/wörd here"_s;
    QTest::newRow("percent-encoded") << u"?p="_s + QString::fromLatin1(value.toPercentEncoding()) + u"&x"_s;
    QTest::newRow("base64") << u"x: "_s + QString::fromLatin1(value.toBase64());
    for (const char *before : {"", "a", "ab", "abc", "user:"}) {
        QTest::newRow(qPrintable(u"base64 behind %1"_s.arg(QString::fromLatin1(before))))
            << u"x: "_s + QString::fromLatin1((before + value + "tail").toBase64());
    }
}

void TestRedactor::masksKnownValues()
{
    QFETCH(QString, text);
    const QByteArray value("pa ss/wörd");
    const QString redacted = redact(text, {Secret(value)});
    QVERIFY2(redacted.contains(u"••••"_s), qPrintable(redacted));
    QVERIFY(redacted != text);
    QCOMPARE(redact(redacted, {Secret(value)}), redacted);
}

void TestRedactor::masksOneValue_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("shown");
    QTest::newRow("empty") << QString() << u"••••"_s;
    QTest::newRow("eleven characters") << u"12345678901"_s << u"••••"_s;
    QTest::newRow("twelve characters") << u"123456789012"_s << u"1234••••"_s;
    QTest::newRow("masked already") << u"1234••••"_s << u"1234••••"_s;
}

void TestRedactor::masksOneValue()
{
    QFETCH(QString, value);
    QTEST(maskValue(value), "shown");
}

void TestRedactor::cutsPlainText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");
    QTest::newRow("fits") << u"12345"_s << u"12345"_s;
    QTest::newRow("one too long") << u"123456"_s << u"1234…"_s;
    QTest::newRow("a pair is not torn") << u"123😀56"_s << u"123…"_s;
    QTest::newRow("controls") << u"a\u0000\u0007\r\nb\t"_s << u"a\nb\t"_s;
    QTest::newRow("bidirectional") << u"a\u202E\u2066b\u200F"_s << u"ab"_s;
    QTest::newRow("half a pair") << QString(u"a"_s + QChar(0xD83D) + u"b"_s) << u"ab"_s;
    QTest::newRow("accents stay") << u"äöü"_s << u"äöü"_s;
}

void TestRedactor::cutsPlainText()
{
    QFETCH(QString, text);
    QTEST(plainText(text, 5), "plain");
}

void TestRedactor::secretsAreDeepAndDotted()
{
    const QByteArray value = QByteArray("hunter2") + QByteArray(1, '!');
    Secret secret(value);
    QCOMPARE(value, QByteArray("hunter2!"));
    Secret copy = secret;
    secret = Secret();
    QVERIFY(secret.isEmpty());
    QCOMPARE(copy.reveal(), value);
    QVERIFY(copy == Secret(value));
    QVERIFY(!(copy == Secret("hunter3!")));
    QVERIFY(!(copy == Secret("hunter")));
    const Secret moved = std::move(copy);
    QCOMPARE(moved.reveal(), value);

    QString printed;
    QDebug(&printed) << moved;
    QVERIFY(!printed.contains(u"hunter"_s));
    QVERIFY(printed.contains(u"••••"_s));
}

QTEST_GUILESS_MAIN(TestRedactor)
#include "tst_redactor.moc"
