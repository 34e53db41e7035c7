#include "checks/abuse/otheridentity.h"
#include "checks/abuse/ratelimit.h"
#include "checks/abuse/ratelimitneed.h"
#include "tests/checks/access/mailscene.h"

#include <QRegularExpression>
#include <QTest>

#include <condition_variable>
#include <map>
#include <mutex>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Where requests that are sent at once wait until all of them have come, on a machine of any speed.
class Meeting
{
public:
    // From the number `first` on, `many` of them belong together; those before and behind come alone.
    Meeting(int first, int many) : m_first(first), m_many(many) {}

    // How many are here with this one. Ends after ten seconds when the others do not come.
    int join()
    {
        const int place = come();
        std::unique_lock lock(m_lock);
        if (place < 1 || place > m_many)
            return 1;
        m_hasCome.wait_for(lock, std::chrono::seconds(10), [&] { return m_came >= m_first + m_many - 1; });
        return place;
    }
    // The place of this one among those that belong together, without waiting for them.
    int come()
    {
        const std::lock_guard lock(m_lock);
        m_hasCome.notify_all();
        return ++m_came - m_first + 1;
    }
    // Until the one behind them comes, which is when the others were given up. Ends after ten seconds as well.
    void awaitTheOneBehind()
    {
        std::unique_lock lock(m_lock);
        m_hasCome.wait_for(lock, std::chrono::seconds(10), [&] { return m_came >= m_first + m_many; });
    }

private:
    const int m_first;
    const int m_many;
    std::mutex m_lock;
    std::condition_variable m_hasCome;
    int m_came = 0;
};

// Anybody may ask there, with a small body.
EntryPoint doorAt(HostileLogin &site, EntryKind kind, const char *path)
{
    EntryPoint door{.kind = kind, .route = {}, .url = site.web.url(QString::fromLatin1(path))};
    door.route.method = u"POST"_s;
    door.route.path = QString::fromLatin1(path);
    door.route.access = AccessClass::Public;
    door.route.safeToWrite = true;
    door.contentType = "application/json";
    door.body = uR"({"text":"Hello"})"_s;
    return door;
}

QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

} // namespace

class TestRateLimitRoutes : public QObject
{
    Q_OBJECT

private slots:
    void announcesTheWaitsOfEachDoor();
    void findsOtherWaysAround_data();
    void findsOtherWaysAround();
    void seesOtherIdentities_data();
    void seesOtherIdentities();
    void countsCodes_data();
    void countsCodes();
    void asksChatsAtOnce_data();
    void asksChatsAtOnce();
    void countsFailedDoorsInARow();
    void saysThatNoAnswerCame();
    void takesNoRuleForALimit();
    void takesNoWayBackForAYes_data();
    void takesNoWayBackForAYes();
    void uploadsNothing();
    void plansEachDoor();
};

void TestRateLimitRoutes::seesOtherIdentities_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field"); // of somebody else
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("the account alone") << json << QByteArray(R"({"email":"{{user}}","code":"{{token}}"})") << QString();
    QTest::newRow("a phone") << json << QByteArray(R"({"phone_number":"0171 5550100"})") << u"phone_number"_s;
    QTest::newRow("a number") << json << QByteArray(R"({"user":{"userId":42}})") << u"userId"_s;
    QTest::newRow("a list of phones") << json << QByteArray(R"({"mobiles":["","+15550100123"]})") << u"mobiles"_s;
    QTest::newRow("an address by its value") << json << QByteArray(R"({"via":"kim@acme.test"})") << u"via"_s;
    QTest::newRow("a number by its value") << json << QByteArray(R"({"via":"+1 555 0100123"})") << u"via"_s;
    QTest::newRow("whoever began it") << json << QByteArray(R"({"challenge_id":"c-81"})") << u"challenge_id"_s;
    QTest::newRow("in a form") << form << QByteArray("user%5Bphone%5D=%2B15550100123") << u"user[phone]"_s;
    QTest::newRow("the account itself") << json << QByteArray(R"({"username":"SAM@acme.test"})") << QString();
    QTest::newRow("a mask") << json << QByteArray(R"({"phone":"<value>"})") << QString();
    QTest::newRow("a channel") << json << QByteArray(R"({"channel":"sms","remember":true,"attempt":2})") << QString();
    QTest::newRow("garbage") << json << QByteArray("{\"phone") << QString();
}

