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
        QTEST(said(judgeMixedContent(arrivedAt(answer(200, {}, body)))), "expected");
    }
};

QTEST_GUILESS_MAIN(MixedContentTest)
#include "tst_mixedcontent.moc"
