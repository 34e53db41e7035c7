#include "checks/secrets/hitledger.h"
#include "tests/checks/secrets/historyscans.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestHistoryScan : public QObject
{
    Q_OBJECT

private slots:
    void tellsFirstAndLast();
    void putsVersionsTogether();
    void followsAMove();
    void tellsReach();
    void obeysTheLastRemark_data();
    void obeysTheLastRemark();
    void weighsThePlace();
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
    QVERIFY(secret.history->placing == Placing::Known);
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

void TestHistoryScan::obeysTheLastRemark_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("isAllowed");
    const QByteArray remark = " // launch-cockpit:allow a shop that is closed";
    QTest::newRow("remarked later") << keyLine(1) << keyLine(1, remark) << true;
    QTest::newRow("no longer remarked") << keyLine(1, remark) << keyLine(1) << false;
    QTest::newRow("in a text of it") << keyLine(1) << keyLine(1, ", '// launch-cockpit:allow a shop that is closed'")
                                     << false;
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
