#include "checks/access/bypassowed.h"
#include "checks/access/methodtampering.h"
#include "checks/net/requesttarget.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/bypassscene.h"
#include "tests/checks/access/liarrows.h"
#include "tests/checks/earlierfinding.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kHost = u"api.example.com"_s;
const QString kUsers = u"GET /users"_s;
const QString kOrders = u"GET /orders"_s;

BypassTry triedAt(std::size_t target, const QString &code, int status)
{
    BypassTry tried{.target = target, .way = {code, code, {}}};
    tried.way.request.method = "GET";
    tried.way.request.url = QUrl(u"https://"_s + kHost + u"/other"_s);
    tried.answer = answer(status, kJson, "{}");
    return tried;
}

// An earlier look that found a slash to lead past the rules of /users.
QJsonObject before(const QString &role = {})
{
    const EarlierWay found{.host = kHost, .route = kUsers, .role = role};
    EarlierWay refused = found;
    refused.code = u"semicolon"_s;
    refused.seen = u"refused"_s;
    return earlierTries({found, refused});
}

// Today /orders alone refuses, in every way.
BypassLook lookToday()
{
    BypassLook look;
    look.before = before();
    look.targets = {adminsAddress(u"/orders"_s)};
    look.tries = {triedAt(0, u"trailing_slash"_s, 404)};
    return look;
}

bool closesWay(const Judged &judged, const QString &code)
{
    return closes(judged, {.code = code, .host = kHost});
}

} // namespace

// A way around a refusal that was found at one address, and what a look at another one says of it.
class TestBypassOwed : public QObject
{
    Q_OBJECT

private slots:
    void owes_data();
    void owes();
    void tellsSpellingsApart_data();
    void tellsSpellingsApart();
    void remembersUntilItIsTried();
    void asksAgainWhereItWasFound_data();
    void asksAgainWhereItWasFound();
};

void TestBypassOwed::owes_data()
{
    QTest::addColumn<BypassLook>("look");
    QTest::addColumn<bool>("isOwed");
    const auto row = [](const char *name, bool isOwed, const std::function<void(BypassLook &)> &change) {
        BypassLook look = lookToday();
        change(look);
        QTest::newRow(name) << look << isOwed;
    };
    const auto again = [](BypassLook &look, int status) {
        look.targets.push_back(adminsAddress(u"/users"_s));
        look.tries.push_back(triedAt(1, u"trailing_slash"_s, status));
    };
    using enum BypassGap::Why;
    row("on the list no more, or gone", false, [](auto &) {});
    row("its answer did not tell", true, [](auto &look) { look.gaps = {{kUsers, NotTold}}; });
    row("it was not asked", true, [](auto &look) { look.gaps = {{kUsers, NotAsked}}; });
    row("it is empty at present", true, [](auto &look) { look.gaps = {{kUsers, Bare}}; });
    row("another address was not asked", false, [](auto &look) { look.gaps = {{kOrders, NotAsked}}; });
    row("refused there as well", false, [&](auto &look) { again(look, 404); });
    row("no answer that tells", true, [&](auto &look) { again(look, 503); });
    row("that way was not tried there", true, [](auto &look) { look.targets.push_back(adminsAddress(u"/users"_s)); });
    row("it was an account's, which nobody refuses now", false, [&](auto &look) {
        again(look, 404);
        look.before = before(u"member"_s);
        look.letIn = {{kUsers, u"member"_s}};
    });
    row("it was an account's, which nobody asked", true, [&](auto &look) {
        again(look, 404);
        look.before = before(u"member"_s);
        look.letIn = {{kUsers, {}}, {kOrders, u"member"_s}};
    });
    row("it refuses nobody, and gives less", true, [](auto &look) { look.gaps = {{kUsers, NoRefusal}}; });
    row("it refuses nobody, and lets in", false, [](auto &look) {
        look.gaps = {{kUsers, NoRefusal}};
        look.letIn = {{kUsers, {}}};
    });
    row("it was an account's, which could not sign in", true, [&](auto &look) {
        again(look, 404);
        look.before = before(u"member"_s);
        look.problems = {u"Tom could not sign in."_s};
    });
}

void TestBypassOwed::owes()
{
    QFETCH(BypassLook, look);
    QFETCH(bool, isOwed);
    const auto owed = owedWays(look);
    QCOMPARE(!owed.empty(), isOwed);
    const Judged judged = judgeMethodTampering(look);
    QCOMPARE(closesWay(judged, u"trailing_slash"_s), !isOwed);
    QVERIFY(closesWay(judged, u"semicolon"_s)); // that was refused then
    QCOMPARE(judged.reason.contains("not tried again there"_L1), isOwed);
    QCOMPARE(judged.reason.contains(kUsers), isOwed);
    QCOMPARE(judged.observed.contains(u"not_tried_again"_s), isOwed);
    if (isOwed)
        QCOMPARE(judged.outcome, Outcome::Info);
}

void TestBypassOwed::tellsSpellingsApart_data()
{
    QTest::addColumn<QString>("path"); // that was found
    QTest::addColumn<int>("plain");    // what /%2e/ gets; 0: nothing was left to ask by
    QTest::addColumn<int>("detour");   // what /lc/%2e%2e/ gets
    QTest::addColumn<bool>("isOwed");
    const QString detour = u"/lc/%2e%2e/users"_s;
    QTest::newRow("both refused") << detour << 404 << 404 << false;
    QTest::newRow("that one gave no answer that tells") << detour << 404 << 503 << true;
    QTest::newRow("that one was not asked") << detour << 404 << 0 << true;
    QTest::newRow("the other one gave none") << detour << 503 << 404 << false;
    QTest::newRow("of an older look, one refused") << QString() << 404 << 503 << true;
    QTest::newRow("of an older look, both refused") << QString() << 404 << 404 << false;
    QTest::newRow("of another record, one refused") << u"/lc/%2e%2e/9"_s << 404 << 503 << true;
    QTest::newRow("of another record, both refused") << u"/lc/%2e%2e/9"_s << 404 << 404 << false;
}

