#include "checks/abuse/otherbody.h"
#include "checks/abuse/otheridentity.h"
#include "checks/abuse/ratelimit.h"
#include "tests/checks/access/mailscene.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <map>
#include <mutex>
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

TrySeries series(int heard, bool isLimited, LimitKind kind = LimitKind::TooMany)
{
    TrySeries made{.heard = heard};
    if (isLimited)
        made.sign = LimitSignal{.kind = kind, .status = 429, .retryAfter = std::chrono::seconds(60)};
    return made;
}

RateLimitLook loginLook(const TrySeries &account, const TrySeries &address, bool accountAlone)
{
    RateLimitLook look;
    look.login = SiegeReport{.route = u"POST /login"_s, .host = u"app.example.com"_s, .account = u"Sam"_s};
    look.login->byAccount = account;
    look.login->byAddress = address;
    look.login->accountIsBlocked = accountAlone;
    return look;
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

bool safeRoute(const ShopRouteLine &line)
{
    return line.path == "/api/sign-up" || line.path == "/api/coupons/redeem" || line.path == "/api/webhooks/payments";
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
    void judgesLogins_data();
    void judgesLogins();
    void judgesRoutes_data();
    void judgesRoutes();
    void judgesCodes_data();
    void judgesCodes();
    void writesBodiesOtherwise_data();
    void writesBodiesOtherwise();
    void seesOtherIdentities_data();
    void seesOtherIdentities();
    void findsOtherWaysAround_data();
    void findsOtherWaysAround();
    void countsCodes_data();
    void countsCodes();
    void asksChatsAtOnce_data();
    void asksChatsAtOnce();
    void findsNothingInTheCleanShop();
    void findsFaultsOfTheShop_data();
    void findsFaultsOfTheShop();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void takesNoRuleForALimit();
    void takesNoWayBackForAYes_data();
    void takesNoWayBackForAYes();
    void uploadsNothing();
    void seesLimitsWithoutAStatus_data();
    void seesLimitsWithoutAStatus();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void measuresNothingThatTellsNothing_data();
    void measuresNothingThatTellsNothing();
    void endsWhenStopped();

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

void TestRateLimit::judgesLogins_data()
{
    QTest::addColumn<RateLimitLook>("look");
    QTest::addColumn<QString>("expected");
    const TrySeries free = series(kMostTries, false);
    QTest::newRow("both limited") << loginLook(series(8, true), series(14, true), true) << u"pass"_s;
    QTest::newRow("none in 20") << loginLook(free, free, false) << u"no_login_limit:high"_s;
    QTest::newRow("the account alone") << loginLook(series(8, true), free, true) << u"no_address_limit:medium"_s;
    QTest::newRow("the address alone, early") << loginLook(series(10, true), series(10, true), false) << u"pass"_s;
    QTest::newRow("the address alone, late")
        << loginLook(series(11, true), series(11, true), false) << u"no_account_limit:medium"_s;
    QTest::newRow("the address after all tries at the account")
        << loginLook(free, series(3, true), false) << u"no_account_limit:medium"_s;
    QTest::newRow("stopped after a few") << loginLook(series(5, false), series(0, false), false) << u"not_run"_s;
    TrySeries slow = series(6, false);
    slow.slowsDown = true;
    QTest::newRow("slower and slower") << loginLook(slow, series(7, true), true) << u"pass"_s;
    RateLimitLook around = loginLook(series(8, true), series(14, true), true);
    around.login->bypasses = {{.way = u"header"_s, .detail = u"X-Forwarded-For"_s, .heard = {}}};
    QTest::newRow("a way around") << around << u"limit_bypass:high"_s;
    TrySeries silent = free;
    silent.isSilent = true;
    RateLimitLook ofAccount = loginLook(silent, {}, false);
    ofAccount.login->brokenOff = u"It cannot be told apart."_s;
    QTest::newRow("a silent limit") << ofAccount << u"info"_s;
    QTest::newRow("a silent limit of the address") << loginLook(free, silent, false) << u"no_account_limit:medium"_s;
    RateLimitLook none;
    none.loginNotTested = u"No login."_s;
    QTest::newRow("nothing to try") << none << u"not_run"_s;
    RateLimitLook noAccount = loginLook({}, free, false);
    noAccount.login->account.clear();
    QTest::newRow("no account that may be locked") << noAccount << u"no_address_limit:medium"_s;
}

void TestRateLimit::judgesLogins()
{
    QFETCH(RateLimitLook, look);
    QFETCH(QString, expected);
    QCOMPARE(said(judgeRateLimit(look)), expected);
}

void TestRateLimit::judgesRoutes_data()
{
    QTest::addColumn<RateLimitLook>("look");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const RouteSeries &one, const char *expected) {
        RateLimitLook look;
        look.others.routes = {one};
        QTest::newRow(name) << look << QString::fromLatin1(expected);
    };
    const auto free = [](int heard) { return series(heard, false); };
    using enum EntryKind;
    row("reset letters", {.kind = Forgot, .series = free(kMostLetterTries)}, "no_reset_limit:medium");
    row("a few reset letters", {.kind = Forgot, .series = free(4)}, "pass");
    row("reset letters with a limit", {.kind = Forgot, .series = series(5, true)}, "pass");
    row("sign-up", {.kind = SignUp, .series = free(kMostLetterTries)}, "no_sign_up_limit:medium");
    row("sign-up that takes an address once",
        {.kind = SignUp, .series = free(1), .notTested = u"It takes an address once."_s, .made = {u"lc@x.test"_s}},
        "not_run");
    row("chat", {.kind = Chat, .series = free(kMostRouteTries)}, "no_chat_limit:high");
    const auto chat = [&](int answered, int broken, bool servesAfterwards) {
        RouteSeries one{.kind = Chat, .series = series(6, false)};
        one.series.heard = kMostRouteTries - 1; // not yet enough to speak of no limit
        one.atOnce = AtOnce{.tries = 10, .answered = answered, .broken = broken, .servesAfterwards = servesAfterwards};
        return one;
    };
    row("ten at once, all served", chat(10, 0, true), "pass");
    row("ten at once, one fails", chat(9, 1, true), "pass");
    row("ten at once, two fail", chat(8, 2, true), "breaks_at_once:medium");
    RouteSeries queued = chat(6, 1, true);
    queued.atOnce->waited = 3;
    row("ten at once, three still wait", queued, "pass");
    row("ten at once, broken for good", chat(0, 10, false), "pass");
    row("a webhook", {.kind = Webhook, .series = free(kMostRouteTries)}, "pass");
    row("a quick export", {.kind = Heavy, .series = free(kMostRouteTries), .typical = std::chrono::milliseconds(999)},
        "pass");
    row("a slow export", {.kind = Heavy, .series = free(kMostRouteTries), .typical = kHeavyTime}, "no_heavy_limit:low");
    row("a large export", {.kind = Heavy, .series = free(kMostRouteTries), .bytes = kHeavyBytes}, "no_heavy_limit:low");
    row("not taken", {.kind = Chat, .notTested = u"It does not take our example."_s}, "not_run");
    const auto race = [](const char *name, const RaceLook &one, const char *expected) {
        RateLimitLook look;
        look.others.race = one;
        QTest::newRow(name) << look << QString::fromLatin1(expected);
    };
    const auto graphQl = [](const char *name, const GraphQlTries &one, const char *expected) {
        RateLimitLook look;
        look.others.race = RaceLook{.tries = 10, .successes = 1, .refusedAfterwards = true};
        look.graphQl = {one};
        QTest::newRow(name) << look << QString::fromLatin1(expected);
    };
    graphQl("ten in one", {.way = u"aliases"_s, .asked = 20, .heard = 10}, "pass");
    graphQl("eleven in one", {.way = u"aliases"_s, .asked = 20, .heard = 11}, "many_tries_in_one:high");
    graphQl("no answer to one", {.way = u"aliases"_s, .notTested = u"It does not answer."_s}, "info");
    race("one winner", {.tries = 10, .successes = 1, .refusedAfterwards = true}, "pass");
    race("two winners", {.tries = 10, .successes = 2, .refusedAfterwards = true}, "race:high");
    race("all may", {.tries = 10, .successes = 10, .refusedAfterwards = false}, "pass");
    race("a used code", {.tries = 10, .notTested = u"It does not take our example."_s}, "not_run");
}

void TestRateLimit::judgesRoutes()
{
    QFETCH(RateLimitLook, look);
    QFETCH(QString, expected);
    const Judged judged = judgeRateLimit(look);
    QCOMPARE(said(judged), expected);
    for (const RouteSeries &one : look.others.routes) {
        for (const QString &address : one.made)
            QVERIFY2(judged.reason.contains(address), qPrintable(judged.reason));
    }
}

void TestRateLimit::judgesCodes_data()
{
    QTest::addColumn<CodeTries>("code");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("chance");
    const auto row = [](const char *name, int digits, const TrySeries &tries, const char *expected,
                        const char *chance) {
        QTest::newRow(name) << CodeTries{.route = u"POST /verify"_s, .digits = digits, .series = tries}
                            << QString::fromLatin1(expected) << QString::fromLatin1(chance);
    };
    row("six digits without an end", 6, series(20, false), "code_guessable:medium", "0.002 %");
    row("eight digits without an end", 8, series(20, false), "code_guessable:low", "0.00002 %");
    row("five tries", 6, series(5, true), "pass", "0.0005 %");
    row("four digits, five tries", 4, series(5, true), "pass", "0.05 %");
    row("broken off", 6, series(7, false), "pass", "0.0007 %");
}

void TestRateLimit::judgesCodes()
{
    QFETCH(CodeTries, code);
    QFETCH(QString, expected);
    QFETCH(QString, chance);
    RateLimitLook look;
    look.code = code;
    const Judged judged = judgeRateLimit(look);
    QCOMPARE(said(judged), expected);
    QCOMPARE(judged.observed["code"_L1]["chance"_L1].toString(), chance);
    QVERIFY2(judged.summary.contains(chance), qPrintable(judged.summary));
    for (const Finding &finding : judged.findings) // no code was pending that could have ended
        QVERIFY2(finding.proof == Proof::Lead && finding.whatWeSaw.contains("No code was asked for"_L1),
                 qPrintable(finding.whatWeSaw));
    QCOMPARE(percentOf(chanceOf(6, 432'000)), u"43 %"_s);
    QCOMPARE(percentOf(chanceOf(4, 432'000)), u"100 %"_s);
    QCOMPARE(percentOf(0), u"0 %"_s);
}

void TestRateLimit::writesBodiesOtherwise_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected"); // empty: it has no other form
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("JSON") << json << QByteArray(R"({"email":"a+b@x.test","n":5})")
                          << QByteArray("email=a%2Bb%40x.test&n=5");
    QTest::newRow("nested JSON") << json << QByteArray(R"({"user":{"email":"a"}})") << QByteArray();
    QTest::newRow("a list") << json << QByteArray("[1]") << QByteArray();
    QTest::newRow("a form") << form << QByteArray("email=a%40x.test&word=b+c")
                            << QByteArray(R"({"email":"a@x.test","word":"b c"})");
    QTest::newRow("files") << QByteArray("multipart/form-data; boundary=x") << QByteArray("--x--") << QByteArray();
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("a=b") << QByteArray();
}

void TestRateLimit::writesBodiesOtherwise()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const auto other = inOtherForm(type, body);
    QCOMPARE(other ? other->body : QByteArray(), expected);
    QVERIFY(!other || other->contentType != type);
}

void TestRateLimit::seesOtherIdentities_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field"); // of somebody else
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("the account alone") << json << QByteArray(R"({"email":"{{user}}","code":"{{token}}"})") << QString();
    QTest::newRow("a phone") << json << QByteArray(R"({"phone_number":"0171 5550100"})") << u"phone_number"_s;
    QTest::newRow("a number") << json << QByteArray(R"({"user":{"userId":42}})") << u"userId"_s;
    QTest::newRow("a list of phones") << json << QByteArray(R"({"mobiles":["","+15550100123"]})") << u"mobiles"_s;
    QTest::newRow("an address by its value") << json << QByteArray(R"({"via":"kim@acme.test"})") << u"via"_s;
    QTest::newRow("a number by its value") << json << QByteArray(R"({"via":"+1 555 0100123"})") << u"via"_s;
    QTest::newRow("whoever began it") << json << QByteArray(R"({"challenge_id":"c-81"})") << u"challenge_id"_s;
    QTest::newRow("in a form") << form << QByteArray("user%5Bphone%5D=%2B15550100123") << u"user[phone]"_s;
    QTest::newRow("the account itself") << json << QByteArray(R"({"username":"SAM@acme.test"})") << QString();
    QTest::newRow("a mask") << json << QByteArray(R"({"phone":"<value>"})") << QString();
    QTest::newRow("a channel") << json << QByteArray(R"({"channel":"sms","remember":true,"attempt":2})") << QString();
    QTest::newRow("garbage") << json << QByteArray("{\"phone") << QString();
}

void TestRateLimit::seesOtherIdentities()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QTEST(otherIdentityIn(type, body, u"sam@acme.test"_s), "field");
}

// A login that counts wrong passwords of one account by what it was sent, letter by letter.
void TestRateLimit::findsOtherWaysAround_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("expected");
    QTest::newRow("counts the person") << QString() << u"no_address_limit:medium"_s;
    QTest::newRow("counts the alias") << u"mail_alias"_s << u"limit_bypass:high no_address_limit:medium"_s;
    QTest::newRow("counts JSON alone") << u"body"_s << u"limit_bypass:high no_address_limit:medium"_s;
    QTest::newRow("reads no form") << u"no_form"_s << u"no_address_limit:medium"_s;
}

void TestRateLimit::findsOtherWaysAround()
{
    QFETCH(QString, fault);
    QFETCH(QString, expected);
    HostileSite site(
        [fault, tries = std::make_shared<std::map<QByteArray, int>>(),
         lock = std::make_shared<std::mutex>()](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.path() != "/login")
                return std::nullopt;
            const std::lock_guard guard(*lock);
            const bool isForm = request.header("content-type").contains("urlencoded");
            const QByteArray text = QByteArray::fromPercentEncoding(request.body).toLower();
            static const QRegularExpression alias(u"sam(\\+\\w+)?@acme"_s);
            const auto match = alias.match(QString::fromUtf8(text));
            const bool isSam = match.hasMatch() && !(isForm && fault == "no_form"_L1);
            const QByteArray tag = fault == "mail_alias"_L1 ? match.captured(1).toUtf8() : QByteArray();
            const bool isCounted = isSam && !(fault == "body"_L1 && isForm);
            if (isCounted && (*tries)["sam" + tag] >= 5)
                return saying(429, R"({"error":"too_many"})");
            if (isSam && text.contains("the-right-password"))
                return saying(200, R"({"access_token":"abcdefghijklmnopqrstuvwxyz","id":1})");
            (*tries)["sam" + tag] += isCounted ? 1 : 0;
            return saying(401, R"({"error":"sign_in_failed"})");
        });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    site.facts.routes.clear();
    AttackRun run = site.newRun();
    BlockPatience patience;
    patience.wait = [](std::chrono::milliseconds, const CancelToken &token) { return token.isCancelled(); };
    const Judged judged = site.judged(rateLimitCheck(patience), run);
    QStringList found;
    for (const Finding &finding : judged.findings)
        found.append(finding.code + u':' + toWord(finding.severity));
    found.sort();
    QVERIFY2(found.join(u' ') == expected, qPrintable(told(judged)));
    QVERIFY(run.gate->sentBy(u"abuse.rate-limit"_s) <= kSiegeRequests);
    for (const QJsonValue &way : judged.observed["login"_L1]["bypasses"_L1].toArray()) {
        QCOMPARE(way["way"_L1].toString(), fault);
        QVERIFY(way["proven"_L1].toBool());
    }
}

void TestRateLimit::countsCodes_data()
{
    QTest::addColumn<int>("allowed");
    QTest::addColumn<int>("status"); // of a wrong code
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("asked"); // at most
    QTest::addColumn<QString>("expected");
    const QByteArray ofSomebody = R"({"email":"person@example.com","code":"482911"})";
    const QByteArray ofNobody = R"({"challenge":"c-81","code":"482911"})"; // whoever was recorded
    QTest::newRow("without an end") << 1000 << 401 << ofSomebody << kMostCodeTries << u"code_guessable:medium"_s;
    QTest::newRow("ends after five") << 5 << 401 << ofSomebody << 6 << u"info"_s;
    QTest::newRow("says yes to everything") << 1000 << 200 << ofSomebody << 2 << u"not_run"_s;
    QTest::newRow("broken") << 1000 << 500 << ofSomebody << 2 << u"not_run"_s;
    QTest::newRow("does not say whose") << 1000 << 401 << ofNobody << 0 << u"not_run"_s;
    const auto beside = [](const QByteArray &field) {
        return QByteArray(R"({"email":"person@example.com","code":"482911",)") + field + "}";
    };
    QTest::newRow("the account twice") << 1000 << 401 << beside(R"("login_email":"sam@acme.test")") << kMostCodeTries
                                       << u"code_guessable:medium"_s;
    QTest::newRow("somebody's phone beside it")
        << 1000 << 401 << beside(R"("phone_number":"+15550100123")") << 0 << u"not_run"_s;
    QTest::newRow("somebody's number beside it")
        << 1000 << 401 << beside(R"("user":{"id":1,"msisdn":15550100123})") << 0 << u"not_run"_s;
    QTest::newRow("nobody's phone beside it")
        << 1000 << 401 << beside(R"("phone_number":"")") << kMostCodeTries << u"code_guessable:medium"_s;
    QTest::newRow("a code alone") << 1000 << 401 << QByteArray(R"({"code":"482911"})") << 0 << u"not_run"_s;
}

void TestRateLimit::countsCodes()
{
    QFETCH(int, allowed);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, asked);
    QFETCH(QString, expected);
    const auto tries = std::make_shared<std::atomic_int>(0);
    const auto ofOthers = std::make_shared<std::atomic_int>(0);
    HostileSite site([=](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() == "/verify-code")
            *ofOthers += request.body.contains("sam@acme.test") ? 0 : 1;
        if (request.path() == "/verify-code" && (*tries)++ >= allowed)
            return saying(429, R"({"error":"too_many"})");
        return saying(request.path() == "/verify-code" ? status : 404, R"({"error":"wrong"})");
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    Route route = site.facts.routes.front();
    route.path = u"/verify-code"_s;
    site.facts.routes = {route};
    putSample(site.facts, route.path, site.host, "application/json", body);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY2(tries->load() <= asked, qPrintable(QString::number(tries->load())));
    QCOMPARE(ofOthers->load(), 0);
    const QString why = judged.observed["code"_L1]["not_tested"_L1].toString();
    QCOMPARE(why.contains("whose code"_L1) || why.contains("names somebody"_L1), asked == 0);
    QVERIFY(run.gate->sentBy(u"abuse.rate-limit"_s) <= kSiegeRequests + kCodeRequests);
}

void TestRateLimit::asksChatsAtOnce_data()
{
    QTest::addColumn<int>("bears");
    QTest::addColumn<WebAnswer>("beyond"); // what it cannot bear gets
    QTest::addColumn<bool>("queues");      // one after the other, longer than we wait for one
    QTest::addColumn<QString>("expected");
    const QByteArray busy = R"({"error":"busy"})";
    const WebAnswer broken{503, busy};
    const WebAnswer heldBack{.status = 503, .body = busy, .headers = {{"Retry-After", "5"}}};
    QTest::newRow("bears ten") << 100 << broken << false << u"no_chat_limit"_s;
    QTest::newRow("bears one") << 1 << broken << false << u"breaks_at_once no_chat_limit"_s;
    QTest::newRow("bears one and says when to come again") << 1 << heldBack << false << u"no_chat_limit"_s;
    QTest::newRow("queues") << 100 << broken << true << u"no_chat_limit"_s;
}

void TestRateLimit::asksChatsAtOnce()
{
    QFETCH(int, bears);
    QFETCH(WebAnswer, beyond);
    QFETCH(bool, queues);
    QFETCH(QString, expected);
    std::atomic_int open = 0;
    std::mutex queue;
    HostileLogin site({});
    site.web.on("POST", "/chat", [&](const WebRequest &) {
        const int now = ++open;
        std::unique_lock turn(queue, std::defer_lock);
        if (queues)
            turn.lock();
        std::this_thread::sleep_for(std::chrono::milliseconds(now > 1 ? 100 : 20)); // until all have come
        --open;
        return now > bears ? beyond : WebAnswer{200, R"({"text":"Hello"})"};
    });
    site.web.parallel();
    EntryPoint chat{.kind = EntryKind::Chat, .route = {}, .url = site.web.url(u"/chat"_s)};
    chat.route.method = u"POST"_s;
    chat.route.path = u"/chat"_s;
    chat.route.access = AccessClass::Public;
    chat.route.safeToWrite = true;
    chat.contentType = "application/json";
    chat.body = uR"({"text":"Hello"})"_s;
    const SeriesPlan plan{.entries = {chat}, .mail = {}};
    NetOptions net;
    net.operationTimeout = std::chrono::milliseconds(queues ? 700 : 5000);
    AttackRun run(net, {site.web.host()}, {}, 400);
    Wire wire(run.seen, u"abuse.rate-limit"_s, plan.ceiling());
    RateLimitLook look;
    look.others = seriesOf(plan, wire, {});
    const Judged judged = judgeRateLimit(look);
    QVERIFY2(codesOf(judged).join(u' ') == expected, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1][0]["at_once"_L1]["tries"_L1].toInt(), kAtOnceTries);
    QVERIFY(wire.sent() <= plan.ceiling());
}

