// Values that a run which was cut off left changed: put back where they still bear the mark of a test.
#include "tests/checks/access/leftscene.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kOldFooter = u"Birch Bakery, 12 Mill Street"_s;

// The settings of the shop, as its administrator sees and changes them.
class Settings
{
public:
    explicit Settings(LeftScene &scene)
        : m_admin(*std::ranges::find(scene.question.actors, u"admin"_s, &TestActor::role)),
          m_run(scene.scene.newRun()),
          m_wire(m_run.seen, u"abuse.schema"_s, 20),
          m_session(m_admin, m_wire),
          m_url(scene.lab.url("/api/settings"))
    {
        for (Route &route : scene.question.routes) {
            if (route.path != "/api/settings"_L1)
                continue;
            route.safeToWrite = route.method != "GET"_L1;
            (route.safeToWrite ? m_entry.create : m_entry.read.emplace()) = route;
        }
        m_entry.kind = LeftKind::Value;
        m_entry.actorId = m_admin.id;
        m_entry.run = u"r1"_s;
    }

    QString shown(const QString &name)
    {
        const auto answer = m_session.ask({.url = m_url});
        return answer ? QJsonDocument::fromJson(answer->body)[name].toString() : QString();
    }
    bool change(const QJsonObject &values)
    {
        ActiveRequest change{.method = "PUT", .url = m_url, .headers = {{"Content-Type", "application/json"}}};
        change.body = QJsonDocument(values).toJson();
        const auto done = m_session.ask(change);
        return done && done->status < 300;
    }
    JournalEntry entryOf(const QJsonObject &old) const
    {
        JournalEntry entry = m_entry;
        entry.id = newJournalId();
        setOldValue(entry, "application/json", QJsonDocument(old).toJson(QJsonDocument::Compact));
        return entry;
    }

private:
    const TestActor m_admin;
    AttackRun m_run;
    Wire m_wire;
    ActorSession m_session;
    const QUrl m_url;
    JournalEntry m_entry;
};

} // namespace

class TestLeftValues : public QObject
{
    Q_OBJECT

private slots:
    void putsBackWhatWasThere_data();
    void putsBackWhatWasThere();
    void judgesWhenAllWasSent_data();
    void judgesWhenAllWasSent();
    void saysWhatWasRefused();
    void takesTheOldestOfOneMember_data();
    void takesTheOldestOfOneMember();
    void leavesAllOfItOrNothingToDo_data();
    void leavesAllOfItOrNothingToDo();
    void isNotKeptBackByWhatNobodySees();
};

void TestLeftValues::putsBackWhatWasThere_data()
{
    QTest::addColumn<QString>("now");  // what stands there when it is looked for; empty: the old value
    QTest::addColumn<QString>("left"); // and afterwards
    QTest::addColumn<bool>("isGone");
    QTest::addColumn<int>("writes");
    QTest::newRow("the text of a test") << u"LC-CANARY-abcdefghijkm"_s << kOldFooter << true << 1;
    QTest::newRow("the old value already") << QString() << kOldFooter << true << 0;
    QTest::newRow("what the person wrote since")
        << u"Birch Bakery, new address"_s << u"Birch Bakery, new address"_s << false << 0;
}

void TestLeftValues::putsBackWhatWasThere()
{
    QFETCH(QString, now);
    QFETCH(QString, left);
    QFETCH(bool, isGone);
    QFETCH(int, writes);
    LeftScene scene;
    QVERIFY(scene.lab.isReady());
    Settings settings(scene);
    if (!now.isEmpty())
        QVERIFY(settings.change({{u"invoice_footer"_s, now}}));
    scene.question.entries = {settings.entryOf({{u"invoice_footer"_s, kOldFooter}})};
    const auto report = scene.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY2(report->each.front().isGone == isGone, qPrintable(report->each.front().why));
    QCOMPARE(settings.shown(u"invoice_footer"_s), left);
    QCOMPARE(std::ranges::count(report->sent, u"PUT"_s, &LoggedRequest::method), writes);
}

void TestLeftValues::judgesWhenAllWasSent_data()
{
    QTest::addColumn<bool>("isOneRun");
    QTest::addColumn<bool>("isAllGone");
    QTest::newRow("of one run") << true << true;
    // What bore the mark is back by then, and the rest may be the person's.
    QTest::newRow("of two runs") << false << false;
}

