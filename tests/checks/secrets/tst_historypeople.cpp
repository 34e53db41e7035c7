// Secrets in the names and addresses of those who made commits and tags.
#include "checks/secrets/blobwalkstate.h"
#include "checks/secrets/gitpeople.h"
#include "checks/secrets/leakhistory.h"
#include "checks/secrets/peoplehits.h"
#include "tests/checks/secrets/historyscans.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray keyOf(unsigned seed)
{
    return QByteArray::fromStdString(stripeKey(seed));
}

// As a program that is no git writes it; nothing is checked.
QByteArray rawObject(const GitFixture &fixture, const QString &type, const QByteArray &bytes)
{
    return fixture.git({u"hash-object"_s, u"-w"_s, u"-t"_s, type, u"--literally"_s, u"--stdin"_s}, bytes);
}

// "Name <address>"
QByteArray commitBy(const GitFixture &fixture, const QByteArray &author, const QByteArray &committer,
                    const QByteArray &parent = {}, const QByteArray &time = "1700000000 +0000")
{
    const QByteArray tree = fixture.git({u"write-tree"_s});
    return rawObject(fixture, u"commit"_s,
                     "tree " + tree + (parent.isEmpty() ? QByteArray() : "\nparent " + parent) + "\nauthor " + author +
                         ' ' + time + "\ncommitter " + committer + ' ' + time + "\n\nwords\n");
}

void setBranch(const GitFixture &fixture, const QByteArray &commit)
{
    fixture.git({u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(commit)});
}

} // namespace

class TestHistoryPeople : public QObject
{
    Q_OBJECT

private slots:
    void takesHeadsApart_data();
    void takesHeadsApart();
    void findsThem_data();
    void findsThem();
    void tellsWhatHasThem();
    void searchesEachOnce();
    void looksAtTheNewOnesOfAChange();
    void readsAnythingThere_data();
    void readsAnythingThere();
    void keepsWhatItMetWhenStopped();
};

void TestHistoryPeople::takesHeadsApart_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QByteArray>("people");
    const auto row = [](const char *name, const QByteArray &object, const QByteArray &people) {
        QTest::newRow(name) << object << people;
    };
    row("commit", "tree 1\nauthor A B <a@b> 1 +0000\ncommitter C <c@d> 2 -0130\n\nauthor E <e@f> 1 +0000\n",
        "author:A B|author:a@b|committer:C|committer:c@d|");
    row("tag", "object 1\ntype commit\ntag v1\ntagger T <t@u> 1 +0000\n\nwords", "tagger:T|tagger:t@u|");
    row("no message", "tree 1\nauthor A <a@b> 1 +0000\n", "author:A|author:a@b|");
    row("nobody", "tree 1\n\nwords", "");
    row("nothing at all", "", "");
    row("signature", "author A <a@b> 1 +0000\ngpgsig x\n author N <n@n> 1 +0000\n\nw", "author:A|author:a@b|");
    row("no name and no address", "author <> 1 +0000\n\nw", "");
    row("no address", "author A B 1 +0000\n\nw", "author:A B 1 +0000|");
    row("no end of it", "author A <a@b 1 +0000\n\nw", "author:A <a@b 1 +0000|");
    row("its end first", "author A > a <b\n\nw", "author:A > a <b|");
    row("more than a time behind it", "author A <a@b> 1 +0000 words\n\nw", "author:A|author:a@b|author:1 +0000 words|");
    row("another in it", "author A <a <b>> c> 1 +0000\n\nw", "author:A|author:a <b>> c|");
    row("a NUL", QByteArray("author A\0B <a@b> 1 +0000\n\nw", 27), "author:A|author:B|author:a@b|");
    row("two authors", "author A <a> 1 +0000\nauthor B <b> 1 +0000\n\nw", "author:A|author:a|author:B|author:b|");
}

void TestHistoryPeople::takesHeadsApart()
{
    QFETCH(QByteArray, object);
    QByteArray people;
    forEachPerson(object, [&people](BlobKind role, QByteArrayView text) {
        people += role == BlobKind::Author ? "author:" : role == BlobKind::Committer ? "committer:" : "tagger:";
        people += text.toByteArray() + '|';
    });
    QTEST(people, "people");
}

