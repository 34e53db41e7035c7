#include "checks/abuse/badinput.h"
#include "checks/abuse/ratelimit.h"
#include "checks/abuse/schema.h"
#include "checks/access/enumeration.h"
#include "checks/access/massassignment.h"
#include "checks/access/methodtampering.h"
#include "checks/access/roles.h"
#include "checks/access/tenantisolation.h"
#include "checks/deploy/smoke.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/access/memoryjournal.h"
#include "tests/checks/web/pages.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Made = std::function<Check()>;

// A request that makes a record: the shop's collections.
bool makesRecord(const PageRequest &request)
{
    static const QRegularExpression lists(u"^/api/(?:customers|invoices|projects|notes)$"_s);
    return request.method == "POST" && lists.match(QString::fromLatin1(request.path())).hasMatch();
}

// Nobody waits for the end of a block: whether one is found is not asked here.
Check hastyRateLimit()
{
    return rateLimitCheck(
        {.wait = [](std::chrono::milliseconds, const CancelToken &token) { return token.isCancelled(); }});
}

} // namespace

Q_DECLARE_METATYPE(Made)

// The checks that make records, against a real server: what is in the journal when a request arrives, and at the end.
class TestUndoJournal : public QObject
{
    Q_OBJECT

private slots:
    void isWrittenBefore_data();
    void isWrittenBefore();
    void sendsNothingWithoutIt_data();
    void sendsNothingWithoutIt();
    void knowsWhatWasThere_data();
    void knowsWhatWasThere();
    void knowsWhoSignsUp_data();
    void knowsWhoSignsUp();
    void keepsWhoWasNotAnswered_data();
    void keepsWhoWasNotAnswered();
    void keepsWhatIsLeft();
};

void TestUndoJournal::isWrittenBefore_data()
{
    QTest::addColumn<Made>("check");
    QTest::newRow("tenant isolation") << Made(tenantIsolationCheck);
    QTest::newRow("roles") << Made(rolesCheck);
    QTest::newRow("mass assignment") << Made(massAssignmentCheck);
    QTest::newRow("bad input") << Made(abuseSchemaCheck);
    QTest::newRow("smoke") << Made(smokeCheck);
    QTest::newRow("method tampering") << Made(methodTamperingCheck);
}

