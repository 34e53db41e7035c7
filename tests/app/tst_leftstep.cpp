// What --remove-left does before an audit: by the leave and the budget of the run, and never without them.
#include "app/cli/attackleave.h"
#include "app/cli/auditcommand.h"
#include "app/cli/leftstep.h"
#include "app/cli/parse.h"
#include "tests/app/attackcomposition.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestLeftStep : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void removesByTheBudgetOfTheRun();
    void leavesNoMoreThanWasAgreed_data();
    void leavesNoMoreThanWasAgreed();
    void isNoGateWithoutRequests_data();
    void isNoGateWithoutRequests();
    void keepsToTheDeadline_data();
    void keepsToTheDeadline();
    void asksNobodyWithoutLeave_data();
    void asksNobodyWithoutLeave();
    void offersOnlyWhatItCanDo_data();
    void offersOnlyWhatItCanDo();
    void saysWhereABackendKeepsIt();

private:
    Result<AuditSetup> setupFor(const QString &more);

    std::optional<Composition> m_composition;
    std::optional<QTemporaryDir> m_folder;
    QString m_path;
    std::atomic_int m_asked = 0;
    int m_sends = 7; // requests, to take it away
    bool m_usesAllTime = false;
    std::chrono::milliseconds m_given{0}; // of the time of the run, to take away what was left
};

void TestLeftStep::init()
{
    m_asked = 0;
    m_sends = 7;
    m_usesAllTime = false;
    m_composition = composedWithAttack();
    // The first is gone, the others are not.
    m_composition->removeLeft = [this](const LeftQuestion &question, const ActiveTerms &, const NetOptions &,
                                       const CancelToken &) -> Result<LeftReport> {
        ++m_asked;
        m_given = question.until.remaining();
        while (m_usesAllTime && !question.until.hasPassed())
            std::this_thread::yield();
        LeftReport report;
        for (const JournalEntry &entry : question.entries) {
            const bool isFirst = report.each.empty();
            report.each.push_back({entry.id, isFirst, isFirst ? QString() : u"It is still there."_s});
        }
        report.sent.resize(static_cast<std::size_t>(m_sends),
                           {.at = QDateTime::currentDateTimeUtc(), .checkId = kLeftRecords});
        return report;
    };
    m_folder.emplace();
    m_path = m_folder->filePath(u"product.cockpit"_s);
    ProjectSettings settings;
    settings.target = parseAddress(u"localhost"_s).value();
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    const auto store = ProjectStore::create(m_path, settings);
    QVERIFY(store);
    ProjectJournal journal(m_path);
    for (const QString &text : {u"LC-CANARY-aaaaaaaaaaaa"_s, u"LC-CANARY-bbbbbbbbbbbb"_s}) {
        JournalEntry entry;
        entry.id = newJournalId();
        entry.at = QDateTime::currentDateTimeUtc();
        entry.text = text;
        entry.create.method = u"POST"_s;
        entry.create.path = u"/notes"_s;
        entry.remove = Route{.method = u"DELETE"_s, .path = u"/notes/{id}"_s};
        QVERIFY(journal.write(entry));
    }
}

Result<AuditSetup> TestLeftStep::setupFor(const QString &more)
{
    const QStringList line = QStringList{u"audit"_s, u"--project"_s, m_path} + more.split(u' ', Qt::SkipEmptyParts);
    const auto options = parseOptions(line);
    if (!options)
        return tl::unexpected(options.error());
    auto setup = prepareAudit(*options, *m_composition);
    if (setup)
        seekAttackLeave(*setup, *options, *m_composition, {}, this, [](const AttackNotice &) {});
    return setup;
}

void TestLeftStep::removesByTheBudgetOfTheRun()
{
    auto setup = setupFor(u"--active --remove-left --only http.hsts"_s);
    QVERIFY(setup);
    QVERIFY(setup->request.plan.active); // though no check attacks
    const int before = setup->request.plan.active->budget.requests;
    std::optional<Result<void>> kept;
    removeLeftFirst(*setup, *m_composition, {}, this, [&](const Result<void> &done) { kept = done; });
    QTRY_VERIFY(kept);
    QVERIFY2(*kept, *kept ? "" : qPrintable(kept->error().message));
    QCOMPARE(m_asked.load(), 1);
    QCOMPARE(setup->request.plan.active->budget.requests, before - 7);
    QCOMPARE(setup->store->journal()->size(), 1U);
    QCOMPARE(setup->store->requests()->size(), 7U);
    const QJsonArray rows = leftJson(setup->left);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0]["removed"_L1].toBool(), true);
    QCOMPARE(rows[1]["reason"_L1].toString(), u"It is still there."_s);
    const QString lines = leftLines(setup->left).join(u'\n');
    QVERIFY2(lines.contains(u"removed now"_s) && lines.contains(u"It is still there."_s), qPrintable(lines));
}

