#include "checks/secrets/placeweight.h"
#include "checks/secrets/treescan.h"
#include "checks/secrets/treewalk.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/lab/sanitized.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <mutex>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Root may read everything: what others may not is looked at as nobody.
class AsNobody
{
public:
    AsNobody()
    {
        if (::geteuid() == 0 && ::seteuid(65534) != 0)
            qFatal("cannot become nobody");
    }
    ~AsNobody()
    {
        if (::getuid() == 0 && ::seteuid(0) != 0)
            qFatal("cannot become root again");
    }
    Q_DISABLE_COPY_MOVE(AsNobody)
};

ScanSettings settings()
{
    return {QByteArray(32, 'k'), {}, QDateTime::fromSecsSinceEpoch(1'800'000'000)};
}

} // namespace

class TestTreeWalk : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { QProcess::execute(u"rm"_s, {u"-rf"_s, m_root->path()}); } // Qt cannot remove each name
    void visitsEveryFileOnce_data();
    void visitsEveryFileOnce();
    void visitsOnlyFiles();
    void staysInsideTheRoot();
    void passesOverHistory();
    void reportsWhatItMayNotRead();
    void visitsNamesOfAnyBytes();
    void showsNames_data();
    void showsNames();
    void takesAFileOrALinkAsRoot();
    void refusesOtherRoots();
    void goesDeepAndNoDeeper();
    void readsNoFolderAhead_data();
    void readsNoFolderAhead();
    void stops();
    void countsAVisitThatFails();
    void findsSecretsInTheTree();
    void scansAHugeFileInLittleMemory();
    void weighsPlaces_data();
    void weighsPlaces();

private:
    QByteArray path(const QByteArray &name) const { return QFile::encodeName(m_root->path()) + '/' + name; }
    void write(const QByteArray &name, const QByteArray &content = "x\n") const;
    QStringList visited(WalkTotals &totals, int threads = 4) const;

    std::unique_ptr<QTemporaryDir> m_root;
};

void TestTreeWalk::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    ::chmod(QFile::encodeName(m_root->path()).constData(), 0755);
}

void TestTreeWalk::write(const QByteArray &name, const QByteArray &content) const
{
    for (qsizetype slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1))
        ::mkdir(path(name.first(slash)).constData(), 0755);
    const int file = ::open(path(name).constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    QVERIFY2(file >= 0, name.constData());
    QCOMPARE(::write(file, content.constData(), static_cast<size_t>(content.size())), content.size());
    ::close(file);
}

QStringList TestTreeWalk::visited(WalkTotals &totals, int threads) const
{
    std::mutex mutex;
    QStringList names;
    const auto walked = walkTree(m_root->path(), {threads, {}}, [&](const WalkedFile &file, size_t) -> Result<void> {
        const std::lock_guard lock(mutex);
        names << shownPath(file.path);
        return {};
    });
    totals = walked.value();
    names.sort();
    return names;
}

void TestTreeWalk::visitsEveryFileOnce_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("one thread") << 1;
    QTest::newRow("many threads") << 8;
}

void TestTreeWalk::visitsEveryFileOnce()
{
    QFETCH(int, threads);
    QStringList expected;
    for (int i = 0; i < 300; ++i) {
        const QString name = u"folder %1/%2/file %3.txt"_s.arg(i % 7).arg(i % 11).arg(i);
        write(name.toUtf8());
        expected << name;
    }
    expected.sort();
    WalkTotals totals;
    QCOMPARE(visited(totals, threads), expected);
    QCOMPARE(totals.files, 300);
    QCOMPARE(totals.folders, 1 + 7 + 77);
    QCOMPARE(totals.unreadable, 0);
}

void TestTreeWalk::visitsOnlyFiles()
{
    write("file");
    QCOMPARE(::mkfifo(path("pipe").constData(), 0600), 0);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, path("socket").constData(), sizeof address.sun_path);
    QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    WalkTotals totals;
    QCOMPARE(visited(totals), QStringList{u"file"_s});
    QCOMPARE(totals.special, 2);
    ::close(socket);
}

