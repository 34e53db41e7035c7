// Which addresses edge.cache-leak asks, and what the answers mean: without a network.
#include "checks/edge/cacheleak.h"
#include "checks/edge/cacheleakforms.h"
#include "checks/edge/cachepoison.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kMail = "ann@birch.example";

CacheAsk asked(int status, const QByteArray &headers, const QByteArray &body)
{
    CacheAsk ask{.request = {}, .answer = answer(status, "Content-Type: text/html\n" + headers, body)};
    ask.request.url = QUrl(u"https://app.example.com/account?lc=x"_s);
    return ask;
}

} // namespace

class TestCacheLeakJudge : public QObject
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
    void judgesPoison_data();
    void judgesPoison();
    void knowsKeys_data();
    void knowsKeys();
    void leavesUntriedPagesOpen();
    void makesTokens();
};

void TestCacheLeakJudge::makesDecoys_data()
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

void TestCacheLeakJudge::makesDecoys()
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

void TestCacheLeakJudge::choosesPages()
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
    const Target target{u"example.com"_s, {{HostRole::App, u"app.example.com"_s, kHttpsPort}}};
    for (const AskableRoute &page : personalPages(target, facts).asked)
        paths.append(page.url.path());
    QCOMPARE(paths.join(u' '), u"/api/me /reports"_s);
    for (int i = 1; i <= kMostCachePages; ++i)
        add(u"GET"_s, u"/page-%1"_s.arg(i), AccessClass::SignedIn);
    const PersonalPages many = personalPages(target, facts);
    QCOMPARE(many.asked.size(), std::size_t(kMostCachePages));
    QCOMPARE(many.leftOut.join(u' '), u"GET /page-5 GET /page-6"_s);
}

void TestCacheLeakJudge::judges_data()
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

void TestCacheLeakJudge::judges()
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
    CacheLook more = look; // what is left out closes nothing
    more.leftOut = {u"GET /invoices"_s};
    more.notTriedAsFiles = {u"GET /account"_s};
    const Judged open = judgeCacheLeak(more);
    QVERIFY2(open.outcome != Outcome::Pass && open.reason.contains("GET /invoices"_L1), qPrintable(open.reason));
    const auto gaps = unseenIn(open.observed);
    QCOMPARE(std::ranges::count(gaps, Unseen{.subject = u"GET /invoices"_s}), 1);
    QCOMPARE(std::ranges::count(gaps, Unseen{.subject = u"GET /account"_s, .code = u"cache_deception"_s}), 1);
    look.brokenOff = u"Stopped."_s; // nothing is passed then
    QVERIFY(judgeCacheLeak(look).outcome != Outcome::Pass);
}

void TestCacheLeakJudge::judgesDecoys_data()
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

void TestCacheLeakJudge::judgesDecoys()
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

void TestCacheLeakJudge::judgesPoison_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("again");     // empty: not asked
    QTest::addColumn<QByteArray>("elsewhere"); // the same
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("code");
    const QByteArray with = "<a href=https://lcabc.invalid/>";
    const QByteArray without = "<p>Hello</p>";
    const QByteArray none;
    const auto row = [&](const char *name, const QByteArray &asked, const QByteArray &again,
                         const QByteArray &elsewhere, int status, const QString &verdict, const QString &code) {
        QTest::newRow(name) << asked << again << elsewhere << status << verdict << code;
    };
    row("nothing of it", without, none, none, 200, u"untouched"_s, u"pass"_s);
    row("shown to who sent it", with, without, none, 200, u"reflected"_s, u"header_reflected:low"_s);
    row("kept", with, with, without, 200, u"poisoned"_s, u"cache_poisoned:high"_s);
    row("shown everywhere", with, with, with, 200, u"reflected"_s, u"header_reflected:low"_s);
    row("kept, without a control", with, with, none, 200, u"reflected"_s, u"header_reflected:low"_s);
    row("kept with an error", with, with, without, 404, u"poisoned"_s, u"cache_poisoned:high"_s);
    row("limited", with, none, none, 429, u"untold"_s, u"pass"_s);
    row("broken", with, none, none, 502, u"untold"_s, u"pass"_s);
}