void TestRateLimitRoutes::seesOtherIdentities()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QTEST(otherIdentityIn(type, body, u"sam@acme.test"_s), "field");
}

void TestRateLimitRoutes::countsCodes_data()
{
    QTest::addColumn<int>("allowed");
    QTest::addColumn<int>("status"); // of a wrong code
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("asked"); // at most
    QTest::addColumn<QString>("expected");
    const QByteArray ofSomebody = R"({"email":"person@example.com","code":"482911"})";
    const QByteArray ofNobody = R"({"challenge":"c-81","code":"482911"})"; // whoever was recorded
    QTest::newRow("without an end") << 1000 << 401 << ofSomebody << kMostCodeTries << u"code_guessable:medium"_s;
    QTest::newRow("ends after five") << 5 << 401 << ofSomebody << 6 << u"info"_s;
    QTest::newRow("says yes to everything") << 1000 << 200 << ofSomebody << 2 << u"not_run"_s;
    QTest::newRow("broken") << 1000 << 500 << ofSomebody << 2 << u"not_run"_s;
    QTest::newRow("does not say whose") << 1000 << 401 << ofNobody << 0 << u"not_run"_s;
    const auto beside = [](const QByteArray &field) {
        return QByteArray(R"({"email":"person@example.com","code":"482911",)") + field + "}";
    };
    QTest::newRow("the account twice") << 1000 << 401 << beside(R"("login_email":"sam@acme.test")") << kMostCodeTries
                                       << u"code_guessable:medium"_s;
    QTest::newRow("somebody's phone beside it")
        << 1000 << 401 << beside(R"("phone_number":"+15550100123")") << 0 << u"not_run"_s;
    QTest::newRow("somebody's number beside it")
        << 1000 << 401 << beside(R"("user":{"id":1,"msisdn":15550100123})") << 0 << u"not_run"_s;
    QTest::newRow("nobody's phone beside it")
        << 1000 << 401 << beside(R"("phone_number":"")") << kMostCodeTries << u"code_guessable:medium"_s;
    QTest::newRow("a code alone") << 1000 << 401 << QByteArray(R"({"code":"482911"})") << 0 << u"not_run"_s;
}

void TestRateLimitRoutes::countsCodes()
{
    QFETCH(int, allowed);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, asked);
    QFETCH(QString, expected);
    const auto tries = std::make_shared<std::atomic_int>(0);
    const auto ofOthers = std::make_shared<std::atomic_int>(0);
    HostileSite site([=](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() == "/verify-code")
            *ofOthers += request.body.contains("sam@acme.test") ? 0 : 1;
        if (request.path() == "/verify-code" && (*tries)++ >= allowed)
            return saying(429, R"({"error":"too_many"})");
        return saying(request.path() == "/verify-code" ? status : 404, R"({"error":"wrong"})");
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    Route route = site.facts.routes.front();
    route.path = u"/verify-code"_s;
    site.facts.routes = {route};
    putSample(site.facts, route.path, site.host, "application/json", body);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY2(tries->load() <= asked, qPrintable(QString::number(tries->load())));
    QCOMPARE(ofOthers->load(), 0);
    const QString why = judged.observed["codes"_L1][0]["not_tested"_L1].toString();
    QCOMPARE(why.contains("whose code"_L1) || why.contains("names somebody"_L1), asked == 0);
    QVERIFY(run.gate->sentBy(u"abuse.rate-limit"_s) <= kSiegeRequests + kCodeRequests);
}

