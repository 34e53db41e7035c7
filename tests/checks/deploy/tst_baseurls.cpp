#include "checks/deploy/baseurls.h"
#include "checks/engine/observations.h"
#include "tests/checks/secrets/zipmade.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::deploy;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

Target target()
{
    return {u"shop.example"_s,
            {{HostRole::Site, u"shop.example"_s},
             {HostRole::Api, u"api.shop.example"_s},
             {HostRole::Other, u"dev.shop.example"_s}}};
}

CalledAddress called(const QString &host, const QString &scheme = u"https"_s, int port = 0, const QString &path = {},
                     Use use = Use::Literal)
{
    return {scheme, host, port, path, use, 1};
}

QString wordOf(Use use)
{
    switch (use) {
    case Use::Call:
        return u"call"_s;
    case Use::Literal:
        return u"literal"_s;
    case Use::Fallback:
        return u"fallback"_s;
    case Use::Binary:
        return u"binary"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

class TestBaseUrls : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void findsCalls_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << text << expected;
        };
        row("fetch", "fetch(\"http://localhost:3000/api/x?y\")", u"http://localhost:3000/api/x call"_s);
        row("base address", "{baseURL:\"https://A.example/v1\"}", u"https://a.example/v1 call"_s);
        row("named in JSON", "{\"apiUrl\": \"https://a.example\"}", u"https://a.example call"_s);
        row("constant", "const a=\"http://localhost:8000\";", u"http://localhost:8000 literal"_s);
        row("web socket", "new WebSocket('ws://a.example:1/x')", u"ws://a.example:1/x call"_s);
        row("template", "fetch(`https://a.example/${id}`)", u"https://a.example/ call"_s);
        row("page", "<script src=\"http://a.example/x.js\">", u"http://a.example/x.js call"_s);
        row("page without quotes", "<img src=http://a.example/x.png>", u"http://a.example/x.png call"_s);
        row("escaped", "JSON.parse(\"{\\\"url\\\":\\\"http://a.example\\\"}\")", u"http://a.example call"_s);
        row("IPv6", "fetch('http://[::1]:3000/')", u"http://[::1]:3000/ call"_s);
        row("fallback", "x=process.env.API||\"http://localhost:3000\"", u"http://localhost:3000 fallback"_s);
        row("fallback behind nothing", "x={}.VITE_API||\"http://localhost:3000\"", u"http://localhost:3000 literal"_s);
        row("fallback behind void", "x=(void 0)??\"http://localhost:3000\"", u"http://localhost:3000 literal"_s);
        row("fallback behind a literal", "x=\"https://a.example\"||\"http://localhost:3000\"",
            u"https://a.example literal"_s);
        row("choice by host", "x=location.hostname===\"localhost\"?\"http://localhost:3000\":\"https://a.example\"",
            QString());
        row("choice by something else", "x=a?\"http://localhost:3000\":b", u"http://localhost:3000 literal"_s);
        row("Firebase's field", "x={requestUri:\"http://localhost\"}", u"http://localhost literal"_s);
        row("in a sentence", "throw Error(\"open http://localhost:3000 first\")", QString());
        row("comment", "// \"http://localhost:3000\"\n * 'http://localhost:3000'\n/* \"http://localhost:3000\"",
            QString());
        row("map of sources", "//# sourceMappingURL=http://localhost:3000/x.map", QString());
        row("no host", "\"http://${host}/\"; \"http://*.a.example\"; \"http://\"; \"http://%s/\"", QString());
        row("other scheme", "\"ftp://a.example\"; \"xhttp://b.example\"", QString());
        row("password", "\"http://me:secret@a.example\"", QString());
    }

    void findsCalls()
    {
        QFETCH(QByteArray, text);
        QStringList found;
        findCalledAddresses({text.constData(), static_cast<size_t>(text.size())}, false, [&](const CalledAddress &one) {
            found.append(one.origin() + one.path + u' ' + wordOf(one.use));
        });
        QTEST(found.join(u"; "_s), "expected");
    }

    void findsInBinaries()
    {
        QStringList found;
        findCalledAddresses(std::string_view("\0loginhttp://10.0.2.2:8000/apiPOSThttps://api.shop.example\0", 59), true,
                            [&](const CalledAddress &one) { found.append(one.origin() + one.path); });
        QCOMPARE(found.join(u"; "_s), u"http://10.0.2.2:8000; https://api.shop.example"_s);
    }

    void countsLines()
    {
        int line = 0;
        findCalledAddresses("a\nb\nfetch('https://a.example')", false,
                            [&](const CalledAddress &one) { line = one.line; });
        QCOMPARE(line, 3);
    }

    void tellsKinds_data()
    {
        QTest::addColumn<CalledAddress>("address");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const CalledAddress &address, AddressKind kind) {
            QTest::newRow(name) << address << static_cast<int>(kind);
        };
        row("site", called(u"shop.example"_s), AddressKind::Own);
        row("a name below it", called(u"cdn.shop.example"_s), AddressKind::Own);
        row("a name that ends like it", called(u"myshop.example"_s), AddressKind::Other);
        row("plain", called(u"api.shop.example"_s, u"http"_s), AddressKind::OwnPlain);
        row("plain web socket", called(u"api.shop.example"_s, u"ws"_s), AddressKind::OwnPlain);
        row("staging", called(u"staging.shop.example"_s), AddressKind::OwnTest);
        row("staging, plain", called(u"api-staging2.shop.example"_s, u"http"_s), AddressKind::OwnTest);
        row("a host of the product, whatever its name", called(u"dev.shop.example"_s), AddressKind::Own);
        row("a word inside", called(u"devices.shop.example"_s), AddressKind::Own);
        row("localhost", called(u"localhost"_s, u"http"_s, 3000), AddressKind::OwnMachine);
        row("loopback", called(u"127.0.0.1"_s, u"http"_s, 8000, u"/api"_s), AddressKind::OwnMachine);
        row("emulator", called(u"10.0.2.2"_s, u"http"_s, 8000, {}, Use::Binary), AddressKind::OwnMachine);
        row("localhost, nothing else", called(u"localhost"_s, u"http"_s), AddressKind::Library);
        row("localhost, called", called(u"localhost"_s, u"http"_s, 0, {}, Use::Call), AddressKind::OwnMachine);
        row("supabase-js", called(u"localhost"_s, u"http"_s, 9999), AddressKind::Library);
        row("react-devtools", called(u"localhost"_s, u"ws"_s, 8097), AddressKind::Library);
        row("Metro in an app", called(u"localhost"_s, u"http"_s, 8081, {}, Use::Binary), AddressKind::Library);
        row("its port in a page", called(u"localhost"_s, u"http"_s, 8081), AddressKind::OwnMachine);
        row("NextAuth", called(u"localhost"_s, u"http"_s, 3000, u"/api/auth"_s), AddressKind::Library);
        row("what an app calls of it", called(u"localhost"_s, u"http"_s, 3000, u"/api/auth/login"_s, Use::Call),
            AddressKind::OwnMachine);
        row("private", called(u"192.168.1.5"_s, u"http"_s), AddressKind::OtherNetwork);
        row("not private", called(u"172.32.0.1"_s, u"http"_s), AddressKind::Other);
        row("Bonjour", called(u"mac.local"_s, u"http"_s), AddressKind::OtherNetwork);
        row("tunnel", called(u"ab-1-2.ngrok-free.app"_s), AddressKind::Tunnel);
        row("Cloudflare tunnel", called(u"a-b-c.trycloudflare.com"_s), AddressKind::Tunnel);
        row("branch on Vercel", called(u"shop-git-main-me.vercel.app"_s), AddressKind::Preview);
        row("deployment on Vercel", called(u"shop-a1b2c3d4e-me.vercel.app"_s), AddressKind::Preview);
        row("Vercel", called(u"shop.vercel.app"_s), AddressKind::Other);
        row("Netlify", called(u"deploy-preview-7--shop.netlify.app"_s), AddressKind::Preview);
        row("Cloudflare Pages", called(u"0a1b2c3d.shop.pages.dev"_s), AddressKind::Preview);
        row("named for tests", called(u"shop-staging.onrender.com"_s), AddressKind::Preview);
        row("Render", called(u"shop-api.onrender.com"_s), AddressKind::Other);
        row("PayPal's sandbox", called(u"api-m.sandbox.paypal.com"_s), AddressKind::ProviderTest);
        row("PayPal", called(u"api-m.paypal.com"_s), AddressKind::Other);
        row("schema", called(u"www.w3.org"_s, u"http"_s, 0, u"/2000/svg"_s), AddressKind::Other);
    }

    void tellsKinds()
    {
        QFETCH(CalledAddress, address);
        QTEST(static_cast<int>(kindOf(address, target())), "kind");
    }

    void judges_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &file, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << file << text << expected;
        };
        const QByteArray local = "fetch(\"http://localhost:3000/api\")";
        row("production alone", u"a.js"_s, "fetch(\"https://api.shop.example/x\")", u"pass"_s);
        row("own machine", u"assets/a.js"_s, local, u"own_machine:high:strong"_s);
        row("fallback", u"a.js"_s, "x=e||\"http://localhost:3000\"", u"own_machine:medium:lead"_s);
        row("on a server", u"server/a.js"_s, local, u"pass"_s);
        row("on a server of its own build", u".next/standalone/a.js"_s, local, u"pass"_s);
        row("a tunnel on a server", u"server/a.js"_s, "fetch(\"https://a.ngrok.io\")", u"tunnel:high:strong"_s);
        row("test host", u"index.html"_s, "<a href=\"https://staging.shop.example/x\">", u"test_host:high:strong"_s);
        row("plain", u"a.js"_s, "fetch(\"http://api.shop.example\")", u"plain_http:medium:strong"_s);
        row("sandbox", u"a.js"_s, "u=\"https://api-m.sandbox.paypal.com\"", u"provider_test:high:strong"_s);
        row("a library with both", u"a.js"_s, "u=s?\"https://api-m.sandbox.paypal.com\":\"https://api-m.paypal.com\"",
            u"pass"_s);
        row("map of sources", u"a.js.map"_s, local, u"not_run"_s);
        row("cache", u".next/cache/a.js"_s, local, u"not_run"_s);
        row("dependencies", u"node_modules/x/a.js"_s, local, u"not_run"_s);
        row("picture", u"a.png"_s, local, u"not_run"_s);
        row("settings of the app", u"config.json"_s, "{\"api\":\"http://192.168.1.5:8000\"}",
            u"other_network:high:strong"_s);
    }

    void judges()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        write(file, text);
        QTEST(said({{SourceKind::Build, m_folder->path(), {}}}), "expected");
    }

    void judgesPackages()
    {
        write(u"shop.apk"_s,
              zipMade({{"assets/index.android.bundle", QByteArray("\xc6\x1f\0\0http://10.0.2.2:3000x", 25)},
                       {"classes.dex", QByteArray("dex\n035\0https://api.shop.example\0", 33)},
                       {"res/a.png", "http://localhost:3000"}}));
        QCOMPARE(said({{SourceKind::Package, m_folder->filePath(u"shop.apk"_s), {}}}), u"own_machine:medium:lead"_s);
    }

    void countsAnAddressOnce()
    {
        write(u"a.js"_s, "x=e||\"http://localhost:3000\"");
        write(u"b.js"_s, "fetch(\"http://localhost:3000/x\");fetch(\"http://localhost:3000/y\")");
        const auto read = ask({{SourceKind::Build, m_folder->path(), {}}});
        QVERIFY(read.has_value());
        QCOMPARE(read->addresses.size(), size_t(1));
        QCOMPARE(read->addresses.front().places, 3);
        QCOMPARE(read->addresses.front().file, u"b.js"_s); // the surest
        QCOMPARE(read->addresses.front().address.use, Use::Call);
    }

    void saysWhatItCouldNotRead()
    {
        write(u"a.js"_s, "x");
        const LocalSource gone{SourceKind::Package, m_folder->filePath(u"gone.apk"_s), {}};
        const auto read = ask({{SourceKind::Build, m_folder->path(), {}}, gone});
        QVERIFY(read.has_value());
        QCOMPARE(read->gaps.size(), 1);
        QCOMPARE(judgeBaseUrls(*read).outcome, Outcome::Info);
        QVERIFY(!ask({gone}));
    }

    void tellsSourcesApart()
    {
        write(u"web/dist/a.js"_s, "x");
        write(u"admin/dist/a.js"_s, "fetch(\"http://localhost:3000\")");
        const auto read = ask({{SourceKind::Build, m_folder->filePath(u"web/dist"_s), {}},
                               {SourceKind::Build, m_folder->filePath(u"admin/dist"_s), {}}});
        QVERIFY(read.has_value());
        QCOMPARE(read->addresses.front().file, m_folder->filePath(u"admin/dist/a.js"_s));
    }

    void saysWhatItLeftOut()
    {
        QByteArray many;
        for (int i = 0; i < 2100; ++i)
            many += "fetch(\"https://h" + QByteArray::number(i) + ".shop.example\");\n";
        write(u"a.js"_s, many);
        const auto origins = ask({{SourceKind::Build, m_folder->path(), {}}});
        QCOMPARE(origins->addresses.size(), size_t(2000));
        QCOMPARE(origins->gaps.size(), 1);
        QCOMPARE(judgeBaseUrls(*origins).outcome, Outcome::Info);
        write(u"a.js"_s, QByteArray("fetch(\"https://api.shop.example\");\n").repeated(5001));
        const auto ofFile = ask({{SourceKind::Build, m_folder->path(), {}}});
        QCOMPARE(ofFile->addresses.front().places, 5000);
        QCOMPARE(ofFile->gaps.size(), 1);
    }

    void stops()
    {
        write(u"a.js"_s, "x");
        const CancelToken token;
        token.cancel();
        const auto read = ask({{SourceKind::Build, m_folder->path(), {}}}, token);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Cancelled);
    }

private:
    void write(const QString &name, const QByteArray &text) const
    {
        const QString path = m_folder->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    static Result<BuiltAddresses> ask(std::vector<LocalSource> sources, const CancelToken &token = {})
    {
        Observations seen({}, token, Deadline::in(std::chrono::seconds(60)), nullptr);
        return *seen.ask(ReadBuiltAddresses{std::move(sources), target()});
    }

    // "tunnel:high:strong", or the outcome's word when there is no finding.
    static QString said(std::vector<LocalSource> sources)
    {
        const auto read = ask(std::move(sources));
        if (!read)
            return read.error().message;
        const Judged judged = judgeBaseUrls(*read);
        QStringList words;
        for (const Finding &finding : judged.findings)
            words.append(u"%1:%2:%3"_s.arg(finding.code, toWord(finding.severity), toWord(finding.proof)));
        return words.isEmpty() ? toWord(judged.outcome) : words.join(u' ');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestBaseUrls)
#include "tst_baseurls.moc"
