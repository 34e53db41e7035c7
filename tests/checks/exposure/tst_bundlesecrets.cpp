#include "checks/exposure/bundlesecrets.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// JSON that is easier to read in a table: single quotes stand for double ones.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

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
        const QByteArray live = "sk_"
                                "live_" +
                                body;
        QTest::newRow("escaped") << "k='\\u0073k_"
                                    "live_" +
                                        body + "'"
                                 << u"secret_in_bundle:critical"_s;
        QTest::newRow("joined") << "k='sk_' + 'live_" + body + "'" << u"secret_in_bundle:critical"_s;
        QTest::newRow("base64") << "k=atob('" + live.toBase64() + "')" << u"secret_in_bundle:critical"_s;
        QTest::newRow("base64 twice is left alone") << "k='" + live.toBase64().toBase64() + "'" << u"pass"_s;
        QTest::newRow("picture in base64")
            << "i='" + QByteArray::fromHex("89504e470d0a1a0a").repeated(20).toBase64() + "'" << u"pass"_s;
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

    void tellsAboutSourceMaps()
    {
        const auto rules = loadSecretRules();
        const QUrl url(u"https://app.example.com/a.js.map"_s);
        const Bundle bundle{{{url, json("{'mappings':'','sourcesContent':['x']}"), false, false, true}}, 0};
        const Judged judged = judgeBundle(bundle, *rules, arrivedAt(answer(200)));
        QCOMPARE(said(judged), u"source_map:medium"_s);
        QCOMPARE(judged.observed["source_maps"_L1][0].toString(), url.toString());
    }

    void readsSourceMapReferences_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("map");
        QTest::newRow("none") << QByteArray("f()") << QString();
        QTest::newRow("beside") << QByteArray("f()\n//# sourceMappingURL=a.js.map\n")
                                << u"https://app.example.com/js/a.js.map"_s;
        QTest::newRow("from the root") << QByteArray("f()\n//# sourceMappingURL=/m/a.map")
                                       << u"https://app.example.com/m/a.map"_s;
        QTest::newRow("inside") << QByteArray("//# sourceMappingURL=data:application/json;base64,e30=") << QString();
        QTest::newRow("far from the end")
            << QByteArray("//# sourceMappingURL=a.map\n") + QByteArray(5000, ';') << QString();
    }

    void readsSourceMapReferences()
    {
        QFETCH(QByteArray, code);
        QTEST(sourceMapNamedIn(code, QUrl(u"https://app.example.com/js/a.js"_s)).toString(), "map");
    }

    void doesNotPassOverUnreadFiles()
    {
        const auto rules = loadSecretRules();
        const Bundle bundle{{{QUrl(u"https://app.example.com/"_s), "f()", true, false}}, 3};
        QCOMPARE(said(judgeBundle(bundle, *rules, arrivedAt(answer(200)))), u"info"_s);
    }

    void refusesRules_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::newRow("no keyword") << json("{'id':'a','name':'A','pattern':'a','kind':'secret','keywords':[]}");
        QTest::newRow("unknown kind") << json("{'id':'a','name':'A','pattern':'a','kind':'hidden','keywords':['a']}");
        QTest::newRow("unknown severity")
            << json("{'id':'a','name':'A','pattern':'a','kind':'secret','severity':'huge','keywords':['a']}");
        QTest::newRow("pattern that cannot be read")
            << json("{'id':'a','name':'A','pattern':'(','kind':'secret','keywords':['a']}");
        QTest::newRow("misspelt member") << json("{'id':'a','name':'A','patern':'a','kind':'secret','keywords':['a']}");
        const QByteArray good = json("{'id':'a','name':'A','pattern':'a','kind':'secret','keywords':['a']}");
        QTest::newRow("an id twice") << good + ',' + good;
    }

    void refusesRules()
    {
        QFETCH(QByteArray, rule);
        const QByteArray sound = json("{'id':'b','name':'B','pattern':'b','kind':'public','keywords':['b']}");
        QVERIFY(parseSecretRules("{\"rules\":[" + sound + "]}"));
        const auto rules = parseSecretRules("{\"rules\":[" + rule + "]}");
        QVERIFY(!rules);
        QVERIFY(!rules.error().message.isEmpty());
    }

    void keywordsAreWords()
    {
        const auto rules = loadSecretRules();
        QVERIFY(rules);
        for (const SecretRule &rule : *rules) {
            for (const QByteArray &keyword : rule.keywords)
                QVERIFY2(keyword.size() >= 2 && keyword.trimmed() == keyword, qPrintable(rule.id));
        }
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
