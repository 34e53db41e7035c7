#include "checks/abuse/ratelimit.h"
#include "tests/checks/access/mailscene.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

// A form login: what a wrong password gets, what a held back try gets, and from which wrong one on it is held back.
struct FormLogin
{
    PageReply wrong;
    PageReply heldBack;
    bool isByAccount = true;
    int allowed = 5;
};

Manner mannerOf(const FormLogin &login)
{
    return [login, tries = std::make_shared<std::atomic_int>(0)](const PageRequest &request,
                                                                 int) -> std::optional<PageReply> {
        if (request.path() != "/login")
            return std::nullopt;
        const QByteArray body = QByteArray::fromPercentEncoding(request.body).toLower();
        const bool isSam = body.contains("sam@acme.test");
        const bool isRight = isSam && body.contains("the-right-password");
        const bool isCounted = !login.isByAccount || isSam;
        if (isCounted && *tries >= login.allowed)
            return login.heldBack;
        if (isRight)
            return saying(302, "{}", "/home");
        *tries += isCounted ? 1 : 0;
        return login.wrong;
    };
}

// A third of it is for this check, whichever of the shop's doors it knocks at.
constexpr int kEnoughForAll = 2400;

bool safeRoute(const ShopRouteLine &line)
{
    return line.path == "/api/sign-up" || line.path == "/api/coupons/redeem" || line.path == "/api/webhooks/payments" ||
           line.path == "/api/chat";
}

// Bodies as recorded ones are kept.
void putSamples(ShopAbuse &scene)
{
    for (RouteSample &sample : scene.facts.samples) {
        if (sample.path == "/api/coupons/redeem"_L1)
            sample.body = R"({"code":")" + scene.lab.shop().coupons().front() + R"("})";
        else if (sample.path == "/api/sign-up"_L1)
            sample.body = R"({"company":"Moreau","email":"person@example.com","name":"Alex","password":"<value>"})";
    }
}

} // namespace

class TestRateLimit : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsNothingInTheCleanShop();
    void findsFaultsOfTheShop_data();
    void findsFaultsOfTheShop();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void seesLimitsWithoutAStatus_data();
    void seesLimitsWithoutAStatus();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void measuresNothingThatTellsNothing_data();
    void measuresNothingThatTellsNothing();
    void triesSlowlyAtFirst();
    void knocksAtEachDoorWhileRequestsLast_data();
    void knocksAtEachDoorWhileRequestsLast();
    void waitsTwoMinutesAtMost_data();
    void waitsTwoMinutesAtMost();
    void endsWhenStopped();
    void endsWhenKilledWhileItWaits();

private:
    std::unique_ptr<ShopLab> m_shop;
    std::unique_ptr<DeskLab> m_desk;
};

void TestRateLimit::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    m_desk = std::make_unique<DeskLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
    QVERIFY2(m_desk->isReady(), qPrintable(m_desk->problem()));
}

