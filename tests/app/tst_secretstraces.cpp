#include "tests/app/builtprogram.h"
#include "tests/app/warmhome.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/lab/sanitized.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <array>
#include <cstring>
#include <random>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray noise(qsizetype count, unsigned seed)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::mt19937 random(seed);
    QByteArray text;
    while (text.size() < count)
        text += alphabet[random() % alphabet.size()];
    return text;
}

QByteArray stripeKey(unsigned seed)
{
    return "sk_" + QByteArray("live_") + noise(32, seed);
}

QByteArray keyLine(unsigned seed)
{
    return "const key = '" + stripeKey(seed) + "';\n";
}

// What tells of a value, and of no other: its middle. The ends may be shown.
constexpr qsizetype kPieceBytes = 16;
QByteArray pieceOf(const QByteArray &value)
{
    return value.sliced(12, kPieceBytes);
}

// Looks for many pieces of one length at once.
class Pieces
{
public:
    void add(const QByteArray &piece)
    {
        m_pieces.push_back(piece);
        m_mayBegin[slotOf(piece.constData())] = true;
    }
    // The numbers of those that are there, in the order in which they were added.
    std::vector<size_t> in(QByteArrayView bytes) const
    {
        std::vector<size_t> found;
        for (qsizetype at = 0; at + kPieceBytes <= bytes.size(); ++at) {
            if (!m_mayBegin[slotOf(bytes.data() + at)])
                continue;
            for (size_t number = 0; number < m_pieces.size(); ++number) {
                if (std::memcmp(m_pieces[number].constData(), bytes.data() + at, kPieceBytes) == 0)
                    found.push_back(number);
            }
        }
        return found;
    }
    size_t size() const { return m_pieces.size(); }

private:
    static size_t slotOf(const char *bytes)
    {
        quint32 word = 0;
        std::memcpy(&word, bytes, sizeof word);
        return (word * 2654435761U) >> 16;
    }

    std::vector<QByteArray> m_pieces;
    std::array<bool, 65536> m_mayBegin{};
};

// The readable memory of a process, but for the files below a folder that it has mapped: git's packs are read through
// such windows, and what is in them is the page cache's, shared with the file on the disk.
template<typename Visit>
qint64 visitMemory(qint64 pid, const QByteArray &notBelow, const Visit &visit)
{
    QFile maps(u"/proc/%1/maps"_s.arg(pid));
    const int memory = ::open(u"/proc/%1/mem"_s.arg(pid).toLatin1().constData(), O_RDONLY | O_CLOEXEC);
    if (memory < 0 || !maps.open(QIODevice::ReadOnly))
        return 0;
    qint64 seen = 0;
    constexpr qint64 step = qint64(4) << 20;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QList<QByteArray> parts = line.simplified().split(' ');
        const QList<QByteArray> range = parts.value(0).split('-');
        const QByteArray file = parts.value(5);
        if (range.size() != 2 || !parts.value(1).startsWith('r') || file.startsWith(notBelow) || file == "[vvar]")
            continue;
        const quint64 from = range[0].toULongLong(nullptr, 16);
        const quint64 to = range[1].toULongLong(nullptr, 16);
        for (quint64 at = from; at < to; at += step) {
            QByteArray bytes(static_cast<qsizetype>(std::min<quint64>(step + kPieceBytes, to - at)), Qt::Uninitialized);
            const ssize_t got =
                ::pread(memory, bytes.data(), static_cast<size_t>(bytes.size()), static_cast<off_t>(at));
            if (got > 0)
                visit(QByteArrayView(bytes).first(got), parts.value(1) + ' ' + file);
            seen += std::max<ssize_t>(got, 0);
        }
    }
    ::close(memory);
    return seen;
}

} // namespace

// Nothing of what was found is left anywhere: outputs, files, memory. Few starts of the program, each with everything.
class TestSecretsTraces : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void leavesNoneInItsMemory();
    void leavesNoneInWhatItWrites();
    void leavesNoneOfWhatIsPipedIn();

private:
    QByteArray plant(unsigned seed);
    void inFolder(const QString &folder, const QString &command) const;
    void plantInTree();
    void plantInArchives();
    void plantInGit();
    static bool isName(const QByteArray &place)
    {
        return place.startsWith("the name of a folder") || place.startsWith("the name of an author");
    }
    void expectNone(const QByteArray &bytes, const char *where) const;
    // All that is in the home of the program.
    QByteArray everythingKept(const BuiltProgram &program) const;

    WarmHome m_warm;
    GitFixture m_git{u"shop"_s};
    Pieces m_pieces;
    std::vector<QByteArray> m_places; // where each was planted
    QByteArray m_place;
    qsizetype m_planted = 0;
};

// The line with a new key, which is remembered.
QByteArray TestSecretsTraces::plant(unsigned seed)
{
    const QByteArray piece = pieceOf(stripeKey(seed));
    m_pieces.add(piece);
    m_places.push_back(m_place);
    // As text of Qt, two bytes a character.
    QByteArray wide;
    for (const char c : piece.first(kPieceBytes / 2))
        wide.append(c).append('\0');
    m_pieces.add(wide);
    m_places.push_back(m_place + ", in UTF-16");
    ++m_planted;
    return keyLine(seed);
}

