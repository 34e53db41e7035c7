#include "checks/secrets/broughtlines.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/hitledger.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray keyLine(unsigned seed, const QByteArray &behind = {})
{
    return "key = '" + QByteArray::fromStdString(stripeKey(seed)) + "'" + behind + "\n";
}

enum class Part { Everything, Since, Staged };

Result<HistoryScan> scanOf(const GitFixture &fixture, Part part = Part::Everything, const QString &revision = {},
                           const CancelToken &token = {})
{
    const GitRepository repository = GitRepository::open(fixture.root()).value();
    const Result<BlobWalk> walk = part == Part::Everything ? BlobWalk::history(repository, token)
                                  : part == Part::Since    ? BlobWalk::since(repository, revision, token)
                                                           : BlobWalk::staged(repository, {}, token);
    if (!walk)
        return tl::unexpected(walk.error());
    HistoryProgress progress;
    auto scan = scanHistory(repository, *walk, smallSet(), {.key = "key", .token = token}, progress);
    return scan;
}

// The one with the key of this seed under this path; a failed test otherwise.
FoundSecret secretAt(const HistoryScan &scan, unsigned seed, const QByteArray &path)
{
    const QString masked = maskedSecret(stripeKey(seed));
    std::vector<FoundSecret> all;
    std::ranges::copy_if(scan.found, std::back_inserter(all),
                         [&](const FoundSecret &each) { return each.hit.masked == masked && each.path == path; });
    if (all.size() != 1)
        qWarning("%zu secrets at %s", all.size(), path.constData());
    return all.size() == 1 ? all.front() : FoundSecret{.history = std::make_shared<HistoryPlace>()};
}

QByteArray archiveWith(const QString &name, const QByteArray &text)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return {};
    file.close();
    QProcess tar;
    tar.setWorkingDirectory(folder.path());
    tar.start(u"tar"_s, {u"-czf"_s, u"-"_s, name});
    return tar.waitForFinished() ? tar.readAllStandardOutput() : QByteArray();
}

} // namespace

class TestHistoryScan : public QObject
{
    Q_OBJECT

private slots:
    void tellsFirstAndLast();
    void putsVersionsTogether();
    void followsAMove();
    void tellsReach();
    void looksBesideFiles();
    void looksAtNames();
    void looksIntoArchives();
    void obeysTheLastRemark_data();
    void obeysTheLastRemark();
    void weighsThePlace();
    void looksAtWhatIsNew();
    void looksAtWhatIsStaged();
    void looksAtTheLinesOfAChange_data();
    void looksAtTheLinesOfAChange();
    void comparesOneLargeVersionAtATime_data();
    void comparesOneLargeVersionAtATime();
    void followsAChangeThroughItsCommits();
    void refusesAnUnknownRevision();
    void saysWhatItDidNotSee();
    void readsAnEmptyRepository();
    void stops();
    void keepsBounds();
};

void TestHistoryScan::tellsFirstAndLast()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"a.js"_s, "nothing\n");
    fixture.commitAll(u"one"_s);
    fixture.write(u"a.js"_s, "nothing\n" + keyLine(1));
    const QByteArray first = fixture.commitAll(u"two"_s);
    fixture.write(u"b.js"_s, "other\n");
    const QByteArray last = fixture.commitAll(u"three"_s);
    fixture.write(u"a.js"_s, "nothing\n");
    fixture.commitAll(u"four"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->commits, 4);
    QCOMPARE(scan->found.size(), size_t(1));
    const FoundSecret secret = secretAt(*scan, 1, "a.js");
    QCOMPARE(secret.hit.line, 2);
    QCOMPARE(secret.hit.column, 8);
    QCOMPARE(secret.history->first->id, first);
    QCOMPARE(secret.history->first->author, u"Ada Example"_s);
    QCOMPARE(secret.history->first->mail, u"ada@example.com"_s);
    QCOMPARE(secret.history->last->id, last);
    QCOMPARE(secret.history->commits, 2);
    QCOMPARE(secret.history->reach, Reach::References);
    QVERIFY(!secret.history->isInHead);
    QVERIFY(secret.history->isPlaced);
    QVERIFY(!scan->isStopped);
    QVERIFY2(scan->gaps.isEmpty(), qPrintable(scan->gaps.join(u'\n')));
}

