#include "checks/edge/cacheleak.h"
#include "models/unseen.h"
#include "tests/checks/access/deskscene.h"
#include "tests/checks/access/hostileshop.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"edge.cache-leak"_s;

ProjectFacts factsOfShop(ShopLab &lab)
{
    ProjectFacts facts = factsOf(lab, [](const ShopRouteLine &) { return false; });
    facts.actors = actorsOf(lab.shop(), jsonSignIn(lab.url("/api/login")), lab.url("/api/me").toString(), u"/email"_s);
    return facts;
}

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(4000);
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

class TestCacheLeak : public QObject
{
    Q_OBJECT

private slots:
    void looksAtTheShop_data();
    void looksAtTheShop();
    void looksAtTheDesk_data();
    void looksAtTheDesk();
    void asksNobodyElsesAddress();
    void staysAwayFromKeysWithoutQuery();
    void poisonsNoCopyOfOthers_data();
    void poisonsNoCopyOfOthers();
    void keepsWhatItSawBefore_data();
    void keepsWhatItSawBefore();
    void isNotFooledByAFeed();
    void judgesNoHostileServer_data() { addHostilities(); }
    void judgesNoHostileServer();
    void sendsNothingWithoutLeave();
    void stops();

private:
    Judged judgedShop(AttackRun &run) { return run.run(cacheLeakCheck(), targetOf({host()}), factsOfShop(m_shop)); }
    AttackRun newRun(int requests = 400)
    {
        return AttackRun(m_shop.netOptions(), {host()}, secretsOf(m_shop.shop()), requests);
    }
    QString host() { return QString::fromLatin1(m_shop.shop().apiHost()); }

    ShopLab m_shop;
    DeskLab m_desk;
    HostileShop m_hostile;
};

void TestCacheLeak::looksAtTheShop_data()
{
    using Faults = FaultSet<ShopFault>;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("clean") << Faults() << QString();
    QTest::newRow("kept") << Faults{ShopFault::PersonalPageCached} << u"page_from_cache"_s;
    QTest::newRow("looks like a file") << Faults{ShopFault::CacheDeception} << u"cache_deception"_s;
    QTest::newRow("keeps what a visitor says") << Faults{ShopFault::CachePoisoned} << u"cache_poisoned"_s;
    QTest::newRow("repeats what a visitor says") << Faults{ShopFault::ForwardedHostShown} << u"header_reflected"_s;
}

void TestCacheLeak::looksAtTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QString, code);
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
    m_shop.reset();
    m_shop.setFaults(faults);
    AttackRun run = newRun();
    const Judged judged = judgedShop(run);
    QVERIFY2(codesOf(judged).join(u' ') == code, qPrintable(told(judged)));
    const int sent = run.gate->sentBy(kId);
    QVERIFY2(sent > 20 && sent <= 91 + 42, qPrintable(QString::number(sent)));
    if (code.isEmpty()) {
        QVERIFY2(judged.outcome == Outcome::Pass || judged.outcome == Outcome::Info, qPrintable(told(judged)));
        return;
    }
    const Finding &found = judged.findings.front();
    const bool isReflected = code == "header_reflected"_L1;
    QCOMPARE(found.proof, isReflected ? Proof::Lead : Proof::Proven);
    QCOMPARE(found.severity, isReflected                   ? Severity::Low
                             : code == "cache_poisoned"_L1 ? Severity::High
                                                           : Severity::Critical);
    for (const Secret &secret : run.gate->knownSecrets())
        QVERIFY(!found.evidence.front().body.contains(QString::fromUtf8(secret.reveal())));
}

void TestCacheLeak::looksAtTheDesk_data()
{
    using Faults = FaultSet<DeskFault>;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("clean") << Faults() << QString();
    QTest::newRow("kept") << Faults{DeskFault::PersonalPageCached} << u"page_from_cache"_s;
    QTest::newRow("looks like a file") << Faults{DeskFault::CacheDeception} << u"cache_deception"_s;
}

void TestCacheLeak::looksAtTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QString, code);
    QVERIFY2(m_desk.isReady(), qPrintable(m_desk.problem()));
    m_desk.reset();
    m_desk.setFaults(faults);
    const QString deskHost = QString::fromLatin1(m_desk.desk().host());
    AttackRun run(m_desk.netOptions(), {deskHost}, secretsOf(m_desk.desk()));
    const Judged judged = run.run(cacheLeakCheck(), targetOf({deskHost}), factsOf(m_desk));
    QVERIFY2(codesOf(judged).join(u' ') == code, qPrintable(told(judged)));
    QVERIFY2(!code.isEmpty() || judged.outcome == Outcome::Pass || judged.outcome == Outcome::Info,
             qPrintable(told(judged)));
}

