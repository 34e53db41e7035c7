// The undo journal in the project file: what is written is there, also for a program that comes after kill -9.
#include "models/access/journalcut.h"
#include "models/projectjournal.h"
#include "models/projectstore.h"
#include "tests/models/journalfixtures.h"
#include "tests/models/storefixtures.h"

#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestProjectJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isSeenByTheNextProgram();
    void endsWithItsRun();
    void takesManyWriters();
    void refusesWhereNothingCanBeWritten_data();
    void refusesWhereNothingCanBeWritten();
    void followsTheProject();
    void readsTheLatest();
    void saysThatTheDiskIsFull();

private:
    std::unique_ptr<ProjectStore> newProject();
    std::optional<QTemporaryDir> m_dir;
    QString m_path;
};

void TestProjectJournal::init()
{
    m_dir.emplace();
    m_path = m_dir->filePath(u"product.cockpit"_s);
}

std::unique_ptr<ProjectStore> TestProjectJournal::newProject()
{
    auto store = ProjectStore::create(m_path, cockpit::test::settings());
    return store ? std::move(*store) : nullptr;
}

// What is written is there without anything being closed: as after kill -9.
void TestProjectJournal::isSeenByTheNextProgram()
{
    const auto store = newProject();
    QVERIFY(store);
    ProjectJournal journal(store->path());
    JournalEntry entry = record();
    entry.recordId.clear();
    QVERIFY(journal.write(entry));
    const auto other = ProjectStore::open(m_path, OpenMode::ReadOnly);
    QVERIFY(other);
    auto left = (*other)->journal();
    QVERIFY(left);
    QCOMPARE(left->size(), 1U);
    QCOMPARE(left->front().text, entry.text);
    QCOMPARE(left->front().run, journal.run());
    QCOMPARE(left->front().at, entry.at);
    entry.recordId = u"17"_s; // learnt: the same line
    QVERIFY(journal.write(entry));
    left = (*other)->journal();
    QCOMPARE(left->size(), 1U);
    QCOMPARE(left->front().recordId, u"17"_s);
    QVERIFY(journal.strike(entry.id));
    QVERIFY((*other)->journal()->empty());
}

void TestProjectJournal::endsWithItsRun()
{
    const auto store = newProject();
    QVERIFY(store);
    ProjectJournal earlier(m_path);
    ProjectJournal journal(m_path);
    const JournalEntry cutOff = record();
    const JournalEntry entry = record();
    JournalEntry account = record();
    account.kind = LeftKind::Account;
    account.text = u"lc-abc@example.com"_s;
    JournalEntry taken = account;
    taken.id = newJournalId();
    taken.wasMade = true;
    QVERIFY(earlier.write(cutOff));
    QVERIFY(journal.write(entry));
    QVERIFY(journal.write(account));
    QVERIFY(journal.write(taken));
    QVERIFY(journal.end(RunEnd::Stopped));
    QCOMPARE(store->journal()->size(), 4U); // what signed up is told by complete results alone
    QVERIFY(journal.end(RunEnd::Complete));
    const auto left = store->journal();
    QVERIFY(left);
    QCOMPARE(left->size(), 3U); // and nobody knows of the one that was not answered
    for (const JournalEntry &one : *left)
        QCOMPARE(one.hasRunEnded, one.id != cutOff.id);
    QVERIFY(std::ranges::find(*left, account.id, &JournalEntry::id) != left->end());
    QVERIFY(store->strikeFromJournal({entry.id, cutOff.id, account.id}));
    QVERIFY(store->journal()->empty());
}

// Workers of one run, and another run of the same file beside it: each line is there.
void TestProjectJournal::takesManyWriters()
{
    const auto store = newProject();
    QVERIFY(store);
    ProjectJournal one(m_path);
    ProjectJournal other(m_path);
    std::atomic_int failed = 0;
    const auto write = [&](ProjectJournal &journal) {
        for (int i = 0; i < 10; ++i)
            failed += journal.write(record()) ? 0 : 1;
    };
    std::thread first([&] { write(one); });
    std::thread second([&] { write(one); });
    std::thread third([&] { write(other); });
    for (int i = 0; i < 10; ++i) // the window saves meanwhile
        QVERIFY(store->saveAnswer(cockpit::test::answer(u"item.%1"_s.arg(i), u"yes"_s)));
    for (std::thread *thread : {&first, &second, &third})
        thread->join();
    QCOMPARE(failed.load(), 0);
    QCOMPARE(store->journal()->size(), 30U);
}

