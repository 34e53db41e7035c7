#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimitneed.h"
#include "models/unseen.h"
#include "tests/checks/access/mailscene.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const auto kNoRoute = [](const ShopRouteLine &) { return false; };

SiegeReport report(const std::optional<LimitSignal> &sign, OwnerReach during, OwnerReach after)
{
    SiegeReport made{.route = u"POST /login"_s, .host = u"app.example.com"_s, .account = u"Sam"_s};
    made.byAccount = {.heard = 8, .sign = sign};
    made.accountIsBlocked = true;
    made.duringBlock = during;
    made.afterBlock = after;
    if (after != OwnerReach::NotTried)
        made.waited = std::chrono::seconds(60);
    return made;
}

} // namespace

class TestLockout : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judges_data();
    void judges();
    void judgesOtherLogins_data();
    void judgesOtherLogins();
    void findsNothingInTheCleanProducts();
    void findsAccountsThatStayLocked();
    void waitsForBlocksThatGrow();
    void locksOnlyWhatMayBeLocked();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void endsWhenStopped();
    void saysThatItsTimeWasOver();
    void besiegesEachDoorByItself();

private:
    std::unique_ptr<ShopLab> m_shop;
    std::unique_ptr<DeskLab> m_desk;
};

void TestLockout::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    m_desk = std::make_unique<DeskLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
    QVERIFY2(m_desk->isReady(), qPrintable(m_desk->problem()));
}

void TestLockout::judges_data()
{
    using enum OwnerReach;
    QTest::addColumn<SiegeReport>("seen");
    QTest::addColumn<QString>("expected");
    const LimitSignal minute{.kind = LimitKind::TooMany, .status = 429, .retryAfter = std::chrono::seconds(60)};
    const LimitSignal hour{.kind = LimitKind::Locked, .status = 423, .retryAfter = std::chrono::seconds(3600)};
    const LimitSignal longer{.kind = LimitKind::Locked, .status = 423, .retryAfter = std::chrono::seconds(3601)};
    const LimitSignal locked{.kind = LimitKind::Locked, .status = 423};
    const LimitSignal unnamed{.kind = LimitKind::TooMany, .status = 429};
    QTest::newRow("held back and let in again") << report(minute, HeldBack, LetIn) << u"pass"_s;
    QTest::newRow("never held back") << report(minute, LetIn, LetIn) << u"pass"_s;
    QTest::newRow("longer than it said") << report(minute, HeldBack, HeldBack) << u"longer_than_announced:medium"_s;
    QTest::newRow("locked without end") << report(locked, HeldBack, HeldBack) << u"locked_without_end:high"_s;
    QTest::newRow("locked, and open soon") << report(locked, HeldBack, LetIn) << u"pass"_s;
    QTest::newRow("a limit without a time") << report(unnamed, HeldBack, HeldBack) << u"info"_s;
    QTest::newRow("an hour") << report(hour, HeldBack, NotTried) << u"info"_s;
    QTest::newRow("more than an hour") << report(longer, HeldBack, NotTried) << u"long_lock:medium"_s;
    QTest::newRow("more than an hour, for others alone") << report(longer, LetIn, NotTried) << u"pass"_s;
    QTest::newRow("no block") << report(std::nullopt, NotTried, NotTried) << u"info"_s;
    SiegeReport none = report(minute, HeldBack, LetIn);
    none.account.clear();
    QTest::newRow("no account that may be locked") << none << u"not_run"_s;
}

void TestLockout::judges()
{
    QFETCH(SiegeReport, seen);
    QFETCH(QString, expected);
    QCOMPARE(said(judgeLockout(seen)), expected);
}

