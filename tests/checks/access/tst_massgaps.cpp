// access.mass-assignment: what is not tried of fields that few or none see is said, and closes no finding.
#include "checks/access/massassignment.h"
#include "checks/access/massearlier.h"
#include "models/unseen.h"
#include "tests/checks/access/massscene.h"
#include "tests/checks/access/memoryjournal.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kCheckId = u"access.mass-assignment"_s;

Finding findingAt(const QString &subject)
{
    Finding finding;
    finding.checkId = kCheckId;
    finding.code = u"role_changed"_s;
    finding.subject = subject;
    return finding;
}

// Whether the look says that it did not see that.
bool isUnseen(const Judged &judged, const QString &subject)
{
    return unseenSubjects(judged.observed).contains(subject);
}

QJsonObject observedWith(const QJsonObject &row)
{
    return {{u"routes"_s, QJsonArray{row}}};
}

QJsonObject rowOf(const QString &verdict)
{
    return {{u"route"_s, u"PATCH /api/me"_s},
            {u"fields"_s, QJsonArray{QJsonObject{{u"name"_s, u"role"_s}, {u"verdict"_s, verdict}}}}};
}

} // namespace

class TestMassGaps : public QObject
{
    Q_OBJECT

private slots:
    void remembersWhatWasFound_data();
    void remembersWhatWasFound();
    void keepsWhatNothingShows_data();
    void keepsWhatNothingShows();
    void saysWhatDidNotTell_data();
    void saysWhatDidNotTell();
    void namesPlacesBeyondTheMost();
    void namesATenantThatTheListShows();
    void namesARecordThatIsNotTold();
    void writesDownWhatFewSee();
};

void TestMassGaps::remembersWhatWasFound_data()
{
    QTest::addColumn<QJsonObject>("observed");
    QTest::addColumn<QString>("open"); // the subject of a finding
    QTest::addColumn<QStringList>("expected");
    const QStringList role{u"role"_s};
    QTest::newRow("nobody has looked") << QJsonObject() << QString() << QStringList();
    QTest::newRow("changed") << observedWith(rowOf(u"changed"_s)) << QString() << role;
    QTest::newRow("moved") << observedWith(rowOf(u"moved"_s)) << QString() << role;
    QTest::newRow("refused") << observedWith(rowOf(u"refused"_s)) << QString() << QStringList();
    QTest::newRow("not shown then either")
        << observedWith({{u"route"_s, u"PATCH /api/me"_s}, {u"not_shown"_s, QJsonArray{u"role"_s}}}) << QString()
        << role;
    QTest::newRow("of another route") << observedWith({{u"route"_s, u"PATCH /api/meal"_s},
                                                       {u"not_shown"_s, QJsonArray{u"role"_s}}})
                                      << QString() << QStringList();
    QTest::newRow("open") << QJsonObject() << u"PATCH /api/me role"_s << role;
    QTest::newRow("both") << observedWith(rowOf(u"changed"_s)) << u"PATCH /api/me role"_s << role;
    QTest::newRow("open at another route") << QJsonObject() << u"PATCH /api/meal role"_s << QStringList();
    QTest::newRow("a record that is left") << QJsonObject() << u"PATCH /api/me"_s << QStringList();
}

void TestMassGaps::remembersWhatWasFound()
{
    QFETCH(QJsonObject, observed);
    QFETCH(QString, open);
    ProjectFacts facts;
    facts.observedBefore[kCheckId] = observed;
    if (!open.isEmpty())
        facts.openProblems = {findingAt(open)};
    QTEST(earlierMassFields(facts, u"PATCH /api/me"_s), "expected");
}

void TestMassGaps::keepsWhatNothingShows_data()
{
    QTest::addColumn<bool>("wasFound");
    QTest::addColumn<bool>("isShown");
    QTest::newRow("found, and not shown any more") << true << false;
    QTest::newRow("found, and refused now") << true << true;
    QTest::newRow("never found") << false << false;
}

void TestMassGaps::keepsWhatNothingShows()
{
    QFETCH(bool, wasFound);
    QFETCH(bool, isShown);
    ShopRun run = runOn({}, {u"/api/me"_s, u"/api/invoices"_s});
    if (wasFound)
        run.facts.observedBefore[kCheckId] = observedWith(rowOf(u"changed"_s));
    run.lie(hiding(run.shop.shop(), isShown ? QStringList() : QStringList{u"role"_s}, isOwnAccountPage), 500);
    const Judged judged = run.run(massAssignmentCheck());
    const bool isKept = wasFound && !isShown;
    const QString sentence = u"PATCH /api/me: an earlier look could set role there."_s;
    QVERIFY2(judged.findings.empty() && judged.outcome != Outcome::NotRun, qPrintable(toldBy(judged)));
    QVERIFY2(judged.reason.contains(sentence) == isKept, qPrintable(toldBy(judged)));
    QVERIFY2(isUnseen(judged, u"PATCH /api/me role"_s) == isKept, qPrintable(toldBy(judged)));
    QVERIFY(!isUnseen(judged, u"PATCH /api/me"_s)); // the whole route
    // And the look after this one knows of it as well.
    ProjectFacts next;
    next.observedBefore[kCheckId] = judged.observed;
    QCOMPARE(earlierMassFields(next, u"PATCH /api/me"_s), isKept ? QStringList{u"role"_s} : QStringList());
}