// Many versions with the same key are one, from the first commit to the last, with the line of the first.
void TestHistoryScan::putsVersionsTogether()
{
    GitFixture fixture;
    fixture.init();
    QByteArray first;
    QByteArray last;
    for (int version = 0; version < 5; ++version) {
        fixture.write(u"a.js"_s, QByteArray(version, '\n') + keyLine(1) + keyLine(2));
        last = fixture.commitAll(u"version %1"_s.arg(version));
        first = version == 0 ? last : first;
    }
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(2));
    for (const unsigned seed : {1U, 2U}) {
        const FoundSecret secret = secretAt(*scan, seed, "a.js");
        QCOMPARE(secret.hit.line, qint64(seed));
        QCOMPARE(secret.history->first->id, first);
        QCOMPARE(secret.history->last->id, last);
        QCOMPARE(secret.history->commits, 5);
        QVERIFY(secret.history->isInHead);
    }
}

void TestHistoryScan::followsAMove()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"old/a.js"_s, keyLine(1));
    const QByteArray first = fixture.commitAll(u"one"_s);
    QDir(fixture.root()).rename(u"old"_s, u"new"_s);
    fixture.write(u"new/a.js"_s, "moved\n" + keyLine(1));
    const QByteArray moved = fixture.commitAll(u"two"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(2));
    const FoundSecret before = secretAt(*scan, 1, "old/a.js");
    const FoundSecret after = secretAt(*scan, 1, "new/a.js");
    QCOMPARE(before.history->first->id, first);
    QVERIFY(!before.history->isInHead);
    QCOMPARE(after.history->first->id, moved);
    QVERIFY(after.history->isInHead);
    QCOMPARE(before.hit.fingerprint, after.hit.fingerprint);
}

void TestHistoryScan::tellsReach()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"kept.js"_s, keyLine(1));
    fixture.commitAll(u"one"_s);
    fixture.write(u"amended.js"_s, keyLine(2));
    fixture.commitAll(u"two"_s);
    fixture.git({u"reset"_s, u"-q"_s, u"--hard"_s, u"HEAD~1"_s});
    fixture.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, keyLine(3));
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(secretAt(*scan, 1, "kept.js").history->reach, Reach::References);
    QCOMPARE(secretAt(*scan, 2, "amended.js").history->reach, Reach::Reflog);
    const FoundSecret loose = secretAt(*scan, 3, "");
    QCOMPARE(loose.history->reach, Reach::Unreachable);
    QCOMPARE(loose.history->object, fixture.blobId(keyLine(3)));
    QVERIFY(!loose.history->first);
}

void TestHistoryScan::looksBesideFiles()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"a.js"_s, "nothing\n");
    const QByteArray commit = fixture.commitAll(QString::fromLatin1("say\n\nit is " + keyLine(1)));
    fixture.git({u"tag"_s, u"-a"_s, u"v1"_s, u"-m"_s, QString::fromLatin1(keyLine(2))});
    fixture.git({u"branch"_s, QString::fromStdString(stripeKey(3))});
    fixture.git({u"config"_s, u"remote.origin.url"_s,
                 u"https://ada:%1@git.example.com/x.git"_s.arg(QString::fromStdString(stripeKey(4)))});
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    const FoundSecret message = secretAt(*scan, 1, "");
    QCOMPARE(message.history->kind, BlobKind::CommitMessage);
    QCOMPARE(message.history->first->id, commit);
    QCOMPARE(message.hit.line, 3);
    QCOMPARE(secretAt(*scan, 2, "").history->kind, BlobKind::TagMessage);
    QCOMPARE(secretAt(*scan, 3, ".git/refs").history->kind, BlobKind::ReferenceNames);
    QCOMPARE(secretAt(*scan, 4, ".git/config").history->kind, BlobKind::Configuration);
}