void TestSecretsTraces::inFolder(const QString &folder, const QString &command) const
{
    QProcess shell;
    shell.setWorkingDirectory(folder);
    shell.start(u"sh"_s, {u"-c"_s, command});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
}

void TestSecretsTraces::plantInTree()
{
    // So many that the report is longer than a pipe holds.
    m_place = "a file";
    for (unsigned seed = 1000; seed < 1150; ++seed)
        m_git.write(u"src/file%1.js"_s.arg(seed), plant(seed));
    m_place = "a large file";
    m_git.write(u"large.txt"_s, noise(3'000'000, 1) + "\n" + plant(1) + noise(3'000'000, 2));
    m_place = "UTF-16";
    QByteArray wide("\xff\xfe");
    for (const char c : plant(2))
        wide.append(c).append('\0');
    m_git.write(u"wide.txt"_s, wide);
    m_place = "base64";
    m_git.write(u"encoded.txt"_s, "x " + plant(3).toBase64() + "\n");
    m_place = "escapes";
    QByteArray escaped;
    for (const char c : plant(4))
        escaped += "\\x" + QByteArray(1, c).toHex();
    m_git.write(u"escaped.js"_s, escaped);
    m_place = "a remark";
    m_git.write(u"remark.js"_s, plant(5).trimmed() + " // launch-cockpit:allow as " + stripeKey(5) + "\n");
    m_place = "the name of a folder";
    m_git.write(QString::fromLatin1(plant(6).split('\'')[1]) + u"/key.js"_s, plant(7));
}

