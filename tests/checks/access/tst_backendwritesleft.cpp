// A test record in a backend service is written down before it is made, and what cannot be seen to be gone is told.
#include "tests/checks/access/backendwritescene.h"
#include "tests/checks/access/memoryjournal.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// What the service does with a request that would make or remove something.
enum class Manner {
    AsItIs,
    MakesAndBreaks, // it is made, and answered with an error of the server
    Breaks,         // it is not made, with the same answer
    KeepsAndAgrees, // a removal removes nothing, and is answered as if it had
};

const QString kOrders = u"orders"_s;

} // namespace

Q_DECLARE_METATYPE(Manner)
Q_DECLARE_METATYPE(PageReply)

class TestBackendWritesLeft : public QObject, private WriteScene
{
    Q_OBJECT

private slots:
    void init()
    {
        setUp();
        m_journal = std::make_shared<MemoryJournal>();
    }
    void tellsWhatMayBeLeft_data();
    void tellsWhatMayBeLeft();
    void isWrittenDownBefore_data();
    void isWrittenDownBefore();
    void makesNothingWithoutTheJournal_data();
    void makesNothingWithoutTheJournal();
    void marksARowThatItsTypesBelie_data();
    void marksARowThatItsTypesBelie();

private:
    void behave(Manner manner);
    // Of the code of the pages: what a row of the table needs.
    void knowTypes(const QByteArray &columns);
    Judged judgedWith(AttackRun &run)
    {
        run.journal->to = m_journal;
        return judgedIn(run);
    }

    std::shared_ptr<MemoryJournal> m_journal;
    QTemporaryDir m_folder;
};

void TestBackendWritesLeft::behave(Manner manner)
{
    m_bend = [this, manner](const PageRequest &request) -> std::optional<PageReply> {
        const bool isOfRecord =
            request.path().startsWith(kTable.toLatin1()) || request.path().startsWith(kFiles.toLatin1() + '/');
        if (!isOfRecord || manner == Manner::AsItIs)
            return std::nullopt;
        const PageReply trouble{.status = 503, .contentType = "application/json", .body = "{}"};
        if (request.method == "POST" && manner == Manner::MakesAndBreaks)
            (void)m_backend.answer(request);
        if (request.method == "POST" && manner != Manner::KeepsAndAgrees)
            return trouble;
        if (request.method == "DELETE" && manner == Manner::KeepsAndAgrees)
            return PageReply{.contentType = "application/json", .body = R"({"message":"Successfully deleted"})"};
        return std::nullopt;
    };
}

void TestBackendWritesLeft::knowTypes(const QByteArray &columns)
{
    QFile types(m_folder.filePath(u"database.types.ts"_s));
    QVERIFY(types.open(QIODevice::WriteOnly));
    types.write("orders: {\n Row: {\n id: number\n }\n Insert: {\n" + columns + " }\n}\n");
    m_facts.sources = {{.kind = SourceKind::Code, .path = m_folder.path()}};
}

void TestBackendWritesLeft::tellsWhatMayBeLeft_data()
{
    using enum BackendFault;
    QTest::addColumn<BackendSetup>("setup");
    QTest::addColumn<QString>("path");
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("left"); // "proven", "lead", or empty: nothing is
    const BackendSetup dropBox{.faults = {FilesWritable}};
    const BackendSetup files{.faults = {BucketListed, FilesWritable}};
    const BackendSetup rows{.readableTables = {kOrders}, .writableTables = {kOrders}};
    const auto row = [](const char *name, const BackendSetup &setup, const QString &path, Manner manner,
                        const QString &result,
                        const QString &left) { QTest::newRow(name) << setup << path << manner << result << left; };
    row("files of everybody that nobody lists", dropBox, kFiles, Manner::AsItIs, u"bucket contracts taken"_s,
        u"proven"_s);
    row("the same, and the removal is agreed to", dropBox, kFiles, Manner::KeepsAndAgrees, u"bucket contracts taken"_s,
        u"lead"_s);
    row("the same, and no clear answer", dropBox, kFiles, Manner::MakesAndBreaks, u"bucket contracts not_told"_s,
        u"lead"_s);
    row("files that are listed", files, kFiles, Manner::AsItIs, u"bucket contracts taken"_s, {});
    row("the same, and no clear answer to one that was made", files, kFiles, Manner::MakesAndBreaks,
        u"bucket contracts not_told"_s, {});
    row("files that stay, and are seen to", files, kFiles, Manner::KeepsAndAgrees, u"bucket contracts taken"_s,
        u"proven"_s);
    row("rows that are read, and no clear answer to one that was made", rows, kTable, Manner::MakesAndBreaks,
        u"table orders not_told"_s, {});
    row("rows, and nobody knows whether one was made", rows, kTable, Manner::Breaks, u"table orders not_told"_s,
        u"lead"_s);
}

