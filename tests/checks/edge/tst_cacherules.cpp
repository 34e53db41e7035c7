// What Cloudflare's cache rules and page rules mean for private pages.
#include "checks/edge/cacherules.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/edge/edgerules.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject pageRule(const QString &pattern, const QString &level, int priority, const QString &more = {})
{
    QJsonArray actions{QJsonObject{{u"id"_s, u"cache_level"_s}, {u"value"_s, level}}};
    if (more == "edge_cache_ttl"_L1)
        actions.append(QJsonObject{{u"id"_s, more}, {u"value"_s, 7200}});
    else if (!more.isEmpty())
        actions.append(QJsonObject{{u"id"_s, more}, {u"value"_s, u"session.*"_s}});
    return {{u"status"_s, u"active"_s},
            {u"priority"_s, priority},
            {u"targets"_s, QJsonArray{QJsonObject{
                               {u"target"_s, u"url"_s},
                               {u"constraint"_s, QJsonObject{{u"operator"_s, u"matches"_s}, {u"value"_s, pattern}}}}}},
            {u"actions"_s, actions}};
}

const std::vector<Host> kHosts{{HostRole::Site, u"example.com"_s}, {HostRole::App, u"app.example.com"_s}};

} // namespace

class CacheRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesCacheRules_data();
    void judgesCacheRules();
    void closesNothingUnread_data();
    void closesNothingUnread();
    void judgesPageRules_data();
    void judgesPageRules();
    void guardsPageRulesByCacheRules();
};

