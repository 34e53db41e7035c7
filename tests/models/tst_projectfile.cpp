#include "models/store/connection.h"
#include "models/store/projectfile.h"
#include "storefixtures.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

// What can go wrong around a project file: killed programs, second windows, foreign and damaged files, full disks.
class TestProjectFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsAllThatWasSavedWhenKilled();
    void takesOverTheLockOfAKilledProgram();
    void refusesASecondWindow();
    void letsASecondWindowLook();
    void refusesToChangeWhatIsOpenToLook();
    void refusesToOverwrite();
    void leavesWhatItRefuses_data();
    void leavesWhatItRefuses();
    void leavesADamagedFile();
    void refusesHostsThatAreNone_data();
    void refusesHostsThatAreNone();
    void watchesAtAPaceThatAPersonCanHaveMeant_data();
    void watchesAtAPaceThatAPersonCanHaveMeant();
    void saysThatTheFileIsGone();
    void opensAReadOnlyFolderToLook();
    void saysThatTheDiskIsFull();
    void survivesAFileSizeLimit();

private:
    std::unique_ptr<ProjectStore> create();

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

namespace {

constexpr auto kChildArgument = "--save-until-killed";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void patch(const QString &path, qint64 offset, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
}

void changeBehindItsBack(const QString &path, const QString &sql)
{
    const auto connection = store::Connection::open(path, store::Access::Write);
    QVERIFY(connection);
    QVERIFY((*connection)->write([&](store::Statements &statements) { statements.run(sql); }));
}

// Runs as an ordinary user for a while: root may write everywhere, and CI often is root.
class AsOrdinaryUser
{
public:
    AsOrdinaryUser()
    {
        if (::geteuid() == 0)
            m_changed = ::seteuid(65534) == 0;
    }
    ~AsOrdinaryUser()
    {
        if (m_changed && ::seteuid(0) != 0)
            qFatal("cannot become root again");
    }

private:
    bool m_changed = false;
};

int saveUntilKilled(const QString &path)
{
    auto store = ProjectStore::create(path, test::settings());
    for (int n = 0; store && n < 100000; ++n) {
        if (!(*store)->saveAnswer(test::answer(u"item.%1"_s.arg(n))))
            return 1;
        std::printf("%d\n", n);
        std::fflush(stdout);
    }
    return 1;
}

// The numbers that a killed child had printed, each after its save had returned.
QList<int> saveAndKill(const QString &path)
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(kChildArgument), path});
    QByteArray printed;
    while (printed.count('\n') < 20 && child.waitForReadyRead(10000))
        printed += child.readAllStandardOutput();
    child.kill();
    child.waitForFinished();
    printed += child.readAllStandardOutput();
    printed.truncate(printed.lastIndexOf('\n') + 1); // the last line may have been cut off by the kill
    QList<int> saved;
    for (const QByteArray &line : printed.split('\n'))
        if (!line.isEmpty())
            saved << line.toInt();
    return saved;
}

} // namespace

void TestProjectFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"project.cockpit"_s);
}

std::unique_ptr<ProjectStore> TestProjectFile::create()
{
    auto created = ProjectStore::create(m_path, test::settings());
    return created ? std::move(*created) : nullptr;
}

void TestProjectFile::keepsAllThatWasSavedWhenKilled()
{
    const QList<int> saved = saveAndKill(m_path);
    QVERIFY(saved.size() >= 20);
    const auto store = ProjectStore::open(m_path, OpenMode::ReadWrite);
    QVERIFY2(store.has_value(), store ? "" : qPrintable(store.error().message));
    const Result<ProjectState> state = (*store)->load();
    QVERIFY(state);
    for (const int n : saved)
        QVERIFY2(state->answers.contains(u"item.%1"_s.arg(n)), qPrintable(QString::number(n)));
}

void TestProjectFile::takesOverTheLockOfAKilledProgram()
{
    saveAndKill(m_path);
    QVERIFY(QFile::exists(m_path + u".lock"_s));
    QVERIFY(ProjectStore::open(m_path, OpenMode::ReadWrite));
}

void TestProjectFile::refusesASecondWindow()
{
    const auto first = create();
    QVERIFY(first);
    const auto second = ProjectStore::open(m_path, OpenMode::ReadWrite);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::NotPermitted);
    QVERIFY(second.error().message.contains(u"another window"_s));
}