void TestCacheLeakJudge::judgesPoison()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, again);
    QFETCH(QByteArray, elsewhere);
    QFETCH(int, status);
    PoisonTry one{.header = "X-Forwarded-Host",
                  .token = "lcabc",
                  .asked = ::asked(status, {}, asked),
                  .again = {},
                  .elsewhere = {}};
    if (!again.isEmpty())
        one.again = ::asked(status, "X-Cache: HIT", again);
    if (!elsewhere.isEmpty())
        one.elsewhere = ::asked(200, {}, elsewhere);
    QTEST(toWord(verdictOf(one)), "verdict");
    CacheLook look{.account = u"Ann"_s, .other = {}};
    look.markers = Markers({{.text = QString::fromLatin1(kMail), .kind = MarkerKind::Mail}});
    look.pages = {{.routeName = u"GET /account"_s, .url = QUrl(u"https://app.example.com/account"_s)}};
    look.pages.front().trial.owner = ::asked(200, "Cache-Control: private, no-store", kMail);
    look.pages.front().trial.stranger = ::asked(302, "Cache-Control: private, no-store", {});
    look.poison = {{.routeName = u"GET /"_s, .url = QUrl(u"https://app.example.com/"_s), .tries = {one}}};
    const Judged judged = judgeCacheLeak(look);
    QTEST(said(judged), "code");
}

// What a copy made by us may reach.
void TestCacheLeakJudge::knowsKeys_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("again");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("sendsHosts");
    QTest::addColumn<bool>("sendsPlaces"); // X-Original-URL
    const QByteArray open = "Cache-Control: public, max-age=60\n";
    const QByteArray shut = "Cache-Control: private, no-store\n";
    const QByteArray hit = "X-Cache: HIT";
    const QByteArray miss = "X-Cache: MISS";
    const QByteArray none;
    const auto row = [](const char *name, const QByteArray &first, const QByteArray &again, const QByteArray &other,
                        const QString &key, bool sendsHosts, bool sendsPlaces) {
        QTest::newRow(name) << first << again << other << key << sendsHosts << sendsPlaces;
    };
    row("shown", open + miss, open + hit, open + miss, u"with_query"_s, true, true);
    row("by its age alone", open, open + "Age: 3", open, u"untold"_s, false, false);
    row("no word of a cache", open, open, open, u"untold"_s, false, false);
    row("never a hit", open + miss, open + miss, open + miss, u"untold"_s, false, false);
    row("the other one passes by", open + miss, open + hit, open + "X-Cache: BYPASS", u"untold"_s, false, false);
    row("a hit at once", open + hit, open + hit, open + hit, u"without_query"_s, false, false);
    row("filled by us", open + miss, open + hit, open + hit, u"without_query"_s, false, false);
    row("forbids to keep", shut, shut, shut, u"nothing_kept"_s, true, false);
    row("forbids it once", shut, open, shut, u"untold"_s, false, false);
    row("kept against its word", shut + miss, shut + hit, shut + miss, u"with_query"_s, true, true);
    row("kept against its word, silently", shut, shut + "Age: 3", shut, u"untold"_s, false, false);
    row("the edge may", shut + "CDN-Cache-Control: max-age=60", shut + "CDN-Cache-Control: max-age=60",
        shut + "CDN-Cache-Control: max-age=60", u"untold"_s, false, false);
    row("nothing said", none, none, none, u"untold"_s, false, false);
}

void TestCacheLeakJudge::knowsKeys()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, again);
    QFETCH(QByteArray, other);
    const PoisonKey key =
        poisonKeyOf(asked(200, first, {}).answer, asked(200, again, {}).answer, asked(200, other, {}).answer);
    QTEST(toWord(key), "key");
    QTEST(maySend("X-Forwarded-Host", key), "sendsHosts");
    QTEST(maySend("X-Original-URL", key), "sendsPlaces");
    QTEST(maySend("X-Rewrite-URL", key), "sendsPlaces");
}

// What was found there before is not closed by a look that did not try it.
void TestCacheLeakJudge::leavesUntriedPagesOpen()
{
    CacheLook look{.account = u"Ann"_s};
    look.poison = {{.routeName = u"GET /"_s, .url = {}, .isOpen = true, .tries = {}},
                   {.routeName = u"GET /help"_s, .url = {}, .tries = {}}};
    const QStringList unseen = unseenSubjects(judgeCacheLeak(look).observed);
    QVERIFY(unseen.contains(u"GET /"_s) && !unseen.contains(u"GET /help"_s));
}

void TestCacheLeakJudge::makesTokens()
{
    QSet<QByteArray> tokens;
    for (const char *header : poisonHeaders()) {
        const PoisonTry one = newPoisonTry(header);
        QVERIFY(one.token.size() > 5 && !tokens.contains(one.token));
        tokens.insert(one.token);
        QVERIFY(poisonValue(one).contains(one.token.startsWith(':') ? one.token.mid(1) : one.token));
        QVERIFY(!poisonValue(one).contains(' '));
    }
    QCOMPARE(static_cast<int>(tokens.size()), 8);
}

QTEST_GUILESS_MAIN(TestCacheLeakJudge)
#include "tst_cacheleakjudge.moc"