void TestRateLimitRoutes::asksChatsAtOnce_data()
{
    QTest::addColumn<int>("bears");
    QTest::addColumn<WebAnswer>("beyond"); // what it cannot bear gets
    QTest::addColumn<bool>("queues");      // one after the other, longer than we wait for one
    QTest::addColumn<QString>("expected");
    const QByteArray busy = R"({"error":"busy"})";
    const WebAnswer broken{503, busy};
    const WebAnswer heldBack{.status = 503, .body = busy, .headers = {{"Retry-After", "5"}}};
    QTest::newRow("bears ten") << 100 << broken << false << u"no_chat_limit"_s;
    QTest::newRow("bears one") << 1 << broken << false << u"breaks_at_once no_chat_limit"_s;
    QTest::newRow("bears one and says when to come again") << 1 << heldBack << false << u"no_chat_limit"_s;
    QTest::newRow("queues") << 100 << broken << true << u"no_chat_limit"_s;
}

void TestRateLimitRoutes::asksChatsAtOnce()
{
    QFETCH(int, bears);
    QFETCH(WebAnswer, beyond);
    QFETCH(bool, queues);
    QFETCH(QString, expected);
    Meeting meeting(kMostRouteTries + 1, kAtOnceTries); // behind those one by one
    HostileLogin site({});
    site.web.on("POST", "/chat", [&](const WebRequest &) {
        const int now = queues ? meeting.come() : meeting.join();
        if (queues && now > kAtOnceTries / 2 && now <= kAtOnceTries)
            meeting.awaitTheOneBehind();
        return now > bears ? beyond : WebAnswer{200, R"({"text":"Hello"})"};
    });
    site.web.parallel();
    const SeriesPlan plan{.entries = {doorAt(site, EntryKind::Chat, "/chat")}, .firsts = 1, .mail = {}};
    NetOptions net;
    net.operationTimeout = std::chrono::milliseconds(queues ? 2500 : 5000);
    AttackRun run(net, {site.web.host()}, {}, 400);
    Wire wire(run.seen, u"abuse.rate-limit"_s, plan.ceiling());
    RateLimitLook look;
    look.others = seriesOf(plan, wire, quickPatience());
    const Judged judged = judgeRateLimit(look);
    QVERIFY2(codesOf(judged).join(u' ') == expected, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1][0]["at_once"_L1]["tries"_L1].toInt(), kAtOnceTries);
    QCOMPARE(judged.observed["routes"_L1][0]["at_once"_L1]["waited"_L1].toInt(), queues ? kAtOnceTries / 2 : 0);
    QVERIFY(wire.sent() <= plan.ceiling());
}

// Answers once and fails from then on, as a door of a product in trouble does.
class FailingDoor
{
public:
    explicit FailingDoor(int good) : m_good(good) {}
    WebAnswer operator()(const WebRequest &)
    {
        return (*m_asked)++ < m_good ? WebAnswer{200, R"({"done":true})"} : WebAnswer{500, R"({"error":"oops"})"};
    }

private:
    int m_good;
    std::shared_ptr<std::atomic_int> m_asked = std::make_shared<std::atomic_int>(0);
};

