// What an authorization server does with addresses that nobody registered, and the judgement as a whole: rows without
// a network.
#include "checks/web/report.h"
#include "tests/checks/access/oauthseen.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using enum cockpit::RedirectChange;

class TestOAuthRedirects : public QObject
{
    Q_OBJECT

private slots:
    void judgesTries_data();
    void judgesTries();
    void controls_data();
    void controls();
    void changesAddresses_data();
    void changesAddresses();
    void joinsBothLooks_data();
    void joinsBothLooks();
    void tellsWhatWasSeen();
};

void TestOAuthRedirects::judgesTries_data()
{
    QTest::addColumn<RedirectTrial>("trial");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const RedirectTrial &trial, const char *expected) {
        QTest::newRow(name) << trial << QString::fromLatin1(expected);
    };
    const HttpResponse good = sentTo(kTrue + u"?error=login_required"_s);
    const char *taken = "oauth_redirect_taken:high:proven";
    const char *path = "oauth_redirect_path:medium:proven";
    const char *carried = "oauth_redirect_carried:low:lead";
    row("none", trialOf({}, {}), "");
    row("all refused", trialOf(good, {refusedBy(OtherHost), refusedBy(LongerPath)}), "");
    row("any host", trialOf(good, {takenBy(OtherHost), takenBy(HostSuffix), takenBy(LongerPath)}), taken);
    row("by its beginning", trialOf(good, {refusedBy(OtherHost), takenBy(HostSuffix), takenBy(LongerPath)}), taken);
    row("past a name", trialOf(good, {refusedBy(OtherHost), takenBy(UserInfo)}), taken);
    row("a longer path alone", trialOf(good, {refusedBy(OtherHost), refusedBy(HostSuffix), takenBy(LongerPath)}), path);
    row("carried on", trialOf(loginPage(), {carriedBy(OtherHost), carriedBy(HostSuffix)}), carried);
    row("carried on, and another taken", trialOf(loginPage(), {carriedBy(OtherHost), takenBy(HostSuffix)}), taken);
    row("carried on, and the path taken", trialOf(loginPage(), {carriedBy(OtherHost), takenBy(LongerPath)}), path);
    row("a stranger's address without a control", trialOf({}, {takenBy(OtherHost)}), taken);
    row("no answer", trialOf(good, {RedirectTry{.change = OtherHost}}), "");
}

void TestOAuthRedirects::judgesTries()
{
    QFETCH(RedirectTrial, trial);
    QFETCH(QString, expected);
    OAuthSeen seen = seenBy(u"response_type=code&state=1"_s, u"response_type=code&state=2"_s);
    seen.trial = trial;
    const auto findings = oauthFindings(lookAt(seen));
    QCOMPARE(wordsOf(findings), expected);
    for (const Finding &finding : findings) {
        QCOMPARE(finding.host, u"id.example.com"_s);
        QVERIFY2(finding.whatWeSaw.contains("id.example.com was asked"_L1), qPrintable(finding.whatWeSaw));
        QCOMPARE(finding.evidence.size(), trial.control ? 2U : 1U);
    }
}

void TestOAuthRedirects::controls_data()
{
    QTest::addColumn<HttpResponse>("answer");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const HttpResponse &given, bool expected) {
        QTest::newRow(name) << given << expected;
    };
    row("to the true address", sentTo(kTrue + u"?error=login_required"_s), true);
    row("to where people sign in", sentTo(u"/login?flow=1"_s), true);
    row("the sign-in itself", loginPage(), true);
    row("a page that asks who comes", answerAt(200, "Content-Type: text/html", "<p>Choose an account</p>"), true);
    row("to an error", sentTo(u"https://elsewhere.example.net/?error=unknown_client"_s), false);
    row("to its own error page", sentTo(u"/error/17"_s), false);
    row("refused", answerAt(400, "Content-Type: text/html", "<h1>Unknown client</h1>"), false);
    row("too many", answerAt(429, "Content-Type: text/plain", "slow down"), false);
    row("broken", answerAt(500, "Content-Type: text/plain", "oops"), false);
    row("data", answerAt(200, "Content-Type: application/json", "{}"), false);
}

void TestOAuthRedirects::controls()
{
    QFETCH(HttpResponse, answer);
    QFETCH(bool, expected);
    QCOMPARE(isGoodControl(answer, kTrue), expected);
    QCOMPARE(trialOf(answer, {}).isControlled(), expected);
    QVERIFY(!trialOf({}, {}).isControlled());
}

void TestOAuthRedirects::changesAddresses_data()
{
    QTest::addColumn<QString>("redirect");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *redirect, const QStringList &expected) {
        QTest::newRow(name) << QString::fromLatin1(redirect) << expected;
    };
    const QString other = u"https://launch-cockpit.invalid/cb"_s;
    row("a page", "https://app.example.com/cb",
        {other, u"https://app.example.com.launch-cockpit.invalid/cb"_s,
         u"https://app.example.com@launch-cockpit.invalid/cb"_s, u"https://app.example.com/cb/launch-cockpit"_s});
    row("with a port, a query and a slash", "http://localhost:3000/cb/?a=1",
        {other, u"http://localhost.launch-cockpit.invalid:3000/cb/?a=1"_s,
         u"http://localhost@launch-cockpit.invalid:3000/cb/?a=1"_s, u"http://localhost:3000/cb/launch-cockpit?a=1"_s});
    row("an app", "com.example.app:/cb", {other});
    row("none", "", {other});
}