void TestLeftStep::leavesNoMoreThanWasAgreed_data()
{
    QTest::addColumn<int>("sends");
    QTest::addColumn<int>("left"); // for the checks
    QTest::newRow("some") << 7 << 3;
    QTest::newRow("all but one") << 9 << 1;
    QTest::newRow("all") << 10 << 0;
    QTest::newRow("one more, to put something back") << 11 << 0;
}

void TestLeftStep::leavesNoMoreThanWasAgreed()
{
    QFETCH(int, sends);
    QFETCH(int, left);
    m_sends = sends;
    auto setup = setupFor(u"--active --remove-left --requests 10 --only http.hsts"_s);
    QVERIFY(setup && setup->request.plan.active);
    QCOMPARE(setup->request.plan.active->budget.requests, 10);
    bool isDone = false;
    removeLeftFirst(*setup, *m_composition, {}, this, [&](const Result<void> &) { isDone = true; });
    QTRY_VERIFY(isDone);
    QCOMPARE(setup->request.plan.active->budget.requests, left);
    ActiveGate gate(*setup->request.plan.active, {});
    QCOMPARE(gate.announce(u"access.roles"_s, left + 1).has_value(), false);
    QCOMPARE(gate.announce(u"access.roles"_s, left).has_value(), true);
    const bool isSaid = leftLines(setup->left).join(u' ').contains(u"took all 10 request"_s);
    QCOMPARE(isSaid, left == 0);
}

void TestLeftStep::isNoGateWithoutRequests_data()
{
    QTest::addColumn<int>("sends");
    QTest::addColumn<QString>("only");
    QTest::addColumn<ExitStatus>("status");
    QTest::newRow("some are left") << 7 << u"access.forged-token"_s << ExitStatus::Ok;
    QTest::newRow("none is left") << 10 << u"access.forged-token"_s << ExitStatus::CouldNotRun;
}

void TestLeftStep::isNoGateWithoutRequests()
{
    QFETCH(int, sends);
    QFETCH(QString, only);
    QFETCH(ExitStatus, status);
    m_sends = sends;
    const auto options = parseOptions({u"audit"_s, u"--project"_s, m_path, u"--active"_s, u"--remove-left"_s,
                                       u"--requests"_s, u"10"_s, u"--only"_s, only, u"--no-progress"_s});
    QVERIFY(options);
    AuditCommand command(*options, *m_composition);
    std::optional<ExitStatus> said;
    connect(&command, &AuditCommand::finished, this, [&](ExitStatus ended) { said = ended; });
    command.start();
    QTRY_VERIFY_WITH_TIMEOUT(said, 60000);
    QCOMPARE(*said, status);
}

void TestLeftStep::keepsToTheDeadline_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<bool>("usesAllTime");
    QTest::addColumn<int>("givenSeconds");
    QTest::newRow("as long as it needs") << u""_s << false << 86400; // the most that a deadline counts
    QTest::newRow("some of the time") << u" --deadline 90"_s << false << 90;
    QTest::newRow("all of the time") << u" --deadline 1"_s << true << 1;
}

// What it takes is taken from what the checks have.
void TestLeftStep::keepsToTheDeadline()
{
    QFETCH(QString, more);
    QFETCH(bool, usesAllTime);
    QFETCH(int, givenSeconds);
    m_usesAllTime = usesAllTime;
    auto setup = setupFor(u"--active --remove-left --only http.hsts"_s + more);
    QVERIFY(setup);
    const std::chrono::milliseconds before = setup->request.net.runDeadline;
    bool isDone = false;
    removeLeftFirst(*setup, *m_composition, {}, this, [&](const Result<void> &) { isDone = true; });
    QTRY_VERIFY(isDone);
    QVERIFY(m_given <= std::chrono::seconds(givenSeconds));
    QVERIFY(m_given > std::chrono::milliseconds(0));
    const std::chrono::milliseconds after = setup->request.net.runDeadline;
    if (more.isEmpty())
        QCOMPARE(after, before);
    else
        QVERIFY(after < before);
    QCOMPARE(after == std::chrono::milliseconds(0), usesAllTime);
}

