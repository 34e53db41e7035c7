#include "checks/http/hsts.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class HstsTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << QByteArray("") << u"missing:medium"_s;
        QTest::newRow("half a year, to the second")
            << QByteArray("Strict-Transport-Security: max-age=15552000") << u"pass"_s;
        QTest::newRow("one second less than half a year")
            << QByteArray("Strict-Transport-Security: max-age=15551999") << u"short:low"_s;
        QTest::newRow("quoted number") << QByteArray(
                                              "strict-transport-security: max-age=\"31536000\"; includeSubDomains")
                                       << u"pass"_s;
        QTest::newRow("switched off") << QByteArray("Strict-Transport-Security: max-age=0") << u"disabled:medium"_s;
        QTest::newRow("no max-age") << QByteArray("Strict-Transport-Security: includeSubDomains")
                                    << u"invalid:medium"_s;
        QTest::newRow("max-age twice") << QByteArray("Strict-Transport-Security: max-age=31536000; max-age=31536000")
                                       << u"invalid:medium"_s;
        QTest::newRow("negative") << QByteArray("Strict-Transport-Security: max-age=-1") << u"invalid:medium"_s;
        QTest::newRow("not a number") << QByteArray("Strict-Transport-Security: max-age=a year") << u"invalid:medium"_s;
        QTest::newRow("two lines: the first counts")
            << QByteArray("Strict-Transport-Security: max-age=31536000\nStrict-Transport-Security: max-age=0")
            << u"pass"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgeHsts(answer(200, headers))), "expected");
    }
};

QTEST_GUILESS_MAIN(HstsTest)
#include "tst_hsts.moc"
