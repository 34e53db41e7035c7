#include "checks/access/loginflow.h"
#include "tests/checks/access/oauthproduct.h"
#include "tests/checks/access/oauthrows.h"
#include "tests/checks/stoppedlook.h"

#include <QJsonArray>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.login-flow"_s;

QString toldIn(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(4000);
}

bool isFreeOfSecrets(const Judged &judged, const ActiveGate &gate)
{
    QString all = toldIn(judged);
    for (const Finding &finding : judged.findings) {
        all += finding.whatWeSaw;
        for (const Evidence &evidence : finding.evidence)
            all += evidence.title + evidence.body;
    }
    return std::ranges::none_of(gate.knownSecrets(),
                                [&](const Secret &secret) { return all.contains(QString::fromUtf8(secret.reveal())); });
}

// Of the requests in the list: at the port of its name nobody listens.
int answeredIn(const ActiveGate &gate)
{
    const auto log = gate.log();
    return static_cast<int>(
        std::ranges::count_if(log, [](const LoggedRequest &request) { return request.status > 0; }));
}

} // namespace

Q_DECLARE_METATYPE(OAuthFault)

class TestOAuthFlow : public QObject
{
    Q_OBJECT

private slots:
    void readsRequests_data() { addRequestRows(); }
    void readsRequests();
    void findsStarts_data() { addStartRows(); }
    void findsStarts();
    void judgesRedirects_data() { addVerdictRows(); }
    void judgesRedirects();
    void findsFaults_data();
    void findsFaults();
    void pressesAButton();
    void asksForAnAccount();
    void readsALinkTwice();
    void stops();
    void needsABudget();
};

void TestOAuthFlow::readsRequests()
{
    QFETCH(QString, address);
    QFETCH(QString, expected);
    QCOMPARE(partsOf(address), expected);
}

void TestOAuthFlow::findsStarts()
{
    QFETCH(QString, html);
    QFETCH(QString, expected);
    QCOMPARE(startsOf(html), expected);
}

void TestOAuthFlow::judgesRedirects()
{
    QFETCH(int, change);
    QFETCH(HttpResponse, answer);
    QFETCH(QString, expected);
    QCOMPARE(verdictAt(static_cast<RedirectChange>(change), answer), expected);
}

void TestOAuthFlow::findsFaults_data()
{
    QTest::addColumn<OAuthFault>("fault");
    QTest::addColumn<bool>("ownServer");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, OAuthFault fault, bool ownServer, const char *expected) {
        QTest::newRow(name) << fault << ownServer << QString::fromLatin1(expected);
    };
    using enum OAuthFault;
    row("another company's server, as it should be", None, false, "info");
    row("its own server, as it should be", None, true, "info");
    row("no state", NoState, false, "oauth_no_state:medium");
    row("the same state for all", ConstantState, false, "oauth_constant_state:medium");
    row("PKCE in the place of the state", ChallengeAlone, false, "info");
    row("no cookie", NoCookie, false, "oauth_unbound_state:low");
    row("a token in the address", Implicit, false, "oauth_implicit:medium");
    row("PKCE in the clear", PlainChallenge, false, "oauth_plain_pkce:low");
    row("an app without PKCE", AppWithoutChallenge, false, "oauth_no_pkce:medium");
    row("a page takes the code", PageTakesCode, false, "oauth_no_pkce:low");
    row("the secret in the address", SecretInAddress, false, "oauth_secret_in_address:high");
    row("unencrypted", PlainRedirect, false, "oauth_plain_redirect:high");
    row("to another host", ForeignRedirect, false, "oauth_foreign_redirect:low");
    row("to a service for signing in", SignInService, false, "info");
    row("out of sight", OutOfSight, false, "info");
    row("any redirect_uri", RedirectTaken, true, "oauth_redirect_taken:high");
    row("redirect_uri by its beginning", RedirectBySuffix, true, "oauth_redirect_taken:high");
    row("redirect_uri with a longer path", RedirectPath, true, "oauth_redirect_path:medium");
    row("redirect_uri goes on to the sign-in", RedirectCarried, true, "oauth_redirect_carried:low");
    row("its own address refused", RefusesTrue, true, "info");
    row("too many requests", Throttles, true, "not_run");
}