// Two fields of one place: the last one that was tried brings back the text that bore the mark, and the other field has
// no mark of its own.
void TestLeftValues::judgesWhenAllWasSent()
{
    QFETCH(bool, isOneRun);
    QFETCH(bool, isAllGone);
    LeftScene scene;
    QVERIFY(scene.lab.isReady());
    Settings settings(scene);
    const QString currency = settings.shown(u"currency"_s);
    QVERIFY(settings.change({{u"invoice_footer"_s, u"LC-CANARY-abcdefghijkm"_s}, {u"currency"_s, u"USD"_s}}));
    QCOMPARE(settings.shown(u"currency"_s), u"USD"_s);
    JournalEntry field = settings.entryOf({{u"currency"_s, currency}, {u"invoice_footer"_s, kOldFooter}});
    field.run = isOneRun ? field.run : u"r0"_s;
    const JournalEntry text = settings.entryOf({{u"invoice_footer"_s, kOldFooter}});
    scene.question.entries = {field, text};
    const auto report = scene.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(report->each.size(), 2U);
    QVERIFY2(report->each.front().isGone == isAllGone, qPrintable(report->each.front().why));
    QVERIFY2(report->each.back().isGone, qPrintable(report->each.back().why));
    QCOMPARE(settings.shown(u"invoice_footer"_s), kOldFooter);
    QCOMPARE(settings.shown(u"currency"_s), isAllGone ? currency : u"USD"_s);
    QCOMPARE(std::ranges::count(report->sent, u"PUT"_s, &LoggedRequest::method), 1);
}

void TestLeftValues::saysWhatWasRefused()
{
    std::atomic_bool isRefused = false;
    LeftScene scene([&](const PageRequest &request, BentShop &) {
        return isRefused && request.method == "PUT" ? Reply(json(422, R"({"error":"no"})")) : Reply();
    });
    QVERIFY(scene.lab.isReady());
    Settings settings(scene);
    QVERIFY(settings.change({{u"invoice_footer"_s, u"LC-CANARY-abcdefghijkm"_s}}));
    isRefused = true;
    scene.question.entries = {settings.entryOf({{u"invoice_footer"_s, kOldFooter}}),
                              settings.entryOf({{u"currency"_s, settings.shown(u"currency"_s)}})};
    const auto report = scene.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(!report->each.front().isGone);
    QVERIFY2(report->each.front().why.contains(u"could not be put back"_s), qPrintable(report->each.front().why));
    QVERIFY2(report->each.back().isGone, qPrintable(report->each.back().why)); // it was never changed
}

void TestLeftValues::takesTheOldestOfOneMember_data()
{
    QTest::addColumn<QJsonObject>("now"); // beside what was there before
    QTest::addColumn<bool>("isGone");
    QTest::addColumn<int>("writes");
    const QJsonObject marked{{u"invoice_footer"_s, u"LC-CANARY-abcdefghijkm"_s}};
    QTest::newRow("the text of a test") << marked << true << 1;
    QTest::newRow("and what the newer entry read there")
        << QJsonObject{{u"invoice_footer"_s, u"LC-CANARY-abcdefghijkm"_s}, {u"currency"_s, u"USD"_s}} << true << 1;
    // No text of a test is left; but that value was there during the run, and not before it.
    QTest::newRow("what the newer entry read there alone") << QJsonObject{{u"currency"_s, u"USD"_s}} << true << 1;
    QTest::newRow("the oldest already") << QJsonObject() << true << 0;
    QTest::newRow("what no entry read") << QJsonObject{{u"invoice_footer"_s, u"Birch Bakery, new address"_s},
                                                       {u"currency"_s, u"USD"_s}}
                                        << false << 0;
}

