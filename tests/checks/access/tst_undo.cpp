#include "checks/abuse/schema.h"
#include "checks/access/massassignment.h"
#include "checks/access/roles.h"
#include "checks/access/tenantisolation.h"
#include "checks/actors/crew.h"
#include "checks/deploy/smoke.h"
#include "checks/engine/runner.h"
#include "models/unseen.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/engine/fakechecks.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Reply = std::optional<PageReply>;

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(6000);
}

bool isRecordsPath(const QByteArray &path)
{
    static const QRegularExpression records(u"^/api/(?:customers|invoices|projects|notes)(?:/[^/]+)?$"_s);
    return records.match(QString::fromLatin1(path)).hasMatch();
}

// Records that were made in the shop and not removed there, whoever asked.
int leftIn(ShopApi &shop)
{
    int left = 0;
    for (const JournalLine &line : shop.journal().lines()) {
        if (!isRecordsPath(line.target.split('?').front()))
            continue;
        left += line.method == "POST" && line.status == 201 ? 1 : 0;
        left -= line.method == "DELETE" && line.status == 204 ? 1 : 0;
    }
    return left;
}

// What the shop's manners know of the run. The server asks from threads of its own, one at a time.
struct Memory
{
    int logins = 0;
    int loginsAtRemoval = -1; // before the first removal by the owner: -1
    QByteArray removedPath;

    bool hasBegun() const { return loginsAtRemoval >= 0; }
    bool isSignedInAgain() const { return logins > loginsAtRemoval; }
};

using UndoManner = std::function<Reply(const PageRequest &, BentShop &, Memory &)>;

// `after`: from the first removal on that the owner asks for, to the owner alone.
BentShop::Manner fromRemovalOn(const UndoManner &after)
{
    const auto memory = std::make_shared<Memory>();
    return [after, memory](const PageRequest &request, BentShop &shop) -> Reply {
        memory->logins += request.path() == "/api/login" ? 1 : 0;
        const ShopScene<BentShop> scene(shop); // the crew points into its accounts
        const Crew crew = crewOf(scene.facts.actors);
        const bool isOwner = shop.isOf(request, (crew.admin ? crew.admin : crew.member)->tenant);
        if (!isOwner)
            return std::nullopt;
        if (request.method == "DELETE" && !memory->hasBegun()) {
            memory->loginsAtRemoval = memory->logins;
            memory->removedPath = request.path();
        }
        return memory->hasBegun() ? after(request, shop, *memory) : std::nullopt;
    };
}

PageReply toLogin()
{
    PageReply reply{.status = 302, .contentType = "text/html", .body = {}};
    reply.add("Location", "/login");
    return reply;
}

// Takes its time with each removal, and answers others meanwhile.
class SlowShop
{
public:
    explicit SlowShop(std::chrono::milliseconds slowness)
        : m_server(
              [this, slowness](const PageRequest &request) {
                  if (request.method == "DELETE")
                      std::this_thread::sleep_for(slowness);
                  PageReply reply = m_shop.answer(request);
                  m_hasHeldTwo = m_hasHeldTwo || leftIn(m_shop) >= 2;
                  return reply;
              },
              {m_shop.apiHost()})
    {
    }

    ShopApi &shop() { return m_shop; }
    bool isReady() const { return m_server.isReady(); }
    NetOptions netOptions() const { return m_server.netOptions(); }
    QUrl url(const QByteArray &target) const { return PageLab::url(m_shop.apiHost(), target); }

    bool hasHeldTwo() const { return m_hasHeldTwo; } // test records at one time

private:
    ShopApi m_shop;
    std::atomic_bool m_hasHeldTwo = false;
    PageLab m_server;
};

} // namespace

Q_DECLARE_METATYPE(BentShop::Manner)

class TestUndo : public QObject
{
    Q_OBJECT

private slots:
    void removesOrSaysSo_data();
    void removesOrSaysSo();
    void cannotTellWhatNobodySees_data();
    void cannotTellWhatNobodySees();
    void aRemovalByOthersIsSeenByWhoIsSignedIn_data();
    void aRemovalByOthersIsSeenByWhoIsSignedIn();
    void stopsAWholeRun_data();
    void stopsAWholeRun();
};

