// What code for browsers tells beside keys: each finder by rows, what is made of it, and real servers that hand it out.
#include "checks/exposure/bundlehints.h"
#include "checks/exposure/bundlesecrets.h"
#include "checks/exposure/featureflags.h"
#include "checks/exposure/testlogins.h"
#include "checks/secrets/compiledrules.h"
#include "tests/checks/exposure/madeservers.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/lab/sanitized.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Code that is easier to read in a table: single quotes stand for double ones.
QByteArray code(QByteArray text)
{
    return text.replace('\'', '"');
}

std::string_view view(const QByteArray &text)
{
    return {text.constData(), static_cast<size_t>(text.size())};
}

Target shop()
{
    Target target;
    target.domain = u"shop.example"_s;
    target.hosts = {{HostRole::Site, u"shop.example"_s}, {HostRole::App, u"app.shop.example"_s}};
    return target;
}

BundleHints hintsOf(const QByteArray &text)
{
    BundleHints hints;
    addHints({QUrl(u"https://app.shop.example/a.js"_s), text}, u"a.js"_s, shop(), hints);
    return hints;
}

// "code:severity:proof", by code.
QString said(const std::vector<Finding> &findings)
{
    QStringList words;
    for (const Finding &finding : findings)
        words << finding.code + u':' + toWord(finding.severity) + u':' + toWord(finding.proof);
    words.sort();
    return words.join(u' ');
}

QString allOf(const BundleHints &hints)
{
    QJsonObject observed;
    insertHints(hints, observed);
    QString all = QString::fromUtf8(QJsonDocument(observed).toJson());
    for (const Finding &finding : findingsOf(hints)) {
        all += finding.title + finding.whatWeSaw + finding.subject;
        for (const Evidence &evidence : finding.evidence)
            all += evidence.title + evidence.body;
    }
    return all;
}

} // namespace

