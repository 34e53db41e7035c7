#include "checks/exposure/bundlesecrets.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray jwt(const QString &role)
{
    const QJsonObject claims{{u"iss"_s, u"supabase"_s}, {u"ref"_s, u"abcdabcd"_s}, {u"role"_s, role}};
    const QByteArray payload = QJsonDocument(claims)
                                   .toJson(QJsonDocument::Compact)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return "k='eyJhbGciOiJIUzI1NiJ9." + payload + ".c2lnbmF0dXJlLXZhbHVl'";
}

} // namespace

class BundleSecretsTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("expected");
        const QByteArray body = "a1B2c3D4e5F6g7H8i9J0k1L2";
        QTest::newRow("nothing") << QByteArray("console.log('hello')") << u"pass"_s;
        QTest::newRow("Stripe live key") << "k='sk_"
                                            "live_" +
                                                body + "'"
                                         << u"secret_in_bundle:critical"_s;
        QTest::newRow("Stripe publishable key") << "k='pk_live_" + body + "'" << u"pass"_s;
        QTest::newRow("publishable test key") << "k='pk_test_" + body + "'" << u"test_mode:medium"_s;
        QTest::newRow("Supabase anonymous key") << jwt(u"anon"_s) << u"pass"_s;
        QTest::newRow("Supabase service key") << jwt(u"service_role"_s) << u"secret_in_bundle:critical"_s;
        QTest::newRow("part of a longer word") << "k='xsk_"
                                                  "live_" +
                                                      body + "'"
                                               << u"pass"_s;
        QTest::newRow("placeholder") << QByteArray("k='sk_"
                                                   "live_xxxxxxxxxxxxxxxxxxxxxxxx'")
                                     << u"pass"_s;
        QTest::newRow("database address")
            << QByteArray("u='postgres://shop:s3cr3tPw@db.example.com/x'") << u"secret_in_bundle:critical"_s;
        QTest::newRow("private network") << QByteArray("u='http://10.0.0.5/api'") << u"internal_address:low"_s;
        QTest::newRow("far into a minified line") << QByteArray(3000000, ';') +
                                                         "k='sk_"
                                                         "live_" +
                                                         body + "'"
                                                  << u"secret_in_bundle:critical"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, code);
        const auto rules = loadSecretRules();
        QVERIFY2(rules, rules ? "" : qPrintable(rules.error().message));
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), code, false, false}}, 0};
        QTEST(said(judgeBundle(bundle, *rules, arrivedAt(answer(200)))), "expected");
    }

    void showsNoValue()
    {
        const auto rules = loadSecretRules();
        const QByteArray key = "sk_"
                               "live_a1B2c3D4e5F6g7H8i9J0k1L2";
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), "k='" + key + "'", false, false}}, 0};
        const Judged judged = judgeBundle(bundle, *rules, arrivedAt(answer(200)));
        const QString all = judged.findings.at(0).whatWeSaw + judged.findings.at(0).evidence.at(0).body +
                            QString::fromUtf8(QJsonDocument(judged.observed).toJson());
        QVERIFY(!all.contains("a1B2c3D4"_L1));
    }

    void findsChunks()
    {
        const auto urls = chunksNamedIn("import('./b-12.js');x=['static/chunks/7.js']",
                                        QUrl(u"https://a.example/_next/static/chunks/a.js"_s));
        QCOMPARE(urls.size(), size_t(2));
        QCOMPARE(urls[0].path(), u"/_next/static/chunks/b-12.js"_s);
        QCOMPARE(urls[1].path(), u"/_next/static/chunks/7.js"_s);
    }
};

QTEST_GUILESS_MAIN(BundleSecretsTest)
#include "tst_bundlesecrets.moc"