void TestRateLimit::findsNothingInTheCleanShop()
{
    m_shop->reset();
    ShopAbuse scene(*m_shop, safeRoute);
    putSamples(scene);
    AttackRun run = scene.newRun(kEnoughForAll);
    const Judged judged = scene.judged(rateLimitCheck(scene.patience), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    const QJsonObject login = judged.observed["login"_L1].toObject();
    QCOMPARE(login["account"_L1]["tries"_L1].toInt(), 8); // the shop's TryLimits
    QCOMPARE(login["account"_L1]["retry_after"_L1].toInt(), 60);
    QVERIFY2(login["address"_L1]["limited"_L1].toBool(), qPrintable(told(judged)));
    QVERIFY2(judged.summary.contains("blocks after 8 tries for 60 s"_L1), qPrintable(judged.summary));
    QCOMPARE(judged.observed["race"_L1]["successes"_L1].toInt(), 1);
    const SeriesPlan plan = seriesPlanOf(targetOf({scene.host}), scene.facts);
    QCOMPARE(plan.firsts, std::size_t(6)); // reset, sign-up, chat, webhook, coupon, export; then the other exports
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), qsizetype(plan.entries.size()) - 1);
    QCOMPARE(judged.observed["not_tried"_L1].toArray().size(), 0);
    QCOMPARE(login["throttled"_L1].toString(), u"both"_s);
    QCOMPARE(login["baseline"_L1]["tries"_L1].toInt(), kBaselineTries);
    QCOMPARE(login["waited_s"_L1].toInt(), 60);
    QVERIFY(login["recovered"_L1].toBool());
    const int sent = judged.observed["requests"_L1].toInt();
    QVERIFY2(sent > 60 && sent <= kSiegeRequests + plan.ceiling() + kCodeRequests, qPrintable(QString::number(sent)));
    for (const Secret &secret : run.gate->knownSecrets())
        QVERIFY(!QJsonDocument(judged.observed).toJson().contains(secret.reveal()));
    m_desk->reset();
    DeskAbuse desk(*m_desk);
    AttackRun deskRun = desk.newRun();
    const Judged ofDesk = desk.judged(rateLimitCheck(desk.patience), deskRun);
    QVERIFY2(ofDesk.findings.empty() && ofDesk.outcome == Outcome::Pass, qPrintable(told(ofDesk)));
    QCOMPARE(ofDesk.observed["login"_L1]["account"_L1]["tries"_L1].toInt(), 8);
    QCOMPARE(ofDesk.observed["graphql"_L1].toArray().size(), 2);
    QCOMPARE(ofDesk.observed["graphql"_L1][0]["asked"_L1].toInt(), kGraphQlTries);
}

void TestRateLimit::findsFaultsOfTheShop_data()
{
    using enum ShopFault;
    QTest::addColumn<FaultSet<ShopFault>>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("no limit") << FaultSet<ShopFault>{NoAccountLimit, NoAddressLimit} << u"no_login_limit"_s;
    QTest::newRow("no limit by account") << FaultSet<ShopFault>{NoAccountLimit} << u"no_account_limit"_s;
    QTest::newRow("no limit by address") << FaultSet<ShopFault>{NoAddressLimit} << u"no_address_limit"_s;
    QTest::newRow("no limit of letters") << FaultSet<ShopFault>{NoResetLimit} << u"no_reset_limit"_s;
    QTest::newRow("no limit of sign-ups") << FaultSet<ShopFault>{NoSignUpLimit} << u"no_sign_up_limit"_s;
    QTest::newRow("no limit of questions") << FaultSet<ShopFault>{NoChatLimit} << u"no_chat_limit"_s;
    QTest::newRow("no limit of codes") << FaultSet<ShopFault>{NoCodeLimit} << u"code_guessable"_s;
    QTest::newRow("header") << FaultSet<ShopFault>{LimitByForwardedFor} << u"limit_bypass"_s;
    QTest::newRow("mail in other letters") << FaultSet<ShopFault>{LimitByEmailCase} << u"limit_bypass"_s;
    QTest::newRow("path") << FaultSet<ShopFault>{LimitByPath} << u"limit_bypass"_s;
    QTest::newRow("race") << FaultSet<ShopFault>{CouponRace} << u"race"_s;
}

void TestRateLimit::findsFaultsOfTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QString, code);
    m_shop->reset();
    m_shop->setFaults(faults);
    ShopAbuse scene(*m_shop, safeRoute);
    putSamples(scene);
    // What is found at other routes needs them; what is found at the login does not.
    const QStringList elsewhere{u"race"_s,          u"no_reset_limit"_s, u"no_sign_up_limit"_s,
                                u"no_chat_limit"_s, u"code_guessable"_s, u"many_tries_in_one"_s};
    if (!elsewhere.contains(code))
        scene.facts.routes.clear();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(rateLimitCheck(scene.patience), run);
    m_shop->setFaults({});
    QVERIFY2(codesOf(judged).contains(code), qPrintable(told(judged)));
    for (const Finding &finding : judged.findings) {
        const bool belongs =
            finding.code == code || (code == "no_reset_limit"_L1 && finding.code == "no_sign_up_limit"_L1);
        QVERIFY2(belongs, qPrintable(told(judged)));
        QVERIFY(!finding.evidence.empty());
    }
}

