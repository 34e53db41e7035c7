// access.enumeration: a product with more than one door of a kind, also on a second host.
#include "checks/abuse/seriesplan.h"
#include "models/access/letters.h"
#include "tests/checks/access/enumerationscene.h"

#include <QTest>

#include <mutex>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kApi = "api.doors.example";
const QByteArray kApp = "app.doors.example";
const QByteArray kKnown = "sam@acme.test";

// What the door says to who has no account; to Sam it says what all doors say.
using Doors = std::map<QByteArray, int>; // status by host and path

// Two hosts with doors of a few lines.
struct DoorSite
{
    DoorSite()
    {
        target.domain = u"doors.example"_s;
        target.hosts = {{HostRole::Api, QString::fromLatin1(kApi), kHttpsPort},
                        {HostRole::App, QString::fromLatin1(kApp), kHttpsPort}};
        TestActor actor;
        actor.id = u"a1"_s;
        actor.name = u"Sam"_s;
        actor.role = u"admin"_s;
        actor.tenant = u"acme"_s;
        actor.userName = QString::fromLatin1(kKnown);
        actor.signIn = jsonSignIn(PageLab::url(kApi, "/login"));
        actor.isThrowAway = true;
        facts.actors = {actor};
    }

    void add(const QByteArray &host, const QString &path, int unknownStatus, bool isSafe = true)
    {
        Route route;
        route.method = u"POST"_s;
        route.path = path;
        route.host = QString::fromLatin1(host);
        route.access = AccessClass::Public;
        route.safeToWrite = isSafe;
        facts.routes.push_back(route);
        facts.samples.push_back({u"POST"_s,
                                 path,
                                 route.host,
                                 "application/json",
                                 R"({"email":"person@example.com","password":"<value>"})",
                                 {}});
        doors[host + path.toLatin1()] = unknownStatus;
    }

    PageReply answer(const PageRequest &request)
    {
        const QByteArray door = request.host() + request.path();
        const std::lock_guard lock(guard);
        ++asked[door];
        letters[door] += request.body.contains(kKnown) ? 1 : 0;
        const bool isLogin = request.path().endsWith("login");
        if (isLogin && request.body.contains("the-right-password"))
            return saying(200, R"({"access_token":"abcdefghijklmnopqrstuvwxyz"})");
        const auto own = doors.find(door);
        const int usual = isLogin ? 401 : 202;
        if (own == doors.end() && door != kApi + "/login")
            return saying(404, R"({"error":"not_found"})");
        const bool tells = own != doors.end() && own->second > 0 && !request.body.contains(kKnown);
        return saying(tells ? own->second : usual, R"({"status":"as_always"})");
    }

    AttackRun newRun(int requests = 600)
    {
        return AttackRun(server.netOptions(), {QString::fromLatin1(kApi), QString::fromLatin1(kApp)},
                         {{u"a1"_s, entryWith("the-right-password", {})}}, requests, {u"a1"_s});
    }
    Judged judged(AttackRun &run) { return run.run(enumerationCheck(alikeTime), target, facts); }

    std::mutex guard;
    Doors doors;
    std::map<QByteArray, int> asked, letters; // by door: requests, and those about Sam
    Target target;
    ProjectFacts facts;
    PageLab server{[this](const PageRequest &request) { return answer(request); }, {kApi, kApp}};
};

QStringList notTestedIn(const Judged &judged)
{
    QStringList all;
    for (const QJsonValue &one : judged.observed["entries"_L1].toArray()) {
        if (one["not_tested"_L1].isString())
            all.append(one["not_tested"_L1].toString());
    }
    return all;
}

} // namespace

class TestEnumerationDoors : public QObject
{
    Q_OBJECT

private slots:
    void asksEachDoor_data();
    void asksEachDoor();
    void asksDoorsThatTellNothing();
    void sendsFewLettersFromFurtherDoors();
    void leavesFurtherDoorsOutFirst_data();
    void leavesFurtherDoorsOutFirst();
    void namesDoorsBeyondTheMost();
    void needsNoMoreToBegin();
    void keepsTheNumberOfLettersThatIsAnnounced();
};

