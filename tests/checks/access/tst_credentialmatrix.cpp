// access.forged-token: each private route beside credentials that are none.
#include "checks/access/credentialfindings.h"
#include "checks/access/credentiallook.h"
#include "checks/access/forgedtoken.h"
#include "models/unseen.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/liarrows.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kAddress = u"https://api.example.com/orders"_s;
const QByteArray kOrders =
    R"([{"id":1,"customer":"orders@harborcafe.example","total":1250},{"id":2,"customer":"Mill","total":9}])";
const QString kCheckId = u"access.forged-token"_s;

CredentialRow rowWith(int status, const QByteArray &body, AccessClass access = AccessClass::SignedIn)
{
    CredentialRow row{.route = {}, .request = {}, .good = {}, .stranger = {}, .markers = {}};
    row.route.method = u"GET"_s;
    row.route.path = u"/orders"_s;
    row.route.access = access;
    row.request.url = QUrl(kAddress);
    row.good = answer(200, kJson, kOrders, kAddress);
    row.stranger = answer(401, kJson, R"({"error":"unauthorized"})", kAddress);
    row.markers = Markers({{u"orders@harborcafe.example"_s, MarkerKind::Mail, {}}});
    row.tries = {{BadCredential::Invented, row.request, answer(status, kJson, body, kAddress)}};
    return row;
}

CredentialTable tableWith(const CredentialRow &row)
{
    return {.actor = u"Ann"_s, .rows = {row}};
}

// A product of which these routes ask no more than that a credential is there.
Liar trustingAt(ShopApi &shop, const QByteArrayList &paths, const std::function<bool(const PageRequest &)> &isTrusted)
{
    const QByteArray token = shop.tokenWith(shop.account(kBirch, u"admin"_s));
    return [&shop, token, paths, isTrusted](const PageRequest &request) -> std::optional<PageReply> {
        if (request.method != "GET" || !paths.contains(request.path()) || !isTrusted(request))
            return std::nullopt;
        return shop.answer({.method = "GET",
                            .target = request.target,
                            .authority = request.authority,
                            .headers = {{"authorization", "Bearer " + token}}});
    };
}

bool bringsAnything(const PageRequest &request)
{
    return !request.header("authorization").isEmpty();
}

QStringList openedRoutes(const Judged &judged)
{
    QStringList routes;
    for (const Finding &finding : judged.findings) {
        if (finding.code == kRouteOpened)
            routes.append(finding.subject);
    }
    routes.sort();
    return routes;
}

ShopRun shopRun(int requests = 400)
{
    ShopRun run({}, requests);
    run.keepRoutes({u"/api/customers"_s, u"/api/projects"_s, u"/api/admin/users"_s, u"/api/me"_s});
    return run;
}

} // namespace

class CredentialMatrixTest : public QObject
{
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void saysOnceWhatIsTakenEverywhere();
    void believesNoRouteThatHasOpened();
    void leavesOpenWhatWasNotAsked();
    void makesColumns_data();
    void makesColumns();
    void passesTheCleanShop();
    void findsRoutesWithACheckOfTheirOwn();
    void findsARouteThatTakesAnyKey();
    void asksWithinWhatIsLeft();
    void stops();
    void believesNoLiar_data();
    void believesNoLiar();
};

void CredentialMatrixTest::tells_data()
{
    QTest::addColumn<CredentialRow>("row");
    QTest::addColumn<QString>("expected"); // severity and proof; empty: nothing
    QTest::newRow("refused") << rowWith(401, "{}") << QString();
    QTest::newRow("forbidden") << rowWith(403, "{}") << QString();
    QTest::newRow("says no with 200") << rowWith(200, R"({"error":"unauthorized"})") << QString();
    QTest::newRow("an empty list") << rowWith(200, "[]") << QString();
    QTest::newRow("something else") << rowWith(200, R"({"hello":1})") << QString();
    QTest::newRow("broken") << rowWith(500, "{}") << QString();
    QTest::newRow("limited") << rowWith(429, "{}") << QString();
    QTest::newRow("the private text") << rowWith(200, kOrders) << u"critical proven"_s;
    QTest::newRow("other records of the same form")
        << rowWith(200, R"([{"id":7,"customer":"Other","total":3}])") << u"high strong"_s;
    QTest::newRow("the same, for administrators")
        << rowWith(200, R"([{"id":7,"customer":"Other","total":3}])", AccessClass::Admin) << u"critical strong"_s;
}