void TestOAuthRedirects::changesAddresses()
{
    QFETCH(QString, redirect);
    QStringList changed;
    const QString parts =
        u"response_type=code&redirect_uri="_s + QString::fromLatin1(QUrl::toPercentEncoding(redirect));
    for (const RedirectChange change : changesFor(requestOf(parts)))
        changed.append(changedRedirect(redirect, change));
    QTEST(changed, "expected");
}

void TestOAuthRedirects::joinsBothLooks_data()
{
    QTest::addColumn<QString>("outcome"); // of the account's own sign-in
    QTest::addColumn<OAuthLook>("look");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("reason"); // a part of it
    const auto row = [](const char *name, const char *outcome, const OAuthLook &look, const char *expected,
                        const char *reason) {
        QTest::newRow(name) << QString::fromLatin1(outcome) << look << QString::fromLatin1(expected)
                            << QString::fromLatin1(reason);
    };
    const QString bare = u"response_type=code"_s;
    const OAuthSeen sound = seenBy(bare + u"&state=1"_s, bare + u"&state=2"_s);
    const OAuthSeen faulty = seenBy(bare, bare);
    OAuthSeen unseen = seenBy(u"request_uri=urn:1"_s, u"request_uri=urn:2"_s);
    OAuthSeen refused = sound;
    refused.trial = trialOf(answerAt(400, "Content-Type: text/html", "<h1>Unknown</h1>"), {});
    OAuthSeen unclear = sound;
    unclear.trial = trialOf(loginPage(), {tryOf(OtherHost, loginPage())});
    OAuthLook broken;
    broken.brokenOff = u"The budget is spent."_s;
    row("nothing begins", "pass", {}, "pass", "");
    row("nothing begins, and no account", "not_run", {}, "not_run", "");
    row("both sound", "pass", lookAt(sound), "pass", "");
    row("a fault", "pass", lookAt(faulty), "warn", "");
    row("a fault, and no account", "not_run", lookAt(faulty), "warn", "");
    row("sound, and no account", "not_run", lookAt(sound), "info", "");
    row("out of sight", "pass", lookAt(unseen), "info", "out of sight");
    row("its own address refused", "pass", lookAt(refused), "info", "as it should");
    row("unclear", "pass", lookAt(unclear), "info", "did not show before signing in");
    row("broken off", "pass", broken, "info", "The budget is spent.");
    row("broken off, and no account", "not_run", broken, "not_run", "The budget is spent.");
    row("a fault of the account's own", "fail", lookAt(sound), "fail", "");
}

void TestOAuthRedirects::joinsBothLooks()
{
    QFETCH(QString, outcome);
    QFETCH(OAuthLook, look);
    QFETCH(QString, reason);
    Judged own{.outcome = *fromWord<Outcome>(outcome)};
    if (own.outcome == Outcome::Fail)
        own.findings = {makeFinding(u"session_survives"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                                    u"title"_s, u"words"_s)};
    const Judged judged = withOAuth(own, look);
    QTEST(toWord(judged.outcome), "expected");
    QVERIFY2(judged.reason.contains(reason) && judged.reason.isEmpty() == reason.isEmpty(), qPrintable(judged.reason));
    const bool hasLooked = !look.starts.empty() || !look.brokenOff.isEmpty();
    QCOMPARE(judged.observed.contains("oauth"_L1), hasLooked);
}

void TestOAuthRedirects::tellsWhatWasSeen()
{
    OAuthSeen seen = seenBy(u"response_type=code&state=1&nonce=1"_s, u"response_type=code&state=1&nonce=2"_s);
    seen.trial = trialOf(loginPage(), {takenBy(HostSuffix), refusedBy(LongerPath)});
    const QJsonObject told = withOAuth({}, lookAt(seen)).observed["oauth"_L1][0].toObject();
    QCOMPARE(told["endpoint"_L1].toString(), u"id.example.com/authorize"_s);
    QCOMPARE(told["where"_L1].toString(), u"/auth/oidc"_s);
    QCOMPARE(told["state"_L1].toString(), u"constant"_s);
    QCOMPARE(told["pkce"_L1].toString(), u"missing"_s);
    QCOMPARE(told["guarded_by"_L1].toString(), u"nonce"_s);
    QCOMPARE(told["redirect"_L1].toString(), kTrue);
    QCOMPARE(told["redirect_tries"_L1][0]["verdict"_L1].toString(), u"taken"_s);
    QCOMPARE(told["redirect_tries"_L1][1]["verdict"_L1].toString(), u"refused"_s);
    QVERIFY(told["control"_L1].toBool() && told["nonce"_L1].toBool());
}

QTEST_GUILESS_MAIN(TestOAuthRedirects)
#include "tst_oauthredirects.moc"