void TestRateLimit::findsFaultsOfTheDesk_data()
{
    using enum DeskFault;
    QTest::addColumn<FaultSet<DeskFault>>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("no limit") << FaultSet<DeskFault>{NoAccountLimit, NoAddressLimit} << u"no_login_limit"_s;
    QTest::newRow("no limit by account") << FaultSet<DeskFault>{NoAccountLimit} << u"no_account_limit"_s;
    QTest::newRow("no limit by address") << FaultSet<DeskFault>{NoAddressLimit} << u"no_address_limit"_s;
    QTest::newRow("header") << FaultSet<DeskFault>{LimitByForwardedFor} << u"limit_bypass"_s;
    QTest::newRow("mail in other letters") << FaultSet<DeskFault>{LimitByEmailCase} << u"limit_bypass"_s;
    QTest::newRow("aliases") << FaultSet<DeskFault>{GraphQlAliasesUnlimited} << u"many_tries_in_one"_s;
    QTest::newRow("a list of questions") << FaultSet<DeskFault>{GraphQlBatchUnlimited} << u"many_tries_in_one"_s;
}

void TestRateLimit::findsFaultsOfTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QString, code);
    m_desk->reset();
    m_desk->setFaults(faults);
    DeskAbuse scene(*m_desk);
    if (code != "many_tries_in_one"_L1)
        scene.facts.routes.clear();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(rateLimitCheck(scene.patience), run);
    m_desk->setFaults({});
    QVERIFY2(codesOf(judged) == QStringList{code}, qPrintable(told(judged)));
}

// Such as Laravel's form, which answers 302 back to itself in either case.
void TestRateLimit::seesLimitsWithoutAStatus_data()
{
    QTest::addColumn<FormLogin>("login");
    QTest::addColumn<QString>("expected");
    const PageReply back = saying(302, "{}", "/login");
    const auto page = [](const QByteArray &text) { return saying(200, "<html><p>" + text + "</p></html>"); };
    QTest::newRow("the same redirect") << FormLogin{.wrong = back, .heldBack = back} << u"info"_s;
    QTest::newRow("a word in the redirect") << FormLogin{.wrong = saying(302, "{}", "/login?error=Wrong"),
                                                         .heldBack = saying(302, "{}", "/login?error=RateLimited")}
                                            << u"no_address_limit:medium"_s;
    QTest::newRow("a notice in the page") << FormLogin{.wrong = page("These credentials do not match."),
                                                       .heldBack = page("Too many login attempts. Wait a minute.")}
                                          << u"no_address_limit:medium"_s;
    QTest::newRow("words behind 401") << FormLogin{.wrong = saying(401, R"({"error":"wrong"})"),
                                                   .heldBack =
                                                       saying(401, R"({"error":"Too many failed login attempts"})")}
                                      << u"no_address_limit:medium"_s;
    QTest::newRow("of the address, the same redirect")
        << FormLogin{.wrong = back, .heldBack = back, .isByAccount = false, .allowed = 25}
        << u"no_account_limit:medium"_s;
    QTest::newRow("none") << FormLogin{.wrong = back, .heldBack = back, .allowed = 1000} << u"no_login_limit:high"_s;
}

void TestRateLimit::seesLimitsWithoutAStatus()
{
    QFETCH(FormLogin, login);
    QFETCH(QString, expected);
    HostileSite site(mannerOf(login));
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    site.facts.routes.clear();
    site.facts.samples.clear();
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QCOMPARE(judged.observed["login"_L1]["account"_L1]["silent"_L1].toBool(), expected == "info"_L1);
}

