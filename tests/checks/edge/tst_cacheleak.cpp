#include "checks/edge/cacheleak.h"
#include "checks/edge/cacheleakforms.h"
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
const QByteArray kMail = "ann@birch.example";

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

CacheAsk asked(int status, const QByteArray &headers, const QByteArray &body)
{
    CacheAsk ask{.request = {}, .answer = answer(status, "Content-Type: text/html\n" + headers, body)};
    ask.request.url = QUrl(u"https://app.example.com/account?lc=x"_s);
    return ask;
}

} // namespace

class TestCacheLeak : public QObject
{
    Q_OBJECT

private slots:
    void makesDecoys_data();
    void makesDecoys();
    void choosesPages();
    void judges_data();
    void judges();
    void judgesDecoys_data();
    void judgesDecoys();
    void looksAtTheShop_data();
    void looksAtTheShop();
    void looksAtTheDesk_data();
    void looksAtTheDesk();
    void asksNobodyElsesAddress();
    void staysAwayFromKeysWithoutQuery();
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

void TestCacheLeak::makesDecoys_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<int>("count");
    QTest::newRow("page") << QByteArray("https://a.example/account") << QByteArray("https://a.example/account/w.css")
                          << 9;
    QTest::newRow("with a slash and a query")
        << QByteArray("https://a.example/account/?tab=1") << QByteArray("https://a.example/account/w.css") << 9;
    QTest::newRow("encoded") << QByteArray("https://a.example/a%2Fb") << QByteArray("https://a.example/a%2Fb/w.css")
                             << 9;
    QTest::newRow("front page") << QByteArray("https://a.example/") << QByteArray() << 0;
}

void TestCacheLeak::makesDecoys()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, first);
    QFETCH(int, count);
    const auto decoys = decoysOf(QUrl::fromEncoded(url), u"w"_s);
    QCOMPARE(static_cast<int>(decoys.size()), count);
    if (count == 0)
        return;
    QCOMPARE(decoys.front().toEncoded(), first);
    QByteArrayList all;
    for (const QUrl &one : decoys)
        all.append(one.toEncoded());
    for (const QByteArray &end : {";w.css", "%2Fw.css", "%0Aw.css", "%23w.css", "%3Fw.css", "/..%2Fw.css"})
        QVERIFY2(std::ranges::any_of(all, [&](const QByteArray &one) { return one.toUpper().endsWith(end.toUpper()); }),
                 end.constData());
}

void TestCacheLeak::choosesPages()
{
    ProjectFacts facts;
    const auto add = [&](const QString &method, const QString &path, AccessClass access) {
        Route route;
        route.method = method;
        route.path = path;
        route.access = access;
        facts.routes.push_back(route);
    };
    add(u"GET"_s, u"/help"_s, AccessClass::Public);
    add(u"GET"_s, u"/reports"_s, AccessClass::SignedIn);
    add(u"POST"_s, u"/account"_s, AccessClass::SignedIn);
    add(u"GET"_s, u"/notes/{id}"_s, AccessClass::SignedIn);
    add(u"GET"_s, u"/api/me"_s, AccessClass::SignedIn);
    QStringList paths;
    for (const AskableRoute &page : personalPages(targetOf({u"app.harbor-ledger.example"_s}), facts))
        paths.append(page.url.path());
    QCOMPARE(paths.join(u' '), u"/api/me /reports"_s);
}