void TestRateLimit::findsNothingInTheCleanShop()
{
    m_shop->reset();
    ShopAbuse scene(*m_shop, safeRoute);
    putSamples(scene);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(rateLimitCheck(scene.patience), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    const QJsonObject login = judged.observed["login"_L1].toObject();
    QCOMPARE(login["account"_L1]["tries"_L1].toInt(), 8); // the shop's TryLimits
    QCOMPARE(login["account"_L1]["retry_after"_L1].toInt(), 60);
    QVERIFY2(login["address"_L1]["limited"_L1].toBool(), qPrintable(told(judged)));
    QVERIFY2(judged.summary.contains("blocks after 8 tries for 60 s"_L1), qPrintable(judged.summary));
    QCOMPARE(judged.observed["race"_L1]["successes"_L1].toInt(), 1);
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), 4); // reset, sign-up, webhook, export
    const int sent = judged.observed["requests"_L1].toInt();
    QVERIFY2(sent > 60 && sent <= kSiegeRequests + seriesPlanOf(targetOf({scene.host}), scene.facts).ceiling(),
             qPrintable(QString::number(sent)));
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
    if (code != "race"_L1 && code != "no_reset_limit"_L1)
        if (code != "many_tries_in_one"_L1)
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

// "This address has an account already" says nothing about how often somebody may ask.
void TestRateLimit::takesNoRuleForALimit()
{
    HostileSite site(
        [taken = std::make_shared<std::atomic_int>(0)](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.path() != "/sign-up")
                return std::nullopt;
            return (*taken)++ == 0 ? saying(201, R"({"id":7})") : saying(409, R"({"error":"has_an_account"})");
        });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    std::erase_if(site.facts.routes, [](const Route &route) { return route.path != "/sign-up"_L1; });
    site.facts.actors.clear(); // no login to try
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    const QJsonValue row = judged.observed["routes"_L1][0];
    QVERIFY2(row["not_tested"_L1].toString().contains("409"_L1), qPrintable(told(judged)));
    QCOMPARE(row["made"_L1].toArray().size(), 1);
    QVERIFY2(judged.reason.contains(row["made"_L1][0].toString()), qPrintable(judged.reason));
}