void TestProjectFile::letsASecondWindowLook()
{
    auto first = create();
    QVERIFY(first);
    const auto second = ProjectStore::open(m_path, OpenMode::ReadOnly);
    QVERIFY2(second.has_value(), second ? "" : qPrintable(second.error().message));
    QVERIFY((*second)->isReadOnly());
    QVERIFY(first->saveAnswer(test::answer(u"later"_s)));
    QVERIFY((*second)->load()->answers.contains(u"later"_s));
    first.reset();
    QVERIFY((*second)->load()->answers.contains(u"later"_s));
}

void TestProjectFile::refusesToChangeWhatIsOpenToLook()
{
    create().reset();
    const auto store = ProjectStore::open(m_path, OpenMode::ReadOnly);
    QVERIFY(store);
    const Result<void> saved = (*store)->saveAnswer(test::answer(u"a"_s));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::NotPermitted);
}

void TestProjectFile::refusesToOverwrite()
{
    write(m_path, "mine");
    const auto created = ProjectStore::create(m_path, test::settings());
    QVERIFY(!created);
    QCOMPARE(created.error().kind, ErrorKind::NotPermitted);
    QCOMPARE(contentOf(m_path), QByteArray("mine"));
}

void TestProjectFile::leavesWhatItRefuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("versionPatch");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("empty") << QByteArray("") << 0 << ErrorKind::BadInput;
    QTest::newRow("text") << QByteArray("name: my project\n") << 0 << ErrorKind::BadInput;
    QTest::newRow("SQLite header cut short") << QByteArray("SQLite format 3\0", 16) << 0 << ErrorKind::BadInput;
    QTest::newRow("newer by one") << QByteArray() << ProjectStore::kSchemaVersion + 1 << ErrorKind::Storage;
}

void TestProjectFile::leavesWhatItRefuses()
{
    QFETCH(QByteArray, content);
    QFETCH(int, versionPatch);
    QFETCH(ErrorKind, kind);
    if (versionPatch != 0) {
        create().reset();
        patch(m_path, 60, QByteArray("\0\0\0", 3) + static_cast<char>(versionPatch));
    } else {
        write(m_path, content);
    }
    const QByteArray before = contentOf(m_path);
    for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
        const auto opened = ProjectStore::open(m_path, mode);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, kind);
        QVERIFY(opened.error().message.contains(u"project.cockpit"_s));
    }
    QCOMPARE(contentOf(m_path), before);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{u"project.cockpit"_s});
}

void TestProjectFile::leavesADamagedFile()
{
    {
        const auto store = create();
        for (int n = 0; n < 200; ++n)
            QVERIFY(store->saveAnswer(test::answer(u"item.%1"_s.arg(n), QString(300, u'x'))));
    }
    patch(m_path, 4096 * 3, QByteArray(4096 * 8, '\x5a'));
    const QByteArray before = contentOf(m_path);
    const auto opened = ProjectStore::open(m_path, OpenMode::ReadWrite);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Storage);
    QVERIFY(opened.error().message.contains(u"damaged"_s));
    QCOMPARE(contentOf(m_path), before);
}

void TestProjectFile::refusesHostsThatAreNone_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("opens");
    QTest::newRow("no host at all") << u"DELETE FROM host"_s << false;
    QTest::newRow("a line break") << u"UPDATE host SET name = 'example.com' || char(13, 10) || 'X: y'"_s << false;
    QTest::newRow("a sign-in in front") << u"UPDATE host SET name = 'me:pw@example.com' WHERE position = 0"_s << false;
    QTest::newRow("an address of the inner network") << u"UPDATE host SET name = '10.0.0.1'"_s << false;
    QTest::newRow("port nought") << u"UPDATE host SET https_port = 0"_s << false;
    QTest::newRow("the last port") << u"UPDATE host SET https_port = 65535"_s << true;
    QTest::newRow("a port too far") << u"UPDATE host SET https_port = 65536"_s << false;
    QTest::newRow("a role that is none") << u"UPDATE host SET role = 'satellite'"_s << false;
}

void TestProjectFile::refusesHostsThatAreNone()
{
    QFETCH(QString, change);
    create().reset();
    changeBehindItsBack(m_path, change);
    const auto store = ProjectStore::open(m_path, OpenMode::ReadWrite);
    QVERIFY(store);
    const Result<ProjectState> state = (*store)->load();
    QTEST(state.has_value(), "opens");
    if (!state)
        QCOMPARE(state.error().kind, ErrorKind::Storage);
}

