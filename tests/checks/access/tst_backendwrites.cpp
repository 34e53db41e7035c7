// What a stranger can put into a backend service: where it was permitted and marked, and taken away again.
#include "tests/checks/access/backendwritescene.h"
#include "tests/checks/stoppedlook.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestBackendWrites : public QObject, private WriteScene
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void writesWhereItIsMarked_data();
    void writesWhereItIsMarked();
    void asksWithoutARowWhereNobodyReads_data();
    void asksWithoutARowWhereNobodyReads();
    void saysWhatItLeft();
    void takesItAwayWhenStopped();
    void keepsWhatIsNotTriedAgain();
    void letsGoWhatIsNamedNowhere();
};

void TestBackendWrites::writesWhereItIsMarked_data()
{
    QTest::addColumn<BackendSetup>("setup");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("code");
    using enum BackendFault;
    const QString orders = u"orders"_s;
    QTest::newRow("a table that takes rows") << BackendSetup{.readableTables = {orders}, .writableTables = {orders}}
                                             << kTable << u"table orders taken"_s << u"rows_writable"_s;
    QTest::newRow("a table that is read alone")
        << BackendSetup{.readableTables = {orders}} << kTable << u"table orders not_told"_s << QString();
    QTest::newRow("a bucket that takes files") << BackendSetup{.faults = {BucketListed, FilesWritable}} << kFiles
                                               << u"bucket contracts taken"_s << u"files_writable"_s;
    QTest::newRow("a bucket that is listed alone")
        << BackendSetup{.faults = {BucketListed}} << kFiles << u"bucket contracts refused"_s << QString();
    QTest::newRow("a node that takes records")
        << BackendSetup{.faults = {RecordsWritable}} << kNode << u"database feedback taken"_s << u"records_writable"_s;
    QTest::newRow("a node that is closed") << BackendSetup() << kNode << u"database feedback not_tried"_s << QString();
}

// With leave for the host and the mark of the founder; and nothing stays.
void TestBackendWrites::writesWhereItIsMarked()
{
    QFETCH(BackendSetup, setup);
    QFETCH(QString, path);
    QFETCH(QString, code);
    m_backend.setUp(setup);
    mark(path, path == kNode ? kRealtimeHost : QString::fromLatin1(kBackendHost));
    const auto foretold = unauthenticatedCheck().requests({targetOf({QString::fromLatin1(kAppHost)}), m_facts});
    QCOMPARE(foretold.front().most, kMostSignUps + kMostQueries + kWriteRequests);
    AttackRun run = newRun();
    const Judged judged = judgedIn(run);
    QTEST(results(judged), "result");
    QVERIFY2(writeCodes(judged) == (code.isEmpty() ? QStringList() : QStringList{code}), qPrintable(told(judged)));
    for (const Finding &finding : judged.findings) {
        if (finding.code == code)
            QCOMPARE(finding.proof, Proof::Proven);
    }
    QVERIFY(run.gate->sentBy(u"access.unauthenticated"_s) <= run.gate->mostAnnouncedBy(u"access.unauthenticated"_s));
    // Gone: the rows are those of before, and the list of files as well.
    AttackRun again = newRun();
    const Judged after = judgedIn(again);
    QVERIFY2(!QJsonDocument(after.observed).toJson().contains("LC-CANARY"), qPrintable(told(after)));
    for (const QJsonValue row : after.observed["backends"_L1][0]["asked"_L1].toArray()) {
        if (row["name"_L1] == "orders"_L1 && row.toObject().contains("rows"_L1) && !setup.readableTables.empty())
            QCOMPARE(row["rows"_L1].toInt(), 2);
    }
}

void TestBackendWrites::asksWithoutARowWhereNobodyReads_data()
{
    QTest::addColumn<bool>("isWritable");
    QTest::addColumn<bool>("knowsTypes");
    QTest::addColumn<QString>("result");
    QTest::newRow("rows of everybody") << true << true << u"table orders would_be_taken"_s;
    QTest::newRow("nobody's rows") << false << true << u"table orders refused"_s;
    QTest::newRow("nobody knows what a row needs") << true << false << u"table orders not_told"_s;
}