// A second check of the run read a value that the first one had not put back yet.
void TestLeftValues::takesTheOldestOfOneMember()
{
    QFETCH(QJsonObject, now);
    QFETCH(bool, isGone);
    QFETCH(int, writes);
    LeftScene scene;
    QVERIFY(scene.lab.isReady());
    Settings settings(scene);
    const QString currency = settings.shown(u"currency"_s);
    QVERIFY(currency != "USD"_L1 && settings.shown(u"invoice_footer"_s) == kOldFooter);
    if (!now.isEmpty())
        QVERIFY(settings.change(now));
    const JournalEntry oldest = settings.entryOf({{u"currency"_s, currency}, {u"invoice_footer"_s, kOldFooter}});
    scene.question.entries = {oldest, settings.entryOf({{u"currency"_s, u"USD"_s}})};
    const auto report = scene.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    for (const LeftOutcome &one : report->each)
        QVERIFY2(one.isGone == isGone, qPrintable(one.why));
    QCOMPARE(settings.shown(u"currency"_s), isGone ? currency : now[u"currency"_s].toString());
    QCOMPARE(settings.shown(u"invoice_footer"_s), isGone ? kOldFooter : now[u"invoice_footer"_s].toString());
    QCOMPARE(std::ranges::count(report->sent, u"PUT"_s, &LoggedRequest::method), writes);
}

void TestLeftValues::leavesAllOfItOrNothingToDo_data()
{
    QTest::addColumn<bool>("isCarriedOut"); // before the removal is killed
    QTest::newRow("before it was carried out") << false;
    QTest::newRow("after it was carried out") << true;
}

// Killed by the first change that it sends: the next removal has to find either all of it as it was, or all of it to be
// put back, and nothing that it would take for a person's.
void TestLeftValues::leavesAllOfItOrNothingToDo()
{
    QFETCH(bool, isCarriedOut);
    std::function<void()> kill;
    LeftScene scene([&](const PageRequest &request, BentShop &shop) {
        if (!kill || request.method != "PUT")
            return Reply();
        kill();
        return isCarriedOut ? Reply(shop.shop().answer(request)) : Reply(json(503, "{}"));
    });
    QVERIFY(scene.lab.isReady());
    Settings settings(scene);
    const QString currency = settings.shown(u"currency"_s);
    QVERIFY(settings.change({{u"invoice_footer"_s, u"LC-CANARY-abcdefghijkm"_s}, {u"currency"_s, u"USD"_s}}));
    scene.question.entries = {settings.entryOf({{u"invoice_footer"_s, kOldFooter}}),
                              settings.entryOf({{u"currency"_s, currency}, {u"invoice_footer"_s, kOldFooter}})};
    kill = [&] { *scene.killed = true; };
    const auto cutOff = scene.remove();
    QVERIFY2(cutOff, cutOff ? "" : qPrintable(cutOff.error().message));
    QVERIFY(cutOff->gone().isEmpty()); // nobody saw it
    kill = {};
    *scene.killed = false;
    const auto report = scene.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    for (const LeftOutcome &one : report->each)
        QVERIFY2(one.isGone, qPrintable(one.why));
    QCOMPARE(settings.shown(u"invoice_footer"_s), kOldFooter);
    QCOMPARE(settings.shown(u"currency"_s), currency);
    QCOMPARE(std::ranges::count(report->sent, u"PUT"_s, &LoggedRequest::method), isCarriedOut ? 0 : 1);
}

// A field that an administrator alone is shown, and that this account may not send.
void TestLeftValues::isNotKeptBackByWhatNobodySees()
{
    LeftScene scene([](const PageRequest &request, BentShop &) {
        const bool isRefused = request.method == "PUT" && request.body.contains("seat_kind");
        return isRefused ? Reply(json(422, R"({"error":"unknown field"})")) : Reply();
    });
    QVERIFY(scene.lab.isReady());
    Settings settings(scene);
    QVERIFY(settings.change({{u"invoice_footer"_s, u"LC-CANARY-abcdefghijkm"_s}}));
    scene.question.entries = {settings.entryOf({{u"invoice_footer"_s, kOldFooter}}),
                              settings.entryOf({{u"invoice_footer"_s, kOldFooter}, {u"seat_kind"_s, u"small"_s}})};
    const auto report = scene.remove();
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY2(report->each.front().isGone, qPrintable(report->each.front().why));
    QVERIFY2(report->each.back().why.contains(u"does not show seat_kind"_s), qPrintable(report->each.back().why));
    QCOMPARE(settings.shown(u"invoice_footer"_s), kOldFooter);
    QCOMPARE(std::ranges::count(report->sent, u"PUT"_s, &LoggedRequest::method), 2);
}

QTEST_GUILESS_MAIN(TestLeftValues)
#include "tst_leftvalues.moc"
