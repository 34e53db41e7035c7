#include "checks/abuse/otherbody.h"
#include "checks/abuse/ratelimit.h"
#include "checks/web/report.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

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

} // namespace

class TestRateLimitJudge : public QObject
{
    Q_OBJECT

private slots:
    void judgesLogins_data();
    void judgesLogins();
    void saysWhatHoldsBack_data();
    void saysWhatHoldsBack();
    void judgesOtherLogins();
    void judgesRoutes_data();
    void judgesRoutes();
    void judgesRaces_data();
    void judgesRaces();
    void namesWhatWasNotTried();
    void judgesCodes_data();
    void judgesCodes();
    void writesBodiesOtherwise_data();
    void writesBodiesOtherwise();
};

void TestRateLimitJudge::judgesLogins_data()
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
    QTest::newRow("both at the edge") << loginLook(series(8, true, LimitKind::Edge), series(9, true, LimitKind::Edge),
                                                   true)
                                      << u"pass"_s;
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

void TestRateLimitJudge::judgesLogins()
{
    QFETCH(RateLimitLook, look);
    QFETCH(QString, expected);
    QCOMPARE(said(judgeRateLimit(look)), expected);
}

void TestRateLimitJudge::saysWhatHoldsBack_data()
{
    QTest::addColumn<RateLimitLook>("look");
    QTest::addColumn<QString>("expected");
    const TrySeries free = series(kMostTries, false);
    const auto edge = [](int heard) { return series(heard, true, LimitKind::Edge); };
    QTest::newRow("both") << loginLook(series(8, true), series(14, true), true) << u"both"_s;
    QTest::newRow("the account") << loginLook(series(8, true), free, true) << u"account"_s;
    QTest::newRow("the address") << loginLook(free, series(14, true), false) << u"address"_s;
    QTest::newRow("the edge alone") << loginLook(free, edge(14), false) << u"edge"_s;
    QTest::newRow("the edge and the account") << loginLook(series(8, true), edge(14), true) << u"both"_s;
    QTest::newRow("none") << loginLook(free, free, false) << u"none"_s;
    QTest::newRow("ended early") << loginLook(series(5, false), {}, false) << u"untold"_s;
    TrySeries slow = series(6, false);
    slow.slowsDown = true;
    QTest::newRow("slower and slower") << loginLook(slow, slow, false) << u"address"_s;
}

void TestRateLimitJudge::saysWhatHoldsBack()
{
    QFETCH(RateLimitLook, look);
    QTEST(toWord(throttleOf(*look.login)), "expected");
    QTEST(judgeRateLimit(look).observed["login"_L1]["throttled"_L1].toString(), "expected");
}

// Another door has findings of its own, and one that was not tried closes none.
void TestRateLimitJudge::judgesOtherLogins()
{
    RateLimitLook look = loginLook(series(8, true), series(14, true), true);
    SiegeReport form = *look.login;
    form.route = u"POST /account/login"_s;
    form.byAccount = form.byAddress = series(kMostTries, false);
    form.accountIsBlocked = false;
    look.otherLogins.reports = {form};
    look.otherLogins.notTried = {{u"POST /partners/login"_s, UntriedDoor::Why::TooMany}};
    look.otherLogins.untold = {u"POST /old/login"_s};
    look.otherLogins.sentences = {u"It tells nothing."_s};
    const Judged judged = judgeRateLimit(look);
    QCOMPARE(said(judged), u"no_login_limit:high"_s);
    QCOMPARE(judged.findings.front().subject, form.route);
    QVERIFY2(judged.reason.contains("POST /partners/login"_L1), qPrintable(judged.reason));
    CheckResult result{.checkId = u"abuse.rate-limit"_s, .outcome = judged.outcome, .observed = judged.observed};
    for (const QString &route : {u"POST /partners/login"_s, u"POST /old/login"_s}) {
        Finding before = judged.findings.front();
        before.subject = route;
        QVERIFY(!hasSeen(result, before));
    }
    QVERIFY(hasSeen(result, judged.findings.front()));
}

void TestRateLimitJudge::judgesRoutes_data()
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
    row("a few reset letters, and then an end", {.kind = Forgot, .series = free(4)}, "info");
    row("reset letters with a limit", {.kind = Forgot, .series = series(5, true)}, "pass");
    row("sign-up", {.kind = SignUp, .series = free(kMostLetterTries)}, "no_sign_up_limit:medium");
    row("sign-up that takes an address once",
        {.kind = SignUp, .series = free(1), .notTested = u"It takes an address once."_s, .made = {u"lc@x.test"_s}},
        "not_run");
    row("chat", {.kind = Chat, .series = free(kMostRouteTries)}, "no_chat_limit:high");
    const auto chat = [&](int answered, int broken, bool servesAfterwards) {
        RouteSeries one{.kind = Heavy, .series = free(kMostRouteTries)};
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
    const auto graphQl = [](const char *name, const GraphQlTries &one, const char *expected) {
        RateLimitLook look;
        look.others.races = {RaceLook{.tries = kRaceTries, .successes = 1, .refused = 9, .after = RaceAfter::Refused}};
        look.graphQl = {one};
        QTest::newRow(name) << look << QString::fromLatin1(expected);
    };
    graphQl("ten in one", {.way = u"aliases"_s, .asked = 20, .heard = 10}, "pass");
    graphQl("eleven in one", {.way = u"aliases"_s, .asked = 20, .heard = 11}, "many_tries_in_one:high");
    graphQl("no answer to one", {.way = u"aliases"_s, .notTested = u"It does not answer."_s}, "info");
}

