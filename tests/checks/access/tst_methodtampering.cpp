// Other ways to private addresses, sent to the practice shop and to products that lie.
#include "checks/access/methodtampering.h"
#include "models/testcells.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/liarrows.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// A product that has its rules for addresses as they came, and a router that reads them as `meant` does.
Liar readingAs(ShopApi &shop, const std::function<QByteArray(QByteArray)> &meant)
{
    const QByteArray token = shop.tokenWith(shop.account(kBirch, u"admin"_s));
    return [&shop, token, meant](const PageRequest &request) -> std::optional<PageReply> {
        if (request.method != "GET" || request.path().startsWith("/api/admin/users") ||
            meant(request.path()) != "/api/admin/users")
            return std::nullopt;
        return shop.answer({.method = "GET",
                            .target = "/api/admin/users",
                            .authority = request.authority,
                            .headers = {{"authorization", "Bearer " + token}}});
    };
}

// The first record of a list, in whatever it is wrapped.
QString recordIdIn(const QByteArray &list)
{
    static const QRegularExpression id(u"\"id\"\\s*:\\s*\"?([A-Za-z0-9_-]+)"_s);
    return id.match(QString::fromUtf8(list)).captured(1);
}

} // namespace

class MethodTamperingTest : public QObject
{
    Q_OBJECT

private slots:
    void postsNothingUnasked();
    void passesTheCleanShop();
    void passesAPageThatGreets();
    void tellsAnOverrideOnce_data();
    void tellsAnOverrideOnce();
    void believesNoMoment_data();
    void believesNoMoment();
    void findsFaults_data();
    void findsFaults();
    void findsHiddenDots_data();
    void findsHiddenDots();
    void triesARecordByItsId();
    void staysWithinItsBudget();
    void stopsAndUndoes();
    void asksNothingWithoutLeave();
    void believesNoLiar_data();
    void believesNoLiar();
};

// Its answers to other methods name none: nothing is posted there.
void MethodTamperingTest::postsNothingUnasked()
{
    ShopRun run({ShopFault::MethodOverride}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    std::erase_if(run.facts.routes, [](const Route &route) { return route.method != "GET"_L1; });
    run.lie([](const PageRequest &request) -> std::optional<PageReply> {
        if (request.method == "GET" || request.method == "HEAD" || isSignIn(request))
            return std::nullopt;
        return PageReply{.status = 404, .contentType = "application/json", .body = "{}"};
    });
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(judged.outcome != Outcome::NotRun, qPrintable(toldBy(judged)));
    for (const QJsonValue one : judged.observed.value("tries"_L1).toArray())
        QVERIFY(one["method"_L1].toString() != "POST"_L1);
}

void MethodTamperingTest::passesTheCleanShop()
{
    ShopRun run({}, 600);
    QVERIFY2(run.shop.isReady(), qPrintable(run.shop.problem()));
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldBy(judged)));
    QVERIFY(judged.observed.value("writes_tried"_L1).toInt() > 0);
    QVERIFY(judged.observed.value("targets"_L1).toArray().size() >= 3);
    CheckResult result;
    result.observed = judged.observed;
    QVERIFY(std::ranges::count(cellsOf(result), Outcome::Pass, &TestCell::outcome) >= 60);
    QCOMPARE(run.gate->sentBy(u"access.method-tampering"_s), judged.observed.value("sent"_L1).toInt());
    QCOMPARE(run.shop.shop().journal().count("DELETE", "/api/customers"), 0);
}

// Everybody's page names who is signed in, with or without a header field; the administrators' list has the same names.
void MethodTamperingTest::passesAPageThatGreets()
{
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s, u"/pricing"_s});
    QByteArray greeting = "<!doctype html><title>Prices</title>";
    for (const PracticeAccount &account : run.shop.shop().accounts()) {
        if (account.role != "admin"_L1)
            greeting += "<p>Hello " + account.name.toUtf8() + ", " + account.email.toUtf8() + "</p>";
    }
    run.lie([greeting](const PageRequest &request) -> std::optional<PageReply> {
        const bool isGreeted = request.path() == "/pricing" && !request.header("authorization").isEmpty();
        return isGreeted ? std::optional(PageReply{.body = greeting}) : std::nullopt;
    });
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldBy(judged)));
}

void MethodTamperingTest::tellsAnOverrideOnce_data()
{
    QTest::addColumn<bool>("byHeader");
    QTest::addColumn<bool>("byForm");
    QTest::addColumn<QString>("label");
    QTest::newRow("neither") << false << false << QString();
    QTest::newRow("by header") << true << false << u"X-HTTP-Method-Override"_s;
    QTest::newRow("in a form") << false << true << u"its field _method"_s;
    QTest::newRow("both") << true << true << u"X-HTTP-Method-Override"_s;
}

