#include "tests/checks/secrets/blobsread.h"
#include "tests/checks/secrets/gitfixture.h"

#include <QDirIterator>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QStringList listing(const QString &folder)
{
    QStringList files;
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        all.next();
        files += u"%1 %2 %3"_s.arg(all.filePath())
                     .arg(all.fileInfo().isDir() ? 0 : all.fileInfo().size())
                     .arg(all.fileInfo().lastModified().toMSecsSinceEpoch());
    }
    files.sort();
    return files;
}

// A repository with a text in every place where one can stand, each said once: the row's name is in it.
void fillEverywhere(const GitFixture &repository)
{
    repository.init();
    repository.write(u"kept.txt"_s, "text in HEAD\n");
    repository.write(u"gone.txt"_s, "text of a deleted file\n");
    repository.commitAll(u"first subject in history"_s);
    QFile::remove(repository.path(u"gone.txt"_s));
    repository.commitAll(u"second"_s);

    repository.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"feature/named-branch"_s});
    repository.write(u"branch.txt"_s, "text on a branch\n");
    repository.commitAll(u"on the branch"_s);
    repository.git({u"checkout"_s, u"-q"_s, u"main"_s});
    repository.write(u"main.txt"_s, "text on main\n");
    repository.commitAll(u"on main"_s);
    repository.git({u"merge"_s, u"-q"_s, u"--no-commit"_s, u"feature/named-branch"_s});
    repository.write(u"merge.txt"_s, "text that only the merge brought\n");
    repository.commitAll(u"merged"_s);

    repository.write(u"stashed.txt"_s, "text in the stash\n");
    repository.git({u"stash"_s, u"push"_s, u"-q"_s, u"--include-untracked"_s});
    repository.write(u"reset.txt"_s, "text of a commit that was reset away\n");
    repository.commitAll(u"subject that was reset away"_s);
    repository.git({u"reset"_s, u"-q"_s, u"--hard"_s, u"HEAD~1"_s});

    repository.git({u"tag"_s, u"-a"_s, u"v1"_s, u"-m"_s, u"message of a tag"_s});
    repository.git({u"notes"_s, u"add"_s, u"-m"_s, u"text in a note"_s});
    repository.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, "text that nothing leads to\n");
    repository.git({u"config"_s, u"remote.origin.url"_s, u"https://text-in-config@example.com/r.git"_s});
    repository.write(u"large.bin"_s, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n");
    repository.commitAll(u"pointer"_s);
}

} // namespace

class TestBlobWalk : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void handsOutEachOnce();
    void writesNothing();
    void readsSince();
    void readsNothingOfOthersSince_data();
    void readsNothingOfOthersSince();
    void readsStaged();
    void stopsWhenCancelled();
    void handsOutEachNameOnce();
};

void TestBlobWalk::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<BlobKind>("kind");
    QTest::addColumn<bool>("isPacked");
    for (const bool isPacked : {false, true}) {
        const auto row = [&](const char *text, BlobKind kind = BlobKind::File) {
            QTest::addRow("%s, %s", text, isPacked ? "packed" : "loose") << QByteArray(text) << kind << isPacked;
        };
        row("text in HEAD");
        row("text of a deleted file");
        row("text on a branch");
        row("text that only the merge brought");
        row("text in the stash");
        row("text of a commit that was reset away");
        row("text in a note");
        row("text that nothing leads to");
        row("git-lfs", BlobKind::LfsPointer);
        row("first subject in history", BlobKind::CommitMessage);
        row("subject that was reset away", BlobKind::CommitMessage);
        row("message of a tag", BlobKind::TagMessage);
        row("feature/named-branch", BlobKind::ReferenceNames);
        row("reset: moving to", BlobKind::ReflogMessages);
        row("text-in-config", BlobKind::Configuration);
    }
}

void TestBlobWalk::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(BlobKind, kind);
    QFETCH(bool, isPacked);
    static std::map<bool, SeenTexts> seenBy; // both are made once
    if (!seenBy.contains(isPacked)) {
        const GitFixture fixture;
        fillEverywhere(fixture);
        if (isPacked)
            // the commits of the test are years old: git would forget them
            fixture.git({u"-c"_s, u"gc.reflogExpire=never"_s, u"-c"_s, u"gc.reflogExpireUnreachable=never"_s, u"gc"_s,
                         u"-q"_s, u"--prune=never"_s});
        const auto repository = GitRepository::open(fixture.root());
        QVERIFY(repository);
        const auto walk = BlobWalk::history(*repository, CancelToken());
        QVERIFY(walk);
        seenBy[isPacked] = readAll(*walk);
        QCOMPARE(walk->counts().unreadable, 0);
        QCOMPARE(walk->counts().done, walk->counts().objects);
    }
    QCOMPARE(timesSeen(seenBy[isPacked], text, kind), 1);
}