// Another door is judged by itself: it adds its findings, and what it does not tell stays open there alone.
void TestLockout::judgesOtherLogins_data()
{
    using enum OwnerReach;
    QTest::addColumn<SiegeReport>("first");
    QTest::addColumn<SiegeReport>("other");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("isOpen"); // at the other door
    const LimitSignal minute{.kind = LimitKind::TooMany, .status = 429, .retryAfter = std::chrono::seconds(60)};
    const LimitSignal locked{.kind = LimitKind::Locked, .status = 423};
    const SiegeReport good = report(minute, HeldBack, LetIn);
    const SiegeReport bad = report(locked, HeldBack, HeldBack);
    SiegeReport untried = good;
    untried.account.clear();
    QTest::newRow("both good") << good << good << u"pass"_s << false;
    QTest::newRow("the other locks") << good << bad << u"locked_without_end:high"_s << false;
    QTest::newRow("the first locks") << bad << good << u"locked_without_end:high"_s << false;
    QTest::newRow("the other was not awaited") << good << report(minute, HeldBack, NotTried) << u"info"_s << true;
    QTest::newRow("the other may lock nobody") << good << untried << u"info"_s << true;
    QTest::newRow("the first may lock nobody") << untried << good << u"info"_s << false;
}

void TestLockout::judgesOtherLogins()
{
    QFETCH(SiegeReport, first);
    QFETCH(SiegeReport, other);
    QFETCH(QString, expected);
    QFETCH(bool, isOpen);
    other.route = u"POST /account/login"_s;
    const Judged judged = withOtherLogins(judgeLockout(first), {.reports = {other}});
    QCOMPARE(said(judged), expected);
    QVERIFY(judged.outcome != Outcome::Info || !judged.reason.isEmpty());
    Finding before = judged.findings.empty() ? Finding() : judged.findings.front();
    before.subject = other.route;
    const CheckResult result{.checkId = u"abuse.lockout"_s, .outcome = judged.outcome, .observed = judged.observed};
    QCOMPARE(hasSeen(result, before), !isOpen);
    const Judged more =
        withOtherLogins(judgeLockout(first), {.notTried = {{u"POST /partners/login"_s, UntriedDoor::Why::TooMany}}});
    QVERIFY2(more.outcome != Outcome::Pass && more.reason.contains("POST /partners/login"_L1), qPrintable(more.reason));
}

void TestLockout::findsNothingInTheCleanProducts()
{
    ShopLab &shop = *m_shop;
    ShopAbuse scene(shop, kNoRoute);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(lockoutCheck(scene.patience), run);
    QVERIFY2(judged.outcome == Outcome::Pass && judged.findings.empty(), qPrintable(told(judged)));
    QCOMPARE(judged.observed["during_block"_L1].toString(), u"held_back"_s);
    QCOMPARE(judged.observed["after_block"_L1].toString(), u"let_in"_s);
    QCOMPARE(judged.observed["waited_s"_L1].toInt(), 60);
    QVERIFY(judged.observed["requests"_L1].toInt() <= kSiegeRequests);
    QCOMPARE(run.gate->sentBy(u"abuse.rate-limit"_s), judged.observed["requests"_L1].toInt());
    DeskAbuse pages(*m_desk);
    AttackRun other = pages.newRun();
    const Judged ofDesk = pages.judged(lockoutCheck(pages.patience), other);
    QVERIFY2(ofDesk.outcome == Outcome::Pass, qPrintable(told(ofDesk)));
}

void TestLockout::findsAccountsThatStayLocked()
{
    ShopLab &shop = *m_shop;
    shop.reset();
    shop.setFaults({ShopFault::LockedForEver});
    ShopAbuse scene(shop, kNoRoute);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(lockoutCheck(scene.patience), run);
    QVERIFY2(said(judged) == "locked_without_end:high"_L1, qPrintable(told(judged)));
    const Finding &found = judged.findings.front();
    QCOMPARE(found.proof, Proof::Strong);
    QVERIFY(!found.evidence.empty());
    QVERIFY(
        !found.evidence.front().body.contains(QString::fromUtf8(throwAwayOf(shop.shop().accounts(), kBirch).password)));
    m_desk->reset();
    m_desk->setFaults({DeskFault::LockedForEver});
    DeskAbuse pages(*m_desk);
    AttackRun other = pages.newRun();
    const Judged ofDesk = pages.judged(lockoutCheck(pages.patience), other);
    QVERIFY2(said(ofDesk) == "locked_without_end:high"_L1, qPrintable(told(ofDesk)));
}

