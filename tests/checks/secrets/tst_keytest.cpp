// Whether a key still works: what counts as an answer, and what is sent, to a server on loopback.
#include "checks/secrets/byteregex.h"
#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/keytest.h"
#include "checks/secrets/leakrule.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QJsonDocument>
#include <QMutex>
#include <QTemporaryFile>
#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json; charset=utf-8";
const QByteArray kHtml = "Content-Type: text/html";

// Of the program's own data.
KeyTest testOf(const QString &id)
{
    const auto found = std::ranges::find_if(*keyTests(), [&](const KeyTest &test) { return test.id == id; });
    return found == keyTests()->end() ? KeyTest() : *found;
}

// api.github.com on loopback, with what it was sent.
class Provider
{
public:
    explicit Provider(const QByteArray &answer)
    {
        const Identity root = makeRoot(u"Lab root"_s);
        if (m_root.open()) {
            m_root.write(pemOf({root}));
            m_root.flush();
        }
        const TlsSetup tls{
            .chain = {makeSigned({.commonName = u"api.github.com"_s, .names = {u"api.github.com"_s}}, root)}};
        m_server = std::make_unique<HostileServer>(answering([this, answer](const QByteArray &request) {
                                                       const QMutexLocker lock(&m_mutex);
                                                       m_request = request;
                                                       ++m_requests;
                                                       return answer;
                                                   }),
                                                   tls);
    }

    NetOptions options(bool trusted = true) const
    {
        NetOptions net;
        net.connects = {{u"api.github.com"_s, 443, {u"127.0.0.1"_s, m_server->port()}}};
        if (trusted)
            net.caFile = m_root.fileName();
        net.operationTimeout = std::chrono::seconds(3);
        return net;
    }

    QByteArray request() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_request;
    }

    int requests() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_requests;
    }

private:
    QTemporaryFile m_root;
    mutable QMutex m_mutex;
    QByteArray m_request; // the last
    int m_requests = 0;
    std::unique_ptr<HostileServer> m_server; // last: its threads use the rest
};

// A file of one test with these members; ' stands for ".
QByteArray one(const QByteArray &members)
{
    return QByteArray("{'tests':[{'id':'a','rules':['r']," + members + "}]}").replace('\'', '"');
}

Secret key()
{
    return Secret("ghp_" + QByteArray(36, 'k'));
}

// As this machine tells values apart.
KeyTester tester()
{
    return keyTester([] { return QByteArray(32, 'f'); });
}

Result<KeyAnswer> ask(const Provider &provider, const Secret &secret = key(), bool trusted = true,
                      const QString &fingerprint = {})
{
    return tester().ask({u"github-classic-token"_s, fingerprint}, secret, provider.options(trusted), {});
}

} // namespace

