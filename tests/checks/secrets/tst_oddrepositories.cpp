// Walks through repositories that are odd, shallow, broken, not ours or none.
#include "tests/checks/secrets/blobsread.h"
#include "tests/checks/secrets/gitfixture.h"

#include <QTest>

#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestOddRepositories : public QObject
{
    Q_OBJECT

private slots:
    void readsOddRepositories_data();
    void readsOddRepositories();
    void readsShallowClones();
    void countsWhatIsBroken();
    void passesBrokenPacks();
    void capsLargeFiles();
    void capsLargeFolders();
    void refusesUnknownRevisions();
    void failsInWords();
    void keepsStrangersRepositoriesClosed();
};

void TestOddRepositories::readsOddRepositories_data()
{
    using Make = std::function<QString(const GitFixture &)>; // returns what to open
    QTest::addColumn<Make>("make");
    QTest::addColumn<int>("files");
    QTest::addRow("bare") << Make([](const GitFixture &fixture) {
        fixture.init();
        fixture.write(u"a"_s, "text");
        fixture.commitAll(u"a"_s);
        fixture.git({u"clone"_s, u"-q"_s, u"--bare"_s, u"."_s, u"bare.git"_s});
        return fixture.path(u"bare.git"_s);
    }) << 1;
    QTest::addRow("empty") << Make([](const GitFixture &fixture) {
        fixture.init();
        return fixture.root();
    }) << 0;
    QTest::addRow("without a commit, but staged") << Make([](const GitFixture &fixture) {
        fixture.init();
        fixture.write(u"a"_s, "text");
        fixture.git({u"add"_s, u"a"_s});
        return fixture.root();
    }) << 1;
    QTest::addRow("detached HEAD") << Make([](const GitFixture &fixture) {
        fixture.init();
        fixture.write(u"a"_s, "text");
        fixture.commitAll(u"a"_s);
        fixture.git({u"checkout"_s, u"-q"_s, u"--detach"_s});
        fixture.write(u"a"_s, "other text");
        fixture.commitAll(u"b"_s);
        return fixture.root();
    }) << 2;
    QTest::addRow("a linked worktree") << Make([](const GitFixture &fixture) {
        fixture.init();
        fixture.write(u"a"_s, "text");
        fixture.commitAll(u"a"_s);
        fixture.git({u"worktree"_s, u"add"_s, u"-q"_s, u"linked"_s});
        return fixture.path(u"linked/a"_s);
    }) << 1;
    QTest::addRow("objects borrowed from another clone") << Make([](const GitFixture &fixture) {
        fixture.init();
        fixture.write(u"a"_s, "text");
        fixture.commitAll(u"a"_s);
        fixture.git({u"clone"_s, u"-q"_s, u"--shared"_s, u"."_s, u"sharing"_s});
        return fixture.path(u"sharing"_s);
    }) << 1;
    QTest::addRow("a submodule") << Make([](const GitFixture &fixture) {
        fixture.init();
        fixture.write(u".gitmodules"_s, "[submodule \"x\"]\n\tpath = libs/x\n\turl = ../x\n");
        fixture.git({u"update-index"_s, u"--add"_s, u"--cacheinfo"_s,
                     u"160000,0123456789012345678901234567890123456789,libs/x"_s});
        fixture.git({u"add"_s, u".gitmodules"_s});
        fixture.git({u"commit"_s, u"-q"_s, u"-m"_s, u"a"_s});
        return fixture.root();
    }) << 1;
}

void TestOddRepositories::readsOddRepositories()
{
    using Make = std::function<QString(const GitFixture &)>;
    QFETCH(Make, make);
    QFETCH(int, files);
    const GitFixture fixture;
    const auto repository = GitRepository::open(make(fixture));
    QVERIFY(repository);
    const auto walk = BlobWalk::history(*repository, CancelToken());
    QVERIFY(walk);
    readAll(*walk);
    QCOMPARE(walk->counts().files, files);
    QCOMPARE(walk->counts().unreadable, 0);
    const bool hasSubmodule = QTest::currentDataTag() == "a submodule"_ba;
    QCOMPARE(walk->gaps().submodules, hasSubmodule ? std::vector<QByteArray>{"libs/x"_ba} : std::vector<QByteArray>());
    QCOMPARE(gapSentences(walk->counts(), walk->gaps()).size(), hasSubmodule ? 1 : 0);
}

void TestOddRepositories::readsShallowClones()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"a"_s, "old text");
    const QByteArray old = fixture.commitAll(u"a"_s);
    fixture.write(u"a"_s, "new text");
    fixture.commitAll(u"b"_s);
    fixture.git({u"clone"_s, u"-q"_s, u"--depth=1"_s, u"file://"_s + fixture.root(), u"shallow"_s});
    const auto repository = GitRepository::open(fixture.path(u"shallow"_s));
    QVERIFY(repository);
    QVERIFY(repository->isShallow());
    const auto walk = BlobWalk::history(*repository, CancelToken());
    QVERIFY(walk);
    const SeenTexts seen = readAll(*walk);
    QCOMPARE(timesSeen(seen, "new text"), 1);
    QCOMPARE(timesSeen(seen, "old text"), 0);
    QCOMPARE(walk->counts().unreadable, 0);
    QVERIFY(gapSentences(walk->counts(), walk->gaps()).join(u' ').contains(u"--unshallow"));
    const auto since = BlobWalk::since(*repository, QString::fromLatin1(old), CancelToken());
    QVERIFY(!since);
    QVERIFY(since.error().message.contains(u"fetch-depth"));
}

