// What is made of an authorization request and of the values of two visitors: rows without a network.
#include "tests/checks/access/oauthseen.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

struct Around
{
    OAuthOrigin origin = OAuthOrigin::Start;
    bool setsCookie = true;
    bool goesToApp = false;
    bool isAsked = true;
    QString first = u"response_type=code&state=1"_s;
    QString second = u"response_type=code&state=2"_s;
};

} // namespace

Q_DECLARE_METATYPE(Around)

class TestOAuthJudge : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhatGuards_data();
    void knowsWhatGuards();
    void judgesRequests_data();
    void judgesRequests();
    void judgesWhatIsAround_data();
    void judgesWhatIsAround();
};

void TestOAuthJudge::knowsWhatGuards_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *first, const char *second, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(first) << QString::fromLatin1(second)
                            << QString::fromLatin1(expected);
    };
    row("a new state", "response_type=code&state=1", "response_type=code&state=2", "state");
    row("the same state", "response_type=code&state=1", "response_type=code&state=1", "");
    row("the state of the first alone", "response_type=code&state=1", "response_type=code", "state");
    row("no state", "response_type=code", "response_type=code", "");
    row("a new challenge", "response_type=code&code_challenge=1", "response_type=code&code_challenge=2", "pkce");
    row("the same challenge", "response_type=code&code_challenge=1", "response_type=code&code_challenge=1", "");
    row("a new nonce", "response_type=code&nonce=1", "response_type=code&nonce=2", "nonce");
    row("the same state and a new nonce", "response_type=code&state=1&nonce=1", "response_type=code&state=1&nonce=2",
        "nonce");
    row("all new", "response_type=code&state=1&nonce=1&code_challenge=1",
        "response_type=code&state=2&nonce=2&code_challenge=2", "state");
}

void TestOAuthJudge::knowsWhatGuards()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(QString, expected);
    OAuthSeen seen = seenBy(first, second);
    QCOMPARE(toWord(guardOf(seen)), expected);
    seen.asks.pop_back(); // one visitor alone shows nothing
    QCOMPARE(guardOf(seen), OAuthGuard::None);
}

void TestOAuthJudge::judgesRequests_data()
{
    QTest::addColumn<QString>("parts");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &parts, const char *expected) {
        QTest::newRow(name) << parts << QString::fromLatin1(expected);
    };
    const auto to = [](const char *redirect) {
        return u"response_type=code&redirect_uri="_s +
               QString::fromLatin1(QUrl::toPercentEncoding(QLatin1String(redirect)));
    };
    row("the code flow", u"response_type=code"_s, "");
    row("no type named", u"scope=openid"_s, "");
    row("a token", u"response_type=token"_s, "oauth_implicit:medium:proven");
    row("both tokens", u"response_type=id_token token"_s, "oauth_implicit:medium:proven");
    row("who it is alone", u"response_type=id_token"_s, "oauth_implicit:low:proven");
    row("who it is, in a form", u"response_type=id_token&response_mode=form_post"_s, "");
    row("the secret", u"response_type=code&client_secret=x"_s, "oauth_secret_in_address:high:proven");
    row("PKCE in the clear", u"response_type=code&code_challenge=x&code_challenge_method=plain"_s,
        "oauth_plain_pkce:low:proven");
    row("PKCE without a method", u"response_type=code&code_challenge=x"_s, "oauth_plain_pkce:low:proven");
    row("PKCE by S256", u"response_type=code&code_challenge=x&code_challenge_method=S256"_s, "");
    row("PKCE of no code", u"response_type=token&code_challenge=x"_s, "oauth_implicit:medium:proven");
    row("an app without PKCE", to("com.example.app:/cb"), "oauth_no_pkce:medium:strong");
    row("a program on the computer without PKCE", to("http://127.0.0.1:8421/cb"), "oauth_no_pkce:medium:strong");
    row("an app with PKCE in the clear", to("com.example.app:/cb") + u"&code_challenge=x"_s,
        "oauth_plain_pkce:medium:proven");
    row("unencrypted", to("http://app.example.com/cb"), "oauth_plain_redirect:high:proven");
    row("unencrypted to another", to("http://elsewhere.example.net/cb"),
        "oauth_plain_redirect:high:proven oauth_foreign_redirect:low:lead");
    row("another host", to("https://elsewhere.example.net/cb"), "oauth_foreign_redirect:low:lead");
    row("a host of the same site", to("https://auth.example.com/cb"), "");
    row("a service for signing in", to("https://abc.supabase.co/auth/v1/callback"), "");
    row("no address", u"response_type=code&redirect_uri="_s, "");
    row("out of sight", u"response_type=code&request_uri=urn:x"_s, "");
}

// Guarded by the state, so that what else is said is of the request itself.
void TestOAuthJudge::judgesRequests()
{
    QFETCH(QString, parts);
    QFETCH(QString, expected);
    const auto findings = oauthFindings(lookAt(seenBy(parts + u"&state=1"_s, parts + u"&state=2"_s)));
    QCOMPARE(wordsOf(findings), expected);
    for (const Finding &finding : findings) {
        QVERIFY(!finding.title.isEmpty() && !finding.whatWeSaw.contains("%1"_L1));
        QVERIFY(finding.host == "app.example.com"_L1 && finding.subject == "/auth/oidc"_L1);
        QCOMPARE(finding.evidence.size(), 2U);
    }
}

void TestOAuthJudge::judgesWhatIsAround_data()
{
    QTest::addColumn<Around>("around");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const Around &around, const char *expected) {
        QTest::newRow(name) << around << QString::fromLatin1(expected);
    };
    const QString bare = u"response_type=code"_s;
    const QString one = u"response_type=code&state=1"_s;
    row("as it should be", {}, "");
    row("no state", {.first = bare, .second = bare}, "oauth_no_state:medium:proven");
    row("no state, nor a cookie", {.setsCookie = false, .first = bare, .second = bare}, "oauth_no_state:medium:proven");
    row("one state for all", {.second = one}, "oauth_constant_state:medium:proven");
    row("no cookie", {.setsCookie = false}, "oauth_unbound_state:low:lead");
    row("no cookie, the request in the page", {.origin = OAuthOrigin::Page, .setsCookie = false}, "");
    row("a page takes the code", {.goesToApp = true}, "oauth_no_pkce:low:lead");
    row("a page takes the code, with PKCE",
        {.goesToApp = true,
         .first = one + u"&code_challenge=1&code_challenge_method=S256"_s,
         .second = one + u"&code_challenge=2&code_challenge_method=S256"_s},
        "");
    row("in a script, which may add a state",
        {.origin = OAuthOrigin::Script, .setsCookie = false, .isAsked = false, .first = bare}, "");
    row("out of sight", {.first = u"request_uri=urn:1"_s, .second = u"request_uri=urn:2"_s}, "");
}

void TestOAuthJudge::judgesWhatIsAround()
{
    QFETCH(Around, around);
    QFETCH(QString, expected);
    OAuthSeen seen = seenBy(around.first, around.second);
    seen.start.origin = around.origin;
    seen.goesToApp = around.goesToApp;
    for (OAuthAsk &ask : seen.asks)
        ask.setsCookie = around.setsCookie;
    if (!around.isAsked)
        seen.asks.clear();
    QCOMPARE(wordsOf(oauthFindings(lookAt(seen))), expected);
}

QTEST_GUILESS_MAIN(TestOAuthJudge)
#include "tst_oauthjudge.moc"
