// What earlier runs left in the product: told on the page of access, removed with permission, or seen to by hand.
#include "accesslab.h"

#include "checks/engine/activegate.h"
#include "models/projectjournal.h"
#include "ui/access/accesspage.h"
#include "ui/access/leftdialog.h"
#include "ui/widgets/banner.h"

#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestLeftRecords : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void isToldAndNothingIsOffered();
    void isRemovedWithPermission();
    void isSeenToByHand();
    void isInTheHandover();
    void aRunWritesIntoTheProject();

private:
    Session &session() { return *m_fixture->session; }
    const Banner *banner() const { return m_page->findChild<Banner *>(u"leftRecords"_s); }
    void leave(const std::vector<JournalEntry> &entries);
    void permit();
    JournalEntry entryOf(const QString &text);
    LeftDialog *openDialog();

    AccessAnswers m_answers;
    TestActor m_anna = someActor(u"Anna"_s, u"admin"_s, u"Acme"_s);
    std::atomic_int m_asked = 0;
    int m_made = 0;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<AccessPage> m_page;
};

void TestLeftRecords::init()
{
    m_asked = 0;
    m_fixture = std::make_unique<PageFixture>([this](SessionServices &services) {
        services = withAccess(std::move(services), m_answers);
        // Takes away the first, and finds the others still there.
        services.removeLeft = [this](const LeftQuestion &question, const ActiveTerms &, const NetOptions &,
                                     const CancelToken &) -> Result<LeftReport> {
            ++m_asked;
            LeftReport report;
            for (const JournalEntry &entry : question.entries) {
                const bool isFirst = report.each.empty();
                report.each.push_back({entry.id, isFirst, isFirst ? QString() : u"It is still there."_s});
            }
            report.sent = {signInOf(m_anna)};
            return report;
        };
    });
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    m_page = std::make_unique<AccessPage>(session());
    m_page->resize(1040, 700);
    m_page->show();
    m_page->bringUpToDate();
}

void TestLeftRecords::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

JournalEntry TestLeftRecords::entryOf(const QString &text)
{
    JournalEntry entry;
    entry.id = newJournalId();
    entry.at = QDateTime::currentDateTimeUtc().addSecs(m_made++); // in their order
    entry.checkId = u"access.tenant-isolation"_s;
    entry.actorId = m_anna.id;
    entry.account = m_anna.name;
    entry.text = text;
    entry.create.method = u"POST"_s;
    entry.create.path = u"/api/notes"_s;
    entry.remove = Route{.method = u"DELETE"_s, .path = u"/api/notes/{id}"_s};
    return entry;
}

// By a program that was killed; the project is opened again.
void TestLeftRecords::leave(const std::vector<JournalEntry> &entries)
{
    ProjectJournal journal(session().path());
    for (const JournalEntry &entry : entries)
        QVERIFY(journal.write(entry));
    QSignalSpy told(&session(), &Session::leftRecordsChanged);
    session().openProject(session().path(), OpenMode::ReadWrite);
    QTRY_COMPARE_WITH_TIMEOUT(session().leftRecords().size(), entries.size(), 20000);
    m_page->bringUpToDate();
}

void TestLeftRecords::permit()
{
    bool answered = false;
    session().setActors({m_anna});
    session().proveControl(ControlMethod::TxtRecord, this, [&](const Result<ControlLook> &) { answered = true; });
    QTRY_VERIFY(answered);
    session().agree(u"Dana"_s);
    m_page->bringUpToDate();
}

LeftDialog *TestLeftRecords::openDialog()
{
    emit m_page->findChild<Banner *>(u"leftRecords"_s)->actionTriggered();
    return shownDialog<LeftDialog>(m_page.get());
}

void TestLeftRecords::isToldAndNothingIsOffered()
{
    QVERIFY(!banner()->isVisibleTo(m_page.get()));
    leave({entryOf(u"LC-CANARY-aaaaaaaaaaaa"_s), entryOf(u"LC-CANARY-bbbbbbbbbbbb"_s)});
    QVERIFY(banner()->isVisibleTo(m_page.get()));
    const LeftDialog *dialog = openDialog();
    QVERIFY(dialog);
    const QString list = textIn(dialog, u"leftList"_s);
    QVERIFY2(list.contains(u"was cut off"_s) && list.contains(u"LC-CANARY-bbbbbbbbbbbb"_s) &&
                 list.contains(u"POST /api/notes"_s) && list.contains(u"Anna"_s),
             qPrintable(list));
    QVERIFY(!buttonIn(dialog, u"removeLeft"_s)->isVisibleTo(dialog)); // nobody allowed it
    QVERIFY(!textIn(dialog, u"whyLeftStays"_s).isEmpty());
    permit();
    QVERIFY(buttonIn(dialog, u"removeLeft"_s)->isVisibleTo(dialog));
    QVERIFY(textIn(dialog, u"whyLeftStays"_s).isEmpty());
    session().setActors({});
    QVERIFY(!buttonIn(dialog, u"removeLeft"_s)->isVisibleTo(dialog)); // nobody can sign in
    QVERIFY(textIn(dialog, u"whyLeftStays"_s).contains(u"accounts"_s));
    QCOMPARE(m_asked.load(), 0);
}

