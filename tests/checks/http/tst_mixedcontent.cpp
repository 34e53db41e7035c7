#include "checks/http/mixedcontent.h"
#include "tests/checks/exposure/weblook.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class MixedContentTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing insecure")
            << QByteArray("<img src=/a.png><script src=https://x.example/a.js></script>") << u"pass"_s;
        QTest::newRow("script") << QByteArray("<script src=http://x.example/a.js></script>") << u"active:medium"_s;
        QTest::newRow("picture") << QByteArray("<img src=http://x.example/a.png>") << u"passive:low"_s;
        QTest::newRow("form") << QByteArray("<form action=http://x.example/login></form>") << u"insecure_form:high"_s;
        QTest::newRow("link is no part") << QByteArray("<a href=http://x.example/>x</a>") << u"pass"_s;
        QTest::newRow("background in a style")
            << QByteArray("<p style=\"background:url('http://x.example/a.png')\">") << u"passive:low"_s;
        QTest::newRow("socket in a script")
            << QByteArray("<script>new WebSocket('ws://x.example/s')</script>") << u"active:medium"_s;
        QTest::newRow("socket to the own machine")
            << QByteArray("<script>new WebSocket('ws://localhost:3000/hmr')</script>") << u"pass"_s;
        QTest::newRow("style imported by a style")
            << QByteArray("<style>@import 'http://x.example/a.css';</style>") << u"active:medium"_s;
        QTest::newRow("picture in two sizes")
            << QByteArray("<img src=/a.png srcset='/a.png 1x, http://x.example/b.png 2x'>") << u"active:medium"_s;
        QTest::newRow("the last of several pictures")
            << QByteArray("<picture><source srcset=/a.webp><img src=http://x.example/a.png></picture>")
            << u"active:medium"_s;
        QTest::newRow("film in two formats")
            << QByteArray("<video><source src=http://x.example/a.mp4></video>") << u"passive:low"_s;
        QTest::newRow("font") << QByteArray("<style>@font-face{src:url(http://x.example/a.woff2)}</style>")
                              << u"active:medium"_s;
        QTest::newRow("picture after a font")
            << QByteArray("<style>@media print{@font-face{src:url(/a.woff2)} a{background:url(http://x.example/a.png)}}"
                          "</style>")
            << u"passive:low"_s;
        QTest::newRow("font in a comment")
            << QByteArray("<style>/* @font-face{src:url(http://x.example/a.woff2)} */</style>") << u"pass"_s;
        QTest::newRow("address in a text of a style")
            << QByteArray("<style>a::after{content:'url(http://x.example/a.png) \\' @import \"'}</style>") << u"pass"_s;
        QTest::newRow("name of XML in a style")
            << QByteArray(
                   "<style>@namespace svg url(http://www.w3.org/2000/svg); @namespace 'http://x.example';</style>")
            << u"pass"_s;
        QTest::newRow("import with conditions")
            << QByteArray("<style>@import url('http://x.example/a.css') supports(src: url(http://y.example)) screen;"
                          "</style>")
            << u"active:medium passive:low"_s;
        QTest::newRow("address with its content in it")
            << QByteArray("<style>a{background:url(data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'/>)}"
                          "</style>")
            << u"pass"_s;
        QTest::newRow("template") << QByteArray("<template><script src=http://x.example/a.js></script>"
                                                "<form action=http://x.example/><img src=http://x.example/a.png>"
                                                "<p style='background:url(http://x.example/a.png)'></template>")
                                  << u"pass"_s;
        QTest::newRow("template that is shown")
            << QByteArray("<div><template shadowrootmode=open><img src=http://x.example/a.png></template></div>")
            << u"passive:low"_s;
        QTest::newRow("after a template")
            << QByteArray("<template><p></template><img src=http://x.example/a.png>") << u"passive:low"_s;
        QTest::newRow("the visitor's own machine")
            << QByteArray("<script src=http://localhost:3000/a.js></script><img src=http://127.0.0.1/a.png>"
                          "<form action=http://app.localhost/></form>"
                          "<style>@import 'http://localhost/a.css';</style>")
            << u"pass"_s;
        QTest::newRow("picture that carries its content")
            << QByteArray("<img srcset='data:image/png;base64,http://x.example/ 2x'>") << u"pass"_s;
        QTest::newRow("button that sends elsewhere")
            << QByteArray("<form><button formaction=http://x.example/>go</button></form>") << u"insecure_form:high"_s;
        QTest::newRow("frame") << QByteArray("<iframe src=http://x.example/></iframe>") << u"active:medium"_s;
        QTest::newRow("style made ready early")
            << QByteArray("<link rel=preload as=style href=http://x.example/a.css>") << u"active:medium"_s;
        QTest::newRow("call in the page")
            << QByteArray("<script>fetch('http://x.example/api')</script>") << u"insecure_calls:medium"_s;
        QTest::newRow("base makes it insecure")
            << QByteArray("<base href=http://x.example/><img src=a.png>") << u"passive:low"_s;
        QTest::newRow("upgraded by the page")
            << QByteArray("<meta http-equiv=Content-Security-Policy content=upgrade-insecure-requests>"
                          "<img src=http://x.example/a.png>")
            << u"pass"_s;
        QTest::newRow("nests without end") << QByteArray("<b>").repeated(100000) << u"error"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, body);
        const HttpResponse page = answer(200, {}, body);
        QTEST(said(judgeMixedContent(arrivedAt(page), parseHtml(body, page.url))), "expected");
    }

    void readsTemplatesForLater()
    {
        const auto page = parseHtml("<template><a href=/later>x</a><form method=post action=/send>"
                                    "<input type=password></form><script>1</script>text</template>",
                                    QUrl(u"https://app.example.com/"_s));
        QVERIFY(page);
        QCOMPARE(page->links, std::vector{QUrl(u"https://app.example.com/later"_s)});
        QCOMPARE(page->formCalls.size(), size_t(1));
        QVERIFY(page->hasPasswordField && page->forms.empty() && page->inlineScripts.isEmpty() &&
                page->text.trimmed().isEmpty());
    }

    void saysWhatItDidNotRead()
    {
        const auto judge = [](const LinkedFiles &linked, const HttpResponse &page = answer(200), bool isOver = false) {
            return judgeMixedContent(arrivedAt(page), HtmlPage{}, linked, [isOver] { return isOver; });
        };
        const LinkedFiles one{{"a{}"}, {}};
        QVERIFY(judge(one).reason.isEmpty());
        HttpResponse cut = answer(200);
        cut.bodyTruncated = true;
        for (const Judged &some : {judge({.missed = 1}), judge(one, answer(200), true), judge({}, cut)}) {
            QCOMPARE(said(some), u"info"_s);
            QVERIFY(!some.reason.isEmpty());
            QVERIFY(some.observed.contains("not_seen"_L1));
        }
        const Judged found = judge({.styles = {"@import 'http://x.example/a.css'"}, .missed = 1});
        QCOMPARE(said(found), u"active:medium"_s);
        QVERIFY(found.observed.contains("not_seen"_L1));
        const HttpResponse upgraded = answer(200, "Content-Security-Policy: upgrade-insecure-requests");
        QCOMPARE(said(judge({.missed = 1}, upgraded)), u"pass"_s);
    }

    // A site that hides its source maps does right; maps are not read here anyway.
    void countsTheScriptsItMissed_data()
    {
        QTest::addColumn<QByteArray>("script"); // what answers for it
        QTest::addColumn<QByteArray>("map");
        QTest::addColumn<int>("unread");
        const QByteArray script = page(200, "text/javascript", "f()\n//# sourceMappingURL=a.js.map");
        const QByteArray named = page(200, "text/javascript", "f()", {"SourceMap: a.js.map"});
        const QByteArray refused = page(403, "text/plain", "no");
        const QByteArray moved = page(302, "text/plain", {}, {"Location: /login"});
        const QByteArray tooLong = page(200, "text/javascript", QByteArray(9 * 1024 * 1024, ' '));
        const QByteArray longMap = page(200, "application/json",
                                        R"({"version":3,"sources":["a.ts"],"sourcesContent":["let a = 1)" +
                                            QByteArray(9 * 1024 * 1024, ' ') + R"("],"mappings":""})");
        QTest::newRow("all there") << script << page(200, "application/json", "{}") << 0;
        QTest::newRow("map refused") << script << refused << 0;
        QTest::newRow("map moved") << script << moved << 0;
        QTest::newRow("map named in a header, refused") << named << refused << 0;
        QTest::newRow("map too long") << script << longMap << 0;
        QTest::newRow("script refused") << refused << refused << 1;
        QTest::newRow("script too long") << tooLong << refused << 1;
    }

    void countsTheScriptsItMissed()
    {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, map);
        QFETCH(int, unread);
        WebLook look([=](const WebRequest &request) {
            if (request.path == "/")
                return page(200, "text/html", "<p>Home</p><script src=/a.js></script>");
            return request.path == "/a.js" ? script
                                           : (request.path == "/a.js.map" ? map : page(404, "text/plain", "none"));
        });
        const Judged judged = look.run(mixedContentCheck());
        QCOMPARE(judged.observed["unread"_L1].toInt(), unread);
        QCOMPARE(said(judged), unread == 0 ? u"pass"_s : u"info"_s);
    }

    // More addresses than any product has: named in part, and counted up to ten thousand.
    void readsMadeUpPages()
    {
        QByteArray pictures;
        QByteArray calls;
        for (int i = 0; i < 12'000; ++i) {
            pictures += "<img src=http://a.b/" + QByteArray::number(i) + '>';
            calls += "fetch('http://a.b/" + QByteArray::number(i) + "');";
        }
        const HttpResponse page = answer(200, {}, pictures);
        const LinkedFiles linked{{}, {{QUrl(u"https://app.example.com/a.js"_s), calls}}};
        const Judged judged = judgeMixedContent(arrivedAt(page), parseHtml(pictures, page.url), linked);
        QCOMPARE(said(judged), u"insecure_calls:medium passive:low"_s);
        QCOMPARE(judged.observed["passive"_L1].toArray().size(), 200);
        QVERIFY2(judged.findings[0].whatWeSaw.contains("9995 more"_L1), qPrintable(judged.findings[0].whatWeSaw));
        QCOMPARE(judged.observed["unread"_L1].toInt(), 1);
    }

    void readsLinkedFiles_data()
    {
        QTest::addColumn<QByteArray>("style");
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QByteArray("a{color:red}") << QByteArray("fetch('/api/x')") << u"pass"_s;
        QTest::newRow("picture in a linked style")
            << QByteArray("a{background:url(http://x.example/a.png)}") << QByteArray() << u"passive:low"_s;
        QTest::newRow("style imported") << QByteArray("@import url(http://x.example/b.css);") << QByteArray()
                                        << u"active:medium"_s;
        QTest::newRow("base of the API") << QByteArray() << QByteArray("const b=\"http://api.example.com\"")
                                         << u"insecure_calls:medium"_s;
        QTest::newRow("path of the API") << QByteArray() << QByteArray("get('http://app.example.com/v1/users')")
                                         << u"insecure_calls:medium"_s;
        QTest::newRow("socket") << QByteArray() << QByteArray("s='ws://app.example.com/live'")
                                << u"insecure_calls:medium"_s;
        QTest::newRow("API of somebody else") << QByteArray() << QByteArray("b='http://api.example.org'") << u"pass"_s;
        QTest::newRow("call to somebody else")
            << QByteArray() << QByteArray("axios.get('http://x.example.org/a')") << u"insecure_calls:medium"_s;
        QTest::newRow("request in the old way")
            << QByteArray() << QByteArray("r.open('GET', 'http://x.example.org/a')") << u"insecure_calls:medium"_s;
        QTest::newRow("address without a call")
            << QByteArray() << QByteArray("refetch2('http://x.example.org/a')") << u"pass"_s;
        QTest::newRow("font in a linked style")
            << QByteArray("@FONT-FACE { font-family: x; src: URL( \"HTTP://x.example/a.woff2\" ) }") << QByteArray()
            << u"active:medium"_s;
        QTest::newRow("link to a page") << QByteArray() << QByteArray("b='http://www.example.com/about'") << u"pass"_s;
        QTest::newRow("name of XML") << QByteArray() << QByteArray("b='http://www.w3.org/2000/svg'") << u"pass"_s;
        QTest::newRow("development server") << QByteArray() << QByteArray("b='ws://localhost:3000'") << u"pass"_s;
    }

    void readsLinkedFiles()
    {
        QFETCH(QByteArray, style);
        QFETCH(QByteArray, script);
        const LinkedFiles linked{{style}, {{QUrl(u"https://app.example.com/a.js"_s), script}}};
        QTEST(said(judgeMixedContent(arrivedAt(answer(200)), HtmlPage{}, linked)), "expected");
    }

    // Sheets that sheets import, also in circles; what is too deep or too much is counted.
    void followsImports_data()
    {
        QTest::addColumn<int>("depth"); // of the sheet that loads what is blocked
        QTest::addColumn<int>("perSheet");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("isGap");
        QTest::newRow("of the page") << 0 << 1 << u"active:medium"_s << false;
        QTest::newRow("imported") << 1 << 1 << u"active:medium"_s << false;
        QTest::newRow("five levels down") << 5 << 1 << u"active:medium"_s << false;
        QTest::newRow("too deep") << 6 << 1 << u"info"_s << true;
        QTest::newRow("too many") << 3 << 10 << u"info"_s << true;
    }

    void followsImports()
    {
        QFETCH(int, depth);
        QFETCH(int, perSheet);
        QFETCH(bool, isGap);
        WebLook look([=](const WebRequest &request) {
            if (request.path == "/")
                return page(200, "text/html", "<!doctype html><style>@import '/s/0.css';</style>");
            if (!request.path.startsWith("/s/"))
                return page(404, "text/html", "none");
            const int level = request.path.sliced(3).split('.').front().split('-').front().toInt();
            QByteArray sheet = level == depth ? "@import url(http://x.example/a.css);" : "@import '/s/0.css';";
            for (int i = 0; level < depth && i < perSheet; ++i) {
                const QByteArray own = perSheet == 1 ? QByteArray() : request.path.sliced(4).chopped(4);
                sheet += "@import './" + QByteArray::number(level + 1) +
                         (perSheet == 1 ? QByteArray() : own + '-' + QByteArray::number(i)) + ".css' screen;";
            }
            return page(200, "text/css", sheet);
        });
        const Judged judged = look.run(mixedContentCheck());
        if (perSheet == 1)
            QTEST(said(judged), "expected");
        QCOMPARE(judged.observed.contains("not_seen"_L1), isGap);
        const auto requests = look.requests();
        const auto sheets =
            std::ranges::count_if(requests, [](const WebRequest &request) { return request.path.startsWith("/s/"); });
        QVERIFY2(sheets <= 64, qPrintable(QString::number(sheets)));
    }
};

QTEST_GUILESS_MAIN(MixedContentTest)
#include "tst_mixedcontent.moc"
