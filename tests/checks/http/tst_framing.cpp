#include "checks/http/framing.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class FramingTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QByteArray("") << u"missing:medium"_s;
        QTest::newRow("frame-ancestors none")
            << QByteArray("Content-Security-Policy: frame-ancestors 'none'") << u"pass"_s;
        QTest::newRow("frame-ancestors anyone")
            << QByteArray("Content-Security-Policy: frame-ancestors *") << u"anyone:medium"_s;
        for (const char *anyone :
             {"https:", "http:", "https://*", "http://*", "*:*", "https://*:*", "*:443", "HTTPS://*"}) {
            QTest::newRow(anyone) << "Content-Security-Policy: frame-ancestors 'self' " + QByteArray(anyone)
                                  << u"anyone:medium"_s;
        }
        for (const char *listed : {"*.example.com", "https://*.example.com:*", "https://example.com"}) {
            QTest::newRow(listed) << "Content-Security-Policy: frame-ancestors " + QByteArray(listed) << u"pass"_s;
        }
        QTest::newRow("the policy beats the old header")
            << QByteArray("Content-Security-Policy: frame-ancestors *\nX-Frame-Options: DENY") << u"anyone:medium"_s;
        QTest::newRow("default-src does not limit frames")
            << QByteArray("Content-Security-Policy: default-src 'none'") << u"missing:medium"_s;
        QTest::newRow("sameorigin in small letters") << QByteArray("x-frame-options: sameorigin") << u"pass"_s;
        QTest::newRow("allow-from is ignored by browsers")
            << QByteArray("X-Frame-Options: ALLOW-FROM https://a.example") << u"invalid:medium"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgeFraming(arrivedAt(answer(200, headers)), HostRole::App)), "expected");
    }
};

QTEST_GUILESS_MAIN(FramingTest)
#include "tst_framing.moc"