void TestProjectJournal::refusesWhereNothingCanBeWritten_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"removed", "replaced"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestProjectJournal::refusesWhereNothingCanBeWritten()
{
    QFETCH(QString, what);
    auto store = newProject();
    QVERIFY(store);
    ProjectJournal journal(m_path);
    QVERIFY(journal.write(record()));
    store.reset();
    QVERIFY(QFile::rename(m_path, m_path + u".moved"_s));
    if (what == "replaced"_L1)
        QVERIFY(newProject());
    const auto written = journal.write(record());
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Storage);
}

void TestProjectJournal::followsTheProject()
{
    const auto store = newProject();
    QVERIFY(store);
    ProjectJournal journal(m_path);
    const JournalEntry first = record();
    QVERIFY(journal.write(first));
    const QString copy = m_dir->filePath(u"copy.cockpit"_s);
    QVERIFY(store->copyTo(copy));
    QVERIFY(QFile::remove(m_path));
    QVERIFY(!journal.write(record()));
    journal.follow(copy);
    QVERIFY(journal.write(record()));
    const auto opened = ProjectStore::open(copy, OpenMode::ReadOnly);
    QVERIFY(opened);
    QCOMPARE((*opened)->journal()->size(), 2U);
    QVERIFY(journal.strike(first.id));
    QCOMPARE((*opened)->journal()->size(), 1U);
}

// A product that removes nothing fills the journal, and what another program wrote there stands in nobody's way: what
// the last run left is told, and said that there is more.
void TestProjectJournal::readsTheLatest()
{
    constexpr int kMore = 3;
    const auto store = newProject();
    QVERIFY(store);
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"many"_s);
        file.setDatabaseName(m_path);
        QVERIFY(file.open() && file.transaction());
        QSqlQuery insert(file);
        QVERIFY(insert.prepare(u"INSERT INTO undo_journal (id, run, at, ended, body) VALUES (?, 'r', ?, 1, ?)"_s));
        const auto put = [&](int at, const QString &body) {
            insert.bindValue(0, newJournalId());
            insert.bindValue(1, at);
            insert.bindValue(2, body);
            return insert.exec();
        };
        const int all = static_cast<int>(kMostJournalEntries) + kMore;
        for (int at = 0; at < all; ++at) {
            const JournalEntry entry = record(u"LC-CANARY-%1"_s.arg(at));
            QVERIFY(put(at, QString::fromUtf8(QJsonDocument(toJson(entry)).toJson())));
        }
        for (int at = 0; at < all; ++at)
            QVERIFY(put(all + at, u"no entry"_s));
        QVERIFY(file.commit());
    }
    QSqlDatabase::removeDatabase(u"many"_s);
    auto left = store->journal();
    QVERIFY(left);
    QCOMPARE(left->size(), kMostJournalEntries);
    QCOMPARE(left->front().text, u"LC-CANARY-%1"_s.arg(kMore));
    QCOMPARE(left->back().text, u"LC-CANARY-%1"_s.arg(kMostJournalEntries + kMore - 1));
    QVERIFY(!whatIsNotRead(*left).isEmpty());
    QStringList ids;
    for (const JournalEntry &entry : *left)
        ids.append(entry.id);
    QVERIFY(store->strikeFromJournal(ids));
    left = store->journal();
    QVERIFY(left);
    QCOMPARE(left->size(), static_cast<std::size_t>(kMore));
    QVERIFY(whatIsNotRead(*left).isEmpty());
}

void TestProjectJournal::saysThatTheDiskIsFull()
{
    const auto store = newProject();
    QVERIFY(store);
    ProjectJournal journal(m_path);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit original = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &original), 0);
    const rlimit small{256 * 1024, original.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    Result<void> written;
    std::size_t count = 0;
    for (; written && count < 2000; ++count) {
        JournalEntry entry = record();
        entry.kind = LeftKind::Value;
        setOldValue(entry, "application/json", "{\"title\":\"" + QByteArray("word ").repeated(800) + "\"}");
        written = journal.write(entry);
    }
    ::setrlimit(RLIMIT_FSIZE, &original);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Storage);
    QVERIFY(written.error().message.contains(u"disk"_s));
    QCOMPARE(store->journal()->size(), count - 1);
}

QTEST_GUILESS_MAIN(TestProjectJournal)
#include "tst_projectjournal.moc"
