#include "checks/exposure/bundlesecrets.h"
#include "checks/web/streamedstate.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/sanitized.h"

#include <QElapsedTimer>
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

WebKeys keysOf(const CancelToken &token = {})
{
    return WebKeys::make(allRules(), QByteArray(32, 'k'), token).value();
}

Judged judged(const Bundle &bundle, const CancelToken &token = {})
{
    WebKeys keys = keysOf(token);
    return judgeBundle(bundle, keys, arrivedAt(answer(200)), Target());
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
        QByteArray many;
        for (int i = 0; i < 20; ++i)
            many += jwt(u"anon"_s).replace("c2ln", "c2l" + QByteArray::number(i)) + ';';
        QTest::newRow("Supabase service key behind many anonymous ones")
            << many + jwt(u"service_role"_s) << u"secret_in_bundle:critical"_s;
        QTest::newRow("many anonymous keys of Supabase") << many << u"pass"_s;
        QTest::newRow("part of a longer word") << "k='xsk_"
                                                  "live_" +
                                                      body + "'"
                                               << u"pass"_s;
        QTest::newRow("placeholder") << QByteArray("k='sk_"
                                                   "live_xxxxxxxxxxxxxxxxxxxxxxxx'")
                                     << u"pass"_s;
        QTest::newRow("database address")
            << QByteArray("u='postgres://shop:Kq7wZ2mPd4@db.shop.dev/x'") << u"secret_in_bundle:critical"_s;
        QTest::newRow("sample of Stripe's documentation") << QByteArray("k='sk_"
                                                                        "test_4eC39HqLyjWDarjtT1zdp7dc'")
                                                          << u"pass"_s;
        QTest::newRow("another test key") << "k='sk_"
                                             "test_" +
                                                 body + "'"
                                          << u"secret_in_bundle:medium"_s;
        QTest::newRow("sample of Prisma's documentation")
            << QByteArray("u='postgresql://johndoe:randompassword@db.example.com:5432/mydb'") << u"pass"_s;
        QTest::newRow("database on the reader's machine")
            << QByteArray("u='postgres://shop:Kq7wZ2mPd4@localhost:5432/x'") << u"own_machine_password:medium"_s;
        QTest::newRow("a sample on the reader's machine")
            << QByteArray("u='postgres://postgres:postgres@localhost:5432/x';v='mysql://root:mypassword@127.0.0.1/x'")
            << u"pass"_s;
        QTest::newRow("on the reader's machine and elsewhere")
            << QByteArray("u='postgres://shop:Kq7wZ2mPd4@localhost/x';v='postgres://shop:Kq7wZ2mPd4@db.shop.dev/x'")
            << u"own_machine_password:medium secret_in_bundle:critical"_s;
        QTest::newRow("database on a machine with such a name")
            << QByteArray("u='postgres://shop:Kq7wZ2mPd4@localhost.shop.dev/x'") << u"secret_in_bundle:critical"_s;
        const QByteArray resend = "new Resend('re_"
                                  "aB3dE5fG_hJ7kL9mN1pQ3rS5tU7vW9xYz')";
        QTest::newRow("a key behind many words with its beginning")
            << QByteArray("a.feature_flag;b.core_x;" + QByteArray(30, ' ')).repeated(6000) + resend
            << u"secret_in_bundle:critical"_s;
        QTest::newRow("a key behind one window full of its beginning")
            << QByteArray("re_").repeated(6000) + ';' + resend << u"secret_in_bundle:critical"_s;
        QTest::newRow("behind many places that look like one")
            << QByteArray("u='mysql://'" + QByteArray(600, ' ')).repeated(5100) + resend
            << u"secret_in_bundle:critical"_s;
        QTest::newRow("so many places and nothing found")
            << QByteArray("u='mysql://'" + QByteArray(600, ' ')).repeated(5100) << u"pass"_s;
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
        const QByteArray hex32 = "5f4dcc3b5aa765d61d8327deb882cf99";
        const auto row = [](const char *name, const QByteArray &code, const QString &expected) {
            QTest::newRow(name) << code << expected;
        };
        row("name for browsers", "e={NEXT_PUBLIC_STRIPE_SECRET:\"" + live + "\"}", u"wrong_prefix:critical"_s);
        row("name for browsers, in JSON", "{\"VITE_KEY\":\"" + live + "\"}", u"wrong_prefix:critical"_s);
        row("name for browsers in the text of a map", "VITE_KEY=\\\"" + live + "\\\"", u"wrong_prefix:critical"_s);
        row("name for servers", "e={STRIPE_SECRET:\"" + live + "\"}", u"secret_in_bundle:critical"_s);
        row("public key behind a name for browsers", "e={NEXT_PUBLIC_STRIPE:\"pk_live_" + body + "\"}", u"pass"_s);
        row("password by its name alone", "e={VITE_DB_PASSWORD:\"Xq7vRt9mKw2Lp\"}", u"wrong_prefix:high"_s);
        row("password that is none", "e={VITE_DB_PASSWORD:\"changeme-please-now\"}", u"pass"_s);
        row("password by its name, not for browsers", "e={DB_PASSWORD:\"Xq7vRt9mKw2Lp\"}", u"pass"_s);
        row("DeepSeek", "deepseek.key='sk-" + hex32 + "'", u"secret_in_bundle:critical"_s);
        row("the same shape far from DeepSeek", "x='sk-" + hex32 + "'", u"pass"_s);
        row("Mailgun", "mailgun('key-" + hex32 + "')", u"secret_in_bundle:critical"_s);
        row("the same shape without Mailgun", "x='key-" + hex32 + "'", u"pass"_s);
        row("Postmark", "h={\"X-Postmark-Server-Token\":\"3f1b2c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d\"}",
            u"secret_in_bundle:critical"_s);
        row("a UUID is no token", "h={\"X-Request-Id\":\"3f1b2c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d\"}", u"pass"_s);
        row("AWS secret", "secretAccessKey:\"qT4rXb9tnFeM1/K7wDzNG/bPxRfiCYzK3yQpLm12\"",
            u"secret_in_bundle:critical"_s);
        row("integrity hash", "integrity:\"qT4rXb9tnFeM1/K7wDzNG/bPxRfiCYzK3yQpLm12\"", u"pass"_s);
        row("Gemini", "k='AQ.Ab8RN6" + body + body + "'", u"secret_in_bundle:critical"_s);
        row("Google key for browsers", "k='AIza" + body + "abcDEFghiJK'", u"pass"_s);
        row("Fly", "t='fo1_" + (body + body).first(43) + "'", u"secret_in_bundle:critical"_s);
        row("Hugging Face", "t='hf_" + QByteArray("qWzRtYpLkJhGfDsAzXcVbNmQwErTyUiOpL") + "'",
            u"secret_in_bundle:critical"_s);
        row("Google sign-in secret", "s='GOCSPX-" + body + "abCD'", u"secret_in_bundle:high"_s);
        row("Google Analytics", "gtag('config','G-AB12CD34EF')", u"pass"_s);
        row("Algolia search key", "algoliasearch('APP','" + hex32 + "')", u"pass"_s);
        row("Turnstile site key", "k='0x4AAAAAAADnPIDROrmt1Wwj'", u"pass"_s);
        row("Firebase settings", "c={apiKey:'AIza" + body + "abcDEFghiJK',authDomain:'shop-1.firebaseapp.com'}",
            u"pass"_s);
        row("Sentry address", "Sentry.init({dsn:'https://" + hex32 + "@o1.ingest.sentry.io/42'})", u"pass"_s);
        row("Mapbox public token", "t='pk.eyJ1IjoiYWNtZSIsImEiOiJ4eHgifQ.a1B2c3D4e5F6'", u"pass"_s);
        row("Mapbox secret token",
            "t='sk.eyJ1IjoiYWNtZS1zaG9wIiwiYSI6ImNseDF6OXF2dzBhYmMyanM4ZDdmNmc1aDQifQ.a1B2c3D4e5F6g7H8i9J0k1'",
            u"secret_in_bundle:high"_s);
        row("webhook secret", "s='whsec_" + body + "mN3oP4qR'", u"secret_in_bundle:high"_s);
        row("Django key", "SECRET_KEY = 'k3!x9@q#v7$m2%c8^z4&b6*n1(p5)t0-e_r+y=u?'", u"secret_in_bundle:critical"_s);
        row("any other JWT", "t='eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLXZhbHVl'", u"pass"_s);
        row("code of the environment", "k=process.env.STRIPE_SECRET_KEY", u"pass"_s);
        QTest::newRow("far into a minified line") << QByteArray(3000000, ';') +
                                                         "k='sk_"
                                                         "live_" +
                                                         body + "'"
                                                  << u"secret_in_bundle:critical"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, code);
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), code, false, false}}, 0};
        QTEST(said(judged(bundle)), "expected");
    }

    // What is known by its own form, by a form and a word nearby, and by a word alone.
    void saysHowSureItIs_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<Proof>("proof");
        const QByteArray hex32 = "5f4dcc3b5aa765d61d8327deb882cf99";
        const QByteArray live = "k='sk_"
                                "live_a1B2c3D4e5F6g7H8i9J0k1L2'";
        QTest::newRow("its own form") << live << Proof::Proven;
        QTest::newRow("a form and a word") << "mailgun('key-" + hex32 + "')" << Proof::Strong;
        QTest::newRow("a private address") << QByteArray("u='http://10.0.0.5/api'") << Proof::Lead;
    }

    void saysHowSureItIs()
    {
        QFETCH(QByteArray, code);
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), code, false, false}}, 0};
        QTEST(judged(bundle).findings.at(0).proof, "proof");
    }

    // The same value has the same one in code and in bundles, where this machine keeps the key for them.
    void tellsFingerprints()
    {
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), "k='sk_"
                                                                       "live_a1B2c3D4e5F6g7H8i9J0k1L2'"}},
                            0};
        WebKeys keys = keysOf();
        const Judged kept = judgeBundle(bundle, keys, arrivedAt(answer(200)), Target(), Fingerprints::Kept);
        QCOMPARE(kept.observed["keys"_L1][0]["fingerprint"_L1].toString().size(), 64);
        QVERIFY(!judged(bundle).observed["keys"_L1][0].toObject().contains("fingerprint"_L1));
    }

    // A file full of keys is told by a few of them, in a time that does not grow with their square.
    void showsAFewOfMany()
    {
        QByteArray code;
        for (int i = 0; i < 20'000; ++i)
            code += "k='sk_"
                    "live_a1B2c3D4e5F6g7H8i9" +
                    QByteArray::number(1'000'000 + i) + "';";
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), code, false, false}}, 0};
        QElapsedTimer clock;
        clock.start();
        const Judged seen = judged(bundle);
        QCOMPARE(said(seen), u"secret_in_bundle:critical"_s);
        QCOMPARE(seen.findings.front().evidence.size(), size_t(20));
        QVERIFY(seen.observed["keys"_L1].toArray().size() <= 20);
        QVERIFY2(clock.elapsed() < 20'000 * lab::kSlowdown, qPrintable(QString::number(clock.elapsed())));
    }

    void showsNoValue()
    {
        const QByteArray key = "sk_"
                               "live_a1B2c3D4e5F6g7H8i9J0k1L2";
        const Bundle bundle{{{QUrl(u"https://app.example.com/a.js"_s), "k='" + key + "'", false, false}}, 0};
        const Judged seen = judged(bundle);
        const QString all = seen.findings.at(0).whatWeSaw + seen.findings.at(0).evidence.at(0).body +
                            QString::fromUtf8(QJsonDocument(seen.observed).toJson());
        QVERIFY(!all.contains("a1B2c3D4"_L1));
    }

    void namesSourceMaps()
    {
        const QUrl url(u"https://app.example.com/a.js.map"_s);
        const Bundle bundle{{{url, json("{'mappings':'','sourcesContent':['x']}"), false, false, true}}, 0};
        const Judged seen = judged(bundle);
        QCOMPARE(said(seen), u"pass"_s); // exposure.source-maps judges them
        QCOMPARE(seen.observed["source_maps"_L1][0].toString(), url.toString());
    }

    // One value, one line: the rule that knows it counts, not the one that goes by the name of the variable.
    void namesEachValueOnce()
    {
        const QByteArray live = "sk_"
                                "live_a1B2c3D4e5F6g7H8i9J0k1L2";
        const QUrl url(u"https://app.example.com/a.js"_s);
        const Bundle bundle{{{url, "e={VITE_STRIPE_SECRET:\"" + live + "\"}"}, {url, "k='" + live + "'"}}, 0};
        const Judged seen = judged(bundle);
        QCOMPARE(seen.observed["keys"_L1].toArray().size(), 1);
        QCOMPARE(seen.observed["keys"_L1][0]["rule"_L1].toString(), u"stripe-live-secret"_s);
        QVERIFY2(seen.findings.at(0).whatWeSaw.contains(u"VITE_STRIPE_SECRET"_s),
                 qPrintable(seen.findings.at(0).whatWeSaw));
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
        const Bundle bundle{{{QUrl(u"https://app.example.com/"_s), "f()", true, false}}, 3};
        const Judged seen = judged(bundle);
        QCOMPARE(said(seen), u"info"_s);
        QVERIFY(!seen.observed["not_seen"_L1].toArray().isEmpty());
        const Bundle whole{{{QUrl(u"https://app.example.com/"_s), "f()", true, false}}, 0};
        CancelToken over; // time is over while the file is searched
        over.cancel();
        QCOMPARE(said(judged(whole, over)), u"info"_s);
    }

    void findsChunksInLists_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const QByteArray &code, const QString &url, const QStringList &paths) {
            QTest::newRow(name) << code << url << paths;
        };
        row("below the app's own folder", "x='assets/b.js'", u"/shop/assets/a.js"_s, {u"/shop/assets/b.js"_s});
        row("from the root", "x='assets/b.js'", u"/"_s, {u"/assets/b.js"_s});
        row("Next.js below a folder", "x='static/chunks/b.js'", u"/docs/_next/"_s,
            {u"/docs/_next/static/chunks/b.js"_s});
        row("escaped slashes", "x='\\/js\\/b.js'", u"/"_s, {u"/js/b.js"_s});
        row("address of an entry without revisions", "{url:'b.js'}", u"/sw.js"_s, {});
        row("entry of a service worker", "{revision:'1',url:'b.js'}", u"/pwa/sw.js"_s, {u"/pwa/b.js"_s});
        row("not beside the script", "new URL('b.js', base)", u"/a.js"_s, {});
        row("names and numbers", R"(f=e=>""+({1:"x"}[e]||e)+"-"+{1:"a",2:"b"}[e]+".js")", u"/js/a.js"_s,
            {u"/js/x-a.js"_s, u"/js/2-b.js"_s});
    }

    void findsChunksInLists()
    {
        QFETCH(QByteArray, code);
        QFETCH(QString, url);
        QStringList paths;
        for (const QUrl &chunk : chunksNamedIn(code, QUrl(u"https://a.example"_s + url)))
            paths << chunk.path();
        QTEST(paths, "expected");
    }

    // A script that names the same thing, or beginnings of tables, hundreds of thousands of times.
    void minesHostileScripts()
    {
        QElapsedTimer clock;
        clock.start();
        const QUrl url(u"https://a.example/a.js"_s);
        QCOMPARE(chunksNamedIn(QByteArray("'./a.js'").repeated(500'000), url).size(), size_t(1));
        QCOMPARE(chunksNamedIn(QByteArray("=>a+'.'+{").repeated(400'000), url).size(), size_t(0));
        QCOMPARE(chunksNamedIn(QByteArray("=>({").repeated(800'000), url).size(), size_t(0));
        QCOMPARE(streamedStateIn({u"__next_f.push([1,\"a\"])"_s.repeated(100'000)}).size(), 100'000);
        QVERIFY(!streamedStateIn({u"__next_f.push([1,\"a "_s.repeated(100'000)}).isEmpty());
        QVERIFY2(clock.elapsed() < 20'000 * lab::kSlowdown, qPrintable(QString::number(clock.elapsed())));
    }

    void joinsStreamedState_data()
    {
        QTest::addColumn<QStringList>("scripts");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("none") << QStringList{u"f(\"a\")"_s} << QByteArray();
        QTest::newRow("two pieces") << QStringList{u"(self.__next_f=self.__next_f||[]).push([0])"_s,
                                                   u"self.__next_f.push([1,\"a\\\"b\"])"_s,
                                                   u"self.__next_f.push([1,\"c\\u003cd\"])"_s}
                                    << QByteArray("a\"bc<d");
        QTest::newRow("in one script")
            << QStringList{u"x.streamController.enqueue(\"a\");x.streamController.enqueue(\"b\");"_s}
            << QByteArray("ab");
        QTest::newRow("not closed") << QStringList{u"self.__next_f.push([1,\"abc"_s} << QByteArray();
        QTest::newRow("an escape that JSON has not")
            << QStringList{u"self.__next_f.push([1,\"\\x41b\"])"_s} << QByteArray("x41b");
    }

    void joinsStreamedState()
    {
        QFETCH(QStringList, scripts);
        QTEST(streamedStateIn(scripts), "expected");
    }

    void findsChunks()
    {
        const auto urls = chunksNamedIn("import('./b-12.js');x=['static/chunks/7.js']",
                                        QUrl(u"https://a.example/_next/static/chunks/a.js"_s));
        QCOMPARE(urls.size(), size_t(2));
        QCOMPARE(urls[0].path(), u"/_next/static/chunks/b-12.js"_s);
        QCOMPARE(urls[1].path(), u"/_next/static/chunks/7.js"_s);
        const auto table = chunksNamedIn(R"(u=e=>"static/js/"+({1:"main"}[e]||e)+"."+{1:"aa",22:"bb"}[e]+".chunk.js")",
                                         QUrl(u"https://a.example/static/js/a.js"_s));
        QCOMPARE(table.size(), size_t(2));
        QCOMPARE(table[1].path(), u"/static/js/22.bb.chunk.js"_s);
    }
};

QTEST_GUILESS_MAIN(BundleSecretsTest)
#include "tst_bundlesecrets.moc"
