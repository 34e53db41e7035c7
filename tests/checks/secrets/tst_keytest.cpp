// Whether a key still works: what counts as an answer, and what is sent, to a server on loopback.
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/keytest.h"
#include "checks/secrets/leakrule.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QFile>
#include <QJsonArray>
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

KeyTest likeGitHub()
{
    return {u"github"_s,
            {u"github-classic-token"_s},
            QUrl(u"https://api.github.com/user"_s),
            {{"Authorization", "Bearer {key}"}},
            u"login"_s};
}

KeyTest likeSlack()
{
    KeyTest test = likeGitHub();
    test.deadErrors = {u"invalid_auth"_s};
    test.liveErrors = {u"restricted"_s};
    return test;
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

private:
    QTemporaryFile m_root;
    mutable QMutex m_mutex;
    QByteArray m_request;
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

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<KeyStanding>("standing");
        using enum KeyStanding;
        QTest::newRow("taken") << 200 << kJson << QByteArray(R"({"login":"ada"})") << Live;
        QTest::newRow("refused") << 401 << kJson << QByteArray(R"({"message":"Bad credentials"})") << Dead;
        QTest::newRow("refused with 200")
            << 200 << kJson << QByteArray(R"({"ok":false,"error":"invalid_auth"})") << Dead;
        QTest::newRow("known, and may not") << 401 << kJson << QByteArray(R"({"name":"restricted"})") << Live;
        QTest::newRow("another success") << 200 << kJson << QByteArray(R"({"ok":true})") << Unknown;
        QTest::newRow("an array") << 200 << kJson << QByteArray("[]") << Unknown;
        QTest::newRow("a page") << 200 << kHtml << QByteArray(R"({"login":"ada"})") << Unknown;
        QTest::newRow("broken") << 200 << kJson << QByteArray("{\"login\":") << Unknown;
        QTest::newRow("a proxy's page") << 401 << kHtml << QByteArray("<h1>Sign in to the proxy</h1>") << Unknown;
        QTest::newRow("no body") << 401 << kJson << QByteArray() << Unknown;
        QTest::newRow("forbidden") << 403 << kJson << QByteArray(R"({"message":"Forbidden"})") << Unknown;
        QTest::newRow("a firewall") << 403 << kHtml << QByteArray("<h1>Blocked</h1>") << Unknown;
        QTest::newRow("not found") << 404 << kJson << QByteArray("{}") << Unknown;
        QTest::newRow("too many") << 429 << kJson << QByteArray("{}") << Unknown;
        QTest::newRow("outage") << 503 << kJson << QByteArray("{}") << Unknown;
        QTest::newRow("elsewhere") << 302 << kJson << QByteArray(R"({"login":"ada"})") << Unknown;
    }

    void judges()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const KeyAnswer said = judgeKeyAnswer(likeSlack(), answer(status, type, body));
        QTEST(said.standing, "standing");
        QVERIFY(!said.what.isEmpty());
    }

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
        QCOMPARE(said.error().kind, ErrorKind::Unsupported);
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
        QFile ofBrowsers(u":/rules/bundle-secrets.json"_s);
        QVERIFY(ofBrowsers.open(QIODevice::ReadOnly));
        const QJsonArray bundled = QJsonDocument::fromJson(ofBrowsers.readAll())["rules"_L1].toArray();
        for (const QJsonValue rule : bundled)
            known.insert(rule["id"_L1].toString());
        std::set<QString> tested;
        for (const KeyTest &test : *keyTests()) {
            for (const QString &rule : test.rules) {
                QVERIFY2(known.contains(rule), qPrintable(rule));
                QVERIFY2(tested.insert(rule).second, qPrintable(rule));
            }
        }
        QVERIFY(keyTests()->size() >= 20);
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
