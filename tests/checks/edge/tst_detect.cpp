#include "checks/edge/detect.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class DetectTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QString>("alias");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("edge");
        QTest::addColumn<bool>("sure");
        QTest::newRow("two signs") << QByteArray("Server: cloudflare") << u"x.cdn.cloudflare.net"_s << u"pass"_s
                                   << u"cloudflare"_s << true;
        QTest::newRow("one sign") << QByteArray("Server: cloudflare") << QString() << u"pass"_s << u"cloudflare"_s
                                  << false;
        QTest::newRow("nothing") << QByteArray("Server: nginx") << QString() << u"no_edge:medium"_s << QString()
                                 << false;
        QTest::newRow("a platform shields itself")
            << QByteArray("Server: Vercel") << QString() << u"pass"_s << QString() << false;
    }

    void judges()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QString, alias);
        QFETCH(QString, edge);
        QFETCH(bool, sure);
        const HttpResponse got = answer(200, headers);
        EdgeSeen seen{.peerAddress = u"192.0.2.1"_s, .aliases = {}, .headers = got.headers, .cookies = {}};
        if (!alias.isEmpty())
            seen.aliases.append(alias);
        const Judged judged = judgeEdge(signalsFrom(seen, knownProviders()), knownProviders(), got);
        QTEST(said(judged), "expected");
        const QJsonObject claimed = judged.observed.value("edge"_L1).toObject();
        QCOMPARE(claimed.value("id"_L1).toString(), edge);
        QCOMPARE(claimed.value("sure"_L1).toBool(), sure);
    }
};

QTEST_GUILESS_MAIN(DetectTest)
#include "tst_detect.moc"