void TestBlobWalk::handsOutEachOnce()
{
    const GitFixture fixture;
    fillEverywhere(fixture);
    fixture.git({u"repack"_s, u"-a"_s, u"-q"_s}); // packed, and still loose
    const auto repository = GitRepository::open(fixture.path(u"kept.txt"_s));
    QVERIFY(repository);
    const auto walk = BlobWalk::history(*repository, CancelToken());
    QVERIFY(walk);
    const SeenTexts seen = readAll(*walk, 4);
    QHash<QByteArray, bool> ids;
    QHash<QByteArray, bool> people;
    for (const auto &[id, text] : seen) {
        if (isPerson(text.kind)) // with the commit that was met first
            QVERIFY2(!std::exchange(people[text.bytes], true), text.bytes.constData());
        else if (!id.isEmpty())
            QVERIFY2(!std::exchange(ids[id], true), id.constData());
    }
    QCOMPARE(people.size(), 2); // a name and an address
    QVERIFY(walk->commits().size() > 8);
}

void TestBlobWalk::writesNothing()
{
    const GitFixture fixture;
    fillEverywhere(fixture);
    const QStringList before = listing(fixture.root());
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const auto history = BlobWalk::history(*repository, CancelToken());
    const auto staged = BlobWalk::staged(*repository, QString(), CancelToken());
    const auto since = BlobWalk::since(*repository, u"HEAD~1"_s, CancelToken());
    QVERIFY(history && staged && since);
    readAll(*history);
    QCOMPARE(listing(fixture.root()), before);
}

void TestBlobWalk::readsSince()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"old.txt"_s, "old text");
    fixture.write(u"dir/changed.txt"_s, "text before");
    const QByteArray base = fixture.commitAll(u"old subject"_s);
    fixture.write(u"dir/changed.txt"_s, "text after");
    fixture.git({u"mv"_s, u"old.txt"_s, u"moved.txt"_s});
    fixture.commitAll(u"new subject"_s);
    fixture.write(u"dir/deep/gone.txt"_s, "text that came and went");
    fixture.commitAll(u"came"_s);
    QFile::remove(fixture.path(u"dir/deep/gone.txt"_s));
    fixture.commitAll(u"went"_s);
    fixture.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"side"_s, QString::fromLatin1(base)});
    fixture.write(u"side.txt"_s, "side text");
    fixture.commitAll(u"side"_s);
    fixture.git({u"merge"_s, u"-q"_s, u"--no-commit"_s, u"main"_s});
    fixture.write(u"merge.txt"_s, "merge text");
    fixture.commitAll(u"merge"_s);
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const auto walk = BlobWalk::since(*repository, QString::fromLatin1(base), CancelToken());
    QVERIFY(walk);
    const SeenTexts seen = readAll(*walk);
    for (const char *text : {"text after", "text that came and went", "side text", "merge text"})
        QCOMPARE(timesSeen(seen, text), 1);
    for (const char *text : {"text before", "old text"})
        QCOMPARE(timesSeen(seen, text), 0);
    QCOMPARE(timesSeen(seen, "new subject", BlobKind::CommitMessage), 1);
    QCOMPARE(timesSeen(seen, "old subject", BlobKind::CommitMessage), 0);
    const auto nothing = BlobWalk::since(*repository, u"HEAD"_s, CancelToken());
    QVERIFY(nothing);
    readAll(*nothing);
    QCOMPARE(nothing->counts().objects, 0);
}

// A job of a CI has the whole repository: what others are working on there is not what this change brings.
void TestBlobWalk::readsNothingOfOthersSince_data()
{
    using Make = std::function<void(const GitFixture &)>;
    QTest::addColumn<Make>("make"); // text of others, while a branch of one's own is checked out
    const auto row = [](const char *name, const Make &make) { QTest::newRow(name) << make; };
    row("a branch that is not merged", [](const GitFixture &fixture) {
        fixture.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"text-of-others"_s, u"main"_s});
        fixture.write(u"others.txt"_s, "text-of-others");
        fixture.commitAll(u"text-of-others"_s);
        fixture.git({u"checkout"_s, u"-q"_s, u"own-branch"_s});
    });
    row("a branch of the server", [](const GitFixture &fixture) {
        const QByteArray tree = fixture.git(
            {u"mktree"_s}, "100644 blob " + fixture.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, "text-of-others") +
                               "\tothers.txt\n");
        const QByteArray commit =
            fixture.git({u"commit-tree"_s, u"-m"_s, u"text-of-others"_s, QString::fromLatin1(tree)});
        fixture.git({u"update-ref"_s, u"refs/remotes/origin/text-of-others"_s, QString::fromLatin1(commit)});
    });
    row("a stash", [](const GitFixture &fixture) {
        fixture.write(u"own.txt"_s, "text-of-others");
        fixture.git({u"stash"_s, u"push"_s, u"-q"_s, u"-m"_s, u"text-of-others"_s});
    });
    row("a tag", [](const GitFixture &fixture) {
        fixture.git({u"tag"_s, u"-a"_s, u"text-of-others"_s, u"-m"_s, u"text-of-others"_s, u"main"_s});
    });
    row("a note", [](const GitFixture &fixture) { fixture.git({u"notes"_s, u"add"_s, u"-m"_s, u"text-of-others"_s}); });
}

