// Where no test record is put into a backend service, and servers that say what is not so.
#include "tests/checks/access/backendwritescene.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestBackendRefusals : public QObject, private WriteScene
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void writesNowhereElse_data();
    void writesNowhereElse();
    void triesNoMoreThanItAnnounced();
    void saysThatNoPageNamesTheService();
    void believesNoHostileService_data();
    void believesNoHostileService();
};

void TestBackendRefusals::writesNowhereElse_data()
{
    QTest::addColumn<bool>("isMarked");
    QTest::addColumn<bool>("isCovered");
    QTest::addColumn<int>("budget");
    QTest::addColumn<bool>("isKilled");
    QTest::addColumn<bool>("hasExample");
    QTest::addColumn<QString>("why");
    QTest::newRow("not marked") << false << true << 100 << false << true << QString();
    QTest::newRow("not agreed for that host") << true << false << 100 << false << true << u"no host that you allowed"_s;
    QTest::newRow("used up") << true << true << 5 << false << true << u"is not enough"_s;
    QTest::newRow("stopped by the person") << true << true << 100 << true << true << u"stopped"_s;
    QTest::newRow("nobody knows what a row needs") << true << true << 100 << false << false << u"give an example"_s;
    QTest::newRow("not permitted") << true << true << -1 << false << true << u"not permitted test requests"_s;
}

void TestBackendRefusals::writesNowhereElse()
{
    QFETCH(bool, isMarked);
    QFETCH(bool, isCovered);
    QFETCH(int, budget);
    QFETCH(bool, isKilled);
    QFETCH(bool, hasExample);
    QFETCH(QString, why);
    m_backend.setUp({.readableTables = {u"orders"_s}, .writableTables = {u"orders"_s}});
    mark(kTable, QString::fromLatin1(kBackendHost), isMarked);
    if (!hasExample)
        m_facts.samples.clear();
    AttackRun run = newRun({QString::fromLatin1(kAppHost), QString::fromLatin1(isCovered ? kBackendHost : kAppHost)},
                           std::max(0, budget));
    *run.killed = isKilled;
    const Judged judged = budget < 0 ? this->judged({}, {QString::fromLatin1(kAppHost)}, m_facts) : judgedIn(run);
    QCOMPARE(writes("/rest/v1/"), 0);
    QCOMPARE(results(judged), isMarked ? u"table orders not_tried"_s : QString());
    QVERIFY2(judged.reason.contains(why), qPrintable(judged.reason));
    QCOMPARE(judged.summary.contains("you marked no place"_L1), !isMarked);
    QCOMPARE(unseenSubjects(judged.observed).contains(u"write table orders"_s), isMarked);
    QVERIFY(judged.outcome != Outcome::Pass);
}

// Each with what its removal takes.
void TestBackendRefusals::triesNoMoreThanItAnnounced()
{
    m_backend.setUp({.faults = {BackendFault::RecordsWritable}});
    for (int i = 0; i < kMostWrites + 2; ++i)
        mark(u"/feedback/n%1.json"_s.arg(i), kRealtimeHost);
    AttackRun run = newRun();
    const Judged judged = judgedIn(run);
    QCOMPARE(results(judged).count(" taken"_L1), kMostWrites);
    QVERIFY2(judged.reason.contains("no requests left"_L1), qPrintable(judged.reason));
    QVERIFY(run.gate->sentBy(u"access.unauthenticated"_s) <= run.gate->mostAnnouncedBy(u"access.unauthenticated"_s));
    QVERIFY2(!codesOf(judged).contains(u"test_record_left"_s), qPrintable(told(judged)));
}

void TestBackendRefusals::saysThatNoPageNamesTheService()
{
    m_code = "console.log(1)";
    mark(kTable);
    mark(u"/prices.json"_s, QString::fromLatin1(kAppHost)); // of the product itself
    AttackRun run = newRun();
    const Judged judged = judgedIn(run);
    QCOMPARE(results(judged), u"table orders not_tried"_s);
    QVERIFY2(judged.reason.contains("no such service"_L1), qPrintable(judged.reason));
    QCOMPARE(writes("/rest/v1/"), 0);
}

void TestBackendRefusals::believesNoHostileService_data()
{
    QTest::addColumn<Hostile>("manner");
    QTest::newRow("always 200") << Hostile{.status = 200, .body = R"({"ok":true})"};
    QTest::newRow("always an empty list") << Hostile{.status = 200, .body = "[]"};
    QTest::newRow("always a page") << Hostile{.status = 200, .type = "text/html", .body = "<html>hello</html>"};
    QTest::newRow("always 201") << Hostile{.status = 201, .body = "[]"};
    QTest::newRow("always 403") << Hostile{.status = 403, .body = "no"};
    QTest::newRow("always 404") << Hostile{.status = 404, .body = R"({"code":"PGRST205"})"};
    QTest::newRow("always broken") << Hostile{.status = 500, .body = "oops"};
    QTest::newRow("limits us") << Hostile{.status = 429, .body = "{}"};
    QTest::newRow("sends everybody to the login") << Hostile{.status = 302, .body = {}};
}

// Nothing is found where nothing was shown.
void TestBackendRefusals::believesNoHostileService()
{
    QFETCH(Hostile, manner);
    for (const QString &path : {kTable, kFiles})
        mark(path);
    mark(kNode, kRealtimeHost);
    m_hostile = manner;
    AttackRun run = newRun();
    const Judged judged = judgedIn(run);
    QStringList codes = writeCodes(judged);
    codes.removeAll(u"test_record_left"_s); // who said that it took a record, and never shows it
    QVERIFY2(codes.isEmpty(), qPrintable(told(judged)));
    QVERIFY2(!results(judged).contains("taken"_L1), qPrintable(results(judged)));
    QVERIFY(run.gate->sentBy(u"access.unauthenticated"_s) <= run.gate->mostAnnouncedBy(u"access.unauthenticated"_s));
}

QTEST_GUILESS_MAIN(TestBackendRefusals)
#include "tst_backendrefusals.moc"