// Ways of one code lead past different rules.
void TestBypassOwed::tellsSpellingsApart()
{
    QFETCH(QString, path);
    QFETCH(int, plain);
    QFETCH(int, detour);
    QFETCH(bool, isOwed);
    const QString code = u"encoded_dot"_s;
    BypassLook look;
    look.targets = {adminsAddress(u"/users"_s)};
    look.before = earlierTries({{.host = kHost, .route = kUsers, .code = code, .path = path}});
    const auto add = [&](const QByteArray &sent, int status) {
        BypassTry tried = triedAt(0, code, status);
        tried.isAsked = status != 0;
        tried.way.request.headers = {{kTargetField, sent}};
        look.tries.push_back(tried);
    };
    add("/%2e/users", plain);
    add("/lc/%2e%2e/users", detour);
    QCOMPARE(!owedWays(look).empty(), isOwed);
    // The look after that one, where the address fails and another one refuses.
    BypassLook next = lookToday();
    next.tries.push_back(triedAt(0, code, 404));
    next.gaps = {{kUsers, BypassGap::Why::NotTold}};
    next.before = judgeMethodTampering(look).observed;
    QCOMPARE(closesWay(judgeMethodTampering(next), code), !isOwed);
}

// Through looks that reached nothing at all.
void TestBypassOwed::remembersUntilItIsTried()
{
    BypassLook look = lookToday();
    look.gaps = {{kUsers, BypassGap::Why::NotTold}};
    look.before = judgeMethodTampering(look).observed;
    look.before = withOwed(notRun(u"Nobody could sign in."_s), look.before).observed;
    BypassLook none;
    none.gaps = look.gaps;
    none.before = look.before;
    const Judged judged = judgeMethodTampering(none);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.hasNothingToTry);
    look.before = judged.observed;
    QCOMPARE(routesOpenIn(look.before), QStringList{kUsers});
    QVERIFY(!closesWay(judgeMethodTampering(look), u"trailing_slash"_s));
    look.gaps.clear();
    look.targets.push_back(adminsAddress(u"/users"_s));
    look.tries.push_back(triedAt(1, u"trailing_slash"_s, 404));
    const Judged mended = judgeMethodTampering(look);
    QVERIFY(closesWay(mended, u"trailing_slash"_s));
    QVERIFY(!mended.observed.contains(u"not_tried_again"_s));
}

void TestBypassOwed::asksAgainWhereItWasFound_data()
{
    QTest::addColumn<bool>("isMended");
    QTest::addColumn<bool>("isSilent"); // the address, to everybody
    QTest::addColumn<bool>("isFound");
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("as it was") << false << false << true << true;
    QTest::newRow("mended") << true << false << false << true;
    QTest::newRow("mended or not, it fails") << true << true << false << false;
}

// Two other addresses of administrators stand before it in the list, which are as many as a look tries.
void TestBypassOwed::asksAgainWhereItWasFound()
{
    QFETCH(bool, isMended);
    QFETCH(bool, isSilent);
    QFETCH(bool, isFound);
    QFETCH(bool, isClosed);
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    std::erase_if(run.facts.routes, [](const Route &route) { return route.method != "GET"_L1; });
    for (const char *path : {"/api/admin/reports", "/api/admin/accounts"})
        run.facts.routes.insert(
            run.facts.routes.begin(),
            Route{.method = u"GET"_s, .path = QString::fromLatin1(path), .access = AccessClass::Admin});
    ShopApi &shop = run.shop.shop();
    const QByteArray admins = "Bearer " + shop.tokenWith(shop.account(kBirch, u"admin"_s));
    run.lie(
        [&, admins](const PageRequest &request) -> std::optional<PageReply> {
            PageRequest meant = request;
            QByteArray path = request.path();
            const bool isUsers = path.startsWith("/api/admin/users");
            if (isUsers && isSilent)
                return PageReply{.status = 503, .contentType = "application/json", .body = "{}"};
            if (path == "/api/admin/reports" || path == "/api/admin/accounts")
                meant.target = "/api/admin/users";
            else if (path == "/api/admin/users/" && request.method == "GET" && !isMended)
                meant.headers["authorization"] = admins, meant.target = "/api/admin/users";
            else
                return std::nullopt;
            return shop.answer(meant);
        },
        500);
    const QString host = QString::fromLatin1(shop.apiHost());
    run.facts.observedBefore[u"access.method-tampering"_s] =
        earlierTries({{.host = host, .route = u"GET /api/admin/users"_s}});
    const Judged judged = run.run(methodTamperingCheck());
    QCOMPARE(codesOf(judged).contains(u"trailing_slash"_s), isFound);
    QVERIFY2(closes(judged, {.code = u"trailing_slash"_s, .host = host}) == isClosed, qPrintable(toldBy(judged)));
    QCOMPARE(judged.reason.contains(u"not tried again there"_s), !isClosed);
    QCOMPARE(run.gate->sentBy(u"access.method-tampering"_s), judged.observed.value("sent"_L1).toInt());
}

QTEST_GUILESS_MAIN(TestBypassOwed)
#include "tst_bypassowed.moc"