void TestOddRepositories::countsWhatIsBroken()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"a"_s, "text that will break");
    fixture.write(u"b"_s, "text that stays");
    fixture.commitAll(u"a"_s);
    const QString id = QString::fromLatin1(fixture.blobId("text that will break"));
    QFile object(fixture.path(u".git/objects/%1/%2"_s.arg(id.left(2), id.mid(2))));
    object.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(object.open(QIODevice::WriteOnly));
    object.write("this was an object once");
    object.close();
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const auto walk = BlobWalk::history(*repository, CancelToken());
    QVERIFY(walk);
    QCOMPARE(timesSeen(readAll(*walk), "text that stays"), 1);
    QCOMPARE(walk->counts().unreadable, 1);
    QCOMPARE(walk->gaps().unreadable, std::vector{id});
    QVERIFY(gapSentences(walk->counts(), walk->gaps()).join(u' ').contains(id));
}

void TestOddRepositories::passesBrokenPacks()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"a"_s, "text in the broken pack");
    fixture.commitAll(u"a"_s);
    fixture.git({u"repack"_s, u"-a"_s, u"-d"_s, u"-q"_s});
    const QDir packs(fixture.path(u".git/objects/pack"_s));
    const QString index = packs.filePath(packs.entryList({u"*.idx"_s}).value(0));
    fixture.write(u"b"_s, "text that is loose");
    fixture.commitAll(u"b"_s);
    QFile file(index);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(500)); // half of its table of contents
    file.close();
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const auto walk = BlobWalk::history(*repository, CancelToken());
    QVERIFY(walk);
    QCOMPARE(timesSeen(readAll(*walk), "text that is loose"), 1);
    QCOMPARE(walk->counts().unreadable, 1);
    QVERIFY(walk->gaps().unreadable.front().endsWith(u".pack"));
}

void TestOddRepositories::capsLargeFiles()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"small"_s, "small text");
    fixture.write(u"large"_s, QByteArray(BlobWalk::kLargestBlob, 'x'));
    fixture.write(u"larger"_s, QByteArray(BlobWalk::kLargestBlob + 1, 'x'));
    fixture.commitAll(u"a"_s);
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const auto walk = BlobWalk::history(*repository, CancelToken());
    QVERIFY(walk);
    readAll(*walk);
    QCOMPARE(walk->counts().files, 2);
    QCOMPARE(walk->counts().tooLarge, 1);
    QCOMPARE(gapSentences(walk->counts(), walk->gaps()).size(), 1);
}

// Packed it has a few kilobytes, and it would be unpacked into memory as a whole.
void TestOddRepositories::capsLargeFolders()
{
    const GitFixture fixture;
    fixture.init();
    const QByteArray base = fixture.commitAll(u"a"_s);
    const QByteArray entry = "100644 a" + QByteArray(1, '\0') + QByteArray(20, 'x');
    for (const qsizetype bytes : {qsizetype(1) << 20, (qsizetype(64) << 20) + entry.size()}) {
        const QString tree = QString::fromLatin1(
            fixture.git({u"hash-object"_s, u"-t"_s, u"tree"_s, u"-w"_s, u"--literally"_s, u"--stdin"_s},
                        entry.repeated(bytes / entry.size())));
        const QByteArray commit =
            fixture.git({u"commit-tree"_s, u"-m"_s, u"b"_s, u"-p"_s, QString::fromLatin1(base), tree});
        fixture.git({u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(commit)});
        const auto repository = GitRepository::open(fixture.root());
        QVERIFY(repository);
        const auto walk = BlobWalk::since(*repository, QString::fromLatin1(base), CancelToken());
        QVERIFY(walk);
        const bool isLarge = bytes > (qsizetype(64) << 20);
        QCOMPARE(walk->counts().objects, isLarge ? 1 : 2); // the commit, and the file that all entries name
        QCOMPARE(walk->counts().unreadable, isLarge ? 1 : 0);
        QVERIFY(BlobWalk::history(*repository, CancelToken()));
    }
}

void TestOddRepositories::refusesUnknownRevisions()
{
    const GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"a"_s);
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const auto walk = BlobWalk::since(*repository, u"no-such-branch"_s, CancelToken());
    QVERIFY(!walk);
    QCOMPARE(walk.error().kind, ErrorKind::BadInput);
    QVERIFY(walk.error().message.contains(u"no-such-branch"));
}

void TestOddRepositories::failsInWords()
{
    const QTemporaryDir folder;
    const auto none = GitRepository::open(folder.path());
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::NotFound);
    const auto missing = GitRepository::open(folder.filePath(u"missing"_s));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    const GitFixture fixture;
    fixture.init();
    fixture.git({u"config"_s, u"core.repositoryformatversion"_s, u"1"_s});
    fixture.git({u"config"_s, u"extensions.unheardof"_s, u"true"_s});
    const auto unsupported = GitRepository::open(fixture.root());
    QVERIFY(!unsupported);
    QCOMPARE(unsupported.error().kind, ErrorKind::Unsupported);
}

void TestOddRepositories::keepsStrangersRepositoriesClosed()
{
    if (::geteuid() != 0)
        QSKIP("Only the superuser can give a folder away.");
    const GitFixture fixture;
    fixture.init();
    constexpr uid_t nobody = 65534;
    for (const QString &path : {fixture.root(), fixture.path(u".git"_s)})
        QCOMPARE(::chown(QFile::encodeName(path).constData(), nobody, nobody), 0);
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(!repository);
    QCOMPARE(repository.error().kind, ErrorKind::NotPermitted);
    QVERIFY(repository.error().message.contains(u"safe.directory"));
}

QTEST_GUILESS_MAIN(TestOddRepositories)
#include "tst_oddrepositories.moc"