// Pages send whoever they refuse back to the form, with a status that is no refusal; and those whom they took as well,
// so that what may have been made is named.
void TestRateLimit::takesNoWayBackForAYes_data()
{
    QTest::addColumn<QByteArray>("leads");
    QTest::newRow("refused") << QByteArray("/sign-up?error=domain");
    QTest::newRow("to the next step") << QByteArray("/sign-up?step=verify");
}

void TestRateLimit::takesNoWayBackForAYes()
{
    QFETCH(QByteArray, leads);
    HostileSite site([leads](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/sign-up")
            return std::nullopt;
        PageReply reply{.status = 302};
        reply.add("Location", leads);
        return reply;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    std::erase_if(site.facts.routes, [](const Route &route) { return route.path != "/sign-up"_L1; });
    site.facts.actors.clear(); // no login to try
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    const QJsonArray made = judged.observed["routes"_L1][0]["made"_L1].toArray();
    QCOMPARE(made.size(), 1);
    QVERIFY2(judged.reason.contains(made.first().toString()), qPrintable(judged.reason));
}

// Each would leave a file.
void TestRateLimit::uploadsNothing()
{
    ProjectFacts facts;
    Target target;
    target.hosts = {{HostRole::Api, u"api.example.com"_s, 443}};
    for (const char *path : {"/upload", "/chat"}) {
        Route route;
        route.method = u"POST"_s;
        route.path = QString::fromLatin1(path);
        route.host = u"api.example.com"_s;
        route.access = AccessClass::Public;
        route.safeToWrite = true;
        facts.routes.push_back(route);
        putSample(facts, route.path, route.host, "application/json", R"({"text":"hello"})");
    }
    const SeriesPlan plan = seriesPlanOf(target, facts);
    QCOMPARE(plan.entries.size(), std::size_t(1));
    QCOMPARE(plan.entries.front().kind, EntryKind::Chat);
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
    BlockPatience patience;
    patience.wait = [](std::chrono::milliseconds, const CancelToken &token) { return token.isCancelled(); };
    const Judged judged = site.judged(rateLimitCheck(patience), run);
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
    BlockPatience patience;
    patience.wait = [](std::chrono::milliseconds, const CancelToken &token) { return token.isCancelled(); };
    const Judged judged = login.judged(rateLimitCheck(patience), run);
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
    BlockPatience patience;
    patience.wait = [](std::chrono::milliseconds, const CancelToken &token) { return token.isCancelled(); };
    const Judged judged = site.judged(rateLimitCheck(patience), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY(site.count > 0);
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
