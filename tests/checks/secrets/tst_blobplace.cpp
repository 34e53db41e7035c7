#include "checks/secrets/blobplace.h"
#include "checks/secrets/commitnote.h"

#include "gitfixture.h"

#include <QTest>

#include <git2/oid.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

PlaceReport placesIn(const GitFixture &fixture, const std::vector<QByteArray> &ids,
                     const std::vector<QByteArray> &otherCommits = {})
{
    const auto repository = GitRepository::open(fixture.root());
    if (!repository)
        return {};
    return findPlaces(*repository, ids, otherCommits, CancelToken()).value_or(PlaceReport{});
}

BlobPlace placeIn(const GitFixture &fixture, const QByteArray &text)
{
    const PlaceReport report = placesIn(fixture, {fixture.blobId(text)});
    return report.places.empty() ? BlobPlace{} : report.places.front();
}

} // namespace

class TestBlobPlace : public QObject
{
    Q_OBJECT

private slots:
    void namesFirstAndLastCommit();
    void countsCommitsOfMerges();
    void tellsWhatLeadsThere();
    void followsThousandsOfMoves();
    void keepsPathsAsBytes();
    void placesMessages();
    void readsAuthors_data();
    void readsAuthors();
    void readsShallowAndBroken();
    void boundsTreesOfTrees();
    void stopsWhenCancelled();
};

void TestBlobPlace::namesFirstAndLastCommit()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"other"_s, "other");
    fixture.commitAll(u"0"_s);
    fixture.write(u"config/.env"_s, "wanted");
    fixture.write(u"still"_s, "still there");
    const QByteArray first = fixture.commitAll(u"1"_s);
    fixture.write(u"other"_s, "changed");
    fixture.git({u"mv"_s, u"config/.env"_s, u"env.old"_s});
    const QByteArray last = fixture.commitAll(u"2"_s);
    QFile::remove(fixture.path(u"env.old"_s));
    fixture.commitAll(u"3"_s);

    const BlobPlace gone = placeIn(fixture, "wanted");
    QCOMPARE(gone.reach, Reach::References);
    QCOMPARE(gone.paths, (std::vector<QByteArray>{"config/.env"_ba, "env.old"_ba}));
    QCOMPARE(gone.first->id, first);
    QCOMPARE(gone.first->author, u"Ada Example"_s);
    QCOMPARE(gone.first->mail, u"ada@example.com"_s);
    QCOMPARE(gone.first->authoredAt.offsetFromUtc(), 90 * 60);
    QVERIFY(gone.first->authoredAt < gone.last->authoredAt);
    QCOMPARE(gone.last->id, last);
    QCOMPARE(gone.commits, 2);
    QVERIFY(!gone.isInHead);

    const BlobPlace still = placeIn(fixture, "still there");
    QCOMPARE(still.first->id, first);
    QCOMPARE(still.commits, 3);
    QVERIFY(still.isInHead);
    const PlaceReport both = placesIn(fixture, {fixture.blobId("wanted"), fixture.blobId("still there")});
    QCOMPARE(both.places.size(), 2u);
    QCOMPARE(both.commits, 4);
    QVERIFY(both.isWhole);
}

void TestBlobPlace::countsCommitsOfMerges()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"base"_s, "base");
    fixture.commitAll(u"0"_s);
    fixture.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"side"_s});
    fixture.write(u"side/file"_s, "wanted");
    const QByteArray first = fixture.commitAll(u"1"_s);
    fixture.git({u"checkout"_s, u"-q"_s, u"main"_s});
    fixture.write(u"main"_s, "main"); // younger, and without the file
    fixture.commitAll(u"2"_s);
    fixture.git({u"merge"_s, u"-q"_s, u"--no-commit"_s, u"side"_s});
    fixture.write(u"evil"_s, "of the merge alone");
    const QByteArray merge = fixture.commitAll(u"3"_s);
    const BlobPlace place = placeIn(fixture, "wanted");
    QCOMPARE(place.first->id, first);
    QCOMPARE(place.last->id, merge);
    QCOMPARE(place.commits, 2);
    const BlobPlace evil = placeIn(fixture, "of the merge alone");
    QCOMPARE(evil.first->id, merge);
    QCOMPARE(evil.commits, 1);
    QVERIFY(evil.isInHead);
}

