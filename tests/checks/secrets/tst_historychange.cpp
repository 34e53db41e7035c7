// What a change brings: the commits since a revision, and what is staged.
#include "checks/secrets/broughtlines.h"
#include "tests/checks/secrets/historyscans.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestHistoryChange : public QObject
{
    Q_OBJECT

private slots:
    void looksAtWhatIsNew();
    void looksAtWhatIsStaged();
    void looksAtTheLinesOfAChange_data();
    void looksAtTheLinesOfAChange();
    void comparesOneLargeVersionAtATime_data();
    void comparesOneLargeVersionAtATime();
    void followsAChangeThroughItsCommits();
    void refusesAnUnknownRevision();
    void countsWhatLiesTooDeep_data();
    void countsWhatLiesTooDeep();
};

void TestHistoryChange::looksAtWhatIsNew()
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

void TestHistoryChange::looksAtWhatIsStaged()
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
void TestHistoryChange::looksAtTheLinesOfAChange_data()
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

void TestHistoryChange::looksAtTheLinesOfAChange()
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

void TestHistoryChange::comparesOneLargeVersionAtATime_data()
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

void TestHistoryChange::comparesOneLargeVersionAtATime()
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
void TestHistoryChange::followsAChangeThroughItsCommits()
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

void TestHistoryChange::refusesAnUnknownRevision()
{
    GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"one"_s);
    const auto scan = scanOf(fixture, Part::Since, u"nowhere"_s);
    QVERIFY(!scan);
    QCOMPARE(scan.error().kind, ErrorKind::BadInput);
}

void TestHistoryChange::countsWhatLiesTooDeep_data()
{
    QTest::addColumn<int>("folders");
    QTest::addColumn<bool>("isSeen");
    QTest::newRow("as deep as is looked") << 512 << true;
    QTest::newRow("deeper") << 513 << false;
}

void TestHistoryChange::countsWhatLiesTooDeep()
{
    QFETCH(int, folders);
    QFETCH(bool, isSeen);
    GitFixture fixture;
    fixture.init();
    fixture.commitAll(u"one"_s);
    fixture.write(u"d/"_s.repeated(folders) + u"pay.js"_s, keyLine(1));
    fixture.commitAll(u"two"_s);
    const auto scan = scanOf(fixture, Part::Since, u"HEAD~1"_s);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), size_t(isSeen ? 1 : 0));
    QCOMPARE(scan->unseen, isSeen ? 0 : 1);
    QCOMPARE(scan->gaps.join(u' ').contains("in more than 512 others"_L1), !isSeen);
}

QTEST_GUILESS_MAIN(TestHistoryChange)
#include "tst_historychange.moc"
