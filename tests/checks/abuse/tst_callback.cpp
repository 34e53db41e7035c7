#include "checks/abuse/callback.h"
#include "models/unseen.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/lab/renewed.h"

#include <QHostAddress>
#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kText = u"LC-CANARY-abcdefghij23"_s;

bool isCallback(const ShopRouteLine &line)
{
    return line.path.startsWith("/api/callbacks");
}

// RFC 1122, 1918, 3927, 4193 and 4291.
bool isInside(const QHostAddress &ip)
{
    static const QStringList nets{u"127.0.0.0/8"_s,   u"0.0.0.0/8"_s,      u"10.0.0.0/8"_s,
                                  u"172.16.0.0/12"_s, u"192.168.0.0/16"_s, u"169.254.0.0/16"_s,
                                  u"fc00::/7"_s,      u"::1/128"_s,        u"::ffff:127.0.0.0/104"_s};
    return std::ranges::any_of(nets, [&](const QString &net) { return ip.isInSubnet(QHostAddress::parseSubnet(net)); });
}

} // namespace

class TestCallback : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void hasAddressesOfEachKind();
    void findsFields_data();
    void findsFields();
    void writesAddresses_data();
    void writesAddresses();
    void knowsTheInside_data();
    void knowsTheInside();
    void judges_data();
    void judges();
    void findsNothingInTheCleanShop();
    void findsFaults();
    void needsAWayBack();
    void isNotFooled_data();
    void isNotFooled();
    void staysInsideItsBudget();
    void stopsAndCleansUp();

private:
    ShopLab m_shop;
    LyingShop m_hostile;
};

void TestCallback::initTestCase()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
}

void TestCallback::init()
{
    renew(m_shop);
}

void TestCallback::hasAddressesOfEachKind()
{
    std::set<CallbackKind> kinds;
    std::set<QString> urls;
    const auto all = innerAddresses(kText);
    for (const CallbackAddress &one : all) {
        kinds.insert(one.kind);
        urls.insert(one.url);
        QVERIFY(one.url.endsWith(kText));
        // What is written as numbers leads inside indeed.
        const QHostAddress ip(QUrl(one.url).host());
        QVERIFY2(ip.isNull() || isInside(ip), qPrintable(one.url));
    }
    QCOMPARE(kinds.size(), std::size_t(4));
    QCOMPARE(urls.size(), all.size());
}

void TestCallback::findsFields_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("an address") << json << QByteArray(R"({"to":"https://hooks.example.com/a"})") << u"to"_s;
    QTest::newRow("by its name") << json << QByteArray(R"({"callback_url":""})") << u"callback_url"_s;
    QTest::newRow("a text of that name") << json << QByteArray(R"({"target":"sales"})") << u""_s;
    QTest::newRow("no address") << json << QByteArray(R"({"title":"x"})") << u""_s;
    QTest::newRow("a form") << form << QByteArray("name=x&hook=https%3A%2F%2Fhooks.example.com") << u"hook"_s;
    QTest::newRow("mail") << json << QByteArray(R"({"to":"mailto:a@example.com"})") << u""_s;
    QTest::newRow("no JSON") << json << QByteArray("oops") << u""_s;
}

void TestCallback::findsFields()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    QCOMPARE(addressFieldsOf(type, body).join(u' '), expected);
}

void TestCallback::writesAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"https://hooks.example.com"_s << u"https://hooks.example.com/LC-CANARY-abcdefghij23"_s;
    QTest::newRow("with a path") << u"https://hooks.example.com/a/"_s
                                 << u"https://hooks.example.com/a/LC-CANARY-abcdefghij23"_s;
    QTest::newRow("with a query") << u"https://hooks.example.com/a?b=c#d"_s
                                  << u"https://hooks.example.com/a/LC-CANARY-abcdefghij23"_s;
    QTest::newRow("empty") << u""_s << u"https://example.com/LC-CANARY-abcdefghij23"_s;
}

void TestCallback::writesAddresses()
{
    QFETCH(QString, url);
    QFETCH(QString, expected);
    QCOMPARE(withText(url, kText), expected);
    const QByteArray body = bodyWithAddress("application/json", R"({"a":1,"url":"x"})", u"url"_s, expected);
    QCOMPARE(addressIn("application/json", body, u"url"_s), expected);
    const QByteArray form = bodyWithAddress("application/x-www-form-urlencoded", "a=1&url=x", u"url"_s, expected);
    QCOMPARE(addressIn("application/x-www-form-urlencoded", form, u"url"_s), expected);
}

void TestCallback::knowsTheInside_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isContent");
    QTest::addColumn<bool>("isConnecting");
    QTest::newRow("passwd") << QByteArray("root:x:0:0:root:/root:/bin/bash\n") << true << false;
    QTest::newRow("metadata") << QByteArray("ami-id\nami-launch-index\nhostname\ninstance-id\n") << true << false;
    QTest::newRow("refused") << QByteArray(R"({"error":"connect ECONNREFUSED 127.0.0.1:80"})") << false << true;
    QTest::newRow("timed out") << QByteArray("Connection timed out after 5000 ms") << false << true;
    QTest::newRow("a plain refusal") << QByteArray(R"({"error":"url is not public"})") << false << false;
    QTest::newRow("the address alone") << QByteArray("http://169.254.169.254/latest/meta-data/") << false << false;
}