// Of files and folders that are gone: who clones the repository has them.
void TestHistoryScan::looksAtNames()
{
    GitFixture fixture;
    fixture.init();
    const QByteArray fileName = QByteArray::fromStdString(stripeKey(1)) + ".txt";
    const QByteArray folderName = "old_" + QByteArray::fromStdString(stripeKey(2));
    fixture.write(u"a.txt"_s, "");
    fixture.commitAll(u"begin"_s);
    fixture.write(QString::fromLatin1("keys/" + fileName), "");
    const QByteArray first = fixture.commitAll(u"a file"_s);
    fixture.write(QString::fromLatin1(folderName + "/a.txt"), "nothing\n");
    const QByteArray last = fixture.commitAll(u"a folder"_s);
    fixture.git({u"rm"_s, u"-q"_s, u"-r"_s, u"keys"_s, QString::fromLatin1(folderName)});
    fixture.commitAll(u"gone"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), 2U);
    const FoundSecret file = secretAt(*scan, 1, "keys/" + fileName);
    QVERIFY(file.isInName);
    QVERIFY(file.history->isPlaced && !file.history->isInHead);
    QCOMPARE(file.history->reach, Reach::References);
    QCOMPARE(file.history->first->id, first);
    QCOMPARE(file.history->last->id, last);
    QCOMPARE(file.history->commits, 2);
    const FoundSecret folder = secretAt(*scan, 2, folderName);
    QVERIFY(folder.isInName);
    QCOMPARE(folder.history->first->id, last);
    QCOMPARE(folder.history->commits, 1);
}

void TestHistoryScan::looksIntoArchives()
{
    const QByteArray archive = archiveWith(u"index.js"_s, keyLine(1));
    QVERIFY(!archive.isEmpty());
    GitFixture fixture;
    fixture.init();
    fixture.write(u"release/app.tar.gz"_s, archive);
    const QByteArray first = fixture.commitAll(u"one"_s);
    fixture.git({u"rm"_s, u"-q"_s, u"release/app.tar.gz"_s});
    fixture.commitAll(u"two"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->archives, 1);
    const FoundSecret secret = secretAt(*scan, 1, "release/app.tar.gz!/index.js");
    QCOMPARE(secret.history->first->id, first);
    QVERIFY(!secret.history->isInHead);
}

void TestHistoryScan::obeysTheLastRemark_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("isAllowed");
    const QByteArray remark = " // launch-cockpit:allow a shop that is closed";
    QTest::newRow("remarked later") << keyLine(1) << keyLine(1, remark) << true;
    QTest::newRow("no longer remarked") << keyLine(1, remark) << keyLine(1) << false;
    QTest::newRow("never") << keyLine(1) << "\n" + keyLine(1) << false;
}

void TestHistoryScan::obeysTheLastRemark()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(bool, isAllowed);
    GitFixture fixture;
    fixture.init();
    fixture.write(u"a.js"_s, before);
    fixture.commitAll(u"one"_s);
    fixture.write(u"a.js"_s, after);
    fixture.commitAll(u"two"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(1));
    QCOMPARE(scan->found.front().hit.allowed.has_value(), isAllowed);
}

void TestHistoryScan::weighsThePlace()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"src/pay.js"_s, keyLine(1));
    fixture.write(u"tests/fixtures/pay.js"_s, keyLine(2));
    fixture.commitAll(u"one"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(secretAt(*scan, 1, "src/pay.js").hit.severity, Severity::Critical);
    const FoundSecret lower = secretAt(*scan, 2, "tests/fixtures/pay.js");
    QCOMPARE(lower.weight, PlaceWeight::Lower);
    QCOMPARE(lower.hit.severity, Severity::High);
}

void TestHistoryScan::looksAtWhatIsNew()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"old.js"_s, keyLine(1));
    fixture.commitAll(u"one"_s);
    fixture.write(u"new.js"_s, keyLine(2));
    const QByteArray second = fixture.commitAll(u"two"_s);
    fixture.git({u"rm"_s, u"-q"_s, u"new.js"_s});
    fixture.commitAll(u"three"_s);
    const auto scan = scanOf(fixture, Part::Since, u"HEAD~2"_s);
    QVERIFY(scan);
    QCOMPARE(scan->commits, 2);
    QCOMPARE(scan->found.size(), size_t(1));
    QCOMPARE(secretAt(*scan, 2, "new.js").history->first->id, second);
    const auto none = scanOf(fixture, Part::Since, u"HEAD"_s);
    QVERIFY(none);
    QVERIFY(none->found.empty());
}

void TestHistoryScan::looksAtWhatIsStaged()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"old.js"_s, keyLine(1));
    fixture.commitAll(u"one"_s);
    fixture.write(u"staged.js"_s, "a\n" + keyLine(2));
    fixture.git({u"add"_s, u"staged.js"_s});
    fixture.write(u"staged.js"_s, "a\n"); // the working tree says nothing about the index
    fixture.write(u"loose.js"_s, keyLine(3));
    const auto scan = scanOf(fixture, Part::Staged);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(1));
    const FoundSecret secret = secretAt(*scan, 2, "staged.js");
    QVERIFY(secret.history->isStaged);
    QVERIFY(!secret.history->first);
    QCOMPARE(secret.hit.line, 2);
    QCOMPARE(scan->commits, 0);
}