void TestTreeWalk::staysInsideTheRoot()
{
    const QTemporaryDir outside;
    QFile(outside.filePath(u"secret"_s)).open(QIODevice::WriteOnly);
    write("folder/file");
    const auto link = [&](const QByteArray &to, const QByteArray &name) {
        QCOMPARE(::symlink(to.constData(), path(name).constData()), 0);
    };
    link(QFile::encodeName(outside.path()), "folder/out");
    link(QFile::encodeName(outside.filePath(u"secret"_s)), "folder/file out");
    link("..", "folder/up");
    link("loop", "loop");
    link(".", "folder/itself");
    link("nowhere", "folder/broken");
    link("/dev/zero", "folder/zero");
    WalkTotals totals;
    QCOMPARE(visited(totals), QStringList{u"folder/file"_s});
    QCOMPARE(totals.links, 7);
    QCOMPARE(totals.unreadable, 0);
}

void TestTreeWalk::passesOverHistory()
{
    write(".git/config");
    write("module/.git/config");
    write(".github/workflows/build.yml");
    write(".gitignore");
    WalkTotals totals;
    QCOMPARE(visited(totals), (QStringList{u".github/workflows/build.yml"_s, u".gitignore"_s}));
}

void TestTreeWalk::reportsWhatItMayNotRead()
{
    write("open");
    write("closed");
    write("folder/inside");
    QCOMPARE(::chmod(path("closed").constData(), 0), 0);
    QCOMPARE(::chmod(path("folder").constData(), 0), 0);
    WalkTotals totals;
    {
        const AsNobody nobody;
        QCOMPARE(visited(totals), QStringList{u"open"_s});
    }
    QCOMPARE(totals.unreadable, 2);
    QStringList places;
    for (const WalkProblem &problem : totals.problems) {
        places << problem.place;
        QVERIFY(!problem.why.isEmpty());
    }
    places.sort();
    QCOMPARE(places, (QStringList{u"closed"_s, u"folder"_s}));
    ::chmod(path("folder").constData(), 0755);
}

void TestTreeWalk::visitsNamesOfAnyBytes()
{
    write("caf\xe9.env");
    write("two\nlines");
    write("\xc3\xa4/\xff\xfe");
    write("-rf");
    WalkTotals totals;
    QCOMPARE(visited(totals), (QStringList{u"-rf"_s, u"caf\\xe9.env"_s, u"two\\x0alines"_s, u"ä/\\xff\\xfe"_s}));
}

void TestTreeWalk::showsNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QByteArray("a/b.txt") << u"a/b.txt"_s;
    QTest::newRow("UTF-8") << QByteArray("\xe6\x97\xa5\xf0\x9f\x94\x91") << u"日🔑"_s;
    QTest::newRow("Latin-1 beside UTF-8") << QByteArray("\xc3\xa9/caf\xe9") << u"é/caf\\xe9"_s;
    QTest::newRow("cut off") << QByteArray("a\xe6\x97") << u"a\\xe6\\x97"_s;
    QTest::newRow("a control character") << QByteArray("a\x1b[31m") << u"a\\x1b[31m"_s;
    QTest::newRow("turned around") << QByteArray("a\xe2\x80\xaegpj.exe") << u"a\\xe2\\x80\\xaegpj.exe"_s;
    QTest::newRow("alone") << QByteArray("\x80") << u"\\x80"_s;
}

void TestTreeWalk::showsNames()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, expected);
    QCOMPARE(shownPath(name), expected);
}

void TestTreeWalk::takesAFileOrALinkAsRoot()
{
    write("folder/file", "hello");
    QCOMPARE(::symlink("folder", path("link").constData()), 0);
    for (const QString &root : {m_root->filePath(u"folder/file"_s), m_root->filePath(u"link"_s)}) {
        QByteArray seen;
        const auto totals = walkTree(root, {2, {}}, [&](const WalkedFile &file, size_t) -> Result<void> {
            seen = file.path + ' ' + QByteArray::number(file.size);
            return {};
        });
        QVERIFY(totals);
        QCOMPARE(seen, "file 5");
    }
}

