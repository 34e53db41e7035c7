// Records for which the product tells no id: what a trial of bodies says of them, and what stays in the journal.
#include "checks/actors/undonerecord.h"
#include "checks/actors/writetrial.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/access/memoryjournal.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// How the product answers from the second record on; the first, of the good body, is told as it should be.
struct Bends
{
    PageReply created; // what is said in place of its own answer to a creation
    bool isListed = false;
    bool hasIds = true;    // in the list
    bool goesOn = false;   // the list says that it has another page
    bool isMade = true;    // at all
    bool hasText = true;   // of the body that is tried
    bool hasList = true;   // the project knows its route
    bool toTheEnd = false; // the list does so until all is over
    // Sorted by what the tried body changed: its record alone stands behind, and others of ours in front.
    bool isSorted = false;
    bool hasPages = false; // what the first page leads to is there: a second page, with the record that stands behind
    int rowsBefore = 0;    // of others, in the list
    int mostRows = 0;      // the list is cut off behind so many; 0: it is not
};

QJsonArray rowsOfOthers(int count)
{
    QJsonArray rows;
    for (int i = 0; i < count; ++i)
        rows.append(QJsonObject{{u"id"_s, 90'000 + i}, {u"name"_s, u"Oak Cafe"_s}});
    return rows;
}

// The rows of the shop's list, bent. behind: the id of the record that a sorted list has last.
PageReply bentList(PageReply reply, const Bends &bends, qint64 behind, bool isSecondPage)
{
    QJsonDocument document = QJsonDocument::fromJson(reply.body);
    QJsonObject whole = document.object();
    QString name;
    for (const QString &key : whole.keys()) {
        if (whole[key].isArray())
            name = key;
    }
    QJsonArray rows;
    const bool hasSecond = bends.hasPages && isSecondPage;
    for (const QJsonValue row : document.isArray() ? document.array() : whole[name].toArray()) {
        QJsonObject one = row.toObject();
        const bool isOurs = QJsonDocument(one).toJson().contains("LC-CANARY-");
        const bool isBehind = isOurs && (!bends.isListed || (bends.isSorted && one[u"id"_s].toInteger() == behind));
        if (isBehind != hasSecond)
            continue;
        if (isOurs && !bends.hasIds)
            one.remove(u"id"_s);
        rows.append(one);
    }
    for (const QJsonValue other : rowsOfOthers(hasSecond ? 0 : bends.rowsBefore))
        rows.append(other);
    while (bends.mostRows > 0 && rows.size() > bends.mostRows)
        rows.removeLast();
    whole[name] = rows;
    reply.body = (document.isArray() ? QJsonDocument(rows) : QJsonDocument(whole)).toJson();
    if (bends.goesOn && !hasSecond)
        reply.add("Link", "</api/customers?page=2>; rel=\"next\"");
    return reply;
}

// Of the record that was made.
qint64 idIn(const PageReply &created)
{
    const QJsonObject whole = QJsonDocument::fromJson(created.body).object();
    for (const QJsonValue one : whole) {
        if (one.isObject() && one[u"id"_s].isDouble())
            return one[u"id"_s].toInteger();
    }
    return whole[u"id"_s].toInteger();
}

// One trial of two bodies by the administrator: the good one, and one more.
class Trial
{
public:
    explicit Trial(Bends bends)
        : m_bends(std::move(bends)),
          m_lab([this](const PageRequest &request, BentShop &shop) { return answer(request, shop); }),
          m_scene(m_lab)
    {
        m_scene.keepCustomers();
    }

    void run();

    bool isReady() const { return m_lab.isReady(); }
    int leftInProduct();
    UndoReport report;
    std::optional<Result<TriedBody>> tried;
    std::optional<Result<bool>> again; // whether other bodies can be tried after it
    int mostOfOne = 0;                 // requests that one body has cost
    std::shared_ptr<MemoryJournal> journal = std::make_shared<MemoryJournal>();

private:
    std::optional<PageReply> answer(const PageRequest &request, BentShop &shop);

    const Bends m_bends;
    bool m_bendsWrites = false;
    bool m_bendsLists = false;
    qint64 m_behind = 0;
    BentShop m_lab;
    ShopScene<BentShop> m_scene;
};

std::optional<PageReply> Trial::answer(const PageRequest &request, BentShop &shop)
{
    if (request.path() != "/api/customers")
        return std::nullopt;
    if (request.method == "GET" && m_bendsLists)
        return bentList(shop.shop().answer(request), m_bends, m_behind, request.target.contains("page=2"));
    if (request.method != "POST" || !m_bendsWrites)
        return std::nullopt;
    if (m_bends.isMade)
        m_behind = idIn(shop.shop().answer(request));
    return m_bends.created;
}

// By the shop's own records.
int Trial::leftInProduct()
{
    int left = 0;
    for (const JournalLine &line : m_lab.shop().journal().lines()) {
        if (!line.target.startsWith("/api/customers"))
            continue;
        left += line.method == "POST" && line.status == 201 ? 1 : 0;
        left -= line.method == "DELETE" && line.status == 204 ? 1 : 0;
    }
    return left;
}

void Trial::run()
{
    AttackRun run = m_scene.newRun();
    run.journal->to = journal;
    const WritePlaces places = writePlaces(m_scene.facts.routes, m_scene.facts.samples);
    const auto place = std::ranges::find_if(places.places, [](const WritePlace &one) {
        return one.kind == WriteKind::Create && one.route.path == "/api/customers"_L1;
    });
    QVERIFY(place != places.places.end());
    WritePlace used = *place;
    if (!m_bends.hasList)
        used.plan->list.reset();
    const auto admin = std::ranges::find(m_scene.facts.actors, u"admin"_s, &TestActor::role);
    const Target target = targetOf({m_scene.host});
    Wire wire(run.seen, u"abuse.schema"_s, 60);
    ActorSession session(*admin, wire);
    report = withTrial(
        used, target, session, [] { return false; },
        [&](WriteTrial &trial, UndoList &) {
            const auto opened = trial.open();
            QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
            m_bendsWrites = m_bendsLists = true;
            const QByteArray body = m_bends.hasText ? trial.goodBody() : place->body;
            const int before = wire.sent();
            tried = trial.send({place->contentType, body});
            const int between = wire.sent();
            m_bendsWrites = false;
            m_bendsLists = m_bends.toTheEnd;
            again = trial.stillTakes();
            mostOfOne = std::max(between - before, wire.sent() - between);
        });
}

} // namespace

Q_DECLARE_METATYPE(Bends)

class TestUntoldRecords : public QObject
{
    Q_OBJECT

private slots:
    void staysWhereNobodyKnows_data();
    void staysWhereNobodyKnows();
    void saysWhereItBrokeDown_data();
    void saysWhereItBrokeDown();
};

void TestUntoldRecords::staysWhereNobodyKnows_data()
{
    QTest::addColumn<Bends>("bends");
    QTest::addColumn<int>("kept");     // lines of the journal, and records in the product
    QTest::addColumn<int>("left");     // told at the end
    QTest::addColumn<int>("unseen");   // of them: nobody knows
    QTest::addColumn<bool>("mayGoOn"); // other bodies may be tried
    const PageReply fine = json(200, R"({"ok":true})");
    const auto row = [](const char *name, const Bends &bends, int kept, int left, int unseen, bool mayGoOn = true) {
        QTest::newRow(name) << bends << kept << left << unseen << mayGoOn;
    };
    row("no id, and the list shows it", {.created = fine, .isListed = true}, 0, 0, 0);
    row("no id, and the whole list does not show it", {.created = fine, .isMade = false}, 0, 0, 0);
    // Looked for again at the end, in a list that is as it should be: found, and removed.
    row("no id, and the list goes on", {.created = fine, .goesOn = true}, 0, 0, 0);
    row("broke down after it was made, and the list goes on",
        {.created = json(500, R"({"error":"oops"})"), .goesOn = true}, 0, 0, 0);
    row("says no in its own words, and the list goes on",
        {.created = json(200, R"({"error":"that is no name"})"), .goesOn = true, .isMade = false}, 0, 0, 0);
    row("refused, and the list goes on",
        {.created = json(422, R"({"error":"that is no name"})"), .goesOn = true, .isMade = false}, 0, 0, 0);
    row("no id, and the list goes on to the end", {.created = fine, .goesOn = true, .toTheEnd = true}, 1, 1, 1);
    row("broke down, and the list goes on to the end",
        {.created = json(500, R"({"error":"oops"})"), .goesOn = true, .toTheEnd = true}, 1, 1, 1);
    // What the good body made is on the first page, which says nothing of the other.
    row("broke down after it was made, and the list that goes on shows others of ours",
        {.created = json(500, R"({"error":"oops"})"),
         .isListed = true,
         .goesOn = true,
         .toTheEnd = true,
         .isSorted = true},
        1, 1, 1);
    row("broke down after it was made, and the list has it on its second page",
        {.created = json(500, R"({"error":"oops"})"),
         .isListed = true,
         .goesOn = true,
         .toTheEnd = true,
         .isSorted = true,
         .hasPages = true},
        0, 0, 0);
    row("broke down, and the list has it on none of its pages",
        {.created = json(500, R"({"error":"oops"})"),
         .isListed = true,
         .goesOn = true,
         .isMade = false,
         .toTheEnd = true,
         .hasPages = true},
        0, 0, 0);
    row("broke down, and a long list falls by one with what is removed",
        {.created = json(500, R"({"error":"oops"})"),
         .isListed = true,
         .isMade = false,
         .toTheEnd = true,
         .rowsBefore = 30},
        0, 0, 0);
    row("broke down after it was made, and a long list is cut off before it",
        {.created = json(500, R"({"error":"oops"})"),
         .isListed = true,
         .toTheEnd = true,
         .isSorted = true,
         .rowsBefore = 30,
         .mostRows = 25},
        1, 1, 1);
    row("broke down after it was made, and the list that goes on shows what is new",
        {.created = json(500, R"({"error":"oops"})"), .isListed = true, .goesOn = true, .toTheEnd = true}, 0, 0, 0);
    row("broke down at a body that bears no mark",
        {.created = json(500, R"({"error":"oops"})"), .isMade = false, .hasText = false}, 0, 0, 0);
    row("no id, and the list shows it without one",
        {.created = fine, .isListed = true, .hasIds = false, .toTheEnd = true}, 1, 1, 0, false);
    row("no id, and no list", {.created = fine, .hasList = false}, 1, 1, 1);
    row("no id, and no text of ours", {.created = fine, .hasText = false}, 1, 1, 1);
}

void TestUntoldRecords::staysWhereNobodyKnows()
{
    QFETCH(Bends, bends);
    QFETCH(int, kept);
    QFETCH(int, left);
    QFETCH(int, unseen);
    QFETCH(bool, mayGoOn);
    Trial trial(bends);
    QVERIFY(trial.isReady());
    trial.run();
    QVERIFY(trial.tried && trial.again);
    QVERIFY2(*trial.tried, *trial.tried ? "" : qPrintable(trial.tried->error().message));
    QVERIFY2(trial.mostOfOne <= kMostTrialRequests, qPrintable(QString::number(trial.mostOfOne)));
    QVERIFY2(trial.again->has_value() == mayGoOn, *trial.again ? "" : qPrintable(trial.again->error().message));
    QStringList lines;
    for (const JournalEntry &entry : trial.journal->entries())
        lines.append(describe(entry));
    const QString told = trial.report.left.join(u'\n');
    QVERIFY2(lines.size() == kept, qPrintable(lines.join(u'\n') + told));
    QCOMPARE(trial.leftInProduct(), kept);
    QVERIFY2(trial.report.left.size() == left && trial.report.unseen == unseen, qPrintable(told));
}

void TestUntoldRecords::saysWhereItBrokeDown_data()
{
    QTest::addColumn<Bends>("bends");
    QTest::addColumn<bool>("isSaid");
    const auto row = [](const char *name, PageReply created, bool hasText, bool isSaid) {
        QTest::newRow(name) << Bends{.created = std::move(created), .isMade = false, .hasText = hasText} << isSaid;
    };
    PageReply later = json(503, R"({"error":"later"})");
    later.add("Retry-After", "60");
    row("a body without our text", json(500, R"({"error":"oops"})"), false, true);
    row("a body with our text, which the list tells of", json(500, R"({"error":"oops"})"), true, false);
    row("put off", later, false, false);
    row("no such thing", json(501, R"({"error":"not implemented"})"), false, false);
    row("refused", json(422, R"({"error":"that is no name"})"), false, false);
}

// A record that bears no mark would stay in the product, and nobody would look for it.
void TestUntoldRecords::saysWhereItBrokeDown()
{
    QFETCH(Bends, bends);
    QFETCH(bool, isSaid);
    Trial trial(bends);
    QVERIFY(trial.isReady());
    trial.run();
    QVERIFY(trial.report.isClean());
    QCOMPARE(trial.report.doubts.size(), isSaid ? 1 : 0);
    UndoReport all;
    all.add(trial.report);
    all.add(trial.report);
    Judged judged;
    noteLeft(judged, all);
    QVERIFY(judged.findings.empty()); // that it broke down is one already
    QCOMPARE(judged.outcome, isSaid ? Outcome::Info : Outcome::Pass);
    QCOMPARE(judged.reason.count("POST /api/customers broke down"_L1), isSaid ? 1 : 0);
}

QTEST_GUILESS_MAIN(TestUntoldRecords)
#include "tst_untoldrecords.moc"