// What a stranger is not shown cannot be said to be gone; and what is left stays in the journal.
void TestBackendWritesLeft::tellsWhatMayBeLeft()
{
    QFETCH(BackendSetup, setup);
    QFETCH(QString, path);
    QFETCH(Manner, manner);
    QFETCH(QString, left);
    m_backend.setUp(setup);
    mark(path);
    behave(manner);
    AttackRun run = newRun();
    const Judged judged = judgedWith(run);
    QTEST(results(judged), "result");
    const auto known = std::ranges::find(judged.findings, u"test_record_left"_s, &Finding::code);
    QVERIFY2((known == judged.findings.end()) == left.isEmpty(), qPrintable(told(judged)));
    QCOMPARE(m_journal->entries().size(), left.isEmpty() ? 0U : 1U);
    if (!left.isEmpty()) {
        QCOMPARE(known->proof, left == "proven"_L1 ? Proof::Proven : Proof::Lead);
        QVERIFY2(judged.reason.contains(m_journal->entries().front().text), qPrintable(judged.reason));
    }
    const bool isTaken = results(judged).endsWith("taken"_L1);
    QCOMPARE(writeCodes(judged).contains(u"files_writable"_s), isTaken);
    for (const Finding &finding : judged.findings) {
        if (finding.code == "files_writable"_L1)
            QCOMPARE(finding.proof, setup.faults.has(BackendFault::BucketListed) ? Proof::Proven : Proof::Strong);
    }
    QVERIFY(isTaken || judged.outcome != Outcome::Pass);
    QVERIFY(run.gate->sentBy(u"access.unauthenticated"_s) <= run.gate->mostAnnouncedBy(u"access.unauthenticated"_s));
}

void TestBackendWritesLeft::isWrittenDownBefore_data()
{
    using enum BackendFault;
    QTest::addColumn<BackendSetup>("setup");
    QTest::addColumn<QString>("path");
    QTest::newRow("a row") << BackendSetup{.readableTables = {kOrders}, .writableTables = {kOrders}} << kTable;
    QTest::newRow("a row that is refused") << BackendSetup{.readableTables = {kOrders}} << kTable;
    QTest::newRow("a row without what it needs") << BackendSetup{.writableTables = {kOrders}} << kTable;
    QTest::newRow("a file") << BackendSetup{.faults = {BucketListed, FilesWritable}} << kFiles;
    QTest::newRow("a record") << BackendSetup{.faults = {RecordsWritable}} << kNode;
}

// Of a run that is killed after it sent this the project knows what to look for, and where.
void TestBackendWritesLeft::isWrittenDownBefore()
{
    QFETCH(BackendSetup, setup);
    QFETCH(QString, path);
    m_backend.setUp(setup);
    mark(path, path == kNode ? kRealtimeHost : QString::fromLatin1(kBackendHost));
    knowTypes(" id: number\n what: string\n");
    std::atomic<int> made = 0;
    std::atomic<int> unknown = 0;
    m_bend = [&, journal = m_journal](const PageRequest &request) -> std::optional<PageReply> {
        const bool isList = request.path().startsWith("/storage/v1/object/list/");
        if ((request.method == "POST" || request.method == "PUT") && !isList && request.body.contains("LC-CANARY-")) {
            ++made;
            unknown += journal->knows(request.body) ? 0 : 1;
        }
        return std::nullopt;
    };
    AttackRun run = newRun();
    const Judged judged = judgedWith(run);
    QVERIFY2(made > 0, qPrintable(told(judged)));
    QCOMPARE(unknown.load(), 0);
    QStringList left;
    for (const JournalEntry &entry : m_journal->entries())
        left.append(describe(entry));
    QVERIFY2(left.isEmpty(), qPrintable(left.join(u'\n') + told(judged)));
}