// A race between two doors that fail shows that the product is well.
void TestRateLimitRoutes::countsFailedDoorsInARow()
{
    HostileLogin site({});
    site.web.on("POST", "/hook-a", FailingDoor(1));
    site.web.on("POST", "/coupon", WebAnswer{200, R"({"done":true})"});
    site.web.on("POST", "/hook-b", FailingDoor(1));
    site.web.on("POST", "/hook-c", WebAnswer{429, R"({"error":"too_many"})"});
    const SeriesPlan plan{
        .entries = {doorAt(site, EntryKind::Webhook, "/hook-a"), doorAt(site, EntryKind::OnceOnly, "/coupon"),
                    doorAt(site, EntryKind::Webhook, "/hook-b"), doorAt(site, EntryKind::Webhook, "/hook-c")},
        .firsts = 4,
        .mail = {}};
    AttackRun run({}, {site.web.host()}, {}, 400);
    Wire wire(run.seen, u"abuse.rate-limit"_s, plan.ceiling());
    const SeriesReport report = seriesOf(plan, wire, quickPatience());
    QVERIFY2(report.brokenOff.isEmpty(), qPrintable(report.brokenOff));
    QCOMPARE(report.races.size(), std::size_t(1));
    QCOMPARE(report.routes.size(), std::size_t(3));
    QVERIFY(report.routes.back().series.isLimited());
}

// Refused once, and then no answer at all: the reason is that none came.
void TestRateLimitRoutes::saysThatNoAnswerCame()
{
    HostileLogin site({});
    const auto asked = std::make_shared<std::atomic_int>(0);
    site.web.on("POST", "/chat", [asked, &site](const WebRequest &) {
        const int turn = (*asked)++;
        if (turn == 1) // from here on the connection is cut
            site.web.setManners({.hangUpAfter = 1});
        return turn == 0 ? WebAnswer{200, R"({"done":true})"} : WebAnswer{403, R"({"error":"no"})"};
    });
    const SeriesPlan plan{.entries = {doorAt(site, EntryKind::Chat, "/chat")}, .firsts = 1, .mail = {}};
    AttackRun run({}, {site.web.host()}, {}, 400);
    Wire wire(run.seen, u"abuse.rate-limit"_s, plan.ceiling());
    const SeriesReport report = seriesOf(plan, wire, quickPatience());
    QCOMPARE(report.routes.size(), std::size_t(1));
    const QString why = report.routes.front().notTested;
    QVERIFY2(!why.isEmpty() && !why.contains("now so, now so"_L1), qPrintable(why));
}

// "This address has an account already" says nothing about how often somebody may ask.
void TestRateLimitRoutes::takesNoRuleForALimit()
{
    HostileSite site(
        [taken = std::make_shared<std::atomic_int>(0)](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.path() != "/sign-up")
                return std::nullopt;
            return (*taken)++ == 0 ? saying(201, R"({"id":7})") : saying(409, R"({"error":"has_an_account"})");
        });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    std::erase_if(site.facts.routes, [](const Route &route) { return route.path != "/sign-up"_L1; });
    site.facts.actors.clear(); // no login to try
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    const QJsonValue row = judged.observed["routes"_L1][0];
    QVERIFY2(row["not_tested"_L1].toString().contains("409"_L1), qPrintable(told(judged)));
    QCOMPARE(row["made"_L1].toArray().size(), 1);
    QVERIFY2(judged.reason.contains(row["made"_L1][0].toString()), qPrintable(judged.reason));
}

// Pages send whoever they refuse back to the form, with a status that is no refusal; and those whom they took as well,
// so that what may have been made is named.
void TestRateLimitRoutes::takesNoWayBackForAYes_data()
{
    QTest::addColumn<QByteArray>("leads");
    QTest::newRow("refused") << QByteArray("/sign-up?error=domain");
    QTest::newRow("to the next step") << QByteArray("/sign-up?step=verify");
}