void TestBlobPlace::tellsWhatLeadsThere()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"base"_s, "base");
    fixture.commitAll(u"0"_s);
    fixture.write(u"stashed"_s, "in the stash");
    fixture.git({u"stash"_s, u"push"_s, u"-q"_s, u"--include-untracked"_s});
    fixture.write(u"reset"_s, "reset away");
    const QByteArray reset = fixture.commitAll(u"1"_s);
    fixture.git({u"reset"_s, u"-q"_s, u"--hard"_s, u"HEAD~1"_s});
    fixture.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, "led to by nothing");
    fixture.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, "marked by a tag");
    fixture.git({u"tag"_s, u"key"_s, QString::fromLatin1(fixture.blobId("marked by a tag"))});

    QCOMPARE(placeIn(fixture, "in the stash").reach, Reach::Stash);
    QCOMPARE(toWords(placeIn(fixture, "in the stash").holders), QStringList{u"stash"_s});
    QCOMPARE(toWords(placeIn(fixture, "base").holders), QStringList{u"branch"_s});
    QCOMPARE(toWords(placeIn(fixture, "reset away").holders), QStringList{u"reflog"_s});
    QVERIFY(toWords(placeIn(fixture, "led to by nothing").holders).isEmpty());
    QCOMPARE(toWords(placeIn(fixture, "marked by a tag").holders), QStringList{u"tag"_s});
    QCOMPARE(placeIn(fixture, "reset away").reach, Reach::Reflog);
    QCOMPARE(placeIn(fixture, "reset away").first->id, reset);
    QCOMPARE(placeIn(fixture, "led to by nothing").reach, Reach::Unreachable);
    QVERIFY(!placeIn(fixture, "led to by nothing").first);
    QCOMPARE(placeIn(fixture, "marked by a tag").reach, Reach::References);
    QCOMPARE(placeIn(fixture, "nowhere at all").reach, Reach::Unreachable);

    // Without a reflog, only the walk over all objects knows of the commit.
    fixture.git({u"reflog"_s, u"expire"_s, u"--expire=now"_s, u"--all"_s});
    QFile::remove(fixture.path(u".git/ORIG_HEAD"_s));
    const QByteArray id = fixture.blobId("reset away");
    QVERIFY(!placesIn(fixture, {id}).places.front().first);
    const BlobPlace place = placesIn(fixture, {id}, {reset}).places.front();
    QCOMPARE(place.reach, Reach::Unreachable);
    QCOMPARE(place.first->id, reset);
    QCOMPARE(place.paths, std::vector<QByteArray>{"reset"_ba});
}

void TestBlobPlace::followsThousandsOfMoves()
{
    constexpr int moves = 2000;
    QByteArray script = "blob\nmark :1\ndata 6\nwanted\n";
    for (int at = 0; at < moves; ++at) {
        script += "commit refs/heads/main\ncommitter A <a@example.com> " + QByteArray::number(1700000000 + at) +
                  " +0000\ndata 1\nm\ndeleteall\nM 100644 :1 folder" + QByteArray::number(at % 50) + "/file" +
                  QByteArray::number(at) + "\n";
    }
    const GitFixture fixture;
    fixture.init();
    fixture.git({u"fast-import"_s, u"--quiet"_s}, script);
    const BlobPlace place = placeIn(fixture, "wanted");
    QCOMPARE(place.commits, moves);
    QCOMPARE(place.first->id, fixture.git({u"rev-list"_s, u"--max-parents=0"_s, u"main"_s}));
    QCOMPARE(place.last->id, fixture.git({u"rev-parse"_s, u"main"_s}));
    QCOMPARE(place.paths.size(), BlobPlace::kMostPaths);
    QCOMPARE(place.paths[0], "folder49/file1999"_ba); // HEAD's
    QCOMPARE(place.paths[1], "folder0/file0"_ba);
    QVERIFY(place.hasMorePaths && place.isInHead);
}

void TestBlobPlace::keepsPathsAsBytes()
{
    const GitFixture fixture;
    fixture.init();
    fixture.git({u"fast-import"_s, u"--quiet"_s},
                "commit refs/heads/main\ncommitter A <a@example.com> 1700000000 +0000\ndata 1\nm\n"
                "M 100644 inline \"caf\\351/key\"\ndata 6\nwanted\n");
    const BlobPlace place = placeIn(fixture, "wanted");
    QCOMPARE(place.paths, std::vector<QByteArray>{"caf\xe9/key"_ba});
}

void TestBlobPlace::placesMessages()
{
    const GitFixture fixture;
    fixture.init();
    const QByteArray commit = fixture.commitAll(u"a"_s);
    fixture.git({u"tag"_s, u"-a"_s, u"v1"_s, u"-m"_s, u"t"_s});
    const QByteArray tag = fixture.git({u"rev-parse"_s, u"v1"_s});
    const PlaceReport report = placesIn(fixture, {commit, tag, QByteArray()});
    QCOMPARE(report.places.size(), 3u);
    for (size_t at = 0; at < 2; ++at) {
        QCOMPARE(report.places[at].first->author, u"Ada Example"_s);
        QCOMPARE(report.places[at].reach, Reach::References);
    }
    QCOMPARE(report.places[0].first->id, commit);
    QVERIFY(!report.places[2].first);
}