void TestHistoryPeople::findsThem_data()
{
    QTest::addColumn<QByteArray>("author");
    QTest::addColumn<QByteArray>("committer");
    QTest::addColumn<QByteArray>("tagger");
    QTest::addColumn<BlobKind>("kind");
    QTest::addColumn<QString>("place");
    const QByteArray ada = "Ada Example <ada@example.com>";
    const QByteArray named = "k " + keyOf(1) + " <k@example.com>";
    const QByteArray addressed = "Ada Example <" + keyOf(1) + "@example.com>";
    using enum BlobKind;
    QTest::newRow("name of the author") << named << ada << ada << Author << u"the author of commit "_s;
    QTest::newRow("address of the author") << addressed << ada << ada << Author << u"the author of commit "_s;
    QTest::newRow("name of the committer") << ada << named << ada << Committer << u"the committer of commit "_s;
    QTest::newRow("address of the committer") << ada << addressed << ada << Committer << u"the committer of commit "_s;
    QTest::newRow("name of a tagger") << ada << ada << named << Tagger << u"the author of tag "_s;
    QTest::newRow("address of a tagger") << ada << ada << addressed << Tagger << u"the author of tag "_s;
    QTest::newRow("author who committed") << named << named << ada << Author << u"the author of commit "_s;
    QTest::newRow("name and address") << "k " + keyOf(1) + " <" + keyOf(1) + ">" << ada << ada << Author
                                      << u"the author of commit "_s;
}

void TestHistoryPeople::findsThem()
{
    QFETCH(QByteArray, author);
    QFETCH(QByteArray, committer);
    QFETCH(QByteArray, tagger);
    QFETCH(BlobKind, kind);
    QFETCH(QString, place);
    GitFixture fixture;
    fixture.init();
    const QByteArray commit = commitBy(fixture, author, committer);
    setBranch(fixture, commit);
    const QByteArray tag =
        rawObject(fixture, u"tag"_s,
                  "object " + commit + "\ntype commit\ntag v1\ntagger " + tagger + " 1700000000 +0000\n\nwords\n");
    fixture.git({u"update-ref"_s, u"refs/tags/v1"_s, QString::fromLatin1(tag)});
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), 1U);
    const FoundSecret secret = secretAt(*scan, 1, "");
    QCOMPARE(secret.history->kind, kind);
    const QByteArray object = kind == BlobKind::Tagger ? tag : commit;
    QCOMPARE(secret.history->object, object);
    QCOMPARE(shownPlace(secret), place + QString::fromLatin1(object.first(12)));
    QCOMPARE(secret.history->reach, Reach::References);
    QCOMPARE(secret.history->commits, kind == BlobKind::Tagger ? 0 : 1);
    QVERIFY(!secret.isInName && secret.history->placing == Placing::Known);
    const auto history = leakHistoryOf(secret);
    QVERIFY2(standingText(*history).startsWith("It stands in the name or address of who made a"_L1),
             qPrintable(standingText(*history)));
    QVERIFY2(purgeText(*history).contains("git filter-repo --mailmap ../mailmap.txt"_L1),
             qPrintable(purgeText(*history)));
    QCOMPARE(purgeSteps(*history).filter(u"mailmap.txt"_s).size(), 3); // written, used, deleted
}

// Whichever was read first.
void TestHistoryPeople::tellsWhatHasThem()
{
    GitFixture fixture;
    fixture.init();
    const QByteArray ada = "Ada Example <ada@example.com>";
    const QByteArray bad = "k " + keyOf(1) + " <k@example.com>";
    const QByteArray gone = commitBy(fixture, bad, bad, {}, "1600000000 +0000"); // nothing leads to it
    QByteArray at = commitBy(fixture, ada, ada, {}, "1650000000 +0000");
    const QByteArray first = commitBy(fixture, bad, bad, at, "1700000000 +0000");
    at = commitBy(fixture, bad, ada, first, "1700000001 +0000");
    const QByteArray last = commitBy(fixture, bad, bad, at, "1700000002 +0000");
    const QByteArray committed = commitBy(fixture, ada, bad, last, "1700000003 +0000");
    setBranch(fixture, committed);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), 2U);
    const auto ofKind = [&scan](BlobKind kind) {
        return std::ranges::find(scan->found, kind, [](const FoundSecret &found) { return found.history->kind; });
    };
    const HistoryPlace &author = *ofKind(BlobKind::Author)->history;
    QCOMPARE(author.reach, Reach::References);
    QCOMPARE(author.first->id, first);
    QCOMPARE(author.last->id, last);
    QCOMPARE(author.commits, 4);
    QVERIFY(author.holders.has(Holder::Branch) && author.holders.has(Holder::Nothing));
    QCOMPARE(ofKind(BlobKind::Committer)->history->first->id, committed);
    QVERIFY(author.object != gone);
}