// Each try during the block makes it longer, and says so.
void TestLockout::waitsForBlocksThatGrow()
{
    std::atomic_int now = 0;
    std::atomic_int blockedUntil = 0;
    std::atomic_int wrongOnes = 0;
    std::atomic_int heldBack = 0;
    const HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/login" || !request.body.toLower().contains("sam@acme.test"))
            return std::nullopt;
        if (now >= blockedUntil && (wrongOnes < 5 || request.body.contains("the-right-password"))) {
            wrongOnes += request.body.contains("the-right-password") ? 0 : 1;
            return std::nullopt;
        }
        const int span = 10 + ++heldBack;
        blockedUntil = now + span;
        PageReply reply = saying(429, R"({"error":"too_many_requests"})");
        reply.add("Retry-After", QByteArray::number(span));
        return reply;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    BlockPatience patience;
    patience.wait = [&](std::chrono::milliseconds duration, const CancelToken &token) {
        now += static_cast<int>(duration.count() / 1000);
        return token.isCancelled();
    };
    AttackRun run = site.newRun();
    const Judged judged = site.judged(lockoutCheck(patience), run);
    QVERIFY2(said(judged) == "pass"_L1, qPrintable(told(judged)));
    QCOMPARE(judged.observed["retry_after"_L1].toInt(), 11);
    QVERIFY2(judged.observed["waited_s"_L1].toInt() > 11, qPrintable(told(judged)));
}