// What a cache might keep of ours stands at addresses that nobody else asks for, each time others.
void TestCacheLeak::asksNobodyElsesAddress()
{
    m_shop.reset();
    m_shop.setFaults({ShopFault::PersonalPageCached, ShopFault::CacheDeception, ShopFault::CachePoisoned});
    AttackRun run = newRun();
    judgedShop(run);
    static const QRegularExpression word(u"lc[a-z]{12}"_s);
    int busted = 0;
    for (const JournalLine &line : m_shop.shop().journal().lines()) {
        const bool isSignIn = line.target == "/api/login" || line.target == "/api/me"; // who is that?
        const bool hasWord = word.match(QString::fromLatin1(line.target)).hasMatch();
        QVERIFY2(hasWord || isSignIn, line.target.constData());
        busted += hasWord ? 1 : 0;
    }
    QVERIFY(busted > 20);
}

// A cache that answers whatever stands behind the question mark: no account asks there.
void TestCacheLeak::staysAwayFromKeysWithoutQuery()
{
    m_shop.reset();
    m_shop.setFaults({});
    int asAccount = 0;
    PageLab cache(
        [&](const PageRequest &request) {
            if (request.path() == "/api/login" || request.path() == "/api/me")
                return m_shop.shop().answer(request);
            asAccount += request.header("authorization").isEmpty() ? 0 : 1;
            PageReply reply{.contentType = "text/html", .body = "<p>Hello</p>"};
            reply.add("X-Cache", "HIT");
            reply.add("Age", "30");
            return reply;
        },
        {m_shop.shop().apiHost()});
    ProjectFacts facts = factsOfShop(m_shop);
    std::erase_if(facts.routes, [](const Route &route) { return route.path == "/api/me"_L1; });
    std::erase_if(facts.actors, [](const TestActor &actor) { return actor.tenant != kBirch; }); // one alone
    AttackRun run(cache.netOptions(), {host()}, secretsOf(m_shop.shop()));
    const Judged judged = run.run(cacheLeakCheck(), targetOf({host()}), facts);
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains("question mark"_L1), qPrintable(told(judged)));
    QCOMPARE(asAccount, 0);
}

// Nothing of ours is sent to a page whose copies may reach real visitors, and no other page is asked for by a header
// where a cache only says that it keeps nothing.
void TestCacheLeak::poisonsNoCopyOfOthers_data()
{
    QTest::addColumn<QByteArray>("cacheControl");
    QTest::addColumn<bool>("keeps"); // and says so
    QTest::addColumn<bool>("sendsHosts");
    QTest::addColumn<bool>("sendsPlaces");
    QTest::newRow("silent") << QByteArray("public, max-age=60") << false << false << false;
    QTest::newRow("forbids to keep") << QByteArray("private, no-store") << false << true << false;
    QTest::newRow("by the whole address") << QByteArray("public, max-age=60") << true << true << true;
}

void TestCacheLeak::poisonsNoCopyOfOthers()
{
    QFETCH(QByteArray, cacheControl);
    QFETCH(bool, keeps);
    QFETCH(bool, sendsHosts);
    QFETCH(bool, sendsPlaces);
    m_shop.reset();
    m_shop.setFaults({});
    std::mutex lock;
    QSet<QByteArray> kept;
    std::atomic_int hosts = 0, places = 0;
    PageLab front(
        [&](const PageRequest &request) {
            if (request.path() == "/api/login" || request.path() == "/api/me")
                return m_shop.shop().answer(request);
            hosts += request.header("x-forwarded-host").isEmpty() ? 0 : 1;
            places += request.header("x-original-url").isEmpty() && request.header("x-rewrite-url").isEmpty() ? 0 : 1;
            PageReply reply{.contentType = "text/html", .body = "<p>Hello</p>"};
            reply.add("Cache-Control", cacheControl);
            const std::lock_guard locked(lock);
            if (keeps)
                reply.add("X-Cache", kept.contains(request.target) ? "HIT" : "MISS");
            kept.insert(request.target);
            return reply;
        },
        {m_shop.shop().apiHost()});
    AttackRun run(front.netOptions(), {host()}, secretsOf(m_shop.shop()));
    const Judged judged = run.run(cacheLeakCheck(), targetOf({host()}), factsOfShop(m_shop));
    QVERIFY2((hosts > 0) == sendsHosts, qPrintable(told(judged)));
    QVERIFY2((places > 0) == sendsPlaces, qPrintable(told(judged)));
    QCOMPARE(judged.reason.contains("stay away from real visitors"_L1), !sendsHosts);
}

// What ends the last part early takes nothing from the private pages, which were tried before it.
void TestCacheLeak::keepsWhatItSawBefore_data()
{
    QTest::addColumn<QStringList>("hosts"); // of the product; leave is given for its API alone
    QTest::addColumn<int>("status");        // for who sends a header of proxies
    QTest::addColumn<bool>("isPoisonTried");
    const QString blog = u"blog.harbor-ledger.example"_s;
    const QString docs = u"docs.harbor-ledger.example"_s;
    QTest::newRow("hosts without leave") << QStringList{blog, docs, host()} << 200 << true;
    QTest::newRow("a limit") << QStringList{host()} << 429 << false;
}

