#include "checks/http/versionleak.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class VersionLeakTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("product alone") << QByteArray("Server: nginx") << u"pass"_s;
        QTest::newRow("version") << QByteArray("Server: nginx/1.18.0") << u"version:low"_s;
        QTest::newRow("one finding for two headers")
            << QByteArray("Server: Apache/2.4\nX-Powered-By: PHP/8.1.2") << u"version:low"_s;
        QTest::newRow("the machine of a network") << QByteArray("Server: ECS (dcb/7F83)") << u"pass"_s;
        QTest::newRow("a version beside a machine") << QByteArray("Server: ECS/2.1 (dcb/7F83)") << u"version:low"_s;
        QTest::newRow("powered by a name") << QByteArray("X-Powered-By: Express") << u"pass"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgeVersionLeak(arrivedAt(answer(200, headers)))), "expected");
    }
};

QTEST_GUILESS_MAIN(VersionLeakTest)
#include "tst_versionleak.moc"