void TestLeftStep::asksNobodyWithoutLeave_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<bool>("isStopped"); // by the person, in the window
    QTest::addColumn<bool>("isTold");    // that nothing was taken away
    QTest::newRow("not asked for") << u"--active"_s << false << false;
    QTest::newRow("stopped") << u"--active --remove-left"_s << true << true;
}

void TestLeftStep::asksNobodyWithoutLeave()
{
    QFETCH(QString, more);
    QFETCH(bool, isStopped);
    QFETCH(bool, isTold);
    if (isStopped) {
        const auto store = ProjectStore::open(m_path, OpenMode::ReadWrite);
        QVERIFY(store);
        Permission permission = (*store)->load()->permission;
        permission.stopped = true;
        QVERIFY((*store)->savePermission(permission));
    }
    auto setup = setupFor(more + u" --only http.hsts"_s);
    QVERIFY(setup);
    bool isDone = false;
    removeLeftFirst(*setup, *m_composition, {}, this, [&](const Result<void> &) { isDone = true; });
    QVERIFY(isDone);
    QCOMPARE(m_asked.load(), 0);
    QCOMPARE(setup->store->journal()->size(), 2U);
    QCOMPARE(!setup->left.notAsked.isEmpty(), isTold);
    QVERIFY(leftLines(setup->left).join(u' ').contains(u"LC-CANARY-bbbbbbbbbbbb"_s));
}

void TestLeftStep::offersOnlyWhatItCanDo_data()
{
    QTest::addColumn<LeftKind>("kind");
    QTest::addColumn<OldValue>("oldValue");
    QTest::addColumn<bool>("hasText");
    QTest::addColumn<bool>("hasRemoval"); // a route that takes it away
    QTest::addColumn<bool>("isOffered");
    const auto row = [](const char *name, LeftKind kind, bool isOffered) -> QTestData & {
        return QTest::newRow(name) << kind << OldValue::Kept << true << (kind == LeftKind::Record) << isOffered;
    };
    row("a record", LeftKind::Record, true);
    row("a value", LeftKind::Value, true);
    row("an account", LeftKind::Account, false);
    QTest::newRow("a record without our text") << LeftKind::Record << OldValue::Kept << false << true << false;
    QTest::newRow("a record in a backend service") << LeftKind::Record << OldValue::Kept << true << false << false;
    QTest::newRow("a value that may be a secret") << LeftKind::Value << OldValue::MayBeSecret << true << false << false;
}

void TestLeftStep::offersOnlyWhatItCanDo()
{
    QFETCH(LeftKind, kind);
    QFETCH(OldValue, oldValue);
    QFETCH(bool, hasText);
    QFETCH(bool, hasRemoval);
    QFETCH(bool, isOffered);
    JournalEntry entry;
    entry.kind = kind;
    if (hasRemoval)
        entry.remove.emplace();
    entry.oldValue = oldValue;
    entry.hasText = hasText;
    LeftInReport left;
    left.before = {entry};
    QCOMPARE(leftLines(left).join(u' ').contains(u"--remove-left"_s), isOffered);
}

// Nothing takes it away, so that the words and the JSON say where to look.
void TestLeftStep::saysWhereABackendKeepsIt()
{
    JournalEntry entry;
    entry.text = u"LC-CANARY-aaaaaaaaaaaa"_s;
    entry.create = Route{.method = u"POST"_s, .path = u"/rest/v1/orders"_s, .host = u"abc.supabase.co"_s};
    LeftInReport left;
    left.before = {entry};
    const QString lines = leftLines(left).join(u' ');
    QVERIFY2(lines.contains(u"POST /rest/v1/orders at abc.supabase.co"_s), qPrintable(lines));
    QCOMPARE(leftJson(left)[0]["host"_L1].toString(), u"abc.supabase.co"_s);
    left.before.front().create.host.clear();
    QVERIFY(leftJson(left)[0]["host"_L1].isNull());
}

QTEST_GUILESS_MAIN(TestLeftStep)
#include "tst_leftstep.moc"