void TestTreeWalk::refusesOtherRoots()
{
    const auto errorOf = [](const QString &root) {
        return walkTree(root, {1, {}}, [](const WalkedFile &, size_t) -> Result<void> { return {}; }).error();
    };
    QCOMPARE(errorOf(m_root->filePath(u"missing"_s)).kind, ErrorKind::NotFound);
    QCOMPARE(::mkfifo(path("pipe").constData(), 0600), 0);
    QCOMPARE(errorOf(m_root->filePath(u"pipe"_s)).kind, ErrorKind::BadInput);
    QCOMPARE(errorOf(u"/dev/null"_s).kind, ErrorKind::BadInput);
    QCOMPARE(::mkdir(path("closed").constData(), 0), 0);
    const AsNobody nobody;
    QCOMPARE(errorOf(m_root->filePath(u"closed"_s)).kind, ErrorKind::NotPermitted);
}

// Deeper than a path may be long, one folder in the other.
void TestTreeWalk::goesDeepAndNoDeeper()
{
    constexpr int deep = 600;
    std::vector<int> folders{::open(QFile::encodeName(m_root->path()).constData(), O_RDONLY | O_DIRECTORY)};
    const QByteArray name(20, 'd');
    for (int i = 0; i < deep; ++i) {
        QCOMPARE(::mkdirat(folders.back(), name.constData(), 0755), 0);
        const int next = ::openat(folders.back(), name.constData(), O_RDONLY | O_DIRECTORY);
        ::close(::openat(next, "file", O_WRONLY | O_CREAT, 0644));
        ::close(folders.back());
        folders.back() = next;
    }
    ::close(folders.back());
    WalkTotals totals;
    const QStringList names = visited(totals);
    QVERIFY2(totals.files >= 400 && totals.files < deep, qPrintable(QString::number(totals.files)));
    QCOMPARE(totals.unreadable, 1);
    QCOMPARE(names.size(), totals.files);
}

void TestTreeWalk::readsNoFolderAhead_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 8}) {
        QTest::addRow("files, %d threads", threads) << QByteArray("f%1") << threads;
        QTest::addRow("folders, %d threads", threads) << QByteArray("d%1/f") << threads;
    }
}

// Names of a folder are not taken in before those at hand were looked at: a folder of millions costs no more memory
// than one of hundreds. Links are counted as they are read, and there is one for each file.
void TestTreeWalk::readsNoFolderAhead()
{
    QFETCH(QByteArray, file);
    QFETCH(int, threads);
    constexpr int files = 3000;
    for (int i = 0; i < files; ++i) {
        write(QByteArray(file).replace("%1", QByteArray::number(i)));
        QCOMPARE(::symlink("nowhere", path("l" + QByteArray::number(i)).constData()), 0);
    }
    std::atomic<int> links{0};
    std::atomic<int> visits{0};
    std::atomic<int> mostAhead{0};
    WalkSettings settings{threads, {}};
    settings.sawLink = [&](const QByteArray &) { ++links; };
    const auto totals = walkTree(m_root->path(), settings, [&](const WalkedFile &, size_t) -> Result<void> {
        const int ahead = links - ++visits;
        for (int most = mostAhead; ahead > most && !mostAhead.compare_exchange_weak(most, ahead);) {
        }
        return {};
    });
    QVERIFY(totals);
    QCOMPARE(totals->files, files);
    QCOMPARE(totals->links, files);
    QVERIFY2(mostAhead < files / 3, qPrintable(QString::number(mostAhead)));
}

void TestTreeWalk::stops()
{
    for (int i = 0; i < 500; ++i)
        write("file" + QByteArray::number(i));
    const CancelToken token;
    std::atomic<int> visits{0};
    const auto totals = walkTree(m_root->path(), {4, token}, [&](const WalkedFile &, size_t) -> Result<void> {
        if (++visits == 10)
            token.cancel();
        return {};
    });
    QVERIFY(totals && totals->isStopped);
    QVERIFY(visits < 20);
}

