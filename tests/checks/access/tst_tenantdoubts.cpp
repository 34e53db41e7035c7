// What access.tenant-isolation makes of servers that bend the truth, and what it leaves out.
#include "checks/access/crossingroutes.h"
#include "checks/access/tenantisolation.h"
#include "checks/actors/crew.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <mutex>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

bool isRecordRoute(const ShopRouteLine &line)
{
    static const QRegularExpression records(u"^/api/(?:customers|invoices|projects|notes)(?:/\\{id\\}|/lookup)?$"_s);
    return records.match(QString::fromLatin1(line.path)).hasMatch();
}

// The shop with a manner that lies over it.
class BentShop
{
public:
    using Manner = std::function<std::optional<PageReply>(const PageRequest &, BentShop &)>;

    explicit BentShop(Manner manner)
        : m_manner(std::move(manner)),
          m_server([this](const PageRequest &request) { return answer(request); }, {m_shop.apiHost()})
    {
    }

    ShopApi &shop() { return m_shop; }
    NetOptions netOptions() const { return m_server.netOptions(); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_shop.apiHost(), target); }
    bool isReady() const { return m_server.isReady(); }

    // Of requests so far, that one included.
    int askedBy(const PageRequest &request) const { return m_asked.at(request.header("authorization")); }
    int asked() const { return m_all; }
    bool isOf(const PageRequest &request, const QString &tenant) const
    {
        const auto token = m_tenants.find(request.header("authorization"));
        return token != m_tenants.end() && token->second == tenant;
    }
    bool hasSeenForeignDelete = false;

private:
    PageReply answer(const PageRequest &request)
    {
        const std::lock_guard lock(m_mutex);
        ++m_asked[request.header("authorization")];
        ++m_all;
        if (const auto reply = m_manner(request, *this))
            return *reply;
        PageReply reply = m_shop.answer(request);
        if (request.path() == "/api/login" && reply.status == 200)
            learn(request.body, reply.body);
        return reply;
    }

    void learn(const QByteArray &login, const QByteArray &reply)
    {
        const QByteArray token = QJsonDocument::fromJson(reply)["access_token"_L1].toString().toUtf8();
        for (const PracticeAccount &account : m_shop.accounts()) {
            if (login.contains('"' + account.email.toUtf8() + '"'))
                m_tenants["Bearer " + token] = account.tenant;
        }
    }

    std::mutex m_mutex;
    Manner m_manner;
    ShopApi m_shop;
    std::map<QByteArray, int> m_asked;       // by Authorization
    std::map<QByteArray, QString> m_tenants; // by Authorization
    int m_all = 0;
    PageLab m_server;
};

PageReply json(int status, const QByteArray &body)
{
    return {.status = status, .contentType = "application/json", .body = body};
}

bool isSignIn(const PageRequest &request)
{
    return request.path() == "/api/login";
}

// What the project knows and the run that asks.
template<typename Lab = ShopLab>
struct ShopScene
{
    explicit ShopScene(Lab &given) : lab(given), host(QString::fromLatin1(lab.shop().apiHost()))
    {
        facts = factsOf(lab, isRecordRoute);
        facts.actors =
            actorsOf(lab.shop(), jsonSignIn(lab.url("/api/login")), lab.url("/api/me").toString(), u"/email"_s);
    }

    Judged judged(AttackRun &run) { return run.run(tenantIsolationCheck(), targetOf({host}), facts); }
    AttackRun newRun(int requests = 400)
    {
        return AttackRun(lab.netOptions(), {host}, secretsOf(lab.shop()), requests);
    }

    Lab &lab;
    QString host;
    ProjectFacts facts;
};

QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(6000);
}

} // namespace

Q_DECLARE_METATYPE(BentShop::Manner)

class TestTenantDoubts : public QObject
{
    Q_OBJECT

private slots:
    void needsNoAddressThatTellsWho();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void saysWhatItLeavesOut();
    void sortsRoutes_data();
    void sortsRoutes();
};

// What the account alone gets shows that it is signed in.
void TestTenantDoubts::needsNoAddressThatTellsWho()
{
    ShopLab lab;
    ShopScene scene(lab);
    for (TestActor &actor : scene.facts.actors)
        actor.whoAmIUrl.clear();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
}