void TestProjectFile::watchesAtAPaceThatAPersonCanHaveMeant_data()
{
    QTest::addColumn<qint64>("stored");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("all the time") << qint64(0) << qint64(1);
    QTest::newRow("backwards") << qint64(-60) << qint64(1);
    QTest::newRow("every minute") << qint64(60) << qint64(60);
    QTest::newRow("once a day") << qint64(86400) << qint64(86400);
    QTest::newRow("longer than a timer counts") << (qint64(1) << 40) << qint64(86400);
}

void TestProjectFile::watchesAtAPaceThatAPersonCanHaveMeant()
{
    QFETCH(qint64, stored);
    auto store = create();
    QVERIFY(store->saveMonitors({Monitor{}}));
    store.reset();
    changeBehindItsBack(m_path, u"UPDATE monitor SET interval_s = %1"_s.arg(stored));
    const auto again = ProjectStore::open(m_path, OpenMode::ReadWrite);
    QVERIFY(again);
    QTEST(qint64((*again)->load()->monitors.front().interval.count()), "seconds");
}

void TestProjectFile::saysThatTheFileIsGone()
{
    const auto store = create();
    QVERIFY(QFile::remove(m_path));
    Result<void> saved = store->saveAnswer(test::answer(u"a"_s));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Storage);
    write(m_path, "another file in its place");
    saved = store->saveAnswer(test::answer(u"a"_s));
    QVERIFY(!saved);
    QCOMPARE(contentOf(m_path), QByteArray("another file in its place"));
}

void TestProjectFile::opensAReadOnlyFolderToLook()
{
    const AsOrdinaryUser user;
    const QTemporaryDir dir;
    m_path = dir.filePath(u"project.cockpit"_s);
    create().reset();
    QFile::remove(m_path + u".lock"_s);
    const auto readOnly = QFileDevice::ReadOwner | QFileDevice::ExeOwner;
    QVERIFY(QFile::setPermissions(dir.path(), readOnly));
    const auto refused = ProjectStore::open(m_path, OpenMode::ReadWrite);
    const auto opened = ProjectStore::open(m_path, OpenMode::ReadOnly);
    const auto created = ProjectStore::create(dir.filePath(u"other.cockpit"_s), test::settings());
    QVERIFY(QFile::setPermissions(dir.path(), readOnly | QFileDevice::WriteOwner));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().message + opened.error().detail));
    QCOMPARE((*opened)->load()->settings, test::settings());
    QVERIFY(!created);
    QCOMPARE(created.error().kind, ErrorKind::NotPermitted);

    QVERIFY(QFile::setPermissions(m_path, QFileDevice::ReadOwner));
    const auto readOnlyFile = ProjectStore::open(m_path, OpenMode::ReadWrite);
    QVERIFY(!readOnlyFile);
    QCOMPARE(readOnlyFile.error().kind, ErrorKind::NotPermitted);
}

namespace {

// Saves until it fails; what was saved before must be there, and the file whole.
void fillUp(const QString &path, std::unique_ptr<ProjectStore> store, const std::function<void()> &makeRoom)
{
    QVERIFY(store);
    Result<void> saved;
    int count = 0;
    for (; saved && count < 2000; ++count)
        saved = store->saveAnswer(test::answer(u"item.%1"_s.arg(count), QString(5000, u'x')));
    makeRoom();
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Storage);
    QVERIFY(saved.error().message.contains(u"disk"_s));
    store.reset();
    const auto opened = ProjectStore::open(path, OpenMode::ReadOnly);
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().message));
    QCOMPARE((*opened)->load()->answers.size(), static_cast<std::size_t>(count - 1));
}

} // namespace

void TestProjectFile::saysThatTheDiskIsFull()
{
    const QByteArray folder = QFile::encodeName(m_dir->path());
    if (::mount("tmpfs", folder.constData(), "tmpfs", 0, "size=1m") != 0)
        QSKIP("needs to mount a small file system");
    fillUp(m_path, create(), [] {});
    QVERIFY(::umount2(folder.constData(), MNT_DETACH) == 0);
}

void TestProjectFile::survivesAFileSizeLimit()
{
    auto store = create();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit original = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &original), 0);
    const rlimit small{512 * 1024, original.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    fillUp(m_path, std::move(store), [&] { ::setrlimit(RLIMIT_FSIZE, &original); });
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], kChildArgument) == 0)
        return saveUntilKilled(QFile::decodeName(argv[2]));
    TestProjectFile test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_projectfile.moc"