void TestCacheLeak::keepsWhatItSawBefore()
{
    QFETCH(QStringList, hosts);
    QFETCH(int, status);
    QFETCH(bool, isPoisonTried);
    m_shop.reset();
    m_shop.setFaults({});
    std::mutex lock;
    QSet<QByteArray> kept;
    std::atomic_int tried = 0;
    PageLab front(
        [&](const PageRequest &request) {
            if (request.path() != "/")
                return m_shop.shop().answer(request);
            const bool isTry = !request.header("x-forwarded-host").isEmpty();
            tried += isTry ? 1 : 0;
            PageReply reply{.status = isTry ? status : 200, .contentType = "text/html", .body = "<p>Hello</p>"};
            const std::lock_guard locked(lock);
            reply.add("X-Cache", kept.contains(request.target) ? "HIT" : "MISS");
            kept.insert(request.target);
            return reply;
        },
        {m_shop.shop().apiHost()});
    AttackRun run(front.netOptions(), {host()}, secretsOf(m_shop.shop()));
    const Judged judged = run.run(cacheLeakCheck(), targetOf(hosts), factsOfShop(m_shop));
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass || judged.outcome == Outcome::Info, qPrintable(told(judged)));
    QVERIFY2(!judged.observed.contains("broken_off"_L1), qPrintable(told(judged)));
    QCOMPARE(static_cast<int>(tried), 1); // at the front page
    QCOMPARE(!unseenSubjects(judged.observed).contains(u"GET /"_s), isPoisonTried);
    QVERIFY(isPoisonTried || !judged.reason.isEmpty());
}

// Something new with every request, for whoever has signed in: no cache, and nobody's own.
void TestCacheLeak::isNotFooledByAFeed()
{
    m_shop.reset();
    m_shop.setFaults({});
    std::atomic_int posts = 0;
    PageLab feed(
        [&](const PageRequest &request) {
            if (request.path() == "/api/login" || request.path() == "/api/me")
                return m_shop.shop().answer(request);
            if (request.header("authorization").isEmpty())
                return PageReply{.status = 401, .contentType = "application/json", .body = "{}"};
            QJsonArray items;
            const int count = ++posts;
            for (int i = 0; i <= count; ++i)
                items.append(QJsonObject{{u"title"_s, u"Harbour report of shift %1"_s.arg(1000 + i)},
                                         {u"note"_s, u"Crane %1 was idle all night"_s.arg(2000 + i)}});
            return PageReply{.contentType = "application/json",
                             .body = QJsonDocument(QJsonObject{{u"items"_s, items}}).toJson(QJsonDocument::Compact)};
        },
        {m_shop.shop().apiHost()});
    ProjectFacts facts = factsOfShop(m_shop);
    std::erase_if(facts.routes, [](const Route &route) { return route.path != "/api/customers"_L1; });
    AttackRun run(feed.netOptions(), {host()}, secretsOf(m_shop.shop()));
    const Judged judged = run.run(cacheLeakCheck(), targetOf({host()}), facts);
    QVERIFY2(posts > 3, qPrintable(told(judged)));
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
}

void TestCacheLeak::judgesNoHostileServer()
{
    QFETCH(Hostility, hostility);
    QVERIFY2(m_hostile.isReady(), qPrintable(m_hostile.problem()));
    m_hostile.become(hostility);
    NetOptions net;
    net.operationTimeout = std::chrono::milliseconds(hostility.slowness.count() > 0 ? 100 : 5000);
    AttackRun run(m_hostile.netOptions(net), {host()}, secretsOf(m_hostile.shop()));
    ProjectFacts facts = factsOfShop(m_shop);                                                   // the same addresses
    std::erase_if(facts.routes, [](const Route &route) { return route.path == "/api/me"_L1; }); // works everywhere
    const Judged judged = run.run(cacheLeakCheck(), targetOf({host()}), facts);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    if (hostility.changesIds) // pages are kept apart there all the same
        return;
    QVERIFY2(judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error, qPrintable(told(judged)));
    QVERIFY2(!judged.reason.isEmpty(), qPrintable(told(judged)));
}

void TestCacheLeak::sendsNothingWithoutLeave()
{
    AttackRun poor = newRun(10); // less than it needs
    QCOMPARE(judgedShop(poor).outcome, Outcome::NotRun);
    QCOMPARE(poor.gate->sent(), 0);
    AttackRun elsewhere(m_shop.netOptions(), {u"other.example"_s}, secretsOf(m_shop.shop()));
    QVERIFY(judgedShop(elsewhere).outcome != Outcome::Pass);
    QCOMPARE(elsewhere.gate->sent(), 0);
}

void TestCacheLeak::stops()
{
    m_hostile.become({.slowness = std::chrono::milliseconds(1500)}); // longer than the run may take after Stop
    AttackRun run(m_hostile.netOptions(), {host()}, secretsOf(m_hostile.shop()));
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (run.gate->sentBy(kId) == 0)
            std::this_thread::yield();
        timer.start();
        run.token.cancel();
    });
    const Judged judged = run.run(cacheLeakCheck(), targetOf({host()}), factsOfShop(m_shop));
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome != Outcome::Pass && judged.findings.empty(), qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestCacheLeak)
#include "tst_cacheleak.moc"