void CredentialMatrixTest::tells()
{
    QFETCH(CredentialRow, row);
    const auto findings = credentialFindings(tableWith(row), {}, {});
    QString told;
    if (!findings.empty())
        told = toWord(findings.front().severity) + u' ' + toWord(findings.front().proof);
    QTEST(told, "expected");
    if (!findings.empty()) {
        QCOMPARE(findings.front().subject, u"GET /orders"_s);
        QVERIFY(!findings.front().evidence.front().body.contains(u"Other"_s));
    }
}

void CredentialMatrixTest::saysOnceWhatIsTakenEverywhere()
{
    const CredentialTable table = tableWith(rowWith(200, kOrders));
    QVERIFY(credentialFindings(table, {BadCredential::Invented}, {}).empty());
    QCOMPARE(credentialFindings(table, {BadCredential::Altered}, {}).size(), 1U);
}

// Right afterwards a stranger was let in as well: it was not the credential.
void CredentialMatrixTest::believesNoRouteThatHasOpened()
{
    CredentialRow row = rowWith(200, kOrders);
    row.isStillClosed = false;
    QVERIFY(credentialFindings(tableWith(row), {}, {}).empty());
}

void CredentialMatrixTest::leavesOpenWhatWasNotAsked()
{
    CredentialTable table = tableWith(rowWith(401, "{}"));
    QVERIFY(credentialGaps(table).empty());
    table.leftOut = {u"GET /a"_s};
    QCOMPARE(credentialGaps(table), (std::vector<Unseen>{{.subject = u"GET /a"_s, .code = kRouteOpened}}));
}

void CredentialMatrixTest::makesColumns_data()
{
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("expected");
    const QByteArray jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0."
                           "3Q2Jr6vVb7cC8m0m2v1kq4l5n6o7p8q9r0s1t2u3v4w";
    QTest::newRow("a signed token") << jwt << QByteArray() << u"word invented altered unsigned"_s;
    QTest::newRow("and a key") << jwt << QByteArray("X-Api-Key") << u"word invented altered unsigned other_key"_s;
    QTest::newRow("a session cookie") << QByteArray("q8Zk3mVt0pLr7uYx2sAb") << QByteArray()
                                      << u"word invented altered"_s;
    QTest::newRow("too short to be altered") << QByteArray("abc") << QByteArray() << u"word invented"_s;
}

void CredentialMatrixTest::makesColumns()
{
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, header);
    QStringList kinds;
    for (const CredentialColumn &column : credentialColumns(Secret(good), std::nullopt, header)) {
        kinds.append(toWord(column.kind));
        QVERIFY(!describe(column.kind).isEmpty());
        QVERIFY(column.value.reveal() != good);
    }
    QVERIFY(kinds.size() <= static_cast<qsizetype>(kMostColumns));
    QTEST(kinds.join(u' '), "expected");
}

void CredentialMatrixTest::passesTheCleanShop()
{
    ShopRun run = shopRun();
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged).isEmpty(), qPrintable(toldBy(judged)));
    const QJsonArray rows = judged.observed["routes"_L1].toArray();
    QVERIFY2(rows.size() >= 3, qPrintable(toldBy(judged)));
    for (const QJsonValue row : rows) {
        QCOMPARE(row["cells"_L1].toArray().size(), 4);
        for (const QJsonValue cell : row["cells"_L1].toArray())
            QVERIFY(!cell["opened"_L1].toBool());
    }
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(kCheckId));
    QVERIFY(run.gate->sentBy(kCheckId) <= kForgedTokenCeiling + credentialLookCeiling(run.facts.routes));
}