// A product that gets past its own rules by another method's name, wherever it reads it: one fault, one repair.
void MethodTamperingTest::tellsAnOverrideOnce()
{
    QFETCH(bool, byHeader);
    QFETCH(bool, byForm);
    QFETCH(QString, label);
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    ShopApi &shop = run.shop.shop();
    const QByteArray token = shop.tokenWith(shop.account(kBirch, u"admin"_s));
    run.lie([&, token](const PageRequest &request) -> std::optional<PageReply> {
        const bool isNamed = (byHeader && request.header("x-http-method-override") == "GET") ||
                             (byForm && request.body == "_method=GET");
        if (request.method != "POST" || request.path() != "/api/admin/users" || !isNamed)
            return std::nullopt;
        return shop.answer({.method = "GET",
                            .target = "/api/admin/users",
                            .authority = request.authority,
                            .headers = {{"authorization", "Bearer " + token}}});
    });
    const Judged judged = run.run(methodTamperingCheck());
    const bool isFound = byHeader || byForm;
    QVERIFY2(codesOf(judged) == (isFound ? QStringList{u"method_override"_s} : QStringList()),
             qPrintable(toldBy(judged)));
    QCOMPARE(judged.findings.size(), isFound ? 1U : 0U);
    for (const Finding &finding : judged.findings)
        QVERIFY2(finding.whatWeSaw.contains(label), qPrintable(finding.whatWeSaw));
}

void MethodTamperingTest::believesNoMoment_data()
{
    QTest::addColumn<int>("times"); // that the way leads past the rule
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("never") << 0 << QStringList();
    QTest::newRow("while another test had changed the account") << 1 << QStringList();
    QTest::newRow("always") << 1000 << QStringList{u"middleware_header"_s};
}

// Of an account alone: whoever is a stranger is refused in any case.
void MethodTamperingTest::believesNoMoment()
{
    QFETCH(int, times);
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    std::erase_if(run.facts.routes, [](const Route &route) { return route.method != "GET"_L1; });
    ShopApi &shop = run.shop.shop();
    const QByteArray admins = "Bearer " + shop.tokenWith(shop.account(kBirch, u"admin"_s));
    const auto left = std::make_shared<std::atomic_int>(times);
    run.lie([&shop, admins, left](const PageRequest &request) -> std::optional<PageReply> {
        const bool isWay = !request.header("x-middleware-subrequest").isEmpty();
        if (!isWay || shop.answer(request).status != 403 || --*left < 0)
            return std::nullopt;
        PageRequest raised = request;
        raised.headers["authorization"] = admins;
        return shop.answer(raised);
    });
    const Judged judged = run.run(methodTamperingCheck());
    QTEST(codesOf(judged), "codes");
}

void MethodTamperingTest::findsFaults_data()
{
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QStringList>("codes");
    using enum ShopFault;
    QTest::newRow("override field") << MethodOverride << QStringList{u"method_override"_s, u"override_writes"_s};
    QTest::newRow("original address") << OriginalUrlHonoured << QStringList{u"original_url"_s};
    QTest::newRow("case") << PathCaseBypass << QStringList{u"other_case"_s};
    QTest::newRow("slash") << TrailingSlashBypass << QStringList{u"trailing_slash"_s};
    QTest::newRow("encoded") << EncodedPathBypass << QStringList{u"encoded_slash"_s};
    QTest::newRow("double slash") << DoubleSlashBypass << QStringList{u"double_slash"_s};
    QTest::newRow("semicolon") << SemicolonBypass << QStringList{u"semicolon"_s};
    QTest::newRow("version") << VersionAliasOpen << QStringList{u"version_alias"_s};
    QTest::newRow("inside") << InternalAddressTrusted << QStringList{u"internal_address"_s};
    QTest::newRow("content type") << ContentTypeBypass << QStringList{u"content_type_swap"_s};
    QTest::newRow("middleware") << MiddlewareHeaderTrusted << QStringList{u"middleware_header"_s};
}

void MethodTamperingTest::findsFaults()
{
    QFETCH(ShopFault, fault);
    ShopRun run({fault}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s, u"/api/notes"_s, u"/pricing"_s});
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(judged.outcome == Outcome::Fail, qPrintable(toldBy(judged)));
    QTEST(codesOf(judged), "codes");
    for (const Finding &finding : judged.findings) {
        QVERIFY2(finding.proof == Proof::Proven, qPrintable(toldBy(judged)));
        QCOMPARE(finding.severity, Severity::Critical);
        QVERIFY(finding.evidence.front().body.contains(u"curl"_s));
        for (const Secret &secret : run.gate->knownSecrets())
            QVERIFY(!finding.evidence.front().body.contains(QString::fromUtf8(secret.reveal())));
    }
}

void MethodTamperingTest::findsHiddenDots_data()
{
    QTest::addColumn<QByteArray>("hidden"); // how the product hears of the detour
    QTest::addColumn<QByteArray>("read");   // and what it makes of it
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("shown");
    QTest::newRow("one dot") << QByteArray("/%2e/") << QByteArray("/") << u"encoded_dot"_s << u"/api/admin/%2e/users"_s;
    QTest::newRow("two dots") << QByteArray("/lc/%2e%2e/") << QByteArray("/") << u"encoded_dot"_s
                              << u"/api/admin/lc/%2e%2e/users"_s;
    QTest::newRow("a parameter") << QByteArray("/lc/..;/") << QByteArray("/") << u"dot_parameter"_s
                                 << u"/api/admin/lc/..;/users"_s;
    QTest::newRow("an encoded slash behind them")
        << QByteArray("/lc/..%2f") << QByteArray("/") << u"encoded_slash"_s << u"/api/admin/lc/..%2fusers"_s;
}

