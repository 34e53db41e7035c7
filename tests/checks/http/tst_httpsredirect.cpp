#include "checks/http/httpsredirect.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class HttpsRedirectTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QStringList>("urls");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("expected");
        const QString http = u"http://app.example.com/"_s;
        const QString https = u"https://app.example.com/"_s;
        QTest::newRow("moved to https") << QStringList{http, https} << 200 << u"app"_s << u"pass"_s;
        QTest::newRow("stays on http") << QStringList{http} << 200 << u"app"_s << u"plain_http:high"_s;
        QTest::newRow("stays on http, public site") << QStringList{http} << 200 << u"site"_s << u"plain_http:medium"_s;
        QTest::newRow("an API that refuses http") << QStringList{http} << 404 << u"api"_s << u"pass"_s;
        QTest::newRow("an API that forbids http") << QStringList{http} << 403 << u"api"_s << u"pass"_s;
        QTest::newRow("a broken API") << QStringList{http} << 503 << u"api"_s << u"error"_s;
        QTest::newRow("a busy API") << QStringList{http} << 429 << u"api"_s << u"error"_s;
        QTest::newRow("a site that answers http with an error")
            << QStringList{http} << 404 << u"site"_s << u"no_redirect:low"_s;
        QTest::newRow("back from https to http")
            << QStringList{http, https, http} << 200 << u"app"_s << u"downgrade:high"_s;
        QTest::newRow("first hop on http")
            << QStringList{http, u"http://www.example.com/"_s, https} << 200 << u"app"_s << u"first_hop_insecure:low"_s;
        QTest::newRow("leaves the host at once")
            << QStringList{http, u"https://www.example.com/"_s} << 200 << u"app"_s << u"leaves_host:low"_s;
        QTest::newRow("a refusal is not judged") << QStringList{http} << 403 << u"site"_s << u"error"_s;
    }

    void judges()
    {
        QFETCH(QStringList, urls);
        QFETCH(int, status);
        QFETCH(QString, role);
        const Host host{*fromWord<HostRole>(role), u"app.example.com"_s, 443};
        const RedirectChain chain = arrivedAt(answer(status, {}, {}, urls.last()), urls.mid(0, urls.size() - 1));
        QTEST(said(judgeHttpsRedirect(chain, host)), "expected");
    }

    void namesALoop()
    {
        RedirectChain chain = arrivedAt(answer(301));
        chain.end = RedirectEnd::Loop;
        QCOMPARE(said(judgeHttpsRedirect(chain, {HostRole::App, u"app.example.com"_s, 443})), u"loop:high"_s);
    }
};

QTEST_GUILESS_MAIN(HttpsRedirectTest)
#include "tst_httpsredirect.moc"