void TestCacheLeak::judges_data()
{
    QTest::addColumn<QByteArray>("headers"); // of the account's page
    QTest::addColumn<QByteArray>("body");    // of the account's page
    QTest::addColumn<int>("status");         // of the stranger's answer
    QTest::addColumn<QByteArray>("copy");    // of the stranger's answer
    QTest::addColumn<QString>("expected");
    const QByteArray own = "<p>" + kMail + "</p>";
    const QByteArray login = "<form action=\"/login\"><input type=password></form>";
    const QByteArray shut = "Cache-Control: private, no-store";
    QTest::newRow("kept apart") << shut << own << 302 << QByteArray() << u"pass"_s;
    QTest::newRow("login page") << shut << own << 200 << login << u"pass"_s;
    QTest::newRow("refused") << shut << own << 403 << QByteArray("no") << u"pass"_s;
    QTest::newRow("leaked") << shut << own << 200 << own << u"page_from_cache:critical"_s;
    QTest::newRow("leaked in a refusal") << shut << own << 403 << own << u"page_from_cache:critical"_s;
    QTest::newRow("nothing private") << shut << QByteArray("<p>Hello</p>") << 200 << QByteArray("<p>Hello</p>")
                                     << u"not_run"_s;
    QTest::newRow("limited") << shut << own << 429 << QByteArray("later") << u"not_run"_s;
    QTest::newRow("broken") << shut << own << 502 << QByteArray("oops") << u"not_run"_s;
    QTest::newRow("invites") << QByteArray("Cache-Control: public, max-age=60") << own << 302 << QByteArray()
                             << u"invites_caches:medium"_s;
    QTest::newRow("invites, by cookie") << QByteArray("Cache-Control: s-maxage=60\nVary: Cookie") << own << 302
                                        << QByteArray() << u"invites_caches:low"_s;
    QTest::newRow("says nothing") << QByteArray() << own << 302 << QByteArray() << u"not_private:low"_s;
    QTest::newRow("asks first") << QByteArray("Cache-Control: no-cache") << own << 302 << QByteArray() << u"pass"_s;
}

void TestCacheLeak::judges()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, copy);
    QFETCH(QString, expected);
    CacheLook look{.account = u"Ann"_s};
    look.markers = Markers({{QString::fromLatin1(kMail), MarkerKind::Mail, {}}});
    CachePage page{.routeName = u"GET /account"_s, .url = QUrl(u"https://app.example.com/account"_s)};
    page.trial.owner = asked(200, headers, body);
    page.trial.stranger = asked(status, status == 302 ? "Location: /login" : "X-Cache: HIT", copy);
    look.pages = {page};
    const Judged judged = judgeCacheLeak(look);
    QCOMPARE(said(judged), expected);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
    look.brokenOff = u"Stopped."_s; // nothing is passed then
    QVERIFY(judgeCacheLeak(look).outcome != Outcome::Pass);
}

void TestCacheLeak::judgesDecoys_data()
{
    QTest::addColumn<int>("ownStatus");
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<QByteArray>("copy");
    QTest::addColumn<bool>("leaks");
    QTest::newRow("both") << 200 << kMail << kMail << true;
    QTest::newRow("not for the stranger") << 200 << kMail << QByteArray("login") << false;
    QTest::newRow("not the page") << 404 << QByteArray("no") << kMail << false;
    QTest::newRow("an error page with the name") << 404 << kMail << kMail << false;
}

void TestCacheLeak::judgesDecoys()
{
    QFETCH(int, ownStatus);
    QFETCH(QByteArray, own);
    QFETCH(QByteArray, copy);
    QFETCH(bool, leaks);
    CacheLook look{.account = u"Ann"_s};
    look.markers = Markers({{QString::fromLatin1(kMail), MarkerKind::Mail, {}}});
    CacheDecoy decoy{.routeName = u"GET /account"_s, .trial = {}};
    decoy.trial.owner = asked(ownStatus, {}, own);
    decoy.trial.stranger = asked(200, "Age: 3", copy);
    QCOMPARE(hasLeaked(look, decoy), leaks);
    look.decoys = {decoy};
    QCOMPARE(said(judgeCacheLeak(look)), leaks ? u"cache_deception:critical"_s : u"not_run"_s);
}

void TestCacheLeak::looksAtTheShop_data()
{
    using Faults = FaultSet<ShopFault>;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("clean") << Faults() << QString();
    QTest::newRow("kept") << Faults{ShopFault::PersonalPageCached} << u"page_from_cache"_s;
    QTest::newRow("looks like a file") << Faults{ShopFault::CacheDeception} << u"cache_deception"_s;
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
    QVERIFY2(sent > 20 && sent <= 91, qPrintable(QString::number(sent)));
    if (code.isEmpty()) {
        QVERIFY2(judged.outcome == Outcome::Pass || judged.outcome == Outcome::Info, qPrintable(told(judged)));
        return;
    }
    const Finding &found = judged.findings.front();
    QCOMPARE(found.proof, Proof::Proven);
    QCOMPARE(found.severity, Severity::Critical);
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
    m_shop.setFaults({ShopFault::PersonalPageCached, ShopFault::CacheDeception});
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