void TestRateLimit::believesNoHostileServer_data()
{
    QTest::addColumn<lab::Manners>("manners");
    QTest::addColumn<QString>("expected");
    QTest::newRow("always 200") << lab::Manners{.alwaysStatus = 200, .alwaysBody = R"({"ok":true})"} << u"not_run"_s;
    QTest::newRow("always 403") << lab::Manners{.alwaysStatus = 403, .alwaysBody = "no"} << u"not_run"_s;
    QTest::newRow("always broken") << lab::Manners{.alwaysStatus = 500, .alwaysBody = "oops"} << u"not_run"_s;
    QTest::newRow("sends everybody to the login") << lab::Manners{.loginPath = "/sign-in"} << u"not_run"_s;
    QTest::newRow("limits everything at once") << lab::Manners{.limitAfter = 0} << u"not_run"_s;
    QTest::newRow("limits us") << lab::Manners{.limitAfter = 6} << u"pass"_s;
    QTest::newRow("logs us out") << lab::Manners{.logOutAfter = 0} << u"not_run"_s;
    QTest::newRow("changes ids") << lab::Manners{.changesIds = true} << u"no_login_limit:high"_s;
    QTest::newRow("answers slowly") << lab::Manners{.slowness = std::chrono::milliseconds(20)}
                                    << u"no_login_limit:high"_s;
    QTest::newRow("cuts its answers off") << lab::Manners{.hangUpAfter = 5} << u"not_run"_s;
}