// What a change brings in, staged or committed: who commits is not held up by old lines.
void TestHistoryScan::looksAtTheLinesOfAChange_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QList<int>>("lines");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after, QList<int> lines,
                        const QString &file = u"pay.js"_s) {
        QTest::newRow(name) << before << after << file << std::move(lines);
    };
    const QByteArray old = keyLine(1);
    row("another line is new", old, old + "x\n", {});
    row("lines above it are new", old, "x\ny\n" + old, {});
    row("lines above it are gone", "x\ny\n" + old, old, {});
    row("its own line is changed", old, keyLine(1, " // live"), {1});
    row("a new one stands beside it", old, old + "x\n" + keyLine(2), {3});
    row("the same one stands there once more", old + "x\n", old + "x\n" + old, {3});
    row("it is taken out", old + "x\n", "x\n", {});
    const QByteArray key = QByteArray::fromStdString(privateKey(1700));
    row("a line of a key of many lines is changed", key, QByteArray(key).replace(700, 3, "abc"), {1});
    row("a line behind a key of many lines", key + "\n", key + "\nx\n", {});
    const auto two = [](const QByteArray &text) {
        QByteArray bytes("\xff\xfe");
        for (const char c : text)
            bytes.append(c).append('\0');
        return bytes;
    };
    row("another line in UTF-16", two("x\n" + old), two("x\n" + old + "y\n"), {});
    row("its line in UTF-16", two("x\n" + old), two("x\n" + keyLine(1, " ")), {2});
    const QByteArray long_ = QByteArray(qsizetype(9) << 20, 'a') + '\n';
    row("another line beside a long one", old + long_, old + long_ + "x\n", {});
    const QByteArray many = QByteArray("\n").repeated(100'000);
    row("another line beside many", old + many, old + many + "x\n", {});
    // What cannot be compared is new.
    const QByteArray tooMany = QByteArray("\n").repeated(1'000'001);
    row("another line where there are too many", old + tooMany, old + tooMany + "x\n", {1});
    row("too many lines before", old + tooMany, old + "x\n", {1});
    row("too many bytes before", old + QByteArray(BlobWalk::kLargestBlob, 'a') + '\n', old + "x\n", {1});
    row("a file that only moved", old + "x\n", old + "x\n", {}, u"lib/pay.js"_s);
}

void TestHistoryScan::looksAtTheLinesOfAChange()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, name);
    QFETCH(QList<int>, lines);
    GitFixture fixture;
    fixture.init();
    fixture.write(u"pay.js"_s, before);
    fixture.commitAll(u"one"_s);
    QFile::remove(fixture.path(u"pay.js"_s));
    fixture.write(name, after);
    fixture.git({u"add"_s, u"-A"_s});
    const auto foundBy = [&](Part part) {
        QList<int> found;
        const auto scan = scanOf(fixture, part, u"HEAD~1"_s);
        for (const FoundSecret &secret : scan.value().found)
            found += static_cast<int>(secret.hit.line);
        return found;
    };
    QCOMPARE(foundBy(Part::Staged), lines);
    fixture.commitAll(u"two"_s);
    QCOMPARE(foundBy(Part::Since), lines);
}

void TestHistoryScan::comparesOneLargeVersionAtATime_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<bool>("waits");
    const QByteArray small = "a\nb\n";
    const QByteArray large(BroughtLines::kManyBytes + 1, 'a');
    const QByteArray many = QByteArray("\n").repeated(BroughtLines::kManyLines + 1);
    QTest::newRow("small") << small << small << false;
    QTest::newRow("large before") << large << small << true;
    QTest::newRow("large now") << small << large << true;
    QTest::newRow("many lines before") << many << small << true;
    QTest::newRow("many lines now") << small << many << true;
}