class TestBundleHints : public QObject
{
    Q_OBJECT

private slots:
    void findsAddresses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << code(text) << expected;
        };
        row("none", "f()", {});
        row("production alone", "fetch('https://api.shop.example/v1')", {});
        row("of others", "fetch('https://staging.other.example/v1')", {});
        row("test system, called", "fetch('https://staging.shop.example/v1')", u"staging_address:medium:strong"_s);
        row("test system, as the base address", "{apiUrl:'https://api-dev.shop.example'}",
            u"staging_address:medium:strong"_s);
        row("test system beside production",
            "{apiUrl:'https://api-dev.shop.example'};{apiUrl:'https://api.shop.example'}",
            u"staging_address:low:lead"_s);
        row("test system in a list", "x=['https://staging.shop.example']", u"staging_address:low:lead"_s);
        row("test system for when a setting is empty", "u=e.API||'https://staging.shop.example'",
            u"staging_address:low:lead"_s);
        row("test system where the page is on a developer's machine",
            "u=location.hostname==='localhost'?'https://staging.shop.example':'/api'", {});
        row("test system in a comment", "// see 'https://staging.shop.example/readme'\n", {});
        row("first in a list, then called", "x=['https://qa.shop.example'];fetch('https://qa.shop.example/')",
            u"staging_address:medium:strong"_s);
        row("two of them", "x=['https://qa.shop.example','https://dev.shop.example']",
            u"staging_address:low:lead staging_address:low:lead"_s);
        row("preview", "fetch('https://shop-git-new-anna.vercel.app/api')", u"preview_address:medium:strong"_s);
        row("deployment of production at a host", "fetch('https://shop.vercel.app/api')", {});
        row("tunnel", "new WebSocket('wss://1a2b.ngrok-free.app')", u"tunnel_address:medium:strong"_s);
        row("provider's test system", "baseUrl:'https://api-m.sandbox.paypal.com'",
            u"provider_test_address:medium:strong"_s);
        row("a library that chooses", "baseUrl:'https://api-m.sandbox.paypal.com';liveUrl:'https://api-m.paypal.com'",
            {});
        row("own machine: told as a private address", "fetch('http://localhost:3000/api')", {});
        row("the page itself", "fetch('https://app.shop.example/api')", {});
    }

    void findsAddresses()
    {
        QFETCH(QByteArray, text);
        QTEST(said(findingsOf(hintsOf(text))), "expected");
    }

    // Whoever looks at staging is not told that it is staging.
    void leavesOutThePageItself()
    {
        Target target = shop();
        BundleHints hints;
        addHints({QUrl(u"https://staging.shop.example/a.js"_s), "fetch(\"https://staging.shop.example/v1\")"},
                 u"a.js"_s, target, hints);
        QVERIFY(hints.addresses.empty());
    }

    void findsFlags_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << code(text) << expected;
        };
        row("none", "const a={newCheckout:!1}", {});
        row("minified", "x={featureFlags:{newCheckout:!1,adminPanel:!0}}", u"newCheckout=off adminPanel=on"_s);
        row("JSON", "{'feature_flags':{'new-ui':true,'beta':false},'a':1}", u"new-ui=on beta=off"_s);
        row("JSON in a string", "'{\\'featureFlags\\':{\\'newUi\\':true}}'", u"newUi=on"_s);
        row("constant", "const FEATURE_FLAGS = { NEW_BILLING: false };", u"NEW_BILLING=off"_s);
        row("toggles", "featureToggles={a1:'on',b1:'off'}", u"a1=on b1=off"_s);
        row("numbers", "featureFlags={a1:1,b1:0,c1:17}", u"a1=on b1=off"_s);
        row("with other values between", "featureFlags:{a1:{rollout:.5,on:!0},b1:!1,c1:'blue',d1:f(2),e1:!0}",
            u"b1=off e1=on"_s);
        row("what follows the object", "featureFlags:{a1:!0},other:{b1:!1}", u"a1=on"_s);
        row("function", "featureFlags(function(){return{a1:!0}})", {});
        row("empty", "featureFlags:{}", {});
        row("not closed", "featureFlags:{a1:!0,b1", u"a1=on"_s);
        row("a word beside it", "featureFlagsClient={a1:!0}", {});
        row("a feature that is no flag", "features:{a1:!0},feature:{b1:!0}", {});
        row("variable for browsers", "e={NEXT_PUBLIC_FEATURE_CHAT:'false',VITE_ENABLE_PAY:'1'}",
            u"NEXT_PUBLIC_FEATURE_CHAT=off VITE_ENABLE_PAY=on"_s);
        row("variable for browsers with a text", "e={NEXT_PUBLIC_FEATURE_URL:'https://a.example'}", {});
        row("constant of a library", "ENABLE_PAY=true;a._ENABLE_PAY=true", {});
        row("name too long", "featureFlags:{" + QByteArray(61, 'a') + ":!0,b1:!0}", u"b1=on"_s);
    }

    void findsFlags()
    {
        QFETCH(QByteArray, text);
        QStringList words;
        findFeatureFlags(view(text),
                         [&](const QString &name, bool isOn) { words << name + (isOn ? u"=on"_s : u"=off"_s); });
        QTEST(words.join(u' '), "expected");
    }

    void findsLogins_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected"); // name and user, or "field"
        const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << code(text) << expected;
        };
        row("none", "login(a,b)", {});
        row("address and password", "{email:'demo@shop.test',password:'demo1234'}", u"password of demo@shop.test"_s);
        row("password first", "{password:'demo1234',email:'demo@shop.test'}", u"password of demo@shop.test"_s);
        row("JSON", "{'email':'demo@shop.test','password':'password'}", u"password of demo@shop.test"_s);
        row("JSON in a string", "'{\\'username\\':\\'admin\\',\\'password\\':\\'admin123\\'}'", u"password of admin"_s);
        row("assigned", "email='demo@shop.test';password='demo1234'", u"password of demo@shop.test"_s);
        row("user of another object", "[{email:'demo@shop.test'},{password:'demo1234'}]", {});
        row("user far away", "email:'demo@shop.test'," + QByteArray(300, ' ') + "password:'demo1234'", {});
        row("password of nobody", "{password:'demo1234'}", {});
        row("labels of a form", "{email:'E-mail',password:'Password'}", {});
        row("labels with an example", "{email:'you@shop.test',password:'Passwort'}", {});
        row("words of a form", "{email:'you@shop.test',password:'At least 8 letters'}", {});
        row("names of fields", "{email:'email',password:'password'}", {});
        row("dots", "{email:'you@shop.test',password:'\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2'}", {});
        row("stars", "{email:'you@shop.test',password:'****1'}", {});
        row("a template", "{email:'you@shop.test',password:'${p}12'}", {});
        row("a message", "{email:'demo@shop.test',passwordHint:'demo1234'}", {});
        row("variables", "{email:a,password:b}", {});
        row("named for a test", "const TEST_PASSWORD='Tulip7!'", u"TEST_PASSWORD of "_s);
        row("variable for browsers", "e={VITE_DEMO_USER_PASSWORD:'Tulip7!'}", u"VITE_DEMO_USER_PASSWORD of "_s);
        row("in a hump", "demoPassword:'Tulip7!'", u"demoPassword of "_s);
        row("named for a test, a label", "demoPassword:'Demo password'", {});
        row("named for a test, a word", "demoPassword:'Kennwort'", {});
        row("named for a test, a check", "testPassword:function(e){}", {});
        row("three letters", "demoPassword:'ab1'", {});
        row("four letters", "demoPassword:'abc1'", u"demoPassword of "_s);
        row("64 letters", "demoPassword:'" + QByteArray(63, 'a') + "1'", u"demoPassword of "_s);
        row("65 letters", "demoPassword:'" + QByteArray(64, 'a') + "1'", {});
        row("field that is filled in", "<input type='password' name=p value='demo1234'>", u"field"_s);
        row("field that is filled in, in code", "h('input',{type:'password',defaultValue:'demo1234'})", u"field"_s);
        row("field that is filled in, value first", "<input value='demo1234' type='password'>", u"field"_s);
        row("field that is empty", "<input type='password' value=''>", {});
        row("field of another tag", "<input type='password'><input type='text' value='demo1234'>", {});
        row("field with a variable", "h('input',{type:'password',value:e.password,name:'p'})", {});
        row("not closed", "demoPassword:'Tulip7!", {});
    }

    void findsLogins()
    {
        QFETCH(QByteArray, text);
        QStringList words;
        findTestLogins(view(text), [&](const TestLogin &login) {
            const auto shown = [](std::string_view part) {
                return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
            };
            words << (login.name.empty() ? u"field"_s : shown(login.name) + u" of "_s + shown(login.user));
        });
        QTEST(words.join(u' '), "expected");
    }

    void showsNoLogin()
    {
        const BundleHints hints =
            hintsOf(code("{email:'anna.smith@shop.test',password:'demo1234'};TEST_PASSWORD='Tulip7Tulip8Tulip9!'"));
        QCOMPARE(said(findingsOf(hints)), u"test_credentials:medium:lead"_s);
        QCOMPARE(findingsOf(hints).front().evidence.size(), size_t(2));
        const QString all = allOf(hints);
        QVERIFY(all.contains("@shop.test"_L1));
        for (const QLatin1StringView value : {"anna"_L1, "demo1234"_L1, "Tulip8"_L1})
            QVERIFY2(!all.contains(value), value.data());
    }

    void tellsFlagsOnce()
    {
        const BundleHints hints =
            hintsOf(code("featureFlags={zeta:!0,skipPayment:!1};e={VITE_FEATURE_A1:'true'};featureFlags={zeta:!0}"));
        const auto findings = findingsOf(hints);
        QCOMPARE(said(findings), u"feature_flags:low:lead"_s);
        const QString saw = findings.front().whatWeSaw;
        QVERIFY2(saw.startsWith("3 "_L1) && saw.contains("1 of them"_L1), qPrintable(saw));
        QVERIFY2(saw.indexOf("skipPayment"_L1) < saw.indexOf("VITE_FEATURE_A1"_L1), qPrintable(saw));
    }

    void keepsAFewOfMany()
    {
        QByteArray text = "featureFlags={";
        for (int i = 0; i < 900; ++i)
            text += "flag" + QByteArray::number(i) + ":!0,";
        text += "};";
        for (int i = 0; i < 100; ++i) {
            const QByteArray number = QByteArray::number(i);
            text += "x=[\"https://staging" + number + ".dev.shop.example\"];demoPassword" + number + ":\"a\";demo" +
                    number + "Password:\"Tulip" + number + "!\";";
        }
        const BundleHints hints = hintsOf(text);
        QCOMPARE(hints.addresses.size(), size_t(20));
        QCOMPARE(hints.flags.size(), size_t(500));
        QCOMPARE(hints.logins.size(), size_t(20));
    }

    // Megabytes of what each finder begins with, and never ends.
    void minesHostileCode_data()
    {
        QTest::addColumn<QByteArray>("piece");
        for (const char *piece : {"featureFlags={", "featureFlags:{a:", "\"password\":\"", "type:\"password\"",
                                  "testPassword", "_FEATURE", "VITE_ENABLE_A:", "email:\"password:\"a1\"", "http://",
                                  "\"https://staging.shop.example", "\\\\\\\"", "{{{{"})
            QTest::newRow(piece) << QByteArray(piece);
    }

    void minesHostileCode()
    {
        QFETCH(QByteArray, piece);
        const QByteArray text = piece.repeated(static_cast<int>(kLongestBundleFile / 4 / piece.size()));
        QElapsedTimer clock;
        clock.start();
        hintsOf(text);
        QVERIFY2(clock.elapsed() < 1500 * lab::kSlowdown, qPrintable(QString::number(clock.elapsed())));
    }

    // The whole way: a page, its script, and what the check says of it.
    void readsAServer_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QByteArray("f()") << QString();
        QTest::newRow("all three")
            << code("fetch('https://staging.shop.example/v1');featureFlags={newUi:!1};TEST_PASSWORD='Tulip7!'")
            << u"feature_flags:low:lead staging_address:medium:strong test_credentials:medium:lead"_s;
        QTest::newRow("more than is read, full of beginnings")
            << QByteArray("featureFlags={a1:\"type:\"password\",demoPassword:\"").repeated(200'000) << QString();
    }

    void readsAServer()
    {
        QFETCH(QByteArray, script);
        WebLook web([&script](const WebRequest &request) {
            if (request.path == "/")
                return page(200, kHtml, "<!doctype html><title>Shop</title><script src=/a.js></script>");
            return request.path == "/a.js" ? page(200, "text/javascript", script) : notFound();
        });
        web.put(CompiledRules{}, test::smallSet());
        const Judged judged = web.run(bundleSecretsCheck());
        QTEST(said(judged.findings), "expected");
        const bool isCut = script.size() > kLongestBundleFile;
        QCOMPARE(judged.outcome, isCut ? Outcome::Info : judged.findings.empty() ? Outcome::Pass : Outcome::Warn);
        QCOMPARE(judged.observed["skipped"_L1].toInt(), isCut ? 1 : 0);
    }

    // A script that comes half, or never: nothing is said of it, and the check does not pass.
    void doesNotPassWhatDidNotCome()
    {
        WebLook web([](const WebRequest &request) {
            if (request.path == "/")
                return page(200, kHtml, "<!doctype html><title>Shop</title><script src=/a.js></script>");
            return request.path == "/a.js" ? QByteArray() : notFound(); // keeps the line open and says nothing
        });
        web.restart(std::chrono::milliseconds(300));
        web.put(CompiledRules{}, test::smallSet());
        QCOMPARE(web.run(bundleSecretsCheck()).outcome, Outcome::Info);
    }
};

QTEST_GUILESS_MAIN(TestBundleHints)
#include "tst_bundlehints.moc"