void TestRateLimit::believesNoHostileServer()
{
    QFETCH(lab::Manners, manners);
    QFETCH(QString, expected);
    const HostileLogin login(manners);
    AttackRun run = login.newRun();
    const Judged judged = login.judged(rateLimitCheck(quickPatience()), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

// Sign-up, reset letters and the login of a server that lies.
void TestRateLimit::measuresNothingThatTellsNothing_data()
{
    QTest::addColumn<Manner>("manner");
    for (const auto &[name, manner] : hostileManners())
        QTest::newRow(name) << manner;
}

void TestRateLimit::measuresNothingThatTellsNothing()
{
    QFETCH(Manner, manner);
    const HostileSite site(manner);
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY(site.count > 0);
}

// Five tries as a person makes them, the others two a second (facts 19); what comes behind goes at the run's pace.
void TestRateLimit::triesSlowlyAtFirst()
{
    const HostileLogin login({});
    AttackRun run = login.newRun();
    std::vector<std::chrono::milliseconds> waits;
    BlockPatience patience = quickPatience();
    patience.wait = [&](std::chrono::milliseconds duration, const CancelToken &token) {
        waits.push_back(duration);
        return token.isCancelled();
    };
    const Judged judged = login.judged(rateLimitCheck(patience), run);
    QVERIFY2(said(judged) == "no_login_limit:high"_L1, qPrintable(told(judged)));
    QCOMPARE(std::ranges::count(waits, std::chrono::milliseconds(1000)), kBaselineTries - 1);
    QCOMPARE(std::ranges::count(waits, std::chrono::milliseconds(500)), kMostTries - kBaselineTries);
    QCOMPARE(judged.observed["login"_L1]["baseline"_L1]["tries"_L1].toInt(), kBaselineTries);
}

void TestRateLimit::knocksAtEachDoorWhileRequestsLast_data()
{
    QTest::addColumn<int>("requests"); // that the run may send
    QTest::addColumn<int>("logins");   // that were besieged
    QTest::addColumn<int>("letters");  // doors for letters that were tried
    QTest::newRow("enough for all") << 1500 << 2 << 2;
    QTest::newRow("enough for one login, and for what it leaves") << 300 << 1 << 2;
}

// A form beside the interface, and a second door for letters.
void TestRateLimit::knocksAtEachDoorWhileRequestsLast()
{
    QFETCH(int, requests);
    QFETCH(int, logins);
    QFETCH(int, letters);
    HostileSite site([](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() == "/account/login")
            return request.body.contains("the-right-password") ? saying(302, "{}", "/home")
                                                               : saying(302, "{}", "/account/login?error=wrong");
        if (request.path() == "/portal/forgot")
            return saying(202, R"({"status":"check_your_mail"})");
        return std::nullopt;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    std::erase_if(site.facts.routes, [](const Route &route) { return route.path != "/forgot"_L1; });
    const auto add = [&](const QString &path, const QByteArray &type, const QByteArray &body) {
        Route route = site.facts.routes.front();
        route.path = path;
        site.facts.routes.push_back(route);
        putSample(site.facts, path, site.host, type, body);
    };
    add(u"/account/login"_s, "application/x-www-form-urlencoded", "email=person%40example.com&password=x");
    add(u"/portal/forgot"_s, "application/json", R"({"email":"person@example.com"})");
    AttackRun run(site.server.netOptions(), {site.host}, {{u"a1"_s, entryWith("the-right-password", {})}}, requests,
                  {u"a1"_s});
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QCOMPARE(judged.observed["other_logins"_L1].toArray().size(), logins - 1);
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), letters);
    QCOMPARE(judged.observed["not_tried"_L1].toArray().size(), 4 - logins - letters);
    QCOMPARE(judged.reason.contains("POST /account/login"_L1), logins < 2);
    const auto ofForm = [](const Finding &one) { return one.subject == "POST /account/login"_L1; };
    QCOMPARE(std::ranges::any_of(judged.findings, ofForm), logins == 2);
    QVERIFY(run.gate->sent() <= requests);
}

void TestRateLimit::waitsTwoMinutesAtMost_data()
{
    QTest::addColumn<int>("span");
    QTest::addColumn<bool>("isAwaited");
    QTest::newRow("two minutes") << 110 << true; // the test's run has two in all
    QTest::newRow("longer") << 121 << false;
}

void TestRateLimit::waitsTwoMinutesAtMost()
{
    QFETCH(int, span);
    QFETCH(bool, isAwaited);
    std::atomic_int wrongOnes = 0;
    std::atomic_bool isOver = false;
    HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        const bool isRight = request.body.contains("the-right-password");
        if (request.path() != "/login" || isOver || wrongOnes < 5) {
            wrongOnes += request.path() == "/login" && !isRight ? 1 : 0;
            return std::nullopt;
        }
        PageReply reply = saying(429, R"({"error":"too_many_requests"})");
        reply.add("Retry-After", QByteArray::number(span));
        return reply;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    site.facts.routes.clear();
    BlockPatience patience = quickPatience();
    patience.wait = [&](std::chrono::milliseconds duration, const CancelToken &token) {
        isOver = isOver || duration > std::chrono::seconds(100);
        return token.isCancelled();
    };
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(patience), run);
    const QJsonValue login = judged.observed["login"_L1];
    QVERIFY2(login["waited_s"_L1].toInt() == (isAwaited ? span : 0), qPrintable(told(judged)));
    QCOMPARE(login["recovered"_L1].toBool(), isAwaited);
}

// The kill switch is no part of the token: a wait looks at it as well.
void TestRateLimit::endsWhenKilledWhileItWaits()
{
    const HostileLogin login({.limitAfter = 6});
    AttackRun run = login.newRun();
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (login.web.count("/login") < 4) // between two tries, a second apart
            std::this_thread::yield();
        timer.start();
        run.killed->store(true);
    });
    const Judged judged = login.judged(rateLimitCheck(), run);
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Info, qPrintable(told(judged)));
}

void TestRateLimit::endsWhenStopped()
{
    const HostileLogin login({.slowness = std::chrono::milliseconds(30)});
    AttackRun run = login.newRun();
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (login.web.count("/login") < 4)
            std::this_thread::yield();
        timer.start();
        run.token.cancel();
    });
    const Judged judged = login.judged(rateLimitCheck(), run);
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestRateLimit)
#include "tst_ratelimit.moc"