void CacheRulesTest::judgesCacheRules_data()
{
    QTest::addColumn<QJsonArray>("rules");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QJsonArray &rules, const QString &expected) {
        QTest::newRow(name) << rules << expected;
    };
    const QString all = u"true"_s;
    const QString files = u"(http.request.uri.path.extension in {\"css\"})"_s;
    const QString session = u"(http.cookie contains \"session=\")"_s;
    const QString paths = u"(starts_with(http.request.uri.path, \"/account\"))"_s;
    const QString site = u"(http.host eq \"example.com\")"_s;
    const QString app = u"(http.host eq \"app.example.com\")"_s;
    row("none", {}, u"pass"_s);
    row("files", {cacheRule(files, true, true)}, u"pass"_s);
    row("everything", {cacheRule(all, true)}, u"everything_cached:medium"_s);
    row("everything, for a set time", {cacheRule(all, true, true)}, u"everything_forced:high"_s);
    row("everything, and it is off", {cacheRule(all, true, true, false)}, u"pass"_s);
    row("everything but the signed-in", {cacheRule(all, true, true), cacheRule(session, false)}, u"pass"_s);
    row("the other way round: the last rule wins", {cacheRule(session, false), cacheRule(all, true, true)},
        u"everything_forced:high"_s);
    row("everything but some paths", {cacheRule(all, true, true), cacheRule(paths, false)},
        u"cached_but_for_paths:low"_s);
    row("a guard that is off", {cacheRule(all, true), cacheRule(session, false, false, false)},
        u"everything_cached:medium"_s);
    row("the site alone", {cacheRule(site, true, true)}, u"site_cached:low"_s);
    row("the app", {cacheRule(app, true)}, u"everything_cached:medium"_s);
    row("a host that nobody listed", {cacheRule(u"(http.host eq \"x.example.com\")"_s, true)},
        u"everything_cached:medium"_s);
    row("a rule of its own for the signed-out", {cacheRule(u"(not http.cookie contains \"s\")"_s, true, true)},
        u"pass"_s);
    const QString blog = u"http.host eq \"blog.example.com\" and http.cookie contains \"s=\""_s;
    row("a guard for another host", {cacheRule(all, true, true), cacheRule(blog, false)}, u"everything_forced:high"_s);
    row("a guard for that host",
        {cacheRule(app, true), cacheRule(u"http.host eq \"app.example.com\" and "_s + session, false)}, u"pass"_s);
    row("a guard for all hosts but that",
        {cacheRule(app, true), cacheRule(u"not http.host eq \"app.example.com\" and "_s + session, false)},
        u"everything_cached:medium"_s);
    row("guards for both hosts, in two rules",
        {cacheRule(u"http.host in {\"app.example.com\" \"x.example.com\"}"_s, true),
         cacheRule(u"http.host eq \"app.example.com\" and "_s + session, false),
         cacheRule(u"http.host eq \"x.example.com\" and "_s + session, false)},
        u"pass"_s);
    row("the site stays without a guard",
        {cacheRule(all, true, true), cacheRule(u"http.host eq \"app.example.com\" and "_s + session, false)},
        u"site_cached:low"_s);
    row("the app is left out by the rule itself", {cacheRule(u"(http.host ne \"app.example.com\")"_s, true, true)},
        u"site_cached:low"_s);
    row("the site is left out by the rule itself", {cacheRule(u"(http.host ne \"example.com\")"_s, true, true)},
        u"everything_forced:high"_s);
    row("each half leaves out the other",
        {cacheRule(u"(http.host ne \"app.example.com\") or (http.host ne \"example.com\")"_s, true, true)},
        u"everything_forced:high"_s);
    row("the app alone is kept", {cacheRule(u"(http.host ne \"app.example.com\")"_s, false)}, u"pass"_s);
    row("the app is left out as a whole", {cacheRule(all, true, true), cacheRule(app, false)}, u"site_cached:low"_s);
    row("the app stays without a guard", {cacheRule(all, true, true), cacheRule(site, false)},
        u"everything_forced:high"_s);
    row("a guard the wrong way round",
        {cacheRule(all, true, true), cacheRule(u"not http.cookie contains \"s=\""_s, false)},
        u"everything_forced:high"_s);
    row("a guard for whoever has any cookie", {cacheRule(all, true, true), cacheRule(u"http.cookie ne \"\""_s, false)},
        u"pass"_s);
    row("a guard for whoever has none", {cacheRule(all, true, true), cacheRule(u"http.cookie eq \"\""_s, false)},
        u"everything_forced:high"_s);
    row("a guard by the header for signing in",
        {cacheRule(all, true, true), cacheRule(u"any(http.request.headers[\"authorization\"][*] ne \"\")"_s, false)},
        u"pass"_s);
    const QString post = u"http.request.method eq \"POST\""_s;
    row("a guard for who sends", {cacheRule(all, true, true), cacheRule(post, false)}, u"everything_forced:high"_s);
    row("a guard for the signed-in who send",
        {cacheRule(all, true, true), cacheRule(session + u" and "_s + post, false)}, u"everything_forced:high"_s);
    row("a guard for the signed-in who read",
        {cacheRule(all, true, true), cacheRule(session + u" and not "_s + post, false)}, u"pass"_s);
    row("a guard without HTTPS", {cacheRule(all, true, true), cacheRule(u"not ssl"_s, false)},
        u"everything_forced:high"_s);
    const auto whole = [](const QString &pattern) { return u"(http.request.full_uri wildcard \"%1\")"_s.arg(pattern); };
    row("another host left out, by the whole address",
        {cacheRule(all, true, true), cacheRule(whole(u"https://blog.example.com/*"_s), false)},
        u"everything_forced:high"_s);
    row("the app left out, by the whole address",
        {cacheRule(all, true, true), cacheRule(whole(u"https://app.example.com/*"_s), false)}, u"site_cached:low"_s);
    row("the app left out among others",
        {cacheRule(all, true, true), cacheRule(whole(u"https://*.example.com/*"_s), false)}, u"site_cached:low"_s);
    row("all hosts left out", {cacheRule(all, true, true), cacheRule(whole(u"https://*/*"_s), false)},
        u"cache_off:low"_s);
    row("the site, by the whole address", {cacheRule(whole(u"https://example.com/*"_s), true, true)},
        u"site_cached:low"_s);
    row("the app, by the whole address", {cacheRule(whole(u"https://app.example.com/*"_s), true, true)},
        u"everything_forced:high"_s);
    const QString cookie = u"len(http.request.cookies[\"session\"]) "_s;
    row("a guard for those without a cookie, by its length",
        {cacheRule(all, true, true), cacheRule(cookie + u"eq 0"_s, false)}, u"everything_forced:high"_s);
    row("a guard for those with one, by its length", {cacheRule(all, true, true), cacheRule(cookie + u"> 0"_s, false)},
        u"pass"_s);
    row("the same in other words", {cacheRule(all, true, true), cacheRule(cookie + u"!= 0"_s, false)}, u"pass"_s);
    row("a guard for short ones", {cacheRule(all, true, true), cacheRule(cookie + u"lt 20"_s, false)},
        u"everything_forced:high"_s);
    row("a rule of its own for those without, by the length", {cacheRule(cookie + u"lt 1"_s, true, true)}, u"pass"_s);
    row("a rule of its own for long ones", {cacheRule(cookie + u"ge 20"_s, true, true)}, u"info"_s);
    row("a guard at one path", {cacheRule(all, true, true), cacheRule(session + u" and "_s + paths, false)},
        u"cached_but_for_paths:low"_s);
    row("a guard for one country",
        {cacheRule(all, true, true), cacheRule(session + u" and ip.src.country eq \"DE\""_s, false)},
        u"everything_forced:high"_s);
    row("one of two cookies",
        {cacheRule(all, true, true), cacheRule(session + u" or http.cookie contains \"t=\""_s, false)}, u"pass"_s);
    row("paths of another host left out",
        {cacheRule(all, true, true), cacheRule(u"http.host eq \"blog.example.com\" and "_s + paths, false)},
        u"everything_forced:high"_s);
    row("a narrow part beside the whole app",
        {cacheRule(u"(http.host eq \"app.example.com\") or (http.request.uri.path contains \"/assets\")"_s, true,
                   true)},
        u"everything_forced:high"_s);
    row("the pages of the signed-in", {cacheRule(session, true, true)}, u"info"_s);
    row("a part of the site", {cacheRule(u"starts_with(http.request.uri.path, \"/blog\")"_s, true, true)}, u"info"_s);
    row("a part for files", {cacheRule(u"starts_with(http.request.uri.path, \"/_next/static/\")"_s, true, true)},
        u"pass"_s);
    row("by its ending", {cacheRule(u"ends_with(http.request.uri.path, \".woff2\")"_s, true, true)}, u"pass"_s);
    row("by several endings", {cacheRule(u"http.request.uri.path matches r\"\\.(css|js)$\""_s, true, true)}, u"pass"_s);
    row("pages by their ending", {cacheRule(u"(http.request.uri.path.extension in {\"css\" \"php\"})"_s, true, true)},
        u"info"_s);
    row("but the files", {cacheRule(u"not http.request.uri.path.extension in {\"css\"}"_s, true, true)}, u"info"_s);
    row("nothing but files is kept", {cacheRule(all, false), cacheRule(files, true, true)}, u"pass"_s);
    row("nothing is kept after all", {cacheRule(all, true, true), cacheRule(all, false)}, u"cache_off:low"_s);
    row("nothing is kept", {cacheRule(all, false)}, u"cache_off:low"_s);
    row("nothing of what is sent is kept, as ever", {cacheRule(post, false)}, u"pass"_s);
    row("what is sent is kept, which has no effect", {cacheRule(post, true, true)}, u"pass"_s);
    row("files of members", {cacheRule(u"starts_with(http.request.uri.path, \"/account/media\")"_s, true, true)},
        u"info"_s);
    row("files of an API", {cacheRule(u"http.request.uri.path contains \"/api/build/\""_s, true, true)}, u"info"_s);
    row("files of administrators", {cacheRule(u"http.request.uri.path contains \"/admin/js/\""_s, true, true)},
        u"info"_s);
    row("files of members, in an expression",
        {cacheRule(u"http.request.uri.path matches \"^/(billing|media)/\""_s, true, true)}, u"info"_s);
    row("a file with a member's name", {cacheRule(u"http.request.uri.path contains \"/static/app.\""_s, true, true)},
        u"pass"_s);
    row("nothing of the app is kept", {cacheRule(app, false)}, u"pass"_s);
    row("the front page alone", {cacheRule(u"http.request.uri.path wildcard \"/\""_s, true, true)}, u"info"_s);
    row("directories alone", {cacheRule(u"ends_with(http.request.uri.path, \"/\")"_s, true, true)}, u"info"_s);
    row("files behind a build", {cacheRule(whole(u"https://*/_next/static/chunks/app/*"_s), true, true)}, u"pass"_s);
    row("files of the build for administrators",
        {cacheRule(u"http.request.uri.path contains \"/static/admin/\""_s, true, true)}, u"pass"_s);
    row("pictures of WordPress",
        {cacheRule(u"http.request.uri.path wildcard \"/wp-content/uploads/*.jpg\""_s, true, true)}, u"pass"_s);
    row("what people uploaded to WordPress",
        {cacheRule(u"http.request.uri.path wildcard \"/wp-content/uploads/*\""_s, true, true)}, u"info"_s);
    row("pictures of members", {cacheRule(u"http.request.uri.path wildcard \"/media/users/*\""_s, true, true)},
        u"info"_s);
    row("a build beside members", {cacheRule(u"http.request.uri.path matches \"^/(static|account)/\""_s, true, true)},
        u"info"_s);
    const auto host = [](const QString &relation) { return u"http.host "_s + relation; };
    const QString anyHost = u"ends_with(http.host, \"example.com\")"_s;
    row("a guard for a part of a host", {cacheRule(all, true, true), cacheRule(host(u"contains \"app.\""_s), false)},
        u"site_cached:low"_s);
    row("a guard for no host of it", {cacheRule(all, true, true), cacheRule(host(u"contains \"shop.\""_s), false)},
        u"everything_forced:high"_s);
    row("a guard for the ends of hosts", {cacheRule(app, true, true), cacheRule(anyHost + u" and "_s + session, false)},
        u"pass"_s);
    row("a guard for the start of a host",
        {cacheRule(all, true, true), cacheRule(u"starts_with(http.host, \"app.\")"_s, false)}, u"site_cached:low"_s);
    row("the ends of hosts, without a guard", {cacheRule(anyHost, true, true)}, u"everything_forced:high"_s);
    row("the ends of hosts, and the app is left out", {cacheRule(anyHost, true, true), cacheRule(app, false)},
        u"site_cached:low"_s);
    const QString unknown = host(u"matches r\"^(app|my)\\.\""_s);
    row("a guard for hosts that nobody can tell", {cacheRule(all, true, true), cacheRule(unknown, false)}, u"info"_s);
    row("a guard for the signed-in there",
        {cacheRule(all, true, true), cacheRule(unknown + u" and "_s + session, false)}, u"info"_s);
    row("one country there",
        {cacheRule(all, true, true), cacheRule(unknown + u" and ip.src.country eq \"DE\""_s, false)},
        u"everything_forced:high"_s);
    row("kept again afterwards", {cacheRule(all, true, true), cacheRule(unknown, false), cacheRule(all, true, true)},
        u"everything_forced:high"_s);
    row("a guard for everybody as well",
        {cacheRule(all, true, true), cacheRule(unknown, false), cacheRule(session, false)}, u"pass"_s);
    row("everything of hosts that nobody can tell", {cacheRule(unknown, true, true)}, u"info"_s);
    row("and of one that is named", {cacheRule(unknown + u" or http.host eq \"app.example.com\""_s, true, true)},
        u"everything_forced:high"_s);
    row("nothing is kept of hosts that nobody can tell", {cacheRule(unknown, false)}, u"pass"_s);
    const QString assets = u"starts_with(http.request.uri.path, \"/assets/\")"_s;
    row("as many conditions as are read", {cacheRule(QString::fromUtf8(alternatives(64, assets.toUtf8())), true, true)},
        u"info"_s);
    row("too many conditions", {cacheRule(QString::fromUtf8(alternatives(70, assets.toUtf8())), true, true)},
        u"info"_s);
    row("a guard with too many conditions",
        {cacheRule(all, true, true), cacheRule(QString::fromUtf8(alternatives(70)), false)}, u"info"_s);
}

