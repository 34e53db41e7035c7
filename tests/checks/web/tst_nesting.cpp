#include "checks/web/htmlpage.h"
#include "checks/web/nesting.h"
#include "checks/web/tagreader.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class NestingTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTags_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QByteArray>("tags"); // of all, "+" a start, "-" an end, "!" anything else, "/" closes itself
        const auto row = [](const char *name, const QByteArray &html, const QByteArray &tags) {
            QTest::newRow(name) << html << tags;
        };
        row("plain", "<A href=x>y</A>", "+a -a");
        row("a bracket in quotes", "<a title='>'><b>", "+a +b");
        row("a quote that opens nothing", "<a \"><b>", "+a +b");
        row("a quote in a name", "<a x\"y='>'><b>", "+a +b");
        row("a quote within a value", "<a x=y\"><b>", "+a +b");
        row("blanks around the sign", "<a x = \">\"><b>", "+a +b");
        row("a sign that begins a name", "<a =\"><b>", "+a +b");
        row("closes itself", "<a/><b x='y'/><c x=y/><d / x>", "+a/ +b/ +c +d");
        row("a name with more than letters", "<p-x><svg:g><td\"><h1>", "+p-x +svg:g +td\" +h1");
        row("a comment", "<!-- <b> --><i>", "! +i");
        row("an empty comment", "<!--><b>-->", "! +b");
        row("with a dash", "<!---><b>-->", "! +b");
        row("that ends with a mark", "<!-- --!><b>-->", "! +b");
        row("no mark at once", "<!--!><b>--><i>", "! +i");
        row("without an end", "<!-- <b>", "!");
        row("what is no tag", "a < b, <3, </ x>, <!x>, <?y>", "! ! !");
        row("cut off", "<a><b x='", "+a");
    }

    void readsTags()
    {
        QFETCH(QByteArray, html);
        QByteArrayList words;
        for (HtmlTag tag = nextTag(html, 0); tag.kind != HtmlTag::Kind::None; tag = nextTag(html, tag.end)) {
            const char *sign = tag.kind == HtmlTag::Kind::Start ? "+" : tag.kind == HtmlTag::Kind::End ? "-" : "!";
            words << sign + tag.name + (tag.closesItself ? "/" : "");
        }
        QTEST(words.join(' '), "tags");
    }

    void endsScripts_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("plain") << "a</script>b"_ba
                               << "</script>b"_ba;
        QTest::newRow("another name") << "a</scripts></script>b"_ba
                                      << "</script>b"_ba;
        QTest::newRow("a comment") << "<!-- a</script>b"_ba
                                   << "</script>b"_ba;
        QTest::newRow("one that writes one") << "<!--<script>a</script>b</script>c"_ba
                                             << "</script>c"_ba;
        QTest::newRow("the comment ends before") << "<!--<script>a-->b</script>c"_ba
                                                 << "</script>c"_ba;
        QTest::newRow("the comment is empty") << "<!--><script>a</script>c"_ba
                                              << "</script>c"_ba;
        QTest::newRow("never") << "a"_ba
                               << ""_ba;
    }

    void endsScripts()
    {
        QFETCH(QByteArray, script);
        QTEST(script.sliced(endOfRawText(script, "script", 0)), "rest");
    }

    void estimates_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("unit");
        QTest::addColumn<bool>("isDeep"); // when the unit stands there 3,000 times
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &unit, bool isDeep) {
            QTest::newRow(name) << before << unit << isDeep;
        };
        row("open elements", {}, "<div>", true);
        row("closed elements", {}, "<div><p>x</p></div>", false);
        row("paragraphs, items and cells without an end", "<table>", "<tr><td><p>a<p>b<ul><li>c<li>d</ul>", false);
        row("options", "<select>", "<option>a", false);
        row("terms", "<dl>", "<dt>a<dd>b", false);
        row("empty elements", {}, "<img><br><input><link><meta>", false);
        row("a custom name that begins like one", {}, "<br-x><p-x>", true);
        row("behind a stray quote", "<b \">", "<div>", true);
        row("behind an empty comment", "<!-->", "<b>", true);
        row("a chart", "<svg><title>A chart</title><style>a{}</style>", "<circle r='1'/><path d=''/><g></g>", false);
        row("open shapes", "<svg>", "<path>", true);
        row("cells in a chart", "<svg>", "<td>", true);
        row("titles in a chart", "<svg>", "<title>", true);
        row("behind a chart", "<svg><path/></svg>", "<img><li>a", false);
        row("HTML in a chart", "<svg><foreignObject>", "<circle/>", true);
        row("out of a chart", "<svg><b></b>", "<circle/>", true);
        row("in a formula", "<math>", "<mi/>", false);
        row("closed in the wrong order, over a block", {}, "<span><div></span></div>", true);
        row("closed in the wrong order, over a paragraph", {}, "<span><p></span></p>", true);
        row("hidden in a text that is none", "<select>", "<xmp></select><div>", true);
        row("text", "<textarea>", "<div>", false);
        row("scripts with tags in them", {}, "<script>'<div>'</script>", false);
        row("scripts that write scripts", {}, "<div><script><!--<script></script></div>--></script>", true);
        row("text marked as such in a chart", "<svg>", "<g><![CDATA[></g>]]>", true);
    }

    void estimates()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, unit);
        QFETCH(bool, isDeep);
        const QByteArray html = before + unit.repeated(3000);
        QCOMPARE(estimatedCost(html).isTooMuch(), isDeep);
        QCOMPARE(parseHtml(html, QUrl(u"https://example.com/"_s)).has_value(), !isDeep);
    }

    void countsSteps_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<bool>("isTooMuch");
        const QByteArray deep = QByteArray("<span>").repeated(kDeepestHtml - 100);
        QTest::newRow("end tags that close nothing") << deep + QByteArray("</x>").repeated(100'000) << true;
        QTest::newRow("a few of them") << deep + QByteArray("</x>").repeated(1'000) << false;
        QTest::newRow("a long page as people write them")
            << QByteArray("<div>").repeated(40) + QByteArray("<p>text <b>bold</b></p>").repeated(100'000) << false;
    }

    void countsSteps()
    {
        QFETCH(QByteArray, html);
        QTEST(estimatedCost(html).isTooMuch(), "isTooMuch");
    }
};

QTEST_GUILESS_MAIN(NestingTest)
#include "tst_nesting.moc"