class TestKeyTest : public QObject
{
    Q_OBJECT

private:
    static void judgesOne()
    {
        QFETCH(QString, id);
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const KeyAnswer said = judgeKeyAnswer(testOf(id), answer(status, type, body));
        QTEST(said.standing, "standing");
        QVERIFY(!said.what.isEmpty());
    }

private slots:
    void judges_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<KeyStanding>("standing");
        using enum KeyStanding;
        const QString github = u"github"_s;
        QTest::newRow("taken") << github << 200 << kJson << QByteArray(R"({"login":"ada"})") << Live;
        QTest::newRow("refused") << github << 401 << kJson << QByteArray(R"({"message":"Bad credentials"})") << Dead;
        QTest::newRow("refused in other words")
            << github << 401 << kJson << QByteArray(R"({"message":"Requires authentication"})") << Unknown;
        QTest::newRow("another success") << github << 200 << kJson << QByteArray(R"({"ok":true})") << Unknown;
        QTest::newRow("an array") << github << 200 << kJson << QByteArray("[]") << Unknown;
        QTest::newRow("a page") << github << 200 << kHtml << QByteArray(R"({"login":"ada"})") << Unknown;
        QTest::newRow("broken") << github << 200 << kJson << QByteArray("{\"login\":") << Unknown;
        QTest::newRow("a proxy's page") << github << 401 << kHtml << QByteArray("<h1>Bad credentials</h1>") << Unknown;
        QTest::newRow("no body") << github << 401 << kJson << QByteArray() << Unknown;
        QTest::newRow("forbidden") << github << 403 << kJson << QByteArray(R"({"message":"Bad credentials"})")
                                   << Unknown;
        QTest::newRow("a firewall") << github << 403 << kHtml << QByteArray("<h1>Blocked</h1>") << Unknown;
        QTest::newRow("not found") << github << 404 << kJson << QByteArray("{}") << Unknown;
        QTest::newRow("too many") << github << 429 << kJson << QByteArray("{}") << Unknown;
        QTest::newRow("outage") << github << 503 << kJson << QByteArray("{}") << Unknown;
        QTest::newRow("elsewhere") << github << 302 << kJson << QByteArray(R"({"login":"ada"})") << Unknown;
    }

    void judges() { judgesOne(); }

    // What they say of a key that is gone, and of one that works and is refused all the same.
    void judgesEachInItsOwnWords_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<KeyStanding>("standing");
        using enum KeyStanding;
        const auto row = [](const char *name, const QString &id, int status, const char *body, KeyStanding standing) {
            QTest::newRow(name) << id << status << kJson << QByteArray(body) << standing;
        };
        row("Stripe: gone", u"stripe"_s, 401,
            R"({"error":{"type":"invalid_request_error","message":"Invalid API Key provided: sk_live_***7dc"}})", Dead);
        row("Stripe: from another address", u"stripe"_s, 401,
            R"({"error":{"type":"invalid_request_error","message":"The API key does not allow this address."}})",
            Unknown);
        row("OpenAI: gone", u"openai"_s, 401,
            R"({"error":{"message":"Incorrect API key provided: sk-p***","code":"invalid_api_key"}})", Dead);
        row("OpenAI: restricted", u"openai"_s, 401,
            R"({"error":{"message":"You have insufficient permissions for this operation.","code":null}})", Unknown);
        row("OpenAI: from another address", u"openai"_s, 401,
            R"({"error":{"message":"IP not authorized","code":"ip_not_authorized"}})", Unknown);
        row("Anthropic: gone", u"anthropic"_s, 401,
            R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}})", Dead);
        row("GitLab: revoked", u"gitlab"_s, 401,
            R"({"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize."})", Dead);
        row("GitLab: of another server", u"gitlab"_s, 401, R"({"message":"401 Unauthorized"})", Unknown);
        row("Mistral: says no more", u"mistral"_s, 401, R"({"detail":"Unauthorized"})", Unknown);
        row("SendGrid: gone", u"sendgrid"_s, 401,
            R"({"errors":[{"message":"The provided authorization grant is invalid, expired, or revoked"}]})", Dead);
        row("SendGrid: another error", u"sendgrid"_s, 401, R"({"errors":[{"message":"authorization required"}]})",
            Unknown);
        row("Resend: gone", u"resend"_s, 400, R"({"name":"validation_error","message":"API key is invalid"})", Dead);
        row("Resend: may only send", u"resend"_s, 401,
            R"({"name":"restricted_api_key","message":"This API key is restricted to only send emails"})", Live);
        row("Brevo: gone", u"brevo"_s, 401, R"({"code":"unauthorized","message":"Key not found"})", Dead);
        row("Brevo: from another address", u"brevo"_s, 401,
            R"({"code":"unauthorized","message":"We have detected you are using an unrecognised IP address"})",
            Unknown);
        row("Postmark: of the account", u"postmark"_s, 401,
            R"({"ErrorCode":10,"Message":"Request does not contain a valid Server token."})", Unknown);
        row("Slack: revoked", u"slack"_s, 200, R"({"ok":false,"error":"token_revoked"})", Dead);
        row("Slack: gone, or from another address", u"slack"_s, 200, R"({"ok":false,"error":"invalid_auth"})", Unknown);
        row("Slack: works", u"slack"_s, 200, R"({"ok":true,"team_id":"T1"})", Live);
        row("Cloudflare: works", u"cloudflare"_s, 200, R"({"success":true,"result":{"status":"active"}})", Live);
        row("Cloudflare: expired", u"cloudflare"_s, 200, R"({"success":true,"result":{"status":"expired"}})", Dead);
        row("Cloudflare: disabled", u"cloudflare"_s, 200, R"({"success":true,"result":{"status":"disabled"}})", Dead);
        row("Cloudflare: another status", u"cloudflare"_s, 200, R"({"success":true,"result":{"status":"new"}})",
            Unknown);
        row("Cloudflare: gone, or of an account", u"cloudflare"_s, 401,
            R"({"success":false,"errors":[{"code":1000,"message":"Invalid API Token"}],"result":null})", Unknown);
        row("Supabase: works", u"supabase"_s, 200, "[]", Live);
        row("Supabase: an object", u"supabase"_s, 200, "{}", Unknown);
    }

    void judgesEachInItsOwnWords() { judgesOne(); }

    void asksOnceAndReadsOnly()
    {
        const Provider provider(httpAnswer(200, {kJson}, R"({"login":"ada"})"));
        const auto said = ask(provider);
        QVERIFY2(said, said ? "" : qPrintable(said.error().message));
        QCOMPARE(said->standing, KeyStanding::Live);
        const QByteArray request = provider.request();
        QVERIFY(request.startsWith("GET /user HTTP/1.1\r\n"));
        QVERIFY(request.toLower().contains("authorization: bearer ghp_kkk"));
        QVERIFY(!request.left(request.indexOf('\n')).contains("ghp_")); // never in the address
        QVERIFY(!said->what.contains(u"ghp_kkk"_s));
        QCOMPARE(provider.requests(), 1);
    }

    // Whoever stands on the way with another certificate gets nothing.
    void sendsNothingToStrangers()
    {
        const Provider provider(httpAnswer(200, {kJson}, R"({"login":"ada"})"));
        QVERIFY(!ask(provider, key(), false));
        QVERIFY(provider.request().isEmpty());
    }

    // The refusal of another key would be taken for a proof about this one.
    void sendsOnlyWhatWasFound()
    {
        const Provider provider(httpAnswer(200, {kJson}, R"({"login":"ada"})"));
        const QByteArray value = key().reveal();
        const auto own = QString::fromLatin1(fingerprintOf({value.constData(), 40}, QByteArray(32, 'f'))).left(16);
        const auto other = QString::fromLatin1(fingerprintOf({value.constData(), 40}, QByteArray(32, 'g'))).left(16);
        const auto refused = ask(provider, Secret("ghp_" + QByteArray(36, 'o')), true, own);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::NotFound);
        QVERIFY(!ask(provider, key(), true, other)); // found on another computer
        QVERIFY(provider.request().isEmpty());
        const auto said = ask(provider, Secret("  " + value + '\n'), true, own);
        QVERIFY2(said, said ? "" : qPrintable(said.error().message));
        QCOMPARE(said->standing, KeyStanding::Live);
    }

    // Of the same provider, and refused by this question whatever its state.
    void asksAboutNoKeyOfAnotherKind()
    {
        const Provider provider(httpAnswer(401, {kJson}, "{}"));
        const auto said = ask(provider, Secret("ghr_" + QByteArray(36, 'k')));
        QVERIFY(!said);
        QCOMPARE(said.error().kind, ErrorKind::BadInput);
        QVERIFY(provider.request().isEmpty());
    }

    void refusesWhatIsNoKey_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blanks") << QByteArray("  \n");
        QTest::newRow("two lines") << QByteArray("ghp_a\r\nX-Evil: 1");
        QTest::newRow("other letters") << QByteArray("ghp_\xc3\xa9");
        QTest::newRow("a book") << QByteArray(5000, 'k');
        QTest::newRow("a word") << QByteArray("hello");
        QTest::newRow("cut short") << "ghp_" + QByteArray(35, 'k');
        QTest::newRow("more than the key") << "ghp_" + QByteArray(37, 'k');
        QTest::newRow("with its name") << "TOKEN=ghp_" + QByteArray(36, 'k');
        QTest::newRow("of another kind") << "gho_" + QByteArray(36, 'k');
        QTest::newRow("of another service") << "sk_live_" + QByteArray(24, 'k');
    }

    void refusesWhatIsNoKey()
    {
        QFETCH(QByteArray, typed);
        const Provider provider(httpAnswer(200, {kJson}, "{}"));
        const auto said = ask(provider, Secret(typed));
        QVERIFY(!said);
        QCOMPARE(said.error().kind, ErrorKind::BadInput);
        QVERIFY(provider.request().isEmpty());
    }

    // Whatever a rule finds can be tried, and no other kind's.
    void takesWhatTheRulesFind()
    {
        const auto rules = loadLeakRules();
        MatchRoom room;
        for (const LeakRule &rule : *rules) {
            const KeyTest *test = keyTestFor(rule.id, *keyTests());
            if (!test)
                continue;
            const auto pattern = ByteRegex::compile(rule.pattern, rule.isCaseless ? ByteRegex::Case::Insensitive
                                                                                  : ByteRegex::Case::Sensitive);
            QVERIFY2(pattern, qPrintable(rule.id));
            for (const QByteArray &example : rule.matching) {
                const QByteArray text = expanded(example, 1);
                const auto at = pattern->match({text.constData(), static_cast<size_t>(text.size())}, 0, room);
                QVERIFY2(at, qPrintable(rule.id));
                const QByteArray value = text.mid(static_cast<qsizetype>(at->valueStart),
                                                  static_cast<qsizetype>(at->valueEnd - at->valueStart));
                QVERIFY2(isOfKind(*test, rule.id, value).value_or(false), qPrintable(rule.id));
                QVERIFY2(!isOfKind(*test, rule.id, value + '.').value_or(true), qPrintable(rule.id));
                QVERIFY2(!isOfKind(*test, rule.id, value.chopped(value.size() / 2)).value_or(true),
                         qPrintable(rule.id));
            }
        }
    }

    void ends()
    {
        NetOptions net;
        net.connects = {{u"api.github.com"_s, 443, {u"127.0.0.1"_s, unusedPort()}}};
        const auto said = tester().ask({u"github-classic-token"_s, {}}, key(), net, {});
        QVERIFY(!said);
        QVERIFY(!said.error().message.contains(u"ghp_"_s));
        const CancelToken cancelled;
        cancelled.cancel();
        QVERIFY(!tester().ask({u"github-classic-token"_s, {}}, key(), net, cancelled));
    }

    void showsWhatIsSent()
    {
        const auto shown = tester().request(u"github-classic-token"_s);
        QVERIFY(shown);
        QVERIFY2(shown->startsWith(u"GET https://api.github.com/user\n"_s), qPrintable(*shown));
        QVERIFY(shown->contains(u"Bearer ••••"_s));
        QVERIFY(!tester().request(u"private-key-rsa"_s));
        QVERIFY(!tester().ask({u"no-such-rule"_s, {}}, key(), {}, {}));
    }

    // Each names rules that exist, each rule has one test at most, and no key is ever part of an address.
    void dataIsRight()
    {
        QVERIFY2(keyTests(), keyTests() ? "" : qPrintable(keyTests().error().message));
        const auto rules = loadLeakRules();
        std::set<QString> known;
        for (const LeakRule &rule : *rules)
            known.insert(rule.id);
        std::set<QString> tested;
        for (const KeyTest &test : *keyTests()) {
            for (const QString &rule : test.rules) {
                QVERIFY2(known.contains(rule), qPrintable(rule));
                QVERIFY2(tested.insert(rule).second, qPrintable(rule));
            }
        }
        QVERIFY(keyTests()->size() >= 20);
    }

    // What is written down as the proof says who was asked, and for whose servers it is none.
    void aProofSaysWhoSaidIt()
    {
        const QByteArray bad = R"({"message":"Bad credentials"})";
        const KeyAnswer said = judgeKeyAnswer(testOf(u"github"_s), answer(401, kJson, bad));
        QVERIFY2(said.what.contains(u"api.github.com"_s), qPrintable(said.what));
        QVERIFY2(said.what.contains(u"server of your own"_s), qPrintable(said.what));
    }

    void brokenDataIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("names");
        QTest::newRow("no key in the headers")
            << one("'url':'https://a.example/','headers':['A: b'],'live':'x'") << u"headers"_s;
        QTest::newRow("key in the address")
            << one("'url':'https://a.example/?k={key}','headers':['A: {key}'],'live':'x'") << u"url"_s;
        QTest::newRow("plain http") << one("'url':'http://a.example/','headers':['A: {key}'],'live':'x'") << u"url"_s;
        QTest::newRow("no header") << one("'url':'https://a.example/','headers':['{key}'],'live':'x'") << u"headers"_s;
        QTest::newRow("an unknown member")
            << one("'url':'https://a.example/','headers':['A: {key}'],'live':'x','method':'DELETE'") << u"method"_s;
        QTest::newRow("no list") << one("'url':'https://a.example/','headers':['A: {key}'],'live':'x','dead':'x'")
                                 << u"dead"_s;
        QTest::newRow("nothing") << QByteArray("{}") << u"tests"_s;
    }

    void brokenDataIsRefused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, names);
        const auto tests = parseKeyTests(json);
        QVERIFY(!tests);
        QVERIFY2(tests.error().message.contains(names), qPrintable(tests.error().message));
    }
};

QTEST_GUILESS_MAIN(TestKeyTest)
#include "tst_keytest.moc"