// Without leave to lock the account, no wrong password is sent for it.
void TestLockout::locksOnlyWhatMayBeLocked()
{
    const HostileLogin login({});
    AttackRun run({}, {login.web.host()}, {{u"a1"_s, Secret("the-right-password")}});
    const Judged judged = login.judged(lockoutCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
    for (const WebRequest &request : login.web.requests())
        QVERIFY(!request.body.contains("sam@acme.test") || request.body.contains("the-right-password"));
}

void TestLockout::believesNoHostileServer_data()
{
    QTest::addColumn<lab::Manners>("manners");
    QTest::addColumn<QString>("expected");
    QTest::newRow("always 200") << lab::Manners{.alwaysStatus = 200, .alwaysBody = "{}"} << u"not_run"_s;
    QTest::newRow("always 403") << lab::Manners{.alwaysStatus = 403, .alwaysBody = "no"} << u"not_run"_s;
    QTest::newRow("always broken") << lab::Manners{.alwaysStatus = 500, .alwaysBody = "oops"} << u"not_run"_s;
    QTest::newRow("sends everybody to the login") << lab::Manners{.loginPath = "/sign-in"} << u"not_run"_s;
    QTest::newRow("no limit") << lab::Manners{} << u"info"_s;
    QTest::newRow("limits everything for good") << lab::Manners{.limitAfter = 6} << u"longer_than_announced:medium"_s;
    QTest::newRow("cuts its answers off") << lab::Manners{.hangUpAfter = 5} << u"info"_s;
}

void TestLockout::believesNoHostileServer()
{
    QFETCH(lab::Manners, manners);
    QFETCH(QString, expected);
    const HostileLogin login(manners);
    AttackRun run = login.newRun();
    const Judged judged = login.judged(lockoutCheck(quickPatience()), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
}

void TestLockout::endsWhenStopped()
{
    m_shop->reset();
    m_shop->setFaults({});
    ShopAbuse scene(*m_shop, kNoRoute);
    AttackRun run = scene.newRun();
    BlockPatience patience = scene.patience;
    QElapsedTimer timer;
    patience.wait = [&](std::chrono::milliseconds duration, const CancelToken &token) { // while it waits for the end
        if (duration < std::chrono::seconds(5))                                         // between two tries
            return token.isCancelled();
        timer.start();
        token.cancel();
        return token.waitFor(duration);
    };
    const Judged judged = scene.judged(lockoutCheck(patience), run);
    QVERIFY(timer.isValid() && timer.elapsed() < 1000);
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(told(judged)));
}

// Nobody stopped it: the run had no time left.
void TestLockout::saysThatItsTimeWasOver()
{
    const HostileLogin login({});
    AttackRun run = login.newRun();
    Observations seen({}, run.token, Deadline::in(std::chrono::seconds(5)), nullptr, passiveBudget(1), run.gate);
    BlockPatience patience;
    patience.wait = [&](std::chrono::milliseconds, const CancelToken &token) {
        return token.waitFor(seen.deadline().remaining());
    };
    const Judged judged = lockoutCheck(patience).look({.seen = seen,
                                                       .target = login.target,
                                                       .policy = run.policy,
                                                       .facts = login.facts,
                                                       .startedAt = QDateTime::currentDateTimeUtc()});
    const QString why = judged.observed["broken_off"_L1].toString();
    QVERIFY2(why.contains("time"_L1) && !why.contains("Stopped"_L1), qPrintable(told(judged)));
}

// What other checks would keep for other doors is no reason to leave out a login.
void TestLockout::besiegesEachDoorByItself()
{
    HostileLogin login({});
    login.web.on("POST", "/partners/login", [](const WebRequest &request) {
        const bool isRight = request.body.contains("the-right-password");
        return isRight ? WebAnswer{200, R"({"access_token":"abcdefghijklmnopqrstuvwxyz","id":1})"}
                       : WebAnswer{401, R"({"error":"sign_in_failed","id":2})"};
    });
    TestActor partner = login.facts.actors.front();
    partner.id = u"a2"_s;
    partner.name = u"Pat"_s;
    partner.userName = u"pat@acme.test"_s;
    partner.signIn = jsonSignIn(login.web.url(u"/partners/login"_s));
    login.facts.actors.push_back(partner);
    Route report;
    report.method = u"GET"_s;
    report.path = u"/export"_s; // abuse.rate-limit asks there
    report.host = login.web.host();
    login.facts.routes = {report};
    QVERIFY(limitNeedOf({login.target, login.facts}).most > siegeNeedOf({login.target, login.facts}).most);
    const std::vector<Allotment> allotments{
        {.account = kSiegeAccount, .wanted = 2 * kSiegeRequests, .granted = 2 * kSiegeRequests, .isLast = true}};
    const Secret password("the-right-password");
    const auto gate = std::make_shared<ActiveGate>(ActiveTerms{.budget = {.requests = 400, .perSecond = 2000},
                                                               .hosts = {login.web.host()},
                                                               .secrets = {{u"a1"_s, password}, {u"a2"_s, password}},
                                                               .throwAway = {u"a1"_s, u"a2"_s}},
                                                   allotments);
    const CancelToken token;
    Observations seen({}, token, Deadline::in(std::chrono::seconds(120)), nullptr, passiveBudget(1), gate);
    const Policy policy;
    const Judged judged = lockoutCheck(quickPatience())
                              .look({.seen = seen,
                                     .target = login.target,
                                     .policy = policy,
                                     .facts = login.facts,
                                     .startedAt = QDateTime::currentDateTimeUtc()});
    QCOMPARE(judged.observed["other_logins"_L1].toArray().size(), 1);
    QVERIFY2(!judged.reason.contains("no requests left"_L1), qPrintable(told(judged)));
    QVERIFY(gate->sentBy(kSiegeAccount) <= 2 * kSiegeRequests);
}

QTEST_GUILESS_MAIN(TestLockout)
#include "tst_lockout.moc"