void TestRateLimitJudge::judgesRoutes()
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

void TestRateLimitJudge::judgesRaces_data()
{
    using enum RaceAfter;
    QTest::addColumn<RaceLook>("race");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const RaceLook &race, const char *expected) {
        QTest::newRow(name) << race << QString::fromLatin1(expected);
    };
    row("ten of ten, then refused", {.tries = 10, .successes = 10, .after = Refused}, "race:high");
    row("ten of ten, then accepted", {.tries = 10, .successes = 10, .after = Accepted}, "not_run");
    row("ten of ten, then held back", {.tries = 10, .successes = 10, .after = HeldBack}, "race:medium");
    row("ten of ten, of ten that may", {.tries = 10, .successes = 10, .after = HeldBack, .quota = 10}, "pass");
    row("ten of ten, of one that may", {.tries = 10, .successes = 10, .after = HeldBack, .quota = 1}, "race:high");
    row("ten of ten, then nothing", {.tries = 10, .successes = 10, .after = NotTold}, "not_run");
    row("one winner", {.tries = 10, .successes = 1, .refused = 9, .after = Refused}, "pass");
    row("one winner, who may again", {.tries = 10, .successes = 1, .refused = 9, .after = Accepted}, "not_run");
    row("one of one that may", {.tries = 10, .successes = 1, .limited = 9, .after = HeldBack, .quota = 1}, "pass");
    row("five winners", {.tries = 10, .successes = 5, .refused = 5, .after = Refused}, "race:high");
    row("five winners among errors", {.tries = 10, .successes = 5, .broken = 3, .waited = 2, .after = Refused},
        "race:high");
    row("two winners", {.tries = 10, .successes = 2, .refused = 8, .after = Refused}, "race:high");
    row("one winner and nine errors", {.tries = 10, .successes = 1, .broken = 9, .after = Refused}, "not_run");
    row("one winner, one without an answer", {.tries = 10, .successes = 1, .refused = 8, .waited = 1, .after = Refused},
        "not_run");
    row("one winner, the others held back", {.tries = 10, .successes = 1, .limited = 9, .after = Refused}, "not_run");
    row("one winner, three rivals", {.tries = 10, .successes = 1, .refused = 3, .limited = 6, .after = Refused},
        "not_run");
    row("one winner, four rivals", {.tries = 10, .successes = 1, .refused = 4, .limited = 5, .after = Refused}, "pass");
    row("all refused", {.tries = 10, .refused = 10, .notTested = u"It does not take our example."_s}, "not_run");
}

void TestRateLimitJudge::judgesRaces()
{
    QFETCH(RaceLook, race);
    QFETCH(QString, expected);
    race.route = u"POST /redeem"_s;
    RateLimitLook look;
    look.others.races = {race};
    const Judged judged = judgeRateLimit(look);
    QCOMPARE(said(judged), expected);
    Finding before = makeFinding(u"race"_s, Severity::High, Proof::Strong, Impact::CostAbuse, {}, {});
    before.subject = race.route;
    const CheckResult result{.checkId = u"abuse.rate-limit"_s, .outcome = Outcome::Info, .observed = judged.observed};
    QCOMPARE(hasSeen(result, before), expected != "not_run"_L1); // what was not told closes nothing
    for (const Finding &finding : judged.findings)
        QCOMPARE(finding.proof, finding.severity == Severity::High ? Proof::Strong : Proof::Lead);
}

void TestRateLimitJudge::namesWhatWasNotTried()
{
    RateLimitLook look;
    look.others.routes = {{.kind = EntryKind::Webhook, .route = u"POST /hook"_s, .series = series(3, true)}};
    for (int i = 1; i <= 10; ++i)
        look.others.notTried.push_back({u"GET /export-%1"_s.arg(i), UntriedDoor::Why::TooMany});
    look.others.notTried.push_back({u"POST /vote"_s, UntriedDoor::Why::NotSafe});
    const Judged judged = judgeRateLimit(look);
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains("GET /export-8"_L1) && !judged.reason.contains("GET /export-9"_L1),
             qPrintable(judged.reason));
    QVERIFY2(judged.reason.contains("10"_L1) && judged.reason.contains("POST /vote"_L1), qPrintable(judged.reason));
    QCOMPARE(judged.observed["not_tried"_L1].toArray().size(), 11);
    QCOMPARE(unseenIn(judged.observed).size(), std::size_t(11));
}

void TestRateLimitJudge::judgesCodes_data()
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
    row("broken off", 6, series(7, false), "info", "0.0007 %");
}

void TestRateLimitJudge::judgesCodes()
{
    QFETCH(CodeTries, code);
    QFETCH(QString, expected);
    QFETCH(QString, chance);
    RateLimitLook look;
    look.codes = {code};
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

void TestRateLimitJudge::writesBodiesOtherwise_data()
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

void TestRateLimitJudge::writesBodiesOtherwise()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const auto other = inOtherForm(type, body);
    QCOMPARE(other ? other->body : QByteArray(), expected);
    QVERIFY(!other || other->contentType != type);
}

QTEST_GUILESS_MAIN(TestRateLimitJudge)
#include "tst_ratelimitjudge.moc"