// A row that is given back has to pass the rules for reading; one that breaks a constraint tells without being there.
void TestBackendWrites::asksWithoutARowWhereNobodyReads()
{
    QFETCH(bool, isWritable);
    QFETCH(bool, knowsTypes);
    m_backend.setUp({.faults = {BackendFault::SchemaListed},
                     .writableTables = isWritable ? std::set<QString>{u"orders"_s} : std::set<QString>()});
    mark(kTable);
    QTemporaryDir folder;
    QFile types(folder.filePath(u"database.types.ts"_s));
    QVERIFY(types.open(QIODevice::WriteOnly));
    types.write("orders: {\n Row: {\n id: number\n }\n Insert: {\n id: number\n what: string\n }\n}\n");
    types.close();
    if (knowsTypes)
        m_facts.sources = {{.kind = SourceKind::Code, .path = folder.path()}};
    AttackRun run = newRun();
    const Judged judged = judgedIn(run);
    QTEST(results(judged), "result");
    QCOMPARE(writeCodes(judged).contains(u"rows_writable"_s), isWritable && knowsTypes);
    for (const Finding &finding : judged.findings) {
        if (finding.code == "rows_writable"_L1)
            QCOMPARE(finding.proof, Proof::Strong);
    }
    QVERIFY(knowsTypes || judged.outcome != Outcome::Pass);
}

// Rules that let everybody add and nobody remove: the record stays, and is named.
void TestBackendWrites::saysWhatItLeft()
{
    m_backend.setUp(
        {.faults = {BackendFault::RowsStay}, .readableTables = {u"orders"_s}, .writableTables = {u"orders"_s}});
    mark(kTable);
    AttackRun run = newRun();
    const Judged judged = judgedIn(run);
    QVERIFY2(writeCodes(judged).contains(u"rows_writable"_s) && writeCodes(judged).contains(u"test_record_left"_s),
             qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains("LC-CANARY"_L1) && judged.reason.contains("still there"_L1),
             qPrintable(judged.reason));
}

void TestBackendWrites::takesItAwayWhenStopped()
{
    m_backend.setUp({.readableTables = {u"orders"_s}, .writableTables = {u"orders"_s}});
    mark(kTable);
    AttackRun run = newRun();
    const auto isThere = [&] { return m_backend.journal().count("POST", kTable.toLatin1()) > 0; };
    const StoppedLook stopped = stoppedLook(
        isThere, [&] { run.token.cancel(); }, [&] { return judgedIn(run); });
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY(m_backend.journal().count("DELETE", kTable.toLatin1()) > 0 || writes(kTable.toLatin1()) >= 2);
    m_facts = {};
    AttackRun after = newRun();
    const Judged judged = judgedIn(after);
    for (const QJsonValue row : judged.observed["backends"_L1][0]["asked"_L1].toArray()) {
        if (row["name"_L1] == "orders"_L1)
            QCOMPARE(row["rows"_L1].toInt(), 2);
    }
}

// A finding ends by an answer, and not because the mark is gone.
void TestBackendWrites::keepsWhatIsNotTriedAgain()
{
    m_backend.setUp({.readableTables = {u"orders"_s}, .writableTables = {u"orders"_s}});
    mark(kTable);
    AttackRun run = newRun();
    const Judged first = judgedIn(run);
    m_facts = {};
    m_facts.observedBefore[u"access.unauthenticated"_s] = first.observed;
    AttackRun second = newRun();
    QVERIFY(unseenSubjects(judgedIn(second).observed).contains(u"write table orders"_s));
}

// Marked once, at a host that no page names; then taken off the list.
void TestBackendWrites::letsGoWhatIsNamedNowhere()
{
    mark(kTable, u"old.harbor-ledger.example"_s);
    const auto lookNow = [&] {
        AttackRun run = newRun();
        const Judged judged = judgedIn(run);
        m_facts = {};
        m_facts.observedBefore[u"access.unauthenticated"_s] = judged.observed;
        return judged;
    };
    const QString place = u"write table orders"_s;
    QVERIFY(unseenSubjects(lookNow().observed).contains(place));
    const Judged second = lookNow();
    QVERIFY2(!unseenSubjects(second.observed).contains(place), qPrintable(told(second)));
    QVERIFY2(second.reason.contains(u"Not kept for another try: table orders"_s), qPrintable(told(second)));
    const Judged third = lookNow();
    QVERIFY2(!third.reason.contains(u"orders (old"_s), qPrintable(told(third)));
}

QTEST_GUILESS_MAIN(TestBackendWrites)
#include "tst_backendwrites.moc"