void TestEnumerationDoors::asksEachDoor_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QString>("first"); // a door of the same kind that tells nothing; empty: the account's login
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("unknownStatus");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, const QByteArray &host, const char *first, const char *path, int status,
                        const char *found) {
        QTest::newRow(name) << host << QString::fromLatin1(first) << QString::fromLatin1(path) << status
                            << QString::fromLatin1(found);
    };
    row("another login", kApi, "", "/v2/login", 404, "tells_by_answer POST /v2/login");
    row("another login that keeps silent", kApi, "", "/v2/login", 0, "");
    row("the same login of another host", kApp, "", "/login", 404, "tells_by_answer POST /login (app.doors.example)");
    row("another reset", kApi, "/forgot", "/password/forgot", 404, "tells_by_answer POST /password/forgot");
    row("the same reset of another host", kApp, "/forgot", "/forgot", 404,
        "tells_by_answer POST /forgot (app.doors.example)");
    row("another sign-up", kApi, "/sign-up", "/register", 201, "tells_by_answer POST /register");
    row("another invitation", kApi, "/invitations", "/team/invite", 201, "tells_by_answer POST /team/invite");
    row("another question how somebody signs in", kApi, "/sso/discover", "/email/check", 404,
        "tells_by_answer POST /email/check");
}

void TestEnumerationDoors::asksEachDoor()
{
    QFETCH(QByteArray, host);
    QFETCH(QString, first);
    QFETCH(QString, path);
    QFETCH(int, unknownStatus);
    QFETCH(QString, found);
    DoorSite site;
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    if (!first.isEmpty())
        site.add(kApi, first, 0);
    site.add(host, path, unknownStatus);
    // Somebody else who may be invited and gets letters.
    TestActor lee = site.facts.actors.front();
    lee.id = u"a2"_s;
    lee.userName = u"lee@acme.test"_s;
    lee.role = u"member"_s;
    lee.isThrowAway = false;
    if (path.contains("invite"_L1)) { // the one who invites is asked for by nobody
        lee.userName = QString::fromLatin1(kKnown);
        site.facts.actors.front().userName = u"boss@acme.test"_s;
        site.facts.actors.push_back(lee);
    }
    AttackRun run = site.newRun();
    const Judged judged = site.judged(run);
    QStringList answers = test::found(judged);
    answers.removeIf([](const QString &one) { return one.startsWith("tells_by_time"_L1); });
    QVERIFY2(answers.join(u", "_s) == found, qPrintable(answers.join(u", "_s) + told(judged)));
    QVERIFY2(notTestedIn(judged).isEmpty(), qPrintable(told(judged)));
    if (!found.isEmpty())
        QCOMPARE(judged.findings.front().host, QString::fromLatin1(host));
    const int sent = run.gate->sentBy(u"access.enumeration"_s);
    QCOMPARE(judged.observed["requests"_L1].toInt(), sent);
    QVERIFY(sent <= run.gate->mostAnnouncedBy(u"access.enumeration"_s));
}

// A second login that lets everybody in, and one that takes any password of an account: said, and nobody blamed.
void TestEnumerationDoors::asksDoorsThatTellNothing()
{
    DoorSite site;
    site.add(kApi, u"/v2/login"_s, 0);
    site.add(kApi, u"/api/authenticate"_s, 401);
    site.doors[kApi + "/api/authenticate"] = 401;
    AttackRun run = site.newRun();
    const Judged judged = site.judged(run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(notTestedIn(judged).join(u' ').startsWith("POST /api/authenticate did not let Sam in"_L1),
             qPrintable(told(judged)));
    QVERIFY(judged.outcome != Outcome::Pass);
}

void TestEnumerationDoors::sendsFewLettersFromFurtherDoors()
{
    DoorSite site;
    for (const char *path : {"/forgot", "/password/forgot", "/reset/request"})
        site.add(kApi, QString::fromLatin1(path), 0);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QCOMPARE(site.letters[kApi + "/forgot"], kLettersForThrowAway);
    QCOMPARE(site.letters[kApi + "/password/forgot"], kLettersAtFurtherDoor);
    QCOMPARE(site.letters[kApi + "/reset/request"], kLettersAtFurtherDoor);
    // The log has them all, as the server does; what was invented is masked there.
    LetterTally tally;
    for (const LoggedRequest &request : run.gate->log())
        tally.add(request);
    int asked = 0;
    for (const auto &[door, times] : site.asked)
        asked += site.doors.contains(door) ? times : 0;
    QCOMPARE(tally.letters, asked);
    QCOMPARE(tally.invitations, 0);
    QVERIFY2(tally.addresses.contains(QString::fromLatin1(kKnown)), qPrintable(tally.sentence()));
    // Too few to compare times by, which is said of those doors.
    QVERIFY2(judged.outcome == Outcome::Info && judged.reason.contains("How long POST /password/forgot"_L1),
             qPrintable(told(judged)));
}

void TestEnumerationDoors::leavesFurtherDoorsOutFirst_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("left"); // further doors that were not asked
    QTest::newRow("enough for all") << 1000 << 0;
    QTest::newRow("enough for the first of each kind") << 90 << 2;
}