void TestMassGaps::saysWhatDidNotTell_data()
{
    QTest::addColumn<int>("role"); // what the body with a role got
    QTest::addColumn<int>("plan");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("said");
    const QString one = u"PATCH /me: 1 answer(s) did not tell whether the product takes the field: role."_s;
    QTest::newRow("both refused") << 422 << 422 << u"pass"_s << QString();
    QTest::newRow("one broke") << 500 << 422 << u"info"_s << one;
    QTest::newRow("one was one too many") << 429 << 422 << u"info"_s << one;
    QTest::newRow("both broke")
        << 500 << 503 << u"not_run"_s
        << u"PATCH /me: 2 answer(s) did not tell whether the product takes the field: role, plan."_s;
}

void TestMassGaps::saysWhatDidNotTell()
{
    QFETCH(int, role);
    QFETCH(int, plan);
    MassPlaceRun place{.place = {}, .actor = u"Ann"_s};
    place.place.route.method = u"PATCH"_s;
    place.place.route.path = u"/me"_s;
    place.stillTakes = true;
    TriedField first{{MassClass::Role, u"role"_s, u"a"_s, u"b"_s}, {}};
    first.tried.answer = answer(role, "Content-Type: application/json", "{}");
    TriedField second{{MassClass::Plan, u"plan"_s, u"a"_s, u"b"_s}, {}};
    second.tried.answer = answer(plan, "Content-Type: application/json", "{}");
    place.tried = {first, second};
    MassRun run;
    run.places = {place};
    const Judged judged = judgeMassAssignment(run);
    QTEST(test::said(judged), "expected");
    QTEST(judged.reason, "said");
    QCOMPARE(isUnseen(judged, u"PATCH /me role"_s), role != 422);
    QCOMPARE(isUnseen(judged, u"PATCH /me plan"_s), plan != 422);
}

void TestMassGaps::namesPlacesBeyondTheMost()
{
    ShopRun run = runOn({}, {u"/api/me"_s, u"/api/admin/users"_s});
    for (const QString &path : {u"/api/admin/members"_s, u"/api/admin/staff"_s})
        run.facts.routes.push_back(routeOf(u"GET"_s, path, AccessClass::Admin));
    run.allow(500);
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(judged.reason.contains(u"PATCH /api/me: what /api/admin/staff shows"_s), qPrintable(toldBy(judged)));
    QVERIFY(!judged.reason.contains(u"/api/admin/members"_s));
    QVERIFY(!isUnseen(judged, u"PATCH /api/me role"_s)); // which was tried
}

// Accounts of two customers, so that there is a customer to move it to.
void TestMassGaps::namesATenantThatTheListShows()
{
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/invoices"_s});
    run.lie(hiding(run.shop.shop(), {u"tenant_id"_s}, isOneInvoice), 800);
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(judged.reason.contains(u"the field tenant_id, which only /api/invoices shows"_s),
             qPrintable(toldBy(judged)));
    QVERIFY(isUnseen(judged, u"POST /api/invoices tenant_id"_s));
    QVERIFY(!isUnseen(judged, u"POST /api/invoices"_s));
}

// It answers whoever makes one with no word of it, so that no further one is made.
void TestMassGaps::namesARecordThatIsNotTold()
{
    ShopRun run = runOn({}, {u"/api/invoices"_s});
    std::erase_if(run.facts.routes, [](const Route &route) { return route.method == "PATCH"_L1; });
    ShopApi &shop = run.shop.shop();
    run.lie(
        [&shop](const PageRequest &request) -> std::optional<PageReply> {
            if (request.method != "POST" || request.path() != "/api/invoices")
                return std::nullopt;
            PageReply reply = shop.answer(request);
            if (reply.status == 201)
                reply.body = "{\"ok\":true}";
            return reply;
        },
        500);
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(judged.reason.contains(u"does not tell which record it made"_s), qPrintable(toldBy(judged)));
}

// The account's own page shows no role: what the trial wrote down lacks it.
void TestMassGaps::writesDownWhatFewSee()
{
    ShopRun run = runOn({ShopFault::MassRole}, {u"/api/me"_s, u"/api/admin/users"_s});
    ShopApi &shop = run.shop.shop();
    const auto journal = std::make_shared<MemoryJournal>();
    const auto sent = std::make_shared<std::atomic_int>(0);
    const auto unknown = std::make_shared<std::atomic_int>(0);
    const Liar hides = hiding(shop, {u"role"_s}, isOwnAccountPage);
    run.journal = journal;
    run.lie(
        [=](const PageRequest &request) {
            if (request.method == "PATCH" && request.body.contains("\"role\"")) {
                ++*sent;
                const std::vector<JournalEntry> entries = journal->entries();
                *unknown += std::ranges::any_of(entries,
                                                [](const JournalEntry &entry) {
                                                    return entry.kind == LeftKind::Value &&
                                                           entry.oldBody.contains("\"role\":\"member\"");
                                                })
                                ? 0
                                : 1;
            }
            return hides(request);
        },
        500);
    const Judged judged = run.run(massAssignmentCheck());
    QVERIFY2(*sent >= 2, qPrintable(toldBy(judged))); // and put back
    QCOMPARE(unknown->load(), 0);
    QStringList left;
    for (const JournalEntry &entry : journal->entries())
        left.append(describe(entry));
    QCOMPARE(left, QStringList());
}

QTEST_GUILESS_MAIN(TestMassGaps)
#include "tst_massgaps.moc"
