#include "checks/http/cacheprivate.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class CachePrivateTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("expected");
        QTest::newRow("forbidden") << QByteArray("Cache-Control: private, no-store") << u"pass"_s;
        QTest::newRow("nothing said") << QByteArray("") << u"no_policy:low"_s;
        QTest::newRow("public") << QByteArray("Cache-Control: public, max-age=600") << u"login_cached:medium"_s;
        QTest::newRow("shared life of zero") << QByteArray("Cache-Control: public, s-maxage=0") << u"pass"_s;
        QTest::newRow("session cookie and shared life")
            << QByteArray("Cache-Control: s-maxage=60\nSet-Cookie: connect.sid=a; Secure; HttpOnly; SameSite=Lax")
            << u"session_cached:high"_s;
        QTest::newRow("session cookie out of a cache")
            << QByteArray(
                   "Cache-Control: no-store\nX-Cache: HIT\nSet-Cookie: connect.sid=a; Secure; HttpOnly; SameSite=Lax")
            << u"session_cached:high"_s;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QTEST(said(judgeCachePrivate({{answer(200, headers), true}}, arrivedAt(answer(200)))), "expected");
    }
};

QTEST_GUILESS_MAIN(CachePrivateTest)
#include "tst_cacheprivate.moc"
