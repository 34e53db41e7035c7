#include "checks/tls/hostname.h"
#include "tests/checks/tls/tlslook.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestHostname : public QObject
{
    Q_OBJECT

private slots:
    void judgesNames_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("covered");
        QTest::newRow("its own name") << QStringList{u"shop.example"_s} << true;
        QTest::newRow("a wildcard for the level above") << QStringList{u"*.shop.example"_s} << false;
        QTest::newRow("another name") << QStringList{u"platform.example"_s} << false;
        QTest::newRow("no name") << QStringList{} << false;
    }
    void judgesNames()
    {
        QFETCH(QStringList, names);
        QFETCH(bool, covered);
        TlsSession session = goodSession();
        session.chain.front().names = names;
        PreparedLook look;
        look.session(session);
        const Judged judged = look.at(tlsHostname());
        QCOMPARE(judged.outcome, covered ? Outcome::Pass : Outcome::Fail);
        QCOMPARE(judged.observed[u"covers_host"_s].toBool(), covered);
        QCOMPARE(judged.findings.empty(), covered);
        if (!covered) {
            QCOMPARE(judged.findings.front().code, u"name_mismatch"_s);
            QCOMPARE(judged.findings.front().severity, Severity::Critical);
            QVERIFY(!judged.findings.front().evidence.empty());
        }
    }

    void seesWhatStrangersAreShown_data()
    {
        QTest::addColumn<QString>("subject"); // empty: the handshake fails
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("answer");
        QTest::newRow("the same") << u"shop.example"_s << ErrorKind::Protocol << u"same"_s;
        QTest::newRow("another") << u"platform.example"_s << ErrorKind::Protocol << u"other"_s;
        QTest::newRow("refused") << QString() << ErrorKind::Protocol << u"refused"_s;
        QTest::newRow("no answer") << QString() << ErrorKind::TimedOut << u"unknown"_s;
    }
    void seesWhatStrangersAreShown()
    {
        QFETCH(QString, subject);
        QFETCH(ErrorKind, kind);
        TlsSession shown = goodSession();
        shown.chain.front().names = {subject};
        shown.chain.front().fingerprint = subject == "shop.example"_L1 ? QString() : subject;
        PreparedLook look;
        look.session(goodSession());
        const Result<EndpointSession> view =
            subject.isEmpty() ? Result<EndpointSession>(failure(kind, u"no"_s)) : EndpointSession{shown};
        look.endpoint(u"192.0.2.1"_s, view, NameSent::None);
        const Judged judged = look.at(tlsHostname());
        QCOMPARE(judged.outcome, Outcome::Pass); // a fact, not a fault
        const QJsonObject seen = judged.observed[u"without_sni"_s].toObject();
        QTEST(seen[u"answer"_s].toString(), "answer");
        QCOMPARE(seen[u"names"_s].toArray().first().toString(), subject);
        QCOMPARE(judged.observed[u"unknown_sni"_s].toObject()[u"answer"_s].toString(), u"same"_s);
    }

    void doesNotRepeatHundredsOfNames()
    {
        Certificate leaf = goodLeaf();
        leaf.names.clear();
        for (int i = 0; i < 500; ++i)
            leaf.names += u"n%1.example"_s.arg(i);
        const Judged judged = judgeHostname({HostRole::Site, u"shop.example"_s, kHttpsPort}, leaf);
        QVERIFY(judged.findings.front().whatWeSaw.contains(u"n4.example"_s));
        QVERIFY(!judged.findings.front().whatWeSaw.contains(u"n5.example"_s));
    }
};

QTEST_GUILESS_MAIN(TestHostname)
#include "tst_hostname.moc"