void TestHistoryScan::comparesOneLargeVersionAtATime()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    QFETCH(bool, waits);
    GitFixture fixture;
    fixture.init();
    const QByteArray id = QByteArray::fromHex(fixture.git({u"hash-object"_s, u"-w"_s, u"--stdin"_s}, before));
    git_oid version;
    QCOMPARE(id.size(), qsizetype(sizeof version.id));
    std::ranges::copy(id, reinterpret_cast<char *>(version.id));
    EarlierVersions earlier;
    earlier.add({version});
    const GitRepository repository = GitRepository::open(fixture.root()).value();
    now += "\nnew\n";
    for (const bool hasRoom : {true, false}) {
        int asked = 0;
        const BroughtLines lines({.repository = repository.handle(),
                                  .waitForRoom =
                                      [&] {
                                          ++asked;
                                          return hasRoom;
                                      },
                                  .token = {}},
                                 earlier, now);
        QCOMPARE(asked > 0, waits);
        QVERIFY(lines.bring(now.size() - 4, now.size() - 1));
        if (waits && !hasRoom)
            QVERIFY(lines.bring(0, 1));
    }
}

// One commit brings it in, the next ones touch other lines, and a branch joins: it is one finding, and stands in HEAD.
void TestHistoryScan::followsAChangeThroughItsCommits()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"pay.js"_s, "a\n" + keyLine(1));
    const QByteArray base = fixture.commitAll(u"one"_s);
    fixture.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"side"_s});
    fixture.write(u"pay.js"_s, "a\nside\n" + keyLine(1));
    fixture.commitAll(u"on the side"_s);
    fixture.git({u"checkout"_s, u"-q"_s, u"main"_s});
    fixture.write(u"pay.js"_s, "a\n" + keyLine(1) + "b\nc\nd\n" + keyLine(2));
    const QByteArray bringing = fixture.commitAll(u"two"_s);
    fixture.git({u"merge"_s, u"-q"_s, u"--no-edit"_s, u"side"_s});
    const auto scan = scanOf(fixture, Part::Since, QString::fromLatin1(base));
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(1));
    const FoundSecret secret = secretAt(*scan, 2, "pay.js");
    QCOMPARE(secret.history->first->id, bringing);
    QVERIFY(secret.history->isInHead);
}

void TestHistoryScan::refusesAnUnknownRevision()
{
    GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"one"_s);
    const auto scan = scanOf(fixture, Part::Since, u"nowhere"_s);
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::BadInput);
}

void TestHistoryScan::saysWhatItDidNotSee()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"film.txt"_s, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    fixture.commitAll(u"one"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->gaps.size(), 1);
    QVERIFY(scan->gaps.front().contains("LFS"_L1));
}

void TestHistoryScan::readsAnEmptyRepository()
{
    GitFixture fixture;
    fixture.init();
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QVERIFY(scan->found.empty());
    QCOMPARE(scan->commits, 0);
}

void TestHistoryScan::stops()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"a.js"_s, keyLine(1));
    fixture.commitAll(u"one"_s);
    const GitRepository repository = GitRepository::open(fixture.root()).value();
    const CancelToken token;
    const auto walk = BlobWalk::history(repository, token);
    QVERIFY(walk);
    token.cancel();
    HistoryProgress progress;
    const auto scan = scanHistory(repository, *walk, smallSet(), {.key = "key", .token = token}, progress);
    QVERIFY(scan);
    QVERIFY(scan->isStopped);
    QVERIFY(scan->found.empty());
}

// What fills it is one value in many versions; a value that is met later has its place.
void TestHistoryScan::keepsBounds()
{
    HitLedger ledger;
    const auto add = [&ledger](int version, const QByteArray &fingerprint) {
        std::vector<SecretHit> hits{{.rule = &smallSet()->rules().front(), .fingerprint = fingerprint}};
        ledger.add({.object = QByteArray::number(version)}, hits);
    };
    int version = 0;
    while (version < int(HistoryScan::kMostHits))
        add(version++, "known");
    QVERIFY(!ledger.isCut());
    add(version, "known");
    QVERIFY(ledger.isCut());
    for (int value = 0; value <= int(HistoryScan::kMostValues); ++value)
        add(++version, QByteArray::number(value));
    QCOMPARE(ledger.objectsWithoutPath().size(), HistoryScan::kMostHits + HistoryScan::kMostValues);
    const std::vector<FoundSecret> found = ledger.found({});
    const auto isThere = [&found](const QByteArray &fingerprint) {
        return std::ranges::any_of(found, [&](const FoundSecret &each) { return each.hit.fingerprint == fingerprint; });
    };
    QVERIFY(isThere("known"));
    QVERIFY(isThere(QByteArray::number(int(HistoryScan::kMostValues) - 1)));
    QVERIFY(!isThere(QByteArray::number(int(HistoryScan::kMostValues))));
}

QTEST_GUILESS_MAIN(TestHistoryScan)
#include "tst_historyscan.moc"