void CacheRulesTest::judgesCacheRules()
{
    QFETCH(QJsonArray, rules);
    QTEST(said(judgeCacheRules({readCacheRules(rules), kHosts, {}})), "expected");
}

// What may be there still is not taken for repaired.
void CacheRulesTest::closesNothingUnread_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<bool>("sees");
    QTest::newRow("hosts that nobody can tell") << u"http.host matches \"^app\""_s << false;
    QTest::newRow("too many conditions") << QString::fromUtf8(alternatives(70)) << false;
    QTest::newRow("pages, which are no finding") << QString::fromUtf8(alternatives(3)) << true;
}

void CacheRulesTest::closesNothingUnread()
{
    QFETCH(QString, expression);
    QFETCH(bool, sees);
    Finding before;
    before.code = u"everything_forced"_s;
    const Judged judged = judgeCacheRules({readCacheRules(QJsonArray{cacheRule(expression, true, true)}), kHosts, {}});
    QCOMPARE(closes(judged, before), sees);
    QVERIFY(!judged.reason.isEmpty());
    QVERIFY2(!judged.summary.contains("leave private pages out"_L1), qPrintable(judged.summary));
}

void CacheRulesTest::judgesPageRules_data()
{
    QTest::addColumn<QJsonArray>("rules");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QJsonArray &rules, const QString &expected) {
        QTest::newRow(name) << rules << expected;
    };
    const QString every = u"cache_everything"_s;
    row("everything", {pageRule(u"*example.com/*"_s, every, 1)}, u"everything_cached:medium"_s);
    row("everything, for a set time", {pageRule(u"*example.com/*"_s, every, 1, u"edge_cache_ttl"_s)},
        u"everything_forced:high"_s);
    row("everything, without a path", {pageRule(u"*example.com*"_s, every, 1)}, u"everything_cached:medium"_s);
    row("with a scheme", {pageRule(u"https://app.example.com/*"_s, every, 1)}, u"everything_cached:medium"_s);
    row("the site alone", {pageRule(u"example.com/*"_s, every, 1)}, u"site_cached:low"_s);
    row("files", {pageRule(u"*example.com/static/*"_s, every, 1)}, u"pass"_s);
    row("files of members", {pageRule(u"*example.com/account/images/*"_s, every, 1)}, u"info"_s);
    row("files by their ending", {pageRule(u"*example.com/*.css"_s, every, 1)}, u"pass"_s);
    row("a part of the site", {pageRule(u"*example.com/app/*"_s, every, 1)}, u"info"_s);
    row("the standard", {pageRule(u"*example.com/*"_s, u"aggressive"_s, 1)}, u"pass"_s);
    row("but the signed-in", {pageRule(u"*example.com/*"_s, every, 1, u"bypass_cache_on_cookie"_s)}, u"pass"_s);
    row("but a path, which comes first",
        {pageRule(u"*example.com/*"_s, every, 1), pageRule(u"*example.com/account*"_s, u"bypass"_s, 2)},
        u"cached_but_for_paths:low"_s);
    row("but a path, which comes too late",
        {pageRule(u"*example.com/*"_s, every, 2), pageRule(u"*example.com/account*"_s, u"bypass"_s, 1)},
        u"everything_cached:medium"_s);
}