void CredentialMatrixTest::findsRoutesWithACheckOfTheirOwn()
{
    ShopRun run = shopRun();
    run.lie(trustingAt(run.shop.shop(), {"/api/customers", "/api/admin/users"}, bringsAnything));
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged) == (QStringList{u"GET /api/admin/users"_s, u"GET /api/customers"_s}),
             qPrintable(toldBy(judged)));
    for (const Finding &finding : judged.findings) {
        if (finding.code != kRouteOpened)
            continue;
        QCOMPARE(finding.severity, Severity::Critical);
        QVERIFY(finding.proof != Proof::Lead);
        for (const Secret &secret : run.gate->knownSecrets())
            QVERIFY(!finding.evidence.front().body.contains(QString::fromUtf8(secret.reveal())));
    }
}

void CredentialMatrixTest::findsARouteThatTakesAnyKey()
{
    ShopRun run = shopRun();
    TestActor partner = run.facts.actors.front();
    partner.id = partner.name = u"partner"_s;
    partner.signIn = {};
    partner.signIn.kind = SignInKind::ApiKey;
    partner.signIn.headerName = u"X-Api-Key"_s;
    run.facts.actors.push_back(partner);
    run.lie(trustingAt(run.shop.shop(), {"/api/projects"},
                       [](const PageRequest &request) { return !request.header("x-api-key").isEmpty(); }));
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged) == QStringList{u"GET /api/projects"_s}, qPrintable(toldBy(judged)));
    const auto found = std::ranges::find(judged.findings, kRouteOpened, &Finding::code);
    QVERIFY2(found->whatWeSaw.contains(u"an invented API key"_s), qPrintable(found->whatWeSaw));
}

// A small budget leaves the routes out, and says so; the token itself is tried all the same.
void CredentialMatrixTest::asksWithinWhatIsLeft()
{
    ShopRun run = shopRun(kForgedTokenCeiling + 70);
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(judged.outcome != Outcome::NotRun, qPrintable(toldBy(judged)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(kCheckId));
    QVERIFY(run.gate->sentBy(kCheckId) <= kForgedTokenCeiling + 70);
}

void CredentialMatrixTest::stops()
{
    ShopRun run = shopRun();
    std::atomic_int asked = 0;
    run.lie([&](const PageRequest &request) -> std::optional<PageReply> {
        asked += request.path() == "/api/customers" ? 1 : 0;
        return std::nullopt;
    });
    run.allow(400, 30);
    QElapsedTimer sinceStop;
    std::jthread stopper([&](const std::stop_token &ended) {
        while (asked < 2 && !ended.stop_requested())
            std::this_thread::yield();
        sinceStop.start();
        run.token.cancel();
    });
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(sinceStop.isValid() && sinceStop.elapsed() < 1000, qPrintable(toldBy(judged)));
    QVERIFY(openedRoutes(judged).isEmpty());
    QVERIFY(!hasSeen({.outcome = judged.outcome, .observed = judged.observed},
                     {.code = kRouteOpened, .subject = u"GET /api/projects"_s}));
}

void CredentialMatrixTest::believesNoLiar_data()
{
    addLiarRows();
}

void CredentialMatrixTest::believesNoLiar()
{
    QFETCH(Liar, liar);
    ShopRun run = shopRun();
    run.lie(liar);
    const Judged judged = run.run(forgedTokenCheck());
    QVERIFY2(openedRoutes(judged).isEmpty(), qPrintable(toldBy(judged)));
}

QTEST_GUILESS_MAIN(CredentialMatrixTest)
#include "tst_credentialmatrix.moc"