void TestTenantDoubts::believesNoHostileServer_data()
{
    QTest::addColumn<BentShop::Manner>("manner");
    using Reply = std::optional<PageReply>;
    const auto row = [](const char *name, const BentShop::Manner &manner) { QTest::newRow(name) << manner; };
    const auto isOutsider = [](const PageRequest &request, const BentShop &shop) {
        const Crew crew = crewOf(ShopScene(const_cast<BentShop &>(shop)).facts.actors);
        return shop.isOf(request, crew.outsider()->tenant);
    };
    row("signs the other customer out", [=](const PageRequest &request, BentShop &shop) -> Reply {
        const bool isOver = isOutsider(request, shop) && shop.askedBy(request) > 20;
        return isOver ? Reply(json(401, R"({"error":"sign in"})")) : std::nullopt;
    });
    row("shows the other customer less and less", [=](const PageRequest &request, BentShop &shop) -> Reply {
        const bool isOver = isOutsider(request, shop) && shop.askedBy(request) > 20;
        return isOver ? Reply(json(200, "[]")) : std::nullopt;
    });
    row("knows nothing any more once somebody deletes", [=](const PageRequest &request, BentShop &shop) -> Reply {
        shop.hasSeenForeignDelete =
            shop.hasSeenForeignDelete || (request.method == "DELETE" && isOutsider(request, shop));
        return shop.hasSeenForeignDelete ? Reply(json(404, R"({"error":"not found"})")) : std::nullopt;
    });
    row("too many requests", [](const PageRequest &, BentShop &shop) -> Reply {
        return shop.asked() > 60 ? Reply(json(429, R"({"error":"slow down"})")) : std::nullopt;
    });
    row("always forbidden", [](const PageRequest &request, BentShop &) -> Reply {
        return isSignIn(request) ? std::nullopt : Reply(json(403, R"({"error":"forbidden"})"));
    });
    row("always fine", [](const PageRequest &request, BentShop &) -> Reply {
        return isSignIn(request) ? std::nullopt : Reply(json(200, R"({"ok":true})"));
    });
    row("always broken", [](const PageRequest &request, BentShop &shop) -> Reply {
        return isSignIn(request) || shop.asked() < 30 ? std::nullopt : Reply(json(500, "oops"));
    });
    row("sends everybody to sign in", [](const PageRequest &request, BentShop &shop) -> Reply {
        if (isSignIn(request) || shop.asked() < 30)
            return std::nullopt;
        return PageReply{.status = 302, .headers = {{"Location", "/login"}}, .body = {}};
    });
}

void TestTenantDoubts::believesNoHostileServer()
{
    QFETCH(BentShop::Manner, manner);
    BentShop lab(manner);
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    for (TestActor &actor : scene.facts.actors)
        actor.whoAmIUrl.clear();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(told(judged)));
    QStringList codes = codesOf(judged);
    codes.removeAll(u"test_record_left"_s); // which is true
    QVERIFY2(codes.isEmpty(), qPrintable(told(judged)));
}

void TestTenantDoubts::saysWhatItLeavesOut()
{
    ShopLab lab;
    ShopScene scene(lab);
    AttackRun small = scene.newRun(190); // not enough for all kinds of records
    const Judged some = scene.judged(small);
    QVERIFY2(some.outcome == Outcome::Info && some.reason.contains("may not send enough"_L1), qPrintable(told(some)));
    QVERIFY(small.gate->sent() <= 190);
    for (int i = 0; i < 9; ++i) {
        Route route = scene.facts.routes.front();
        route.method = u"GET"_s;
        route.path = u"/api/thing%1/{id}"_s.arg(QChar(u'a' + i));
        route.access = AccessClass::SignedIn;
        scene.facts.routes.push_back(route);
    }
    AttackRun run = scene.newRun(600);
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::Info && judged.reason.contains("more kinds of records"_L1),
             qPrintable(told(judged)));
}

void TestTenantDoubts::sortsRoutes_data()
{
    QTest::addColumn<QString>("route"); // beside GET /api/notes and GET /api/notes/{id}
    QTest::addColumn<QString>("expected");
    QTest::newRow("looks up") << u"POST /api/notes/lookup"_s << u"lookup"_s;
    QTest::newRow("reads many") << u"POST /api/notes/bulk-get"_s << u"lookup"_s;
    QTest::newRow("deletes many") << u"POST /api/notes/bulk-delete"_s << u"none"_s;
    QTest::newRow("archives") << u"POST /api/notes/archive"_s << u"none"_s;
    QTest::newRow("merges") << u"POST /api/notes/merge"_s << u"none"_s;
    QTest::newRow("a list") << u"GET /api/projects"_s << u"read"_s;
    QTest::newRow("signs out") << u"GET /api/logout"_s << u"none"_s;
    QTest::newRow("signs out, below") << u"GET /auth/sign-out"_s << u"none"_s;
    QTest::newRow("deletes by GET") << u"GET /account/delete"_s << u"none"_s;
    QTest::newRow("a word that begins alike") << u"GET /api/runs"_s << u"read"_s;
}

void TestTenantDoubts::sortsRoutes()
{
    QFETCH(QString, route);
    QFETCH(QString, expected);
    std::vector<Route> routes;
    for (const QString &line : {u"GET /api/notes"_s, u"GET /api/notes/{id}"_s, route}) {
        Route one;
        one.method = line.section(u' ', 0, 0);
        one.path = line.section(u' ', 1);
        one.access = AccessClass::SignedIn;
        one.safeToWrite = true;
        routes.push_back(one);
    }
    const QString path = route.section(u' ', 1);
    const CrossingRoutes sorted =
        crossingRoutes(routes, {{u"POST"_s, path, {}, "application/json", R"({"ids":[1]})", {}}});
    QCOMPARE(sorted.resources.size(), 1u);
    const bool isLookUp = !sorted.resources.front().lookups.empty();
    const bool isRead = std::ranges::find(sorted.reads, path, &Route::path) != sorted.reads.end();
    QCOMPARE(isLookUp ? u"lookup"_s : isRead ? u"read"_s : u"none"_s, expected);
}

QTEST_GUILESS_MAIN(TestTenantDoubts)
#include "tst_tenantdoubts.moc"