void TestTreeWalk::countsAVisitThatFails()
{
    write("good");
    write("bad");
    const auto totals = walkTree(m_root->path(), {1, {}}, [](const WalkedFile &file, size_t) -> Result<void> {
        if (file.path == "bad")
            return failure(ErrorKind::Storage, u"The disk is broken."_s);
        return {};
    });
    QCOMPARE(totals->files, 1);
    QCOMPARE(totals->unreadable, 1);
    QCOMPARE(totals->problems.front().why, u"The disk is broken."_s);
}

void TestTreeWalk::findsSecretsInTheTree()
{
    const QByteArray key = QByteArray::fromStdString(stripeKey());
    write("src/pay.js", "const a = 1;\nconst key = '" + key + "';\n");
    write("node_modules/x/index.js", "k='" + key + "'");
    write("logo.png", QByteArray("\x89PNG\0", 5) + key);
    write("caf\xe9.env", "K=" + key + "\n");
    TreeProgress progress;
    const auto scan = scanTree(m_root->path(), smallSet(), settings(), progress);
    QVERIFY(scan);
    QStringList lines;
    for (const FoundSecret &found : scan->found)
        lines << u"%1:%2 %3"_s.arg(shownPath(found.path)).arg(found.hit.line).arg(toWord(found.hit.severity));
    QCOMPARE(lines, (QStringList{u"caf\\xe9.env:1 critical"_s, u"node_modules/x/index.js:1 high"_s,
                                 u"src/pay.js:2 critical"_s}));
    QCOMPARE(scan->binaries, 1);
    QCOMPARE(scan->walk.files, 4);
    QCOMPARE(progress.files.load(), 4);
}

// With all rules: they are most of what a search has in memory.
void TestTreeWalk::scansAHugeFileInLittleMemory()
{
    constexpr off_t size = off_t(1) << 30; // on the disk it is a few blocks
    write("one line", QByteArray(10000, 'a'));
    const int file = ::open(path("one line").constData(), O_WRONLY | O_APPEND);
    QCOMPARE(::ftruncate(file, size), 0);
    const std::string key = " " + stripeKey();
    QCOMPARE(::write(file, key.data(), key.size()), static_cast<ssize_t>(key.size()));
    ::close(file);
    TreeProgress progress;
    const auto scan = scanTree(m_root->path(), allRules(), settings(), progress);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), 1U);
    QCOMPARE(scan->found.front().hit.offset, size + 1);
    QCOMPARE(scan->found.front().hit.column, size + 2);
    QCOMPARE(progress.bytes.load(), size + static_cast<qint64>(key.size()));
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    QVERIFY2(lab::kIsSanitized || usage.ru_maxrss < 300 * 1024, qPrintable(QString::number(usage.ru_maxrss)));
}

void TestTreeWalk::weighsPlaces_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<bool>("isLower");
    for (const char *place :
         {"node_modules/a.js", "web/vendor/lib.php", "tests/a.py", "src/__tests__/a.ts", "src/pay.test.ts",
          "package-lock.json", "web/jquery-3.7.1.min.js", "Pods/a.m", ".env.example", "assets/logo.svg"})
        QTest::newRow(place) << QByteArray(place) << true;
    for (const char *place : {".env", "src/contest.js", "node_modules", "testing.js", "dist/app.min.js",
                              "reactor.min.js", "vendors/a.js", ".github/workflows/test.yml"})
        QTest::newRow(place) << QByteArray(place) << false;
}

void TestTreeWalk::weighsPlaces()
{
    QFETCH(QByteArray, place);
    QFETCH(bool, isLower);
    QCOMPARE(weightOf(place) == PlaceWeight::Lower, isLower);
    QCOMPARE(weighed(Severity::Critical, weightOf(place)), isLower ? Severity::High : Severity::Critical);
    QCOMPARE(weighed(Severity::Low, weightOf(place)), Severity::Low);
}

QTEST_GUILESS_MAIN(TestTreeWalk)
#include "tst_treewalk.moc"
