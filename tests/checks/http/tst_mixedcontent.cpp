#include "checks/http/mixedcontent.h"
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
            << QByteArray("<img src=/a.png srcset='/a.png 1x, http://x.example/b.png 2x'>") << u"passive:low"_s;
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
};

QTEST_GUILESS_MAIN(MixedContentTest)
#include "tst_mixedcontent.moc"