void TestOAuthFlow::findsFaults()
{
    QFETCH(OAuthFault, fault);
    QFETCH(bool, ownServer);
    QFETCH(QString, expected);
    OAuthProduct product(fault, ownServer);
    AttackRun run = product.run();
    const Judged judged = product.judged(loginFlowCheck(), run);
    QVERIFY2(said(judged) == expected, qPrintable(toldIn(judged)));
    QVERIFY(!judged.reason.isEmpty()); // the account's own sign-in was not tried
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
    QVERIFY(run.gate->sentBy(kId) <= kOAuthPageReads + kOAuthCeiling);
    QCOMPARE(answeredIn(*run.gate), product.lab().count()); // pages that were read as a visitor, too
    for (const LoggedRequest &request : run.gate->log())
        QCOMPARE(request.host, product.lab().host()); // nothing to anybody else
    const QJsonObject seen = judged.observed["oauth"_L1].toArray().first().toObject();
    const qsizetype tries = seen["redirect_tries"_L1].toArray().size();
    QCOMPARE(tries, ownServer && fault != OAuthFault::RefusesTrue && fault != OAuthFault::Throttles ? 4 : 0);
}

void TestOAuthFlow::pressesAButton()
{
    OAuthProduct product(OAuthFault::NoState, false, true);
    AttackRun run = product.run();
    const Judged judged = product.judged(loginFlowCheck(), run);
    QVERIFY2(said(judged) == "oauth_no_state:medium"_L1, qPrintable(toldIn(judged)));
}

// No page begins it: the account names its client, and the server says where it takes requests.
void TestOAuthFlow::asksForAnAccount()
{
    for (const bool isTaken : {false, true}) {
        OAuthProduct product(isTaken ? OAuthFault::RedirectTaken : OAuthFault::None, true);
        TestActor actor = product.actor();
        actor.signIn.kind = SignInKind::OAuthPassword;
        actor.signIn.csrfSource.clear();
        actor.signIn.url = product.lab().url(u"/oauth/token"_s).toString();
        actor.signIn.clientId = u"harbor-web"_s;
        AttackRun run = product.run();
        const Judged judged = product.judged(loginFlowCheck(), run, actor);
        QVERIFY2(said(judged) == (isTaken ? "oauth_redirect_taken:high"_L1 : "info"_L1), qPrintable(toldIn(judged)));
        QCOMPARE(product.lab().count("/oauth/authorize"), 1);
        QCOMPARE(answeredIn(*run.gate), product.lab().count());
    }
}

// The request stands ready in the page: what two visitors get is compared as well.
void TestOAuthFlow::readsALinkTwice()
{
    for (const bool isConstant : {false, true}) {
        OAuthProduct product(OAuthFault::None);
        int visits = 0;
        product.lab().on("GET", "/login", [&](const WebRequest &) {
            const QByteArray state = isConstant ? QByteArray("home") : QByteArray::number(++visits);
            return page(
                "<a href='https://id.elsewhere.example/authorize?client_id=a&amp;response_type=code&amp;state=" +
                state + "'>Sign in</a>");
        });
        AttackRun run = product.run();
        const Judged judged = product.judged(loginFlowCheck(), run);
        QVERIFY2(said(judged) == (isConstant ? "oauth_constant_state:medium"_L1 : "info"_L1),
                 qPrintable(toldIn(judged)));
        QCOMPARE(product.lab().count("/login"), 3); // found, and compared as two visitors
        QCOMPARE(answeredIn(*run.gate), product.lab().count());
    }
}

void TestOAuthFlow::stops()
{
    OAuthProduct product(OAuthFault::NoState, true);
    product.lab().setManners({.slowness = std::chrono::milliseconds(100)});
    AttackRun run = product.run();
    const StoppedLook stopped =
        stoppedLook([&] { return product.lab().count("/auth/oidc") > 0; }, [&] { run.token.cancel(); },
                    [&] { return product.judged(loginFlowCheck(), run); });
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY2(said(stopped.judged) == "not_run"_L1, qPrintable(toldIn(stopped.judged)));
    QVERIFY(!stopped.judged.reason.isEmpty());
}

void TestOAuthFlow::needsABudget()
{
    OAuthProduct product(OAuthFault::NoState);
    AttackRun poor = product.run(6);
    const Judged judged = product.judged(loginFlowCheck(), poor);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(poor.gate->sentBy(kId), 0);
}

QTEST_GUILESS_MAIN(TestOAuthFlow)
#include "tst_oauthflow.moc"