void TestLeftRecords::isRemovedWithPermission()
{
    leave({entryOf(u"LC-CANARY-aaaaaaaaaaaa"_s), entryOf(u"LC-CANARY-bbbbbbbbbbbb"_s)});
    permit();
    LeftDialog *dialog = openDialog();
    QSignalSpy logged(&session(), &Session::requestsLogged);
    buttonIn(dialog, u"removeLeft"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(session().leftRecords().size(), 1U, 20000);
    QCOMPARE(m_asked.load(), 1);
    QCOMPARE(logged.count(), 1);
    const QString list = textIn(dialog, u"leftList"_s);
    QVERIFY2(list.contains(u"It is still there."_s) && !list.contains(u"LC-CANARY-aaaaaaaaaaaa"_s), qPrintable(list));
    QVERIFY(!textIn(dialog, u"leftAnswer"_s).isEmpty());
    m_page->bringUpToDate();
    QVERIFY(banner()->isVisibleTo(m_page.get()));
}

void TestLeftRecords::isSeenToByHand()
{
    leave({entryOf(u"LC-CANARY-aaaaaaaaaaaa"_s)});
    LeftDialog *dialog = openDialog();
    buttonIn(dialog, u"forgetLeft"_s)->click();
    QPushButton *yes = nullptr;
    QTRY_VERIFY((yes = dialog->findChild<QPushButton *>(u"confirmForgetLeft"_s)));
    yes->click();
    QTRY_VERIFY_WITH_TIMEOUT(session().leftRecords().empty(), 20000);
    m_page->bringUpToDate();
    QVERIFY(!banner()->isVisibleTo(m_page.get()));
}

void TestLeftRecords::isInTheHandover()
{
    leave({entryOf(u"LC-CANARY-aaaaaaaaaaaa"_s)});
    std::optional<Result<HandoverInput>> input;
    session().collectHandover(this, [&](const Result<HandoverInput> &given) { input = given; });
    QTRY_VERIFY(input && *input);
    const HandoverDocument document = buildHandover(**input);
    const auto section = std::ranges::find(document.sections, u"left-records"_s, &Section::id);
    QVERIFY(section != document.sections.end());
    bool isTold = false;
    for (const Block &block : section->blocks) {
        if (const auto *table = std::get_if<Table>(&block))
            isTold = isTold || table->rows.front().front().contains(u"LC-CANARY-aaaaaaaaaaaa"_s);
    }
    QVERIFY(isTold);
    session().forgetLeftRecords({session().leftRecords().front().id});
    QTRY_VERIFY(session().leftRecords().empty());
    input.reset();
    session().collectHandover(this, [&](const Result<HandoverInput> &given) { input = given; });
    QTRY_VERIFY(input && *input);
    const HandoverDocument clean = buildHandover(**input);
    QVERIFY(std::ranges::find(clean.sections, u"left-records"_s, &Section::id) == clean.sections.end());
}

// What a run of the window makes is in its project while it goes on, and is told as left when it has ended. The journal
// comes with the permission.
void TestLeftRecords::aRunWritesIntoTheProject()
{
    const JournalEntry entry = entryOf(u"LC-CANARY-aaaaaaaaaaaa"_s);
    bool wasThere = false;
    Check check;
    check.id = u"http.hsts"_s;
    check.look = [&, path = session().path()](const Look &look) {
        const auto journal = look.seen.active() ? look.seen.active()->journal() : nullptr;
        const bool isWritten = journal && journal->write(entry);
        const auto file = ProjectStore::open(path, OpenMode::ReadOnly);
        wasThere = isWritten && file && (*file)->journal()->size() == 1;
        return Judged();
    };
    m_fixture->registry.add(std::move(check));
    permit();
    QSignalSpy finished(&session(), &Session::runFinished);
    session().runChecks({u"http.hsts"_s});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    QVERIFY(wasThere);
    QTRY_COMPARE_WITH_TIMEOUT(session().leftRecords().size(), 1U, 20000);
    QVERIFY(session().leftRecords().front().hasRunEnded);
    QCOMPARE(session().leftRecords().front().text, entry.text);
}

QTEST_MAIN(TestLeftRecords)
#include "tst_leftrecords.moc"
