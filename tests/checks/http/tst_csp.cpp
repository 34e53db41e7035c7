#include "checks/http/csp.h"
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
            << QByteArray("Content-Security-Policy: script-src 'self'; object-src 'none'; script-src *") << u"pass"_s;
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
        QTEST(said(judgeCsp(arrivedAt(answer(200, headers)), HostRole::App)), "expected");
    }
};

QTEST_GUILESS_MAIN(CspTest)
#include "tst_csp.moc"