void TestCallback::knowsTheInside()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isContent);
    QFETCH(bool, isConnecting);
    QCOMPARE(innerContentIn(body).has_value(), isContent);
    QCOMPARE(connectErrorIn(body).has_value(), isConnecting);
}

void TestCallback::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("expected");
    const QByteArray kept = R"({"url":"http://127.0.0.1/LC-CANARY-abcdefghij23"})";
    QTest::newRow("refused") << 422 << QByteArray("{}") << QByteArray() << u"pass"_s;
    QTest::newRow("kept") << 201 << kept << kept << u"inner_address_accepted:medium"_s;
    QTest::newRow("taken and replaced") << 201 << kept << QByteArray(R"({"url":null})") << u"not_run"_s;
    QTest::newRow("tried") << 502 << QByteArray("connect ECONNREFUSED 127.0.0.1:80") << QByteArray()
                           << u"inner_connection:high"_s;
    QTest::newRow("content") << 200 << QByteArray("root:x:0:0:root") << QByteArray() << u"inner_content:critical"_s;
    QTest::newRow("broken") << 500 << QByteArray("oops") << QByteArray() << u"not_run"_s;
}

void TestCallback::judges()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, after);
    QFETCH(QString, expected);
    TriedAddress one{{CallbackKind::Loopback, u"http://127.0.0.1/LC-CANARY-abcdefghij23"_s}, {}};
    one.tried.answer = answer(status, kJson, body);
    one.tried.wasTaken = status < 300;
    if (!after.isEmpty())
        one.tried.after = answer(200, kJson, after);
    CallbackRun run;
    run.control = TriedBody{.request = {}, .answer = answer(201, kJson, "{}"), .wasTaken = true};
    run.tried = {one};
    run.stillTakes = true;
    CallbackLook look;
    look.routes = {run};
    const Judged judged = judgeCallbacks(look);
    QCOMPARE(said(judged), expected);
    look.leftOut = {u"POST /api/hooks"_s};
    const Judged more = judgeCallbacks(look);
    QVERIFY2(more.outcome != Outcome::Pass && more.reason.contains("POST /api/hooks"_L1), qPrintable(more.reason));
    QCOMPARE(unseenIn(more.observed).size(), std::size_t(1));
    if (!judged.findings.empty())
        QVERIFY(judged.findings.front().proof == (status == 200 ? Proof::Proven : Proof::Lead));
}

void TestCallback::findsNothingInTheCleanShop()
{
    BadShop scene(m_shop, isCallback);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, callbackUrlCheck());
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1][0]["addresses"_L1].toArray().size(), qsizetype(innerAddresses({}).size()));
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestCallback::findsFaults()
{
    m_shop.setFaults({ShopFault::CallbackPrivate});
    BadShop scene(m_shop, isCallback);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, callbackUrlCheck());
    QVERIFY2(codesOf(judged) == QStringList{u"inner_address_accepted"_s}, qPrintable(told(judged)));
    const Finding &found = judged.findings.front();
    QVERIFY(found.proof == Proof::Lead);
    QVERIFY(!found.evidence.empty());
    QCOMPARE(secretIn(found, run), QString());
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestCallback::needsAWayBack()
{
    BadShop scene(m_shop, [](const ShopRouteLine &line) { return line.path == "/api/callbacks"; });
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, callbackUrlCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY2(judged.reason.contains("/api/callbacks"_L1), qPrintable(judged.reason));
    QCOMPARE(run.gate->sent(), 0);
}

void TestCallback::isNotFooled_data()
{
    addLieRows();
}

void TestCallback::isNotFooled()
{
    QFETCH(ShopLie, lie);
    m_hostile.lie(lie, 8);
    BadShopOf scene(m_hostile, isCallback);
    AttackRun run = scene.newRun();
    QCOMPARE(fooledBy(scene.judged(run, callbackUrlCheck())), QString());
}

void TestCallback::staysInsideItsBudget()
{
    m_shop.setFaults({ShopFault::CallbackPrivate});
    BadShop scene(m_shop, isCallback);
    QCOMPARE(budgetProblem(scene, callbackUrlCheck(), {.least = 11, .most = 57, .tooFew = 40}), QString());
}

void TestCallback::stopsAndCleansUp()
{
    m_shop.setFaults({ShopFault::CallbackPrivate});
    BadShop scene(m_shop, isCallback);
    AttackRun run = scene.newRun();
    const StoppedLook stopped =
        stoppedLook([&] { return m_shop.shop().journal().count("POST", "/api/callbacks") > 1; },
                    [&] { run.token.cancel(); }, [&] { return scene.judged(run, callbackUrlCheck()); });
    QCOMPARE(stopped.problem(), QString());
    const Judged &judged = stopped.judged;
    QVERIFY2(judged.outcome == Outcome::NotRun || !judged.findings.empty(), qPrintable(told(judged)));
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

QTEST_GUILESS_MAIN(TestCallback)
#include "tst_callback.moc"