void TestBackendWritesLeft::makesNothingWithoutTheJournal_data()
{
    isWrittenDownBefore_data();
}

// A full disk: nothing is put there, and that is said.
void TestBackendWritesLeft::makesNothingWithoutTheJournal()
{
    QFETCH(BackendSetup, setup);
    QFETCH(QString, path);
    m_backend.setUp(setup);
    mark(path, path == kNode ? kRealtimeHost : QString::fromLatin1(kBackendHost));
    knowTypes(" id: number\n what: string\n");
    m_journal = std::make_shared<MemoryJournal>(true);
    AttackRun run = newRun();
    const Judged judged = judgedWith(run);
    QVERIFY2(results(judged).endsWith("not_tried"_L1), qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains("The disk is full."_L1), qPrintable(judged.reason));
    QCOMPARE(writes(path.chopped(path.endsWith(".json"_L1) ? 5 : 0).toLatin1()), 0);
    QVERIFY(judged.outcome != Outcome::Pass && writeCodes(judged).isEmpty());
}

// How a table answers a row of which it does not need any more what the code says that it needs.
void TestBackendWritesLeft::marksARowThatItsTypesBelie_data()
{
    QTest::addColumn<PageReply>("reply"); // status 0: as the practice company does
    QTest::addColumn<QString>("result");
    QTest::addColumn<bool>("isLeft");
    const PageReply asItIs{.status = 0};
    const PageReply takenBack{.status = 201, .headers = {{"Preference-Applied", "tx=rollback"}}};
    const PageReply anyPage{.status = 200, .contentType = "application/json", .body = R"({"ok":true})"};
    const PageReply withBody{.status = 201, .contentType = "application/json", .body = R"({"ok":true})"};
    QTest::newRow("taken") << asItIs << u"table orders taken"_s << true;
    QTest::newRow("taken, and taken back at once") << takenBack << u"table orders would_be_taken"_s << false;
    QTest::newRow("yes to everything") << anyPage << u"table orders not_told"_s << true;
    QTest::newRow("made, with a word of its own") << withBody << u"table orders not_told"_s << true;
}

// The row stands there, bears our text, and is told, as is that anybody may put one there.
void TestBackendWritesLeft::marksARowThatItsTypesBelie()
{
    QFETCH(PageReply, reply);
    QFETCH(QString, result);
    QFETCH(bool, isLeft);
    m_backend.setUp({.writableTables = {kOrders}});
    mark(kTable);
    knowTypes(" total_cents: number\n id: number\n what: string\n");
    std::mutex mutex;
    QByteArray sent;
    m_bend = [&](const PageRequest &request) -> std::optional<PageReply> {
        if (request.method != "POST" || request.path() != kTable.toLatin1())
            return std::nullopt;
        const std::lock_guard lock(mutex);
        sent = request.body;
        const bool isBlind = request.header("prefer").contains("return=minimal");
        return isBlind && reply.status > 0 ? std::optional(reply) : std::nullopt;
    };
    AttackRun run = newRun();
    const Judged judged = judgedWith(run);
    const std::lock_guard lock(mutex);
    QVERIFY2(sent.contains("LC-CANARY-") && sent.contains("\"total_cents\":null"), sent.constData());
    QCOMPARE(results(judged), result);
    QCOMPARE(writeCodes(judged).contains(u"test_record_left"_s), isLeft);
    QCOMPARE(m_journal->entries().size(), isLeft ? 1U : 0U);
    QVERIFY(!isLeft || sent.contains(m_journal->entries().front().text.toLatin1()));
    const auto open = std::ranges::find(judged.findings, u"rows_writable"_s, &Finding::code);
    QCOMPARE(open != judged.findings.end(), !result.endsWith("not_told"_L1));
    if (open != judged.findings.end()) {
        QCOMPARE(open->proof, Proof::Strong);
        QVERIFY2(!open->whatWeSaw.contains("file"_L1), qPrintable(open->whatWeSaw));
    }
}

QTEST_GUILESS_MAIN(TestBackendWritesLeft)
#include "tst_backendwritesleft.moc"