// However many commits they made, and in whatever role.
void TestHistoryPeople::searchesEachOnce()
{
    GitFixture fixture;
    fixture.init();
    constexpr int many = 10'000;
    QByteArray stream;
    for (int number = 0; number < many; ++number) {
        const QByteArray time = QByteArray::number(1'700'000'000 + number) + " +0000\n";
        stream += "commit refs/heads/main\nauthor k " + keyOf(1) + " <k@example.com> " + time +
                  "committer Ada <ada@example.com> " + time + "data 5\nwords\n";
    }
    fixture.git({u"fast-import"_s, u"--quiet"_s}, stream);
    const GitRepository repository = GitRepository::open(fixture.root()).value();
    const auto walk = BlobWalk::history(repository, CancelToken());
    QVERIFY(walk);
    auto reader = walk->reader();
    QVERIFY(reader);
    int people = 0;
    while (const auto text = reader->next())
        people += isPerson(text->kind) ? 1 : 0;
    QCOMPARE(people, 4);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), 1U);
    QCOMPARE(secretAt(*scan, 1, "").history->commits, many);
    QCOMPARE(secretAt(*scan, 1, "").history->first->authoredAt.toSecsSinceEpoch(), 1'700'000'000);
    QVERIFY2(scan->gaps.isEmpty(), qPrintable(scan->gaps.join(u'\n')));
}

void TestHistoryPeople::looksAtTheNewOnesOfAChange()
{
    GitFixture fixture;
    fixture.init();
    const QByteArray ada = "Ada Example <ada@example.com>";
    const QByteArray base = commitBy(fixture, "k " + keyOf(1) + " <k@example.com>", ada);
    const QByteArray head = commitBy(fixture, ada, "k " + keyOf(2) + " <k@example.com>", base);
    setBranch(fixture, head);
    const auto scan = scanOf(fixture, Part::Since, QString::fromLatin1(base));
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), 1U);
    QCOMPARE(secretAt(*scan, 2, "").history->kind, BlobKind::Committer);
    QCOMPARE(secretAt(*scan, 2, "").history->first->id, head);
    const auto nothing = scanOf(fixture, Part::Since, QString::fromLatin1(head));
    QVERIFY(nothing);
    QCOMPARE(nothing->found.size(), 0U);
}

void TestHistoryPeople::readsAnythingThere_data()
{
    QTest::addColumn<QByteArray>("head");
    const QByteArray key = keyOf(1);
    QTest::newRow("no address") << "author k " + key + " 1700000000 +0000\n";
    QTest::newRow("no author") << "committer k " + key + " <k@example.com> 1700000000 +0000\n";
    QTest::newRow("a NUL before it") << QByteArray("author k\0", 9) + key + " <k@example.com> 1700000000 +0000\n";
    QTest::newRow("not UTF-8") << "author \xe4\xff " + key + " <k@example.com> 1700000000 +0000\n";
    QTest::newRow("a name of a MiB") << "author " + QByteArray(1 << 20, 'n') + ' ' + key +
                                            " <k@example.com> 1700000000 +0000\n";
    QTest::newRow("behind the time") << "author A <a@example.com> 1700000000 +0000 " + key + "\n";
    QTest::newRow("in the place of the time") << "author A <a@example.com>" + key + "\n";
}

void TestHistoryPeople::readsAnythingThere()
{
    QFETCH(QByteArray, head);
    GitFixture fixture;
    fixture.init();
    const QByteArray tree = fixture.git({u"write-tree"_s});
    for (const QByteArray &message : {QByteArray("\nwords\n"), QByteArray()}) {
        rawObject(fixture, u"commit"_s, "tree " + tree + "\n" + head + message);
        const auto scan = scanOf(fixture);
        QVERIFY(scan);
        QCOMPARE(scan->found.size(), 1U);
        QCOMPARE(secretAt(*scan, 1, "").history->reach, Reach::Unreachable);
    }
}

void TestHistoryPeople::keepsWhatItMetWhenStopped()
{
    HitLedger ledger;
    PeopleHits people(ledger);
    GitFixture fixture;
    fixture.init();
    setBranch(fixture, commitBy(fixture, "k " + keyOf(1) + " <k@example.com>", "Ada <ada@example.com>"));
    const GitRepository repository = GitRepository::open(fixture.root()).value();
    const CancelToken cancel;
    const auto walk = BlobWalk::history(repository, cancel);
    QVERIFY(walk);
    auto scanner = TextScanner::make(smallSet(), {.key = "key"});
    QVERIFY(scanner);
    auto reader = walk->reader();
    while (const auto text = reader->next()) {
        if (!isPerson(text->kind))
            continue;
        const std::string_view only(text->bytes.data(), static_cast<size_t>(text->bytes.size()));
        const auto looked =
            scanner->scanNames({&only, 1}, [&](size_t, TextScan &scan) { people.add(*text, std::move(scan.hits)); });
        QVERIFY(looked);
    }
    cancel.cancel();
    people.place(*walk, openOdb(repository).value().get(), cancel);
    QCOMPARE(ledger.found({}).size(), 1U);
    QCOMPARE(ledger.found({}).front().history->kind, BlobKind::Author);
    QVERIFY(ledger.found({}).front().history->placing == Placing::Stopped);
}

QTEST_GUILESS_MAIN(TestHistoryPeople)
#include "tst_historypeople.moc"
