// What a stranger can put into a backend service: where it was permitted and marked, and taken away again.
#include "checks/access/backendcalls.h"
#include "checks/access/backendwrites.h"
#include "models/unseen.h"
#include "tests/checks/access/backendscene.h"
#include "tests/checks/stoppedlook.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kTable = u"/rest/v1/orders"_s;
const QString kFiles = u"/storage/v1/object/contracts"_s;
const QString kNode = u"/feedback.json"_s;
const QString kRealtimeHost = u"ledger-default-rtdb.firebaseio.com"_s;

} // namespace

class TestBackendWrites : public QObject, private BackendScene
{
    Q_OBJECT

private slots:
    void init();
    void writesWhereItIsMarked_data();
    void writesWhereItIsMarked();
    void asksWithoutARowWhereNobodyReads_data();
    void asksWithoutARowWhereNobodyReads();
    void writesNowhereElse_data();
    void writesNowhereElse();
    void triesNoMoreThanItAnnounced();
    void saysThatNoPageNamesTheService();
    void saysWhatItLeft();
    void believesNoHostileService_data();
    void believesNoHostileService();
    void takesItAwayWhenStopped();
    void keepsWhatIsNotTriedAgain();

private:
    void mark(const QString &path, const QString &host = QString::fromLatin1(kBackendHost), bool isSafe = true)
    {
        Route route;
        route.method = u"POST"_s;
        route.path = path;
        route.host = host;
        route.access = AccessClass::Public;
        route.safeToWrite = isSafe;
        m_facts.routes.push_back(route);
        if (path == kTable)
            m_facts.samples = {
                {u"POST"_s, path, host, "application/json", R"({"id":900,"what":"a cake","total_cents":1})", {}}};
    }
    AttackRun newRun(const QStringList &hosts = {QString::fromLatin1(kAppHost), QString::fromLatin1(kBackendHost),
                                                 kRealtimeHost},
                     int budget = 100)
    {
        return AttackRun(m_server.netOptions(), hosts, {}, budget);
    }
    Judged judgedIn(AttackRun &run)
    {
        return run.run(unauthenticatedCheck(), targetOf({QString::fromLatin1(kAppHost)}), m_facts);
    }
    // "table orders taken", one each.
    static QString results(const Judged &judged)
    {
        QStringList all;
        for (const QJsonValue row : judged.observed["backend_writes"_L1].toArray())
            all.append(row["what"_L1].toString() + u' ' + row["name"_L1].toString() + u' ' +
                       row["result"_L1].toString());
        return all.join(u", "_s);
    }
    static QStringList writeCodes(const Judged &judged)
    {
        QStringList codes = codesOf(judged);
        codes.removeIf(
            [](const QString &code) { return !code.endsWith("_writable"_L1) && !code.endsWith("_left"_L1); });
        return codes;
    }
    int writes(const QByteArray &path)
    {
        int count = 0;
        for (const JournalLine &line : m_backend.journal().lines()) {
            const bool isList = line.target.startsWith("/storage/v1/object/list/") || line.target == "/graphql/v1";
            count += line.method != "GET" && line.method != "HEAD" && !isList && line.target.startsWith(path) ? 1 : 0;
        }
        return count;
    }

    ProjectFacts m_facts;
};

void TestBackendWrites::init()
{
    QVERIFY2(m_server.isReady(), qPrintable(m_server.problem()));
    m_hostile = {};
    m_facts = {};
    m_backend.reset();
    m_backend.setUp({});
    m_code = wholeCode();
}

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

void TestBackendWrites::writesNowhereElse_data()
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

void TestBackendWrites::writesNowhereElse()
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
void TestBackendWrites::triesNoMoreThanItAnnounced()
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

void TestBackendWrites::saysThatNoPageNamesTheService()
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

void TestBackendWrites::believesNoHostileService_data()
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
void TestBackendWrites::believesNoHostileService()
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

QTEST_GUILESS_MAIN(TestBackendWrites)
#include "tst_backendwrites.moc"