void TestBlobWalk::readsNothingOfOthersSince()
{
    using Make = std::function<void(const GitFixture &)>;
    QFETCH(Make, make);
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"old.txt"_s, "old text");
    fixture.commitAll(u"old"_s);
    fixture.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"own-branch"_s});
    fixture.write(u"own.txt"_s, "own text");
    fixture.commitAll(u"own subject"_s);
    make(fixture);
    for (const bool isDetached : {false, true}) { // as a CI checks it out
        if (isDetached)
            fixture.git({u"checkout"_s, u"-q"_s, u"--detach"_s});
        const auto repository = GitRepository::open(fixture.root());
        QVERIFY(repository);
        const auto walk = BlobWalk::since(*repository, u"main"_s, CancelToken());
        QVERIFY(walk);
        const SeenTexts seen = readAll(*walk);
        for (const auto &[id, text] : seen)
            QVERIFY2(!text.bytes.contains("text-of-others"), text.bytes.constData());
        QCOMPARE(timesSeen(seen, "own text"), 1);
        QCOMPARE(timesSeen(seen, "own subject", BlobKind::CommitMessage), 1);
        QCOMPARE(timesSeen(seen, "own-branch", BlobKind::ReferenceNames), isDetached ? 0 : 1);
        QCOMPARE(walk->counts().objects, 2);
    }
}

void TestBlobWalk::readsStaged()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"a.txt"_s, "text before");
    fixture.write(u"same.txt"_s, "text that stays");
    fixture.git({u"add"_s, u"-A"_s});
    const auto staged = [&](const QString &indexFile = {}) {
        const auto repository = GitRepository::open(fixture.root());
        auto walk = BlobWalk::staged(*repository, indexFile, CancelToken());
        return readAll(*walk);
    };
    QCOMPARE(staged().size(), 2u); // before the first commit
    fixture.commitAll(u"a"_s);
    QCOMPARE(staged().size(), 0u);
    fixture.write(u"a.txt"_s, "text staged");
    fixture.write(u"sub/new.txt"_s, "text added");
    fixture.git({u"add"_s, u"-A"_s});
    fixture.write(u"a.txt"_s, "text that is not staged");
    const SeenTexts seen = staged();
    QCOMPARE(seen.size(), 2u);
    QCOMPARE(timesSeen(seen, "text staged"), 1);
    QCOMPARE(seen.find(fixture.blobId("text added"))->second.path, "sub/new.txt"_ba);
    // As "git commit -a" does for its hooks.
    QVERIFY(QFile::copy(fixture.path(u".git/index"_s), fixture.path(u".git/next-index"_s)));
    fixture.git({u"reset"_s, u"-q"_s});
    QCOMPARE(staged().size(), 0u);
    QCOMPARE(staged(u".git/next-index"_s).size(), 2u);
}

void TestBlobWalk::stopsWhenCancelled()
{
    const GitFixture fixture;
    fillEverywhere(fixture);
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const CancelToken cancel;
    const auto walk = BlobWalk::history(*repository, cancel);
    QVERIFY(walk);
    auto reader = walk->reader();
    QVERIFY(reader);
    while (const auto text = reader->next()) {
        if (text->kind == BlobKind::File)
            cancel.cancel();
    }
    QCOMPARE(walk->counts().files, 1);
    const auto since = BlobWalk::since(*repository, u"HEAD~1"_s, cancel);
    QVERIFY(!since);
    QCOMPARE(since.error().kind, ErrorKind::Cancelled);
}

// Of folders of all times, and of a history alone: what a change brings has its paths.
void TestBlobWalk::handsOutEachNameOnce()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"a/one.txt"_s, "1\n");
    fixture.write(u"b/one.txt"_s, "2\n");
    fixture.commitAll(u"first"_s);
    fixture.git({u"rm"_s, u"-q"_s, u"-r"_s, u"b"_s});
    fixture.write(u"a/two.txt"_s, "3\n");
    fixture.commitAll(u"second"_s);
    const auto namesOf = [](const Result<BlobWalk> &walk) {
        QList<QByteArray> names;
        auto reader = walk->reader();
        while (const auto text = reader->next()) {
            if (text->kind == BlobKind::EntryNames)
                names += text->bytes.toByteArray().split('\0');
        }
        names.removeAll({});
        std::ranges::sort(names);
        return names;
    };
    const GitRepository repository = GitRepository::open(fixture.root()).value();
    QCOMPARE(namesOf(BlobWalk::history(repository, CancelToken())),
             (QList<QByteArray>{"a", "b", "one.txt", "two.txt"}));
    QCOMPARE(namesOf(BlobWalk::since(repository, u"HEAD~1"_s, CancelToken())), QList<QByteArray>());
}

QTEST_GUILESS_MAIN(TestBlobWalk)
#include "tst_blobwalk.moc"