void TestUndoJournal::isWrittenBefore()
{
    QFETCH(Made, check);
    const auto journal = std::make_shared<MemoryJournal>();
    const auto made = std::make_shared<std::atomic_int>(0);
    const auto unknown = std::make_shared<std::atomic_int>(0);
    BentShop lab([=](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (makesRecord(request) && request.body.contains("LC-CANARY-")) {
            ++*made;
            *unknown += journal->knows(request.body) ? 0 : 1;
        }
        return std::nullopt;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    run.journal->to = journal;
    const Judged judged = run.run(check(), targetOf({scene.host}), scene.facts);
    QVERIFY2(*made > 0, qPrintable(judged.reason));
    QCOMPARE(unknown->load(), 0);
    QVERIFY(journal->written() >= made->load());
    QStringList left;
    for (const JournalEntry &entry : journal->entries())
        left.append(describe(entry));
    QVERIFY2(left.isEmpty(), qPrintable(left.join(u'\n') + judged.reason));
}

void TestUndoJournal::sendsNothingWithoutIt_data()
{
    isWrittenBefore_data();
}

// A full disk, or a project that is read-only: nothing is made, and the check says why.
void TestUndoJournal::sendsNothingWithoutIt()
{
    QFETCH(Made, check);
    const auto made = std::make_shared<std::atomic_int>(0);
    BentShop lab([=](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        *made += makesRecord(request) ? 1 : 0;
        return std::nullopt;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    run.journal->to = std::make_shared<MemoryJournal>(true);
    const Judged judged = run.run(check(), targetOf({scene.host}), scene.facts);
    QCOMPARE(made->load(), 0);
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(judged.summary));
    const QString told = judged.reason + judged.summary +
                         QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact));
    QVERIFY2(told.contains(u"The disk is full."_s), qPrintable(told));
}

void TestUndoJournal::knowsWhatWasThere_data()
{
    QTest::addColumn<bool>("isFull"); // nothing can be written
    QTest::newRow("written") << false;
    QTest::newRow("cannot be written") << true;
}

// Settings, of which there is one: how they are put back is known before they are changed.
void TestUndoJournal::knowsWhatWasThere()
{
    QFETCH(bool, isFull);
    const auto journal = std::make_shared<MemoryJournal>(isFull);
    const auto changes = std::make_shared<std::atomic_int>(0);
    const auto unknown = std::make_shared<std::atomic_int>(0);
    BentShop lab([=](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (request.method != "PUT" || request.path() != "/api/settings")
            return std::nullopt;
        ++*changes;
        const std::vector<JournalEntry> entries = journal->entries();
        const bool isKnown = std::ranges::any_of(entries, [](const JournalEntry &entry) {
            return entry.kind == LeftKind::Value && entry.create.path == "/api/settings"_L1 &&
                   entry.oldBody.contains("12 Mill Street");
        });
        *unknown += isKnown ? 0 : 1;
        return std::nullopt;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    const ProjectFacts facts = factsOf(lab, [](const ShopRouteLine &line) { return line.path == "/api/settings"; });
    scene.facts.routes = facts.routes;
    AttackRun run = scene.newRun();
    run.journal->to = journal;
    const Judged judged = run.run(abuseSchemaCheck(), targetOf({scene.host}), scene.facts);
    QVERIFY2((*changes > 0) == !isFull, qPrintable(judged.reason));
    QCOMPARE(unknown->load(), 0);
    QVERIFY(journal->entries().empty());
}

void TestUndoJournal::knowsWhoSignsUp_data()
{
    QTest::addColumn<Made>("check");
    QTest::addColumn<bool>("isFull");
    for (const bool isFull : {false, true}) {
        const QByteArray how = isFull ? ", nothing can be written" : "";
        QTest::newRow("who has an account" + how) << Made([] { return enumerationCheck(); }) << isFull;
        QTest::newRow("limits" + how) << Made(hastyRateLimit) << isFull;
    }
}

// Addresses of ours that the product may make accounts of, which no route removes.
void TestUndoJournal::knowsWhoSignsUp()
{
    QFETCH(Made, check);
    QFETCH(bool, isFull);
    const auto journal = std::make_shared<MemoryJournal>(isFull);
    const auto sent = std::make_shared<std::atomic_int>(0);
    const auto unknown = std::make_shared<std::atomic_int>(0);
    BentShop lab([=](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (request.path() == "/api/sign-up" && request.body.contains("@example.com")) {
            ++*sent;
            *unknown += journal->knows(request.body) ? 0 : 1;
        }
        return std::nullopt;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.facts.routes = factsOf(lab, [](const ShopRouteLine &line) { return line.path == "/api/sign-up"; }).routes;
    AttackRun run = scene.newRun(600);
    run.journal->to = journal;
    const Judged judged = run.run(check(), targetOf({scene.host}), scene.facts);
    QVERIFY2((*sent > 0) == !isFull, qPrintable(judged.reason));
    QCOMPARE(unknown->load(), 0);
    for (const JournalEntry &entry : journal->entries()) {
        QCOMPARE(entry.kind, LeftKind::Account);
        QVERIFY(entry.text.endsWith(u"@example.com"_s));
        QVERIFY(entry.wasMade); // the results tell of it
    }
}

void TestUndoJournal::keepsWhoWasNotAnswered_data()
{
    QTest::addColumn<Made>("check");
    QTest::addColumn<int>("status"); // of each sign-up with an address of ours
    QTest::addColumn<bool>("isKept");
    const auto row = [](const char *name, const Made &check, int status, bool isKept) {
        QTest::addRow("%s: %d", name, status) << check << status << isKept;
    };
    for (const auto &[status, isKept] : std::map<int, bool>{{422, false}, {500, true}, {503, false}}) {
        row(
            "who has an account", [] { return enumerationCheck(); }, status, isKept);
        row("limits", hastyRateLimit, status, isKept);
    }
}

// Nobody knows whether the product made an account before it broke down: the line stays when the run has ended. What it
// took is told by the results, and marked so; what it refused, or put off (503 with Retry-After), is struck.
void TestUndoJournal::keepsWhoWasNotAnswered()
{
    QFETCH(Made, check);
    QFETCH(int, status);
    QFETCH(bool, isKept);
    const auto journal = std::make_shared<MemoryJournal>();
    BentShop lab([=](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        if (request.path() != "/api/sign-up" || !request.body.contains("@example.com"))
            return std::nullopt;
        PageReply reply = json(status, R"({"error":"no"})");
        if (status == 503)
            reply.add("Retry-After", "3600");
        return reply;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.facts.routes = factsOf(lab, [](const ShopRouteLine &line) { return line.path == "/api/sign-up"; }).routes;
    AttackRun run = scene.newRun(600);
    run.journal->to = journal;
    const Judged judged = run.run(check(), targetOf({scene.host}), scene.facts);
    const std::vector<JournalEntry> left = journal->entries();
    QVERIFY2(journal->written() > 0, qPrintable(judged.reason));
    QVERIFY2(left.empty() != isKept, qPrintable(judged.reason));
    for (const JournalEntry &entry : left)
        QVERIFY(!entry.wasMade);
}

// A removal that the product only pretends: the entry stays, with the record's id and without any secret.
void TestUndoJournal::keepsWhatIsLeft()
{
    const auto journal = std::make_shared<MemoryJournal>();
    BentShop lab([](const PageRequest &request, BentShop &) -> std::optional<PageReply> {
        return request.method == "DELETE" ? std::optional(json(204, {})) : std::nullopt;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    run.journal->to = journal;
    run.run(smokeCheck(), targetOf({scene.host}), scene.facts);
    const std::vector<JournalEntry> left = journal->entries();
    QCOMPARE(left.size(), 1U);
    const JournalEntry &entry = left.front();
    QCOMPARE(entry.kind, LeftKind::Record);
    QCOMPARE(entry.checkId, u"deploy.smoke"_s);
    QVERIFY(entry.text.startsWith(u"LC-CANARY-"_s));
    QVERIFY(!entry.recordId.isEmpty());
    QVERIFY(!entry.account.isEmpty());
    QVERIFY(entry.remove);
    QCOMPARE(entry.remove->method, u"DELETE"_s);
    const QByteArray stored = QJsonDocument(toJson(entry)).toJson();
    for (const PracticeAccount &account : lab.shop().accounts())
        QVERIFY(!stored.contains(account.password));
}

QTEST_GUILESS_MAIN(TestUndoJournal)
#include "tst_undojournal.moc"