void CacheRulesTest::judgesPageRules()
{
    QFETCH(QJsonArray, rules);
    QTEST(said(judgeCacheRules({readPageRules(rules), kHosts, {}})), "expected");
}

// Both kinds hold, and where they differ cache rules win.
void CacheRulesTest::guardsPageRulesByCacheRules()
{
    const auto judged = [](const QJsonArray &cacheRules) {
        EdgeCacheFacts facts{readCacheRules(cacheRules), kHosts, {}};
        std::ranges::move(
            readPageRules(QJsonArray{pageRule(u"*example.com/*"_s, u"cache_everything"_s, 1, u"edge_cache_ttl"_s)}),
            std::back_inserter(facts.rules));
        return said(judgeCacheRules(std::move(facts)));
    };
    QCOMPARE(judged({}), u"everything_forced:high"_s);
    QCOMPARE(judged({cacheRule(u"http.cookie contains \"s=\""_s, false)}), u"pass"_s);
    QCOMPARE(judged({cacheRule(u"not http.cookie contains \"s=\""_s, false)}), u"everything_forced:high"_s);
    QCOMPARE(judged({cacheRule(u"http.cookie contains \"s=\""_s, false), cacheRule(u"true"_s, true)}),
             u"everything_cached:medium everything_forced:high"_s);
}

QTEST_GUILESS_MAIN(CacheRulesTest)
#include "tst_cacherules.moc"
