#include "checks/http/csp.h"
#include "checks/http/cspstarter.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class CspTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << QByteArray("") << u"missing:medium"_s;
        QTest::newRow("only watches") << QByteArray("Content-Security-Policy-Report-Only: default-src 'self'")
                                      << u"report_only:medium"_s;
        QTest::newRow("strict") << QByteArray("Content-Security-Policy: default-src 'self'; object-src 'none'")
                                << u"pass"_s;
        QTest::newRow("unsafe-inline")
            << QByteArray("Content-Security-Policy: script-src 'self' 'unsafe-inline'; object-src 'none'")
            << u"scripts_unrestricted:medium"_s;
        QTest::newRow("a nonce makes unsafe-inline void")
            << QByteArray("Content-Security-Policy: script-src 'nonce-Ab1' 'unsafe-inline'; object-src 'none'; "
                          "base-uri 'none'")
            << u"pass"_s;
        QTest::newRow("strict-dynamic makes https: void")
            << QByteArray("Content-Security-Policy: script-src 'nonce-Ab1' 'strict-dynamic' https:; object-src 'none'; "
                          "base-uri 'none'")
            << u"pass"_s;
        QTest::newRow("everything over https")
            << QByteArray("Content-Security-Policy: script-src https:; object-src 'none'")
            << u"scripts_unrestricted:medium"_s;
        QTest::newRow("scripts not named")
            << QByteArray("Content-Security-Policy: img-src 'self'") << u"scripts_unrestricted:medium"_s;
        QTest::newRow("two policies: both must allow")
            << QByteArray(
                   "Content-Security-Policy: script-src *; object-src 'none', script-src 'self'; object-src 'none'")
            << u"pass"_s;
        QTest::newRow("the first of two equal directives counts")
            << QByteArray("Content-Security-Policy: script-src 'self'; object-src 'none'; script-src *")
            << u"duplicates:low"_s;
        QTest::newRow("what one policy allows the other forbids: inline here, addresses there")
            << QByteArray("Content-Security-Policy: script-src 'unsafe-inline'; object-src 'none', "
                          "script-src https:; object-src 'none'")
            << u"pass"_s;
        QTest::newRow("both allow any address, in different words")
            << QByteArray(
                   "Content-Security-Policy: script-src *; object-src 'none', script-src https:; object-src 'none'")
            << u"scripts_unrestricted:medium"_s;
        QTest::newRow("one of two policies names no scripts")
            << QByteArray("Content-Security-Policy: img-src 'self', script-src 'self'; object-src 'none'") << u"pass"_s;
        QTest::newRow("handlers in attributes")
            << QByteArray(
                   "Content-Security-Policy: script-src 'self'; script-src-attr 'unsafe-inline'; object-src 'none'")
            << u"scripts_unrestricted:medium"_s;
        QTest::newRow("elements are looser than the rest")
            << QByteArray("Content-Security-Policy: script-src 'self'; script-src-elem https:; object-src 'none'")
            << u"scripts_unrestricted:medium"_s;
        QTest::newRow("an empty list is none")
            << QByteArray("Content-Security-Policy: script-src; object-src") << u"pass"_s;
        QTest::newRow("strict-dynamic without a nonce runs nothing")
            << QByteArray("Content-Security-Policy: script-src 'strict-dynamic' https:; object-src 'none'")
            << u"weak_parts:low"_s;
        QTest::newRow("nonce without base-uri")
            << QByteArray("Content-Security-Policy: script-src 'nonce-Ab1'; object-src 'none'") << u"weak_parts:low"_s;
        QTest::newRow("a whole cloud")
            << QByteArray("Content-Security-Policy: script-src 'self' *.cloudfront.net; object-src 'none'")
            << u"weak_parts:low"_s;
        QTest::newRow("a folder of a shared host")
            << QByteArray(
                   "Content-Security-Policy: script-src 'self' https://www.google.com/recaptcha/; object-src 'none'")
            << u"pass"_s;
        QTest::newRow("a host of one's own at a cloud")
            << QByteArray("Content-Security-Policy: script-src 'self' https://d1.cloudfront.net; object-src 'none'")
            << u"pass"_s;
        QTest::newRow("eval") << QByteArray(
                                     "Content-Security-Policy: script-src 'self' 'unsafe-eval'; object-src 'none'")
                              << u"weak_parts:low"_s;
        QTest::newRow("shared script store")
            << QByteArray("Content-Security-Policy: script-src 'self' https://cdn.jsdelivr.net; object-src 'none'")
            << u"weak_parts:low"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        const auto known = loadCspBypassHosts();
        QVERIFY2(known, known ? "" : qPrintable(known.error().message));
        const CspSeen seen{arrivedAt(answer(200, headers)), {}, HostRole::App, *known};
        QTEST(said(judgeCsp(seen)), "expected");
    }

    void tellsWhatNothingLimits_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QJsonArray>("expected");
        const auto line = [](const QByteArray &policy) { return "Content-Security-Policy: " + policy; };
        QTest::newRow("no policy") << QByteArray() << QJsonArray();
        QTest::newRow("default-src is no fallback")
            << line("default-src 'none'") << QJsonArray{u"base-uri"_s, u"form-action"_s, u"frame-ancestors"_s};
        QTest::newRow("one of two policies names it")
            << line("base-uri 'none'; form-action 'self', frame-ancestors 'none'") << QJsonArray();
    }

    void tellsWhatNothingLimits()
    {
        QFETCH(QByteArray, policy);
        QTEST(judgeCsp({arrivedAt(answer(200, policy)), {}, HostRole::App}).observed["unlimited"_L1].toArray(),
              "expected");
    }

    void readsMetaTags_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("expected");
        QTest::newRow("strict") << QByteArray("script-src 'self'; object-src 'none'") << u"pass"_s;
        QTest::newRow("with what belongs into the header")
            << QByteArray("script-src 'self'; object-src 'none'; frame-ancestors 'none'") << u"ignored_in_meta:low"_s;
        QTest::newRow("nothing but that")
            << QByteArray("frame-ancestors 'none'") << u"ignored_in_meta:low missing:medium"_s;
    }

    void readsMetaTags()
    {
        QFETCH(QByteArray, content);
        HtmlPage html;
        html.metaPolicies = {QString::fromLatin1(content)};
        QTEST(said(judgeCsp({arrivedAt(answer(200)), html, HostRole::App})), "expected");
    }

    void startsWithWhatIsLoaded()
    {
        const QUrl url(u"https://app.example.com/"_s);
        const auto page =
            parseHtml("<script src=https://js.example.org/a.js></script><img src=/a.png>"
                      "<link rel=stylesheet href='https://fonts.googleapis.com/css2?family=Inter'>"
                      "<iframe src=https://pay.example.org/form></iframe><p style='color:red'>"
                      "<object data=https://docs.example.org:8443/a.pdf></object>"
                      "<form action=https://forms.example.org/x></form>"
                      "<script>fetch('https://api.example.com:8444/v1'); new WebSocket(`wss://app.example.com/s`)"
                      "</script>",
                      url);
        QVERIFY(page);
        const auto login = parseHtml("<video src=https://media.example.org/a.mp4></video>", url);
        QVERIFY(login);
        const std::vector<BundleFile> files{
            {QUrl(u"https://app.example.com/a.js"_s), "baseURL:\"https://b.example.org\""}};
        QCOMPARE(
            starterPolicy({{*page, url}, {*login, url}}, files),
            u"default-src 'self'; script-src 'self' https://js.example.org; "
            "style-src 'self' 'unsafe-inline' https://fonts.googleapis.com; img-src 'self' data:; "
            "font-src 'self' https://fonts.gstatic.com; "
            "connect-src 'self' https://api.example.com:8444 https://b.example.org wss://app.example.com; "
            "media-src 'self' https://media.example.org; frame-src 'self' https://pay.example.org; "
            "object-src https://docs.example.org:8443; base-uri 'self'; form-action 'self' https://forms.example.org; "
            "frame-ancestors 'self'"_s);
        QVERIFY(starterPolicy({}).isEmpty());
        const auto plugin = parseHtml("<embed src=/a.svg>", url);
        QVERIFY(plugin);
        QVERIFY(starterPolicy({{*plugin, url}}).contains("object-src 'self';"_L1));
        QVERIFY(starterPolicy({{{}, url}}).contains("object-src 'none';"_L1));
    }

    void asksNoPolicyOfAnApi()
    {
        const HttpResponse json = answer(200, "Content-Type: application/json", "{}");
        QCOMPARE(said(judgeCsp({arrivedAt(json), {}, HostRole::Api})), u"info"_s);
        const HttpResponse manual = answer(200, "Content-Type: text/html", "<p>x");
        QCOMPARE(said(judgeCsp({arrivedAt(manual), {}, HostRole::Api})), u"missing:low"_s);
    }

    void showsTheScoreOfTheObservatory()
    {
        CspSeen seen{arrivedAt(answer(200)), {}, HostRole::App};
        QVERIFY(judgeCsp(seen).observed.value("mdn"_L1).isNull());
        seen.mdn = MdnResult{{75, u"B"_s}, {{MdnTest::Csp, MdnOutcome::CspMissing}}};
        const Judged judged = judgeCsp(seen);
        QVERIFY2(judged.summary.contains("MDN-compatible score: 75 (B)"_L1), qPrintable(judged.summary));
        const QJsonObject mdn = judged.observed.value("mdn"_L1).toObject();
        QCOMPARE(mdn.value("score"_L1).toInt(), 75);
        QCOMPARE(mdn.value("label"_L1).toString(), u"MDN-compatible score"_s);
        QVERIFY(judged.summary.contains("preloaded"_L1)); // single names are not known
        QCOMPARE(mdn.value("knows_preloaded_names"_L1), QJsonValue(false));
        seen.mdn->outcomes[MdnTest::Hsts] = MdnOutcome::HstsPreloaded;
        QVERIFY(!judgeCsp(seen).summary.contains("preloaded"_L1));
        const QJsonObject csp = mdn.value("tests"_L1).toObject().value("content-security-policy"_L1).toObject();
        QCOMPARE(csp.value("outcome"_L1).toString(), u"csp-not-implemented"_s);
        QCOMPARE(csp.value("modifier"_L1).toInt(), -25);
    }
};

QTEST_GUILESS_MAIN(CspTest)
#include "tst_csp.moc"
