#include "checks/http/nosniff.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class NosniffTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << QByteArray("") << u"missing:low"_s;
        QTest::newRow("nosniff") << QByteArray("X-Content-Type-Options: NoSniff") << u"pass"_s;
        QTest::newRow("other word") << QByteArray("X-Content-Type-Options: sniff") << u"invalid:low"_s;
        QTest::newRow("the first of a list counts") << QByteArray("X-Content-Type-Options: nosniff, x") << u"pass"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgeNosniff(arrivedAt(answer(200, headers)))), "expected");
    }
};

QTEST_GUILESS_MAIN(NosniffTest)
#include "tst_nosniff.moc"