void TestUndo::removesOrSaysSo_data()
{
    QTest::addColumn<BentShop::Manner>("manner");
    QTest::addColumn<bool>("isTold"); // as left
    const auto row = [](const char *name, bool isTold, const UndoManner &manner) {
        QTest::newRow(name) << fromRemovalOn(manner) << isTold;
    };
    row("removals lead to the login for ever", true, [](const PageRequest &request, BentShop &, Memory &) {
        return request.method == "DELETE" ? Reply(toLogin()) : std::nullopt;
    });
    row("everything leads to the login until somebody signs in", false,
        [](const PageRequest &, BentShop &, Memory &memory) {
            return memory.isSignedInAgain() ? std::nullopt : Reply(toLogin());
        });
    row("200 to all", true,
        [](const PageRequest &, BentShop &, Memory &) { return Reply(json(200, R"({"ok":true})")); });
    row("403 to all", true,
        [](const PageRequest &, BentShop &, Memory &) { return Reply(json(403, R"({"error":"no"})")); });
    const auto asked = std::make_shared<std::atomic_int>(0);
    row("too many requests at the removal", false, [asked](const PageRequest &request, BentShop &, Memory &) -> Reply {
        if (request.method != "DELETE" || (*asked)++ > 0)
            return std::nullopt;
        PageReply reply = json(429, R"({"error":"slow down"})");
        reply.add("Retry-After", "1");
        return reply;
    });
    // The removal is not done, and from then on the account is a stranger, from whom everything is hidden.
    row("signs out at the removal", false, [](const PageRequest &request, BentShop &, Memory &memory) -> Reply {
        if (memory.isSignedInAgain())
            return std::nullopt;
        if (request.method == "DELETE")
            return json(204, {});
        return request.path() == "/api/me" ? json(401, R"({"error":"sign in"})")
                                           : json(404, R"({"error":"not found"})");
    });
    row("keeps it and marks it as deleted", true,
        [](const PageRequest &request, BentShop &shop, Memory &memory) -> Reply {
            if (request.method == "DELETE")
                return json(204, {});
            if (request.path() != memory.removedPath)
                return std::nullopt;
            PageReply reply = shop.shop().answer(request);
            reply.body.replace(reply.body.lastIndexOf('}'), 1, R"(,"deleted":true})");
            return reply;
        });
    // What a stranger gets there tells as well.
    row("limits the question who is signed in", false, [](const PageRequest &request, BentShop &, Memory &) -> Reply {
        return request.path() == "/api/me" ? Reply(json(429, R"({"error":"slow down"})")) : std::nullopt;
    });
    row("is slow to remove", false, [](const PageRequest &request, BentShop &, Memory &) -> Reply {
        if (request.method == "DELETE")
            std::this_thread::sleep_for(400ms);
        return std::nullopt;
    });
}

// By a real server: what is left in it is told, with its address, and nothing else is found.
void TestUndo::removesOrSaysSo()
{
    QFETCH(BentShop::Manner, manner);
    QFETCH(bool, isTold);
    BentShop lab(manner);
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(said(judged) == (isTold ? u"test_record_left:low"_s : u"pass"_s), qPrintable(told(judged)));
    QVERIFY2(leftIn(lab.shop()) == (isTold ? 1 : 0), qPrintable(told(judged)));
    if (!isTold)
        return;
    for (const QString &text : {judged.reason, judged.findings.front().evidence.front().body}) {
        QVERIFY2(text.contains("LC-CANARY-"_L1), qPrintable(text));
        QVERIFY2(text.contains(u"DELETE https://%1/api/customers/"_s.arg(scene.host)), qPrintable(text));
    }
}

void TestUndo::cannotTellWhatNobodySees_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("broken") << 500;
    QTest::newRow("to the login") << 302;
    QTest::newRow("refused") << 403;
    QTest::newRow("an answer without it") << 200;
    QTest::newRow("too many") << 429;
}