void TestBlobPlace::readsShallowAndBroken()
{
    const GitFixture fixture;
    fixture.init();
    fixture.write(u"a"_s, "wanted");
    fixture.commitAll(u"a"_s);
    fixture.write(u"dir/b"_s, "b");
    const QByteArray head = fixture.commitAll(u"b"_s);
    const QString tree = QString::fromLatin1(fixture.git({u"rev-parse"_s, u"HEAD:dir"_s}));
    QFile object(fixture.path(u".git/objects/%1/%2"_s.arg(tree.left(2), tree.mid(2))));
    object.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(object.open(QIODevice::WriteOnly));
    object.write("broken");
    object.close();
    const PlaceReport broken = placesIn(fixture, {fixture.blobId("wanted")});
    QCOMPARE(broken.places.front().commits, 2);
    QCOMPARE(broken.unreadable, 1);

    // As a shallow clone: the parent is not there.
    fixture.write(u".git/shallow"_s, head + '\n');
    const QString parent = QString::fromLatin1(fixture.git({u"rev-parse"_s, u"HEAD@{1}"_s}));
    QVERIFY(QFile::remove(fixture.path(u".git/objects/%1/%2"_s.arg(parent.left(2), parent.mid(2)))));
    const BlobPlace place = placesIn(fixture, {fixture.blobId("wanted")}).places.front();
    QCOMPARE(place.first->id, head);
    QCOMPARE(place.commits, 1);
}

// Nine folders that each hold the next ten times: a thousand million places of one blob.
void TestBlobPlace::boundsTreesOfTrees()
{
    const GitFixture fixture;
    fixture.init();
    fixture.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, "wanted");
    QByteArray below = "100644 blob " + fixture.blobId("wanted");
    for (int level = 0; level < 9; ++level) {
        QByteArray tree;
        for (int at = 0; at < 10; ++at)
            tree += below + '\t' + QByteArray::number(at) + '\n';
        below = "040000 tree " + fixture.git({u"mktree"_s}, tree);
    }
    const QString tree = QString::fromLatin1(below.mid(12));
    const QByteArray commit = fixture.git({u"commit-tree"_s, tree, u"-m"_s, u"bomb"_s});
    fixture.git({u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(commit)});
    const PlaceReport report = placesIn(fixture, {fixture.blobId("wanted")});
    QVERIFY(!report.isWhole);
    QCOMPARE(report.places.front().commits, 1);
    QVERIFY(report.places.front().isInHead);
}

void TestBlobPlace::stopsWhenCancelled()
{
    const GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"a"_s);
    const auto repository = GitRepository::open(fixture.root());
    QVERIFY(repository);
    const CancelToken cancel;
    cancel.cancel();
    const auto report = findPlaces(*repository, {}, {}, cancel);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Cancelled);
}

void TestBlobPlace::readsAuthors_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("author");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *name, const QByteArray &line, const QString &author, const QString &time) {
        QTest::newRow(name) << line << author << time;
    };
    row("east", "Ada <a@b.example> 1700000000 +0130", u"Ada"_s, u"2023-11-14T23:43:20+01:30"_s);
    row("west", "Ada <a@b.example> 1700000000 -0800", u"Ada"_s, u"2023-11-14T14:13:20-08:00"_s);
    row("no zone", "Ada <a@b.example> 1700000000", u"Ada"_s, u"2023-11-14T22:13:20Z"_s);
    row("further east than anywhere", "Ada <a@b.example> 1700000000 +9900", u"Ada"_s, u"2023-11-15T12:13:20+14:00"_s);
    row("a zone as large as a number can be", "Ada <a@b.example> 1700000000 +2147483647", u"Ada"_s,
        u"2023-11-15T12:13:20+14:00"_s);
    row("further west", "Ada <a@b.example> 1700000000 -2147483648", u"Ada"_s, u"2023-11-14T10:13:20-12:00"_s);
    row("no mail", "Ada 1700000000 +0000", {}, {});
}

// Anybody can write anything there.
void TestBlobPlace::readsAuthors()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, author);
    QFETCH(QString, time);
    const QByteArray commit =
        "tree " + QByteArray(40, 'a') + "\nauthor " + line + "\ncommitter B <b@c> 1 +0000\n\nwords\n";
    const CommitNote note = parseNote(commit, git_oid{});
    QCOMPARE(note.author, author);
    QCOMPARE(note.authoredAt.toString(Qt::ISODate), time);
}

QTEST_GUILESS_MAIN(TestBlobPlace)
#include "tst_blobplace.moc"