void TestRateLimitRoutes::takesNoWayBackForAYes()
{
    QFETCH(QByteArray, leads);
    HostileSite site([leads](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/sign-up")
            return std::nullopt;
        PageReply reply{.status = 302};
        reply.add("Location", leads);
        return reply;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    std::erase_if(site.facts.routes, [](const Route &route) { return route.path != "/sign-up"_L1; });
    site.facts.actors.clear(); // no login to try
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    const QJsonArray made = judged.observed["routes"_L1][0]["made"_L1].toArray();
    QCOMPARE(made.size(), 1);
    QVERIFY2(judged.reason.contains(made.first().toString()), qPrintable(judged.reason));
}

// Each would leave a file.
void TestRateLimitRoutes::uploadsNothing()
{
    ProjectFacts facts;
    Target target;
    target.hosts = {{HostRole::Api, u"api.example.com"_s, 443}};
    for (const char *path : {"/upload", "/chat"}) {
        Route route;
        route.method = u"POST"_s;
        route.path = QString::fromLatin1(path);
        route.host = u"api.example.com"_s;
        route.access = AccessClass::Public;
        route.safeToWrite = true;
        facts.routes.push_back(route);
        putSample(facts, route.path, route.host, "application/json", R"({"text":"hello"})");
    }
    const SeriesPlan plan = seriesPlanOf(target, facts);
    QCOMPARE(plan.entries.size(), std::size_t(1));
    QCOMPARE(plan.entries.front().kind, EntryKind::Chat);
}

// The first of each kind, then further ones; what may not be tried has its reason, and what does not fit is named.
void TestRateLimitRoutes::plansEachDoor()
{
    ProjectFacts facts;
    Target target;
    target.hosts = {{HostRole::Api, u"api.example.com"_s, 443}};
    const auto add = [&](const char *method, const char *path, bool isSafe, bool hasExample) {
        Route route;
        route.method = QString::fromLatin1(method);
        route.path = QString::fromLatin1(path);
        route.host = u"api.example.com"_s;
        route.safeToWrite = isSafe;
        facts.routes.push_back(route);
        if (hasExample)
            putSample(facts, route.path, route.host, "application/json", R"({"text":"hello"})");
    };
    add("GET", "/export", false, false);
    add("GET", "/invoices/export", false, false);
    add("POST", "/chat", true, true);
    add("POST", "/assistant", true, true);
    add("POST", "/vote", false, true);
    add("POST", "/redeem", true, false);
    add("POST", "/forgot", true, true);
    const auto namesOf = [](const SeriesPlan &plan) {
        QStringList names;
        for (const EntryPoint &entry : plan.entries)
            names.append(entry.route.path);
        return names.join(u' ');
    };
    const auto reasonsOf = [](const SeriesPlan &plan) {
        QStringList reasons;
        for (const UntriedDoor &door : plan.notTried)
            reasons.append(door.route.section(u' ', 1) + u' ' + toWord(door.why));
        return reasons.join(u", "_s);
    };
    SeriesPlan plan = seriesPlanOf(target, facts);
    QCOMPARE(namesOf(plan), u"/export /chat /assistant /invoices/export"_s); // a chat costs more
    QCOMPARE(plan.firsts, std::size_t(2));
    QCOMPARE(reasonsOf(plan), u"/vote not_safe, /forgot no_mailbox, /redeem no_example"_s);
    QCOMPARE(2 * plan.fewest(), plan.ceiling());
    plan.keepWithin(plan.fewest() + 1);
    QCOMPARE(namesOf(plan), u"/export /chat"_s);
    QVERIFY2(reasonsOf(plan).endsWith("/assistant too_many, /invoices/export too_many"_L1),
             qPrintable(reasonsOf(plan)));
    QCOMPARE(describe(plan.notTried).size(), 4); // a sentence for each reason
}

// Each of them may be held back for as long as we wait at most.
void TestRateLimitRoutes::announcesTheWaitsOfEachDoor()
{
    const Target target{.domain = u"example.com"_s,
                        .hosts = {Host{.role = HostRole::Api, .name = u"api.example.com"_s}}};
    ProjectFacts facts;
    QCOMPARE(limitNeedOf({target, facts}).waits, std::chrono::seconds(0));
    for (const QString &path : {u"/redeem"_s, u"/vote"_s}) {
        Route route{.method = u"POST"_s, .path = path, .host = u"api.example.com"_s};
        route.safeToWrite = true;
        facts.routes.push_back(route);
        putSample(facts, path, route.host, "application/json", R"({"code":"SPRING"})");
    }
    const BlockPatience patience{.longest = std::chrono::seconds(10)};
    QCOMPARE(limitNeedOf({target, facts}, patience).waits, 2 * waitsOfRace(patience));
    QCOMPARE(siegeNeedOf({target, facts}, patience).waits, std::chrono::seconds(0));
    TestActor actor;
    actor.id = actor.name = u"anna"_s;
    actor.userName = u"anna@example.com"_s;
    actor.signIn = {.kind = SignInKind::Json,
                    .url = u"https://api.example.com/login"_s,
                    .contentType = "application/json",
                    .bodyTemplate = uR"({"email":"{{user}}","password":"{{password}}"})"_s};
    facts.actors = {actor};
    QCOMPARE(limitNeedOf({target, facts}, patience).waits, waitsOfSiege(patience) + 2 * waitsOfRace(patience));
    QCOMPARE(siegeNeedOf({target, facts}, patience).waits, waitsOfSiege(patience));
    QVERIFY(waitsOfSiege(patience) > 2 * patience.longest); // before it, and its own
    QVERIFY(waitsOfRace(patience) > patience.longest);
}

// A login that counts wrong passwords of one account by what it was sent, letter by letter.
void TestRateLimitRoutes::findsOtherWaysAround_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("expected");
    QTest::newRow("counts the person") << QString() << u"no_address_limit:medium"_s;
    QTest::newRow("counts the alias") << u"mail_alias"_s << u"limit_bypass:high no_address_limit:medium"_s;
    QTest::newRow("counts JSON alone") << u"body"_s << u"limit_bypass:high no_address_limit:medium"_s;
    QTest::newRow("reads no form") << u"no_form"_s << u"no_address_limit:medium"_s;
}

void TestRateLimitRoutes::findsOtherWaysAround()
{
    QFETCH(QString, fault);
    QFETCH(QString, expected);
    HostileSite site(
        [fault, tries = std::make_shared<std::map<QByteArray, int>>(),
         lock = std::make_shared<std::mutex>()](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.path() != "/login")
                return std::nullopt;
            const std::lock_guard guard(*lock);
            const bool isForm = request.header("content-type").contains("urlencoded");
            const QByteArray text = QByteArray::fromPercentEncoding(request.body).toLower();
            static const QRegularExpression alias(u"sam(\\+\\w+)?@acme"_s);
            const auto match = alias.match(QString::fromUtf8(text));
            const bool isSam = match.hasMatch() && !(isForm && fault == "no_form"_L1);
            const QByteArray tag = fault == "mail_alias"_L1 ? match.captured(1).toUtf8() : QByteArray();
            const bool isCounted = isSam && !(fault == "body"_L1 && isForm);
            if (isCounted && (*tries)["sam" + tag] >= 5)
                return saying(429, R"({"error":"too_many"})");
            if (isSam && text.contains("the-right-password"))
                return saying(200, R"({"access_token":"abcdefghijklmnopqrstuvwxyz","id":1})");
            (*tries)["sam" + tag] += isCounted ? 1 : 0;
            return saying(401, R"({"error":"sign_in_failed"})");
        });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    site.facts.routes.clear();
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QStringList found;
    for (const Finding &finding : judged.findings)
        found.append(finding.code + u':' + toWord(finding.severity));
    found.sort();
    QVERIFY2(found.join(u' ') == expected, qPrintable(told(judged)));
    QVERIFY(run.gate->sentBy(u"abuse.rate-limit"_s) <= kSiegeRequests);
    for (const QJsonValue &way : judged.observed["login"_L1]["bypasses"_L1].toArray()) {
        QCOMPARE(way["way"_L1].toString(), fault);
        QVERIFY(way["proven"_L1].toBool());
    }
}

QTEST_GUILESS_MAIN(TestRateLimitRoutes)
#include "tst_ratelimitroutes.moc"