void MethodTamperingTest::findsHiddenDots()
{
    QFETCH(QByteArray, hidden);
    QFETCH(QByteArray, read);
    QFETCH(QString, code);
    QFETCH(QString, shown);
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    run.lie(readingAs(run.shop.shop(), [&](QByteArray path) { return path.replace(hidden, read); }), 500);
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(codesOf(judged) == QStringList{code}, qPrintable(toldBy(judged)));
    QCOMPARE(judged.findings.size(), 1U);
    const QString evidence = judged.findings.front().evidence.front().body;
    QVERIFY2(evidence.count(shown) >= 2, qPrintable(evidence)); // as it was sent, and for a shell
    QVERIFY(!evidence.contains(u":path"_s));
    QCOMPARE(run.gate->sentBy(u"access.method-tampering"_s), judged.observed.value("sent"_L1).toInt());
}

// A rule for the collection is not one for the record below it: only with an id that was seen in use.
void MethodTamperingTest::triesARecordByItsId()
{
    ShopRun run({ShopFault::TrailingSlashBypass}, 500);
    std::erase_if(run.facts.routes,
                  [](const Route &route) { return route.method != "GET"_L1 || route.path != "/api/notes/{id}"_L1; });
    std::erase_if(run.facts.actors, [](const TestActor &actor) { return actor.tenant != kBirch; });
    ShopApi &shop = run.shop.shop();
    const PageReply list =
        shop.answer({.method = "GET",
                     .target = "/api/notes",
                     .authority = shop.apiHost(),
                     .headers = {{"authorization", "Bearer " + shop.tokenWith(shop.account(kBirch, u"admin"_s))}}});
    const QString id = recordIdIn(list.body);
    QVERIFY2(!id.isEmpty(), list.body);
    QVERIFY(!run.facts.routes.empty());
    QVERIFY(run.run(methodTamperingCheck()).observed.value("targets"_L1).toArray().isEmpty()); // no id is known
    for (Route &route : run.facts.routes)
        route.seen = u"/api/notes/"_s + id;
    run.allow(500);
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(codesOf(judged) == QStringList{u"trailing_slash"_s}, qPrintable(toldBy(judged)));
    QVERIFY(judged.findings.front().whatWeSaw.contains(u"GET /api/notes/{id}"_s));
}

void MethodTamperingTest::staysWithinItsBudget()
{
    ShopRun run({ShopFault::MiddlewareHeaderTrusted}, 180);
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY(run.gate->sentBy(u"access.method-tampering"_s) <= 60 + kUndoRequests);
    QCOMPARE(codesOf(judged), QStringList{u"middleware_header"_s}); // the gravest ways go first
    QVERIFY2(judged.reason.contains(u"not sent"_s), qPrintable(judged.reason));
}

void MethodTamperingTest::stopsAndUndoes()
{
    ShopRun run({}, 500);
    run.allow(500, 30);
    QElapsedTimer sinceStop;
    std::jthread stopper([&] {
        const auto isPlanted = [&] {
            const auto lines = run.shop.shop().journal().lines();
            return std::ranges::any_of(lines, [](const JournalLine &line) { return line.status == 201; });
        };
        while (!isPlanted())
            std::this_thread::yield();
        sinceStop.start();
        run.token.cancel();
    });
    const Judged judged = run.run(methodTamperingCheck());
    const qint64 waited = sinceStop.elapsed();
    QVERIFY2(waited < 1000, qPrintable(QString::number(waited)));
    QCOMPARE(judged.outcome, Outcome::NotRun);
    const auto lines = run.shop.shop().journal().lines();
    const auto count = [&](const QByteArray &method, int status) {
        return std::ranges::count_if(
            lines, [&](const JournalLine &line) { return line.method == method && line.status == status; });
    };
    QCOMPARE(count("DELETE", 204), count("POST", 201));
}

void MethodTamperingTest::asksNothingWithoutLeave()
{
    ShopRun run;
    run.forbid();
    const Judged judged = run.run(methodTamperingCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(run.shop.shop().journal().count(), 0);
}

void MethodTamperingTest::believesNoLiar_data()
{
    addLiarRows();
}

void MethodTamperingTest::believesNoLiar()
{
    QFETCH(Liar, liar);
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/admin/users"_s, u"/api/me"_s});
    run.lie(liar);
    const Judged judged = run.run(methodTamperingCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(toldBy(judged)));
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(toldBy(judged)));
    QVERIFY(!judged.reason.isEmpty());
}

QTEST_GUILESS_MAIN(MethodTamperingTest)
#include "tst_methodtampering.moc"
