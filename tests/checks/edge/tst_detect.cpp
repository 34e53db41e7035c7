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
        QTest::newRow("nothing") << QByteArray("Server: nginx") << QString() << u"no_edge:low"_s << QString() << false;
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
        const Judged judged = judgeEdge(signalsFrom(seen, knownProviders()), knownProviders(), got, {});
        QTEST(said(judged), "expected");
        const QJsonObject claimed = judged.observed.value("edge"_L1).toObject();
        QCOMPARE(claimed.value("id"_L1).toString(), edge);
        QCOMPARE(claimed.value("sure"_L1).toBool(), sure);
    }

    void countsNameServersOnlyBesideAnotherSign()
    {
        EdgeSeen seen{.peerAddress = u"192.0.2.1"_s, .aliases = {}, .headers = {}, .cookies = {}};
        seen.nameServers = {u"ada.ns.cloudflare.com"_s};
        const HttpResponse got = answer(200);
        const auto edgeOf = [&] {
            return judgeEdge(signalsFrom(seen, knownProviders()), knownProviders(), got, {})
                .observed.value("edge"_L1)
                .toObject();
        };
        QVERIFY(edgeOf().isEmpty()); // a grey cloud: Cloudflare names the server, and visitors go straight to it
        seen.trace = "fl=1f1\nh=app.example.com\nip=192.0.2.7\ncolo=FRA\n";
        QCOMPARE(edgeOf().value("id"_L1).toString(), u"cloudflare"_s);
        QVERIFY(edgeOf().value("sure"_L1).toBool());
        seen.trace = "<html>index.html for every path, fl=1</html>";
        QVERIFY(edgeOf().isEmpty());
    }

    void blamesOneCauseOnce()
    {
        const HttpResponse got = answer(200, {}, {}, u"https://api.example.com/"_s);
        const auto hosts = [](const QString &first) { return QStringList{first, u"other.example.com"_s}; };
        const Judged second = judgeEdge({}, knownProviders(), got, hosts(u"example.com"_s));
        QVERIFY(second.findings.empty());
        QCOMPARE(second.outcome, Outcome::Info);
        const Judged first = judgeEdge({}, knownProviders(), got, hosts(u"api.example.com"_s));
        QCOMPARE(first.findings.size(), size_t(1));
        QVERIFY(first.findings.at(0).whatWeSaw.contains(u"other.example.com"_s));
    }
};

QTEST_GUILESS_MAIN(DetectTest)
#include "tst_detect.moc"