// Once another customer has tried to change the record, its owner cannot read it any more, until it removes it.
void TestUndo::cannotTellWhatNobodySees()
{
    QFETCH(int, status);
    const auto written = std::make_shared<QByteArray>();
    const auto wasWritten = std::make_shared<std::atomic_bool>(false);
    BentShop lab([status, written, wasWritten](const PageRequest &request, BentShop &shop) -> Reply {
        const ShopScene<BentShop> scene(shop);
        const bool isOutsider = shop.isOf(request, crewOf(scene.facts.actors).outsider()->tenant);
        if (isOutsider && (request.method == "PATCH" || request.method == "PUT"))
            *written = request.path();
        *wasWritten = *wasWritten || !written->isEmpty();
        if (!isOutsider && request.method == "DELETE")
            written->clear();
        if (written->isEmpty() || isOutsider || request.method != "GET" || request.path() != *written)
            return std::nullopt;
        return status == 302 ? toLogin() : json(status, R"({"ok":true})");
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(*wasWritten, qPrintable(told(judged)));
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == (status == 429 ? Outcome::NotRun : Outcome::Info), qPrintable(told(judged)));
    QVERIFY2(!unseenIn(judged.observed).empty(), qPrintable(told(judged)));
    QCOMPARE(leftIn(lab.shop()), 0);
}

void TestUndo::aRemovalByOthersIsSeenByWhoIsSignedIn_data()
{
    QTest::addColumn<bool>("isRemoved"); // in truth, by the other customer
    QTest::newRow("refused, and its owner is signed out") << false;
    QTest::newRow("removed") << true;
}

// A product that signs the owner out when somebody else tries to remove its record, and says "not found" to strangers.
void TestUndo::aRemovalByOthersIsSeenByWhoIsSignedIn()
{
    QFETCH(bool, isRemoved);
    const auto out = std::make_shared<QString>(); // the tenant that is signed out
    BentShop lab([out, isRemoved](const PageRequest &request, BentShop &shop) -> Reply {
        const ShopScene<BentShop> scene(shop);
        const Crew crew = crewOf(scene.facts.actors);
        const QString mine = crew.admin->tenant;
        const QString other = crew.outsider()->tenant;
        if (request.path() == "/api/login")
            out->clear();
        PageRequest look = request;
        look.method = "GET";
        if (request.method == "DELETE" && isRecordsPath(request.path()) && out->isEmpty() &&
            shop.isOf(request, other) && shop.shop().answer(look).status == 404) { // the record of another
            *out = mine;
            return json(isRemoved ? 204 : 403, isRemoved ? QByteArray() : R"({"error":"no"})");
        }
        if (out->isEmpty() || !shop.isOf(request, *out))
            return std::nullopt;
        if (request.path() == "/api/me" && !isRemoved)
            return json(401, R"({"error":"sign in"})");
        return isRecordsPath(request.path()) && request.method == "GET" ? Reply(json(404, R"({"error":"not found"})"))
                                                                        : std::nullopt;
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun(900);
    const Judged judged = run.run(rolesCheck(), targetOf({scene.host}), scene.facts);
    const bool isTold = std::ranges::any_of(judged.findings, [](const Finding &one) {
        return one.whatWeSaw.contains(u"DELETE"_s) || one.title.contains(u"DELETE"_s);
    });
    QVERIFY2(isTold == isRemoved, qPrintable(told(judged)));
}

void TestUndo::stopsAWholeRun_data()
{
    QTest::addColumn<int>("slownessMs"); // of each removal
    QTest::newRow("answers at once") << 0;
    QTest::newRow("slow to remove") << 700;
}

// Several checks at once, each with records of its own: Stop ends them all, and what is left is told.
void TestUndo::stopsAWholeRun()
{
    QFETCH(int, slownessMs);
    SlowShop lab{std::chrono::milliseconds(slownessMs)};
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    const CheckCatalog catalog = shippedCatalog();
    CheckRegistry registry;
    registry.add({tenantIsolationCheck(), rolesCheck(), massAssignmentCheck(), abuseSchemaCheck(), smokeCheck()});
    Runner runner({.catalog = &catalog, .registry = &registry, .detectProviders = {}});
    RunRequest request;
    request.plan.target = targetOf({scene.host});
    request.plan.facts = scene.facts;
    for (const Check &check : registry.checks())
        request.plan.only.append(check.id);
    request.plan.active = ActiveTerms{
        .budget = {.requests = 2000, .perSecond = 500}, .hosts = {scene.host}, .secrets = secretsOf(lab.shop())};
    request.net = lab.netOptions();
    QSignalSpy finished(&runner, &Runner::finished);
    const auto started = runner.start(request);
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    QTRY_VERIFY_WITH_TIMEOUT(lab.hasHeldTwo(), 60000);
    QElapsedTimer clock;
    clock.start();
    runner.stop();
    QVERIFY(finished.wait(20000));
    // Undoing has a time of its own, which a product that answers at once does not need.
    const qint64 most = slownessMs > 0 ? 1000 + kUndoGrace.count() : 1000;
    QVERIFY2(clock.elapsed() < most, qPrintable(QString::number(clock.elapsed())));
    const Run run = finished.front().front().value<Run>();
    QVERIFY(run.stopped);
    QString left;
    for (const CheckResult &result : run.results) {
        for (const Finding &finding : result.findings) {
            if (finding.code == "test_record_left"_L1)
                left += finding.evidence.front().body + u'\n';
        }
    }
    const auto toldLeft = static_cast<int>(left.count("LC-CANARY-"_L1));
    QVERIFY2(leftIn(lab.shop()) == 0 || toldLeft >= leftIn(lab.shop()),
             qPrintable(u"%1 left; told: %2"_s.arg(leftIn(lab.shop())).arg(left)));
}

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_undo.moc"