void TestEnumerationDoors::leavesFurtherDoorsOutFirst()
{
    QFETCH(int, requests);
    QFETCH(int, left);
    DoorSite site;
    site.add(kApi, u"/forgot"_s, 0);
    site.add(kApp, u"/forgot"_s, 404);
    site.add(kApi, u"/v2/login"_s, 404);
    AttackRun run = site.newRun(requests);
    const Judged judged = site.judged(run);
    const QStringList notTested = notTestedIn(judged).filter(u"no requests left"_s);
    QVERIFY2(notTested.size() == left, qPrintable(told(judged)));
    QVERIFY2((site.asked[kApp + "/forgot"] > 0) == (left == 0), qPrintable(told(judged)));
    QVERIFY2(site.asked[kApi + "/forgot"] > 0 && site.asked[kApi + "/login"] > 0, qPrintable(told(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(told(judged)));
    QVERIFY(run.gate->sentBy(u"access.enumeration"_s) <= run.gate->mostAnnouncedBy(u"access.enumeration"_s));
}

void TestEnumerationDoors::namesDoorsBeyondTheMost()
{
    DoorSite site;
    for (int i = 0; i < kMostFurtherDoors + 2; ++i)
        site.add(kApi, u"/v%1/forgot"_s.arg(i), 0);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(run);
    const QStringList beyond = notTestedIn(judged);
    QVERIFY2(beyond.size() == 1 && beyond.front().startsWith(u"POST /v%1/forgot"_s.arg(kMostFurtherDoors + 1)),
             qPrintable(told(judged)));
    QVERIFY(judged.outcome != Outcome::Pass);
}

// Further doors are no reason not to begin.
void TestEnumerationDoors::needsNoMoreToBegin()
{
    DoorSite site;
    site.add(kApi, u"/forgot"_s, 0);
    const AccountsKnown all{.hasSecret = [](const TestActor &) { return true; },
                            .mayLock = [](const TestActor &one) { return one.isThrowAway; }};
    const RequestNeed one = enumerationPlanOf(Outlook{site.target, site.facts}, all).need();
    site.add(kApp, u"/forgot"_s, 0);
    site.add(kApi, u"/v2/login"_s, 0);
    const EnumerationPlan plan = enumerationPlanOf(Outlook{site.target, site.facts}, all);
    QCOMPARE(plan.series.size(), std::size_t(4));
    QVERIFY(!plan.series[0].isFurther && !plan.series[1].isFurther && plan.series[2].isFurther);
    QCOMPARE(plan.need().fewest, one.fewest);
    QVERIFY(plan.need().most > one.most);
}

// What people agree to (models/access/letters.h): a series, its confirmations and a sign that nothing is there, two
// reset letters and two codes, beside the letters of this check.
void TestEnumerationDoors::keepsTheNumberOfLettersThatIsAnnounced()
{
    constexpr int kLimits = kMostLetterTries + kSeriesConfirmations + 2;
    QVERIFY(kLettersForThrowAway + kLimits + 2 + 2 <= kMostLettersForThrowAway);
    QVERIFY(std::max(kLettersEach, kLettersAtFurtherDoor) <= kMostLettersEach);
}

QTEST_GUILESS_MAIN(TestEnumerationDoors)
#include "tst_enumerationdoors.moc"