void TestSecretsTraces::plantInArchives()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    m_place = "an app package";
    write(u"index.js"_s, noise(200'000, 3) + "\n" + plant(20));
    inFolder(folder.path(), u"python3 -m zipfile -c app.apk index.js"_s);
    m_place = "an archive in an archive";
    write(u"inner.js"_s, plant(21));
    inFolder(folder.path(), u"tar czf inner.tgz inner.js && tar czf outer.tgz inner.tgz app.apk"_s);
    m_place = "a packed log";
    write(u"build.log"_s, noise(400'000, 4) + "\n" + plant(22));
    inFolder(folder.path(), u"gzip build.log"_s);
    for (const QString &name : {u"app.apk"_s, u"outer.tgz"_s, u"build.log.gz"_s})
        QVERIFY(QFile::copy(folder.filePath(name), m_git.path(name)));
}

void TestSecretsTraces::plantInGit()
{
    m_git.init();
    m_place = "a packed version";
    m_git.write(u"old.js"_s, plant(40));
    m_git.write(u"larger.txt"_s, noise(2'000'000, 5) + "\n" + plant(41));
    m_place = "the message of a commit";
    m_git.commitAll(QString::fromLatin1("say\n\n" + plant(42)));
    m_git.git({u"rm"_s, u"-q"_s, u"old.js"_s, u"larger.txt"_s});
    m_git.commitAll(u"remove"_s);
    m_git.git({u"gc"_s, u"-q"_s});
    m_place = "a loose version";
    m_git.write(u"loose.js"_s, plant(43));
    m_git.commitAll(u"loose"_s);
    m_git.git({u"rm"_s, u"-q"_s, u"loose.js"_s});
    m_git.commitAll(u"remove again"_s);
    m_place = "the message of a tag";
    m_git.git({u"tag"_s, u"-a"_s, u"v1"_s, u"-m"_s, QString::fromLatin1(plant(44))});
    m_place = "the name of a branch";
    m_git.git({u"branch"_s, QString::fromLatin1(plant(45).split('\'')[1])});
    m_place = "the configuration";
    m_git.git({u"config"_s, u"remote.origin.url"_s,
               u"https://x:%1@git.example.com/x"_s.arg(QString::fromLatin1(plant(46).split('\'')[1]))});
    m_place = "the name of an author";
    m_git.write(u"author.js"_s, plant(47));
    m_git.git({u"add"_s, u"-A"_s});
    m_git.git({u"commit"_s, u"-q"_s, u"-m"_s, u"author"_s, u"--author"_s,
               u"%1 <a@example.com>"_s.arg(QString::fromLatin1(plant(48).split('\'')[1]))});
}

void TestSecretsTraces::initTestCase()
{
    QVERIFY(m_warm.make());
    plantInGit();
    plantInTree();
    plantInArchives();
    m_git.git({u"add"_s, u"-A"_s});
}

void TestSecretsTraces::expectNone(const QByteArray &bytes, const char *where) const
{
    QSet<QByteArray> left;
    for (const size_t number : m_pieces.in(bytes))
        left.insert(m_places[number]);
    QVERIFY2(left.isEmpty(), QByteArray(where) + " has what was planted in " + left.values().join(", "));
}

QByteArray TestSecretsTraces::everythingKept(const BuiltProgram &program) const
{
    QByteArray all;
    QDirIterator files(program.path({}), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.fileName().toUtf8() + '\n' + file.readAll() + '\n';
    }
    return all;
}

// The scan is over and its report is being written to a pipe that nobody empties: then all memory is looked through.
// Left out: the files of the repository that are mapped (above), and the names of folders and people. A name is no
// value that was looked for: the system hands it to whoever opens the file, and reports show it, masked.
void TestSecretsTraces::leavesNoneInItsMemory()
{
    if (lab::kIsSanitized)
        QSKIP("A sanitizer keeps freed memory, and gigabytes of notes of its own.");
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    const QString pipePath = program.path(u"report"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipePath).constData(), 0600), 0);
    const int pipe = ::open(QFile::encodeName(pipePath).constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    QVERIFY(pipe >= 0);
    const int holds = ::fcntl(pipe, F_GETPIPE_SZ);
    const auto process =
        program.prepared({u"secrets"_s, m_git.root(), u"--history"_s, u"--format"_s, u"json"_s, u"--verbose"_s});
    process->setStandardOutputFile(pipePath);
    process->start();
    QVERIFY(process->waitForStarted());
    const auto waiting = [pipe] {
        int bytes = 0;
        ::ioctl(pipe, FIONREAD, &bytes);
        return bytes;
    };
    QTRY_VERIFY_WITH_TIMEOUT(waiting() >= holds, 60000);

    QByteArray beginning(holds, Qt::Uninitialized);
    Pieces known; // what must be there, so that the search is seen to search
    QMap<QByteArray, int> left;
    bool isKnownThere = false;
    known.add("\"low_weight_place\""_ba.first(kPieceBytes));
    const qint64 seen = visitMemory(process->processId(), QFile::encodeName(m_git.root()),
                                    [&](QByteArrayView bytes, const QByteArray &mapping) {
                                        isKnownThere = isKnownThere || !known.in(bytes).empty();
                                        for (const size_t number : m_pieces.in(bytes)) {
                                            if (!isName(m_places[number]))
                                                ++left[m_places[number] + " (" + mapping + ")"];
                                        }
                                    });
    const auto read = ::read(pipe, beginning.data(), static_cast<size_t>(beginning.size()));
    process->kill();
    process->waitForFinished();
    ::close(pipe);
    QVERIFY(seen > (1 << 20));
    QVERIFY(isKnownThere);
    QVERIFY(read > 0 && beginning.contains("\"findings\""));
    for (auto each = left.cbegin(); each != left.cend(); ++each)
        qWarning("%d times: %s", each.value(), each.key().constData());
    QVERIFY(left.isEmpty());
}

void TestSecretsTraces::leavesNoneInWhatItWrites()
{
    const BuiltProgram program;
    const QString baseline = program.path(u"baseline.json"_s);
    const Ended text = program.run({u"secrets"_s, m_git.root(), u"--history"_s, u"--verbose"_s, u"--write-baseline"_s,
                                    baseline, u"--out"_s, program.path(u"report.txt"_s)});
    QCOMPARE(text.status, 0);
    const Ended sarif = program.run({u"secrets"_s, m_git.root(), u"--history"_s, u"--verbose"_s, u"--format"_s,
                                     u"sarif"_s, u"--out"_s, program.path(u"report.sarif"_s)});
    QCOMPARE(sarif.status, 1);
    const Ended json =
        program.run({u"secrets"_s, m_git.root(), u"--history"_s, u"--verbose"_s, u"--format"_s, u"json"_s});
    QCOMPARE(json.status, 1);
    const QByteArray kept = everythingKept(program);
    QVERIFY(kept.contains("report.txt") && kept.contains("report.sarif") && kept.contains("fingerprint.key"));
    for (const auto &[bytes, where] : {std::pair(kept, "the home of the program"),
                                       {text.complaint, "standard error"},
                                       {json.out, "the JSON"},
                                       {json.complaint, "standard error"},
                                       {sarif.complaint, "standard error"}})
        expectNone(bytes, where);
    // All were found but the one in the name of an author, who is no file.
    const int named = 1;
    QCOMPARE(json.json().value("findings"_L1).toArray().size() + json.json().value("accepted"_L1).toArray().size(),
             m_planted - named);
}

void TestSecretsTraces::leavesNoneOfWhatIsPipedIn()
{
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    m_place = "standard input";
    const auto process = program.prepared({u"secrets"_s, u"-"_s, u"--verbose"_s});
    process->start();
    process->write(plant(60));
    process->closeWriteChannel();
    QVERIFY(process->waitForFinished(60000));
    QCOMPARE(process->exitCode(), 1);
    const QByteArray out = process->readAllStandardOutput();
    QVERIFY2(out.contains("standard input:1:14\n"), out.constData());
    expectNone(out + process->readAllStandardError() + everythingKept(program), "a text about standard input");
}

QTEST_GUILESS_MAIN(TestSecretsTraces)
#include "tst_secretstraces.moc"
