// Cloudflare's rules: what an expression is about, and what the lists of rules mean for private pages, sign-ins, robots
// and floods.
#include "checks/edge/botanddos.h"
#include "checks/edge/cacherules.h"
#include "checks/edge/ruleexpression.h"
#include "checks/edge/wafrules.h"
#include "models/unseen.h"
#include "tests/checks/edge/cloudflarelook.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using lab::CloudflareLab;
using lab::LabZone;

namespace {

QString shown(const RuleExpression &expression)
{
    QStringList parts;
    if (std::ranges::any_of(expression.branches, &RuleBranch::empty))
        parts << u"true"_s;
    for (const Comparison &one : expression.comparisons)
        parts << (one.isNot ? u"!"_s : QString()) + one.field + u'(' + one.texts.join(u',') + u')';
    return parts.join(u' ');
}

// "host(a) & !cookie(s) | path(/x)": what fits, by branches.
QString branchesOf(const RuleExpression &expression)
{
    QStringList branches;
    for (const RuleBranch &branch : expression.branches)
        branches << (branch.empty() ? u"true"_s : shown({branch, {}}));
    return branches.join(u" | "_s);
}

QJsonObject cacheRule(const QString &expression, bool keeps, bool isForced = false, bool isOn = true)
{
    QJsonObject parameters{{u"cache"_s, keeps}};
    if (isForced)
        parameters.insert(u"edge_ttl"_s, QJsonObject{{u"mode"_s, u"override_origin"_s}, {u"default"_s, 7200}});
    return {{u"description"_s, expression},
            {u"action"_s, u"set_cache_settings"_s},
            {u"enabled"_s, isOn},
            {u"expression"_s, expression},
            {u"action_parameters"_s, parameters}};
}

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

bool sawOf(const Judged &judged, const Finding &before)
{
    CheckResult seen;
    seen.outcome = judged.outcome;
    seen.observed = judged.observed;
    return hasSeen(seen, before);
}

QJsonObject firewallRule(const QString &expression, const QString &action = u"block"_s, bool isOn = true)
{
    return {{u"description"_s, expression}, {u"action"_s, action}, {u"enabled"_s, isOn}, {u"expression"_s, expression}};
}

// So many paths that are no files, and one more condition.
QByteArray alternatives(int count, const QByteArray &last = "http.request.uri.path eq \"/about\"")
{
    QByteArray text;
    for (int i = 1; i < count; ++i)
        text += "http.request.uri.path eq \"/page-" + QByteArray::number(i) + "\" or ";
    return text + last;
}

const std::vector<Host> kHosts{{HostRole::Site, u"example.com"_s}, {HostRole::App, u"app.example.com"_s}};

} // namespace

class EdgeRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void readsExpressions_data();
    void readsExpressions();
    void splitsAtOr_data();
    void splitsAtOr();
    void endsWhatBranchesOutTooFar();
    void knowsWhatIsEverything_data();
    void knowsWhatIsEverything();
    void judgesCacheRules_data();
    void judgesCacheRules();
    void closesNothingUnread_data();
    void closesNothingUnread();
    void judgesPageRules_data();
    void judgesPageRules();
    void guardsPageRulesByCacheRules();
    void namesNoSecret();
    void judgesFirewalls_data();
    void judgesFirewalls();
    void readsBotFilters_data();
    void readsBotFilters();
    void judgesFloods_data();
    void judgesFloods();
    void saysWhichPartWasUnread();
    void asksCloudflare();
    void doubtsWhatHasNoEffect();
};

void EdgeRulesTest::readsExpressions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QByteArray &text, const QString &expected) {
        QTest::addRow("%s", text.isEmpty() ? "nothing" : text.left(60).constData()) << text << expected;
    };
    row("", u""_s);
    row("true", u"true"_s);
    row("(true)", u"true"_s);
    row("false", u""_s);
    row("not true", u""_s);
    row(R"(http.host eq "a.example")", u"http.host(a.example)"_s);
    row(R"(http.host ne "a.example")", u"!http.host(a.example)"_s);
    row(R"(http.host != "a.example")", u"!http.host(a.example)"_s);
    row(R"(not http.host ne "a.example")", u"http.host(a.example)"_s);
    row(R"((http.host in {"a" "b"} and ssl) or not starts_with(http.request.uri.path, "/api"))",
        u"http.host(a,b) ssl() !http.request.uri.path(/api)"_s);
    row(R"(http.host eq "a" && !http.cookie contains "s=")", u"http.host(a) !http.cookie(s=)"_s);
    row(R"(http.request.headers["authorization"][0] eq "x")", u"http.request.headers(authorization,x)"_s);
    row(R"(http.request.uri.path matches r"^/a\"b" or ssl)", u"http.request.uri.path(^/a\\ "_s); // ends at the quote
    row(R"(http.request.uri.path matches r#"^/a"b"#)", u"http.request.uri.path(^/a\"b)"_s);
    row(R"(http.request.uri.path eq "a\"b\\c")", u"http.request.uri.path(a\"b\\c)"_s);
    row(R"(ip.src in {192.0.2.0/24 2001:db8::/32} and http.host eq "a")", u"ip.src() http.host(a)"_s);
    row(R"(HTTP.HOST EQ "A")", u"http.host(A)"_s);
    row(R"(len(http.cookie) eq 0)", u"http.cookie()"_s);
    row(R"(len(http.cookie) > 0 and ssl)", u"!http.cookie() ssl()"_s);
    row(R"(len(http.cookie) gt 9)", u"http.cookie()"_s);
    row(R"(http.host eq "open)", u"http.host(open)"_s);
    row("r\"", u""_s);
    row("r##\"x", u""_s);
    row("\"text without a field\"", u""_s);
}

void EdgeRulesTest::readsExpressions()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const QString read = shown(readExpression(text));
    if (expected.endsWith(u' ')) // how garbage goes on is nobody's promise
        QVERIFY2(read.startsWith(expected.trimmed()), qPrintable(read));
    else
        QCOMPARE(read, expected);
}

void EdgeRulesTest::splitsAtOr_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QByteArray &text, const QString &expected) {
        QTest::addRow("%s", text.isEmpty() ? "nothing" : text.left(60).constData()) << text << expected;
    };
    row("", u""_s);
    row("true", u"true"_s);
    row("false", u""_s);
    row("not true", u""_s);
    row("not (false)", u"true"_s);
    row("true or a.b", u"true | a.b()"_s);
    row("true and a.b", u"a.b()"_s);
    row("false and a.b", u""_s);
    row("a.b or c.d and e.f", u"a.b() | c.d() e.f()"_s);
    row("(a.b or c.d) and e.f", u"a.b() e.f() | c.d() e.f()"_s);
    row("a.b && (c.d || e.f)", u"a.b() c.d() | a.b() e.f()"_s);
    row("not (a.b or c.d)", u"!a.b() !c.d()"_s);
    row("!(a.b and not c.d) and e.f", u"!a.b() e.f() | c.d() e.f()"_s);
    row("not(a.b or c.d)", u"!a.b() !c.d()"_s);
    row("a.b and(c.d or e.f)", u"a.b() c.d() | a.b() e.f()"_s);
    row("not not a.b", u"a.b()"_s);
    row(R"(lower(http.host) eq "a" or starts_with(http.request.uri.path, "/x"))",
        u"http.host(a) | http.request.uri.path(/x)"_s);
    row(R"(any(http.request.headers["x"][*] eq "a") or (ssl))", u"http.request.headers(x,a) | ssl()"_s);
    row("((a.b or c.d", u"a.b() | c.d()"_s);
    row("a.b)) or (c.d)", u"a.b() | c.d()"_s);
    row("() or a.b", u"a.b()"_s);
}

void EdgeRulesTest::splitsAtOr()
{
    QFETCH(QByteArray, text);
    QTEST(branchesOf(readExpression(text)), "expected");
}

// Two to the power of ten ways: nobody knows what it is about. None of its conditions is lost.
void EdgeRulesTest::endsWhatBranchesOutTooFar()
{
    QByteArray text = "(a.b or c.d)";
    for (int i = 0; i < 9; ++i)
        text += " and (a.b or c.d)";
    const RuleExpression read = readExpression(text);
    QVERIFY(read.isTooMuch);
    QVERIFY(read.branches.empty());
    QCOMPARE(read.comparisons.size(), size_t(20));
    QVERIFY(!isAboutEverything(read));
    QVERIFY(!readExpression(alternatives(64)).isTooMuch);
    QVERIFY(readExpression(alternatives(65)).isTooMuch);
}

void EdgeRulesTest::knowsWhatIsEverything_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("everything");
    const auto row = [](const QByteArray &text, bool everything) {
        QTest::addRow("%s", text.isEmpty() ? "nothing" : text.constData()) << text << everything;
    };
    row("true", true);
    row("", false);
    row("false", false);
    row(R"(http.host eq "a")", true);
    row(R"(starts_with(http.request.uri.path, "/"))", true);
    row(R"(http.request.uri.path wildcard "/*")", true);
    row(R"(http.request.full_uri wildcard "https://a.example/*")", true);
    row(R"(http.request.full_uri wildcard "https://a.example/static/*")", false);
    row(R"(starts_with(http.request.uri.path, "/static"))", false);
    row(R"(not starts_with(http.request.uri.path, "/"))", false);
    row(R"(http.request.uri.path eq "/")", false);
    row(R"(http.request.uri.path == "/")", false);
    row(R"(http.request.uri.path in {"/" "/*"})", false);
    row(R"(http.host eq "a" and http.request.uri.path.extension in {"css" "js"})", false);
    row(R"(http.host eq "a" and not http.cookie contains "session")", false);
    row(R"(http.request.full_uri wildcard "http://a.example/*")", false); // nearly nobody
    row(R"(http.request.full_uri wildcard "*a.example/*")", true);
    row(R"(starts_with(http.request.full_uri, "https://a.example"))", true);
    row(R"(http.request.full_uri contains ".css")", false);
    row(R"(http.request.full_uri contains "v1/images")", false);
    row(R"(http.request.method eq "GET")", true);
    row(R"(http.request.method in {"GET" "HEAD"})", true);
    row(R"(http.request.method matches "^(GET|HEAD)$")", true);
    row(R"(http.request.method ne "POST")", true);
    row(R"(http.request.method ne "GET")", false);
    row(R"(http.request.method eq "POST")", false);
    row("ssl", true);
    row("not ssl", false);
    row(R"(http.request.uri.path)", false);
    row(R"((http.host eq "a") or (http.request.uri.path contains "/assets"))", true); // a narrow branch hides no other
    row(R"((http.host eq "a") and (http.request.uri.path contains "/assets"))", false);
    row(R"(not (http.host eq "a" or http.request.uri.path contains "/assets"))", false);
    row(R"(not (http.host eq "a" and http.request.uri.path contains "/assets"))", true);
    row(R"(http.request.uri.path wildcard "/")", false); // the front page
    row(R"(http.request.uri.path strict wildcard "/")", false);
    row(R"(http.request.uri.path wildcard "*")", true);
    row(R"(http.request.uri.path wildcard "*/*")", true);
    row(R"(http.request.full_uri wildcard "https://a.example/")", false);
    row(R"(http.request.full_uri wildcard "https://a.example")", false); // no address is without a path
    row(R"(http.request.full_uri wildcard "https://a.example*")", true);
    row(R"(http.request.full_uri eq "https://a.example/")", false);
    row(R"(http.request.full_uri contains "a.example/")", true);
    row(R"(ends_with(http.request.uri.path, "/"))", false); // directories
    row(R"(ends_with(http.request.full_uri, "a.example/"))", false);
    row(R"(http.request.uri.path contains "/")", true);
    row(R"(http.request.uri.path matches "^/")", true);
    row(R"(http.request.uri.path matches "^/$")", false);
    row(R"(http.request.uri.path ~ ".*")", true);
    row(R"(http.request.uri.path matches "^/.*$")", true);
    row(R"(http.request.uri.path matches "^/.+\\.css$")", false);
    row(R"(http.request.uri.path lt "/")", false);
}

void EdgeRulesTest::knowsWhatIsEverything()
{
    QFETCH(QByteArray, text);
    QTEST(isAboutEverything(readExpression(text)), "everything");
}

void EdgeRulesTest::judgesCacheRules_data()
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

void EdgeRulesTest::judgesCacheRules()
{
    QFETCH(QJsonArray, rules);
    QTEST(said(judgeCacheRules({readCacheRules(rules), kHosts, {}})), "expected");
}

// What may be there still is not taken for repaired.
void EdgeRulesTest::closesNothingUnread_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<bool>("sees");
    QTest::newRow("hosts that nobody can tell") << u"http.host matches \"^app\""_s << false;
    QTest::newRow("too many conditions") << QString::fromUtf8(alternatives(70)) << false;
    QTest::newRow("pages, which are no finding") << QString::fromUtf8(alternatives(3)) << true;
}

void EdgeRulesTest::closesNothingUnread()
{
    QFETCH(QString, expression);
    QFETCH(bool, sees);
    Finding before;
    before.code = u"everything_forced"_s;
    const Judged judged = judgeCacheRules({readCacheRules(QJsonArray{cacheRule(expression, true, true)}), kHosts, {}});
    QCOMPARE(sawOf(judged, before), sees);
    QVERIFY(!judged.reason.isEmpty());
    QVERIFY2(!judged.summary.contains("leave private pages out"_L1), qPrintable(judged.summary));
}

void EdgeRulesTest::judgesPageRules_data()
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

void EdgeRulesTest::judgesPageRules()
{
    QFETCH(QJsonArray, rules);
    QTEST(said(judgeCacheRules({readPageRules(rules), kHosts, {}})), "expected");
}

// Both kinds hold, and where they differ cache rules win.
void EdgeRulesTest::guardsPageRulesByCacheRules()
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

// What a rule compares with may be a shared secret.
void EdgeRulesTest::namesNoSecret()
{
    const QString secret = u"plum-Velvet-9283-kettle"_s;
    for (const QString &expression :
         {u"http.request.headers[\"x-origin-gate\"][0] ne \"%1\""_s, u"http.user_agent contains \"%1\""_s,
          u"http.request.uri contains \"hook=%1\""_s, u"raw.http.request.uri.args[\"k\"][0] eq \"%1\""_s,
          u"http.request.full_uri wildcard \"*%1*\""_s, u"http.referer contains \"%1\""_s,
          u"concat(http.request.headers[\"x-a\"][0], http.host) eq \"%1\""_s,
          u"concat(http.host, http.request.headers[\"x-a\"][0]) eq \"%1\""_s,
          u"http.request.uri.path eq \"/hooks/%1\""_s, u"http.request.uri.path matches r\"^/hooks/%1/?$\""_s}) {
        const QString filled = expression.arg(secret);
        QJsonObject cache = cacheRule(filled, true);
        QJsonObject wall = firewallRule(filled);
        cache.remove(u"description"_s);
        wall.remove(u"description"_s);
        const Judged kept = judgeCacheRules({readCacheRules(QJsonArray{cache}), kHosts, {}});
        const Judged walled = judgeFirewall({readFirewallRules(QJsonArray{wall}), {}, {}, {}, {}});
        for (const Judged &judged : {kept, walled}) {
            const QString all =
                QString::fromUtf8(QJsonDocument(judged.observed).toJson()) + judged.reason + judged.summary;
            QVERIFY2(!all.contains(secret), qPrintable(all));
            QVERIFY2(all.contains(u"•••"_s), qPrintable(all));
        }
    }
}

void EdgeRulesTest::judgesFirewalls_data()
{
    QTest::addColumn<QJsonArray>("custom");
    QTest::addColumn<QJsonArray>("rates");
    QTest::addColumn<QJsonArray>("managed");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QJsonArray &custom, const QJsonArray &rates, const QJsonArray &managed,
                        const QString &expected) { QTest::newRow(name) << custom << rates << managed << expected; };
    const QJsonObject probes = firewallRule(u"(http.request.uri.path eq \"/.env\")"_s);
    const QJsonObject login = firewallRule(u"(http.request.uri.path contains \"/Login\")"_s);
    const QJsonObject signUp = firewallRule(u"(http.request.uri.path contains \"/search\")"_s);
    const QJsonArray off{firewallRule(u"true"_s, u"execute"_s, false)};
    row("both", {probes}, {login}, {}, u"pass"_s);
    row("none", {}, {}, {}, u"no_rules:medium"_s);
    row("all off", {firewallRule(u"true"_s, u"block"_s, false)}, {}, {}, u"no_rules:medium"_s);
    row("only watching", {firewallRule(u"true"_s, u"log"_s)}, {}, {}, u"only_logging:medium"_s);
    row("no rate limit", {probes}, {}, {}, u"login_unlimited:medium"_s);
    row("a rate limit elsewhere", {probes}, {signUp}, {}, u"login_unlimited:medium"_s);
    row("a rate limit that only watches", {probes},
        {firewallRule(u"(http.request.uri.path contains \"/login\")"_s, u"log"_s)}, {}, u"login_unlimited:medium"_s);
    row("a rate limit for everything", {probes}, {firewallRule(u"true"_s)}, {}, u"pass"_s);
    row("a rate limit for the sign-in host", {}, {firewallRule(u"(http.host eq \"auth.example.com\")"_s)}, {},
        u"pass"_s);
    row("a rate limit for another host", {}, {firewallRule(u"(http.host eq \"www.example.com\")"_s)}, {},
        u"login_unlimited:medium"_s);
    row("everybody skips", {probes, firewallRule(u"true"_s, u"skip"_s)}, {login}, {}, u"skip_all:high"_s);
    row("one host skips", {probes, firewallRule(u"(http.host eq \"a\")"_s, u"skip"_s)}, {login}, {}, u"pass"_s);
    row("some skip", {probes, firewallRule(u"(ip.src eq 192.0.2.1)"_s, u"skip"_s)}, {login}, {}, u"pass"_s);
    row("one method skips", {probes, firewallRule(u"(http.request.method eq \"OPTIONS\")"_s, u"skip"_s)}, {login}, {},
        u"pass"_s);
    row("all hosts but one skip", {probes, firewallRule(u"not http.host eq \"app.example.com\""_s, u"skip"_s)}, {login},
        {}, u"pass"_s);
    row("one host skips, by the whole address",
        {probes, firewallRule(u"http.request.full_uri wildcard \"https://a.example/*\""_s, u"skip"_s)}, {login}, {},
        u"pass"_s);
    row("all hosts skip, by the whole address",
        {probes, firewallRule(u"http.request.full_uri wildcard \"https://*/*\""_s, u"skip"_s)}, {login}, {},
        u"skip_all:high"_s);
    row("all with HTTPS skip", {probes, firewallRule(u"ssl"_s, u"skip"_s)}, {login}, {}, u"skip_all:high"_s);
    row("all without HTTPS skip", {probes, firewallRule(u"not ssl"_s, u"skip"_s)}, {login}, {}, u"pass"_s);
    row("every path skips", {probes, firewallRule(u"starts_with(http.request.uri.path, \"/\")"_s, u"skip"_s)}, {login},
        {}, u"skip_all:high"_s);
    row("one branch lets everybody skip", {probes, firewallRule(u"ip.src eq 192.0.2.1 or true"_s, u"skip"_s)}, {login},
        {}, u"skip_all:high"_s);
    const auto limited = [&](const char *name, const QString &expression, bool covers) {
        row(name, {probes}, {firewallRule(expression)}, {}, covers ? u"pass"_s : u"login_unlimited:medium"_s);
    };
    limited("a rate limit for reading", u"http.request.method eq \"GET\""_s, false);
    limited("a rate limit for sending", u"http.request.method eq \"POST\""_s, true);
    limited("a rate limit for all but reading", u"not http.request.method in {\"GET\" \"HEAD\"}"_s, true);
    limited("a rate limit for reading the sign-in",
            u"http.request.uri.path eq \"/login\" and http.request.method eq \"GET\""_s, false);
    limited("a rate limit for all but the sign-in", u"not starts_with(http.request.uri.path, \"/login\")"_s, false);
    limited("a rate limit for all but files", u"not starts_with(http.request.uri.path, \"/static\")"_s, true);
    limited("a rate limit for all but the sign-in host", u"not http.host eq \"auth.example.com\""_s, false);
    limited("a rate limit for authors", u"starts_with(http.request.uri.path, \"/authors\")"_s, false);
    limited("a rate limit for /oauth/token", u"http.request.uri.path eq \"/oauth/token\""_s, true);
    limited("a rate limit for /users/sign_in", u"http.request.uri.path eq \"/users/sign_in\""_s, true);
    limited("a rate limit for /wp-login.php", u"http.request.uri.path eq \"/wp-login.php\""_s, true);
    for (const QString &path : {u"/api/userLogin"_s, u"/dologin"_s, u"/LoginForm"_s, u"/api/v1/authn"_s, u"/oAuth2"_s,
                                u"/doSignIn"_s, u"/loginpage"_s})
        limited(qPrintable(u"a rate limit for "_s + path), u"http.request.uri.path eq \"%1\""_s.arg(path), true);
    for (const QString &path : {u"/plugins"_s, u"/Authors"_s, u"/blog/in"_s, u"/assignments"_s})
        limited(qPrintable(u"a rate limit for "_s + path), u"http.request.uri.path eq \"%1\""_s.arg(path), false);
    limited("a rate limit for another host, by the whole address",
            u"http.request.full_uri wildcard \"https://www.example.com/*\""_s, false);
    limited("a rate limit for the sign-in host among others",
            u"http.request.full_uri wildcard \"https://*.example.com/*\""_s, true);
    limited("a rate limit for sending without HTTPS", u"http.request.method eq \"POST\" and not ssl"_s, false);
    limited("a rate limit for one country", u"ip.src.country eq \"DE\""_s, false);
    limited("a rate limit beside others",
            u"http.request.uri.path eq \"/search\" or http.request.uri.path eq \"/login\""_s, true);
    limited("a rate limit for the ends of hosts", u"ends_with(http.host, \"example.com\")"_s, true);
    limited("a rate limit for a part of hosts", u"http.host contains \"auth.\""_s, true);
    limited("a rate limit for the start of another host", u"starts_with(http.host, \"www.\")"_s, false);
    limited("a rate limit for all but the ends of hosts", u"not ends_with(http.host, \"example.com\")"_s, false);
    limited("a rate limit for all but a part of hosts", u"not http.host contains \"shop\""_s, true);
    limited("a rate limit for the front page", u"http.request.uri.path wildcard \"/\""_s, false);
    const auto unclear = [&](const char *name, const QString &expression) {
        row(name, {probes}, {firewallRule(expression)}, {}, u"info"_s);
    };
    unclear("a rate limit for hosts in a regular expression", u"http.host matches r\"^auth\\.\""_s);
    unclear("a rate limit for all but such hosts", u"not http.host matches r\"^shop\\.\""_s);
    unclear("a rate limit with too many conditions", QString::fromUtf8(alternatives(70)));
    limited("a rate limit for the sign-in of such hosts",
            u"http.host matches r\"^www\" and http.request.uri.path eq \"/login\""_s, true);
    limited("a rate limit for a path of such hosts",
            u"http.host matches r\"^www\" and http.request.uri.path eq \"/search\""_s, false);
    const auto skips = [&](const char *name, const QString &expression, const QString &expected) {
        row(name, {probes, firewallRule(expression, u"skip"_s)}, {login}, {}, expected);
    };
    skips("the front page skips", u"http.request.uri.path wildcard \"/\""_s, u"pass"_s);
    skips("the front page skips, by the whole address", u"http.request.full_uri wildcard \"https://example.com/\""_s,
          u"pass"_s);
    skips("directories skip", u"ends_with(http.request.uri.path, \"/\")"_s, u"pass"_s);
    skips("too many conditions skip", QString::fromUtf8(alternatives(70)), u"info"_s);
    row("managed rules off", {probes}, {login}, off, u"managed_off:medium"_s);
    row("managed rules on", {probes}, {login}, {firewallRule(u"true"_s, u"execute"_s)}, u"pass"_s);
}

void EdgeRulesTest::judgesFirewalls()
{
    QFETCH(QJsonArray, custom);
    QFETCH(QJsonArray, rates);
    QFETCH(QJsonArray, managed);
    QTEST(said(judgeFirewall({readFirewallRules(custom),
                              readFirewallRules(rates),
                              readFirewallRules(managed),
                              {u"auth.example.com"_s},
                              {}})),
          "expected");
}

void EdgeRulesTest::readsBotFilters_data()
{
    QTest::addColumn<QJsonObject>("bots");
    QTest::addColumn<QString>("expected");
    QTest::newRow("free, on") << QJsonObject{{u"fight_mode"_s, true}} << u"on"_s;
    QTest::newRow("free, off") << QJsonObject{{u"fight_mode"_s, false}} << u"off"_s;
    QTest::newRow("paid, blocking") << QJsonObject{{u"sbfm_definitely_automated"_s, u"block"_s}} << u"on"_s;
    QTest::newRow("paid, asking") << QJsonObject{{u"sbfm_definitely_automated"_s, u"managed_challenge"_s}} << u"on"_s;
    QTest::newRow("paid, letting in") << QJsonObject{{u"sbfm_definitely_automated"_s, u"allow"_s}} << u"off"_s;
    QTest::newRow("another plan") << QJsonObject{{u"auto_update_model"_s, true}} << u"unknown"_s;
    QTest::newRow("nothing") << QJsonObject() << u"unknown"_s;
}

void EdgeRulesTest::readsBotFilters()
{
    QFETCH(QJsonObject, bots);
    QFETCH(QString, expected);
    const BotFilter filter = readBotFilter(bots);
    QCOMPARE(toWord(filter), expected);
    const Judged judged = judgeBotAndDdos({filter, {}, std::vector<FloodException>(), {}});
    QCOMPARE(said(judged), expected == "on"_L1    ? u"pass"_s
                           : expected == "off"_L1 ? u"bots_unfiltered:low"_s
                                                  : u"info"_s);
}

void EdgeRulesTest::judgesFloods_data()
{
    QTest::addColumn<QJsonObject>("overrides");
    QTest::addColumn<bool>("isOn");
    QTest::addColumn<QString>("expected");
    const auto level = [](const QString &word) { return QJsonObject{{u"sensitivity_level"_s, word}}; };
    const auto inside = [](const QString &list, const QJsonObject &one) {
        return QJsonObject{{list, QJsonArray{one}}};
    };
    const QJsonObject log{{u"action"_s, u"log"_s}};
    QTest::newRow("none") << QJsonObject() << true << u"pass"_s;
    QTest::newRow("essentially off") << level(u"eoff"_s) << true << u"flood_protection_off:high"_s;
    QTest::newRow("off, and the exception is off") << level(u"eoff"_s) << false << u"pass"_s;
    QTest::newRow("low") << level(u"low"_s) << true << u"flood_protection_slow:low"_s;
    QTest::newRow("medium") << level(u"medium"_s) << true << u"pass"_s;
    QTest::newRow("only watching") << log << true << u"flood_protection_off:high"_s;
    QTest::newRow("blocking") << QJsonObject{{u"action"_s, u"block"_s}} << true << u"pass"_s;
    QTest::newRow("one rule of it") << inside(u"rules"_s, level(u"eoff"_s)) << true << u"flood_protection_off:high"_s;
    QTest::newRow("one category of it") << inside(u"categories"_s, log) << true << u"flood_protection_off:high"_s;
}

void EdgeRulesTest::judgesFloods()
{
    QFETCH(QJsonObject, overrides);
    QFETCH(bool, isOn);
    const QJsonObject rule{{u"description"_s, u"For a partner"_s},
                           {u"enabled"_s, isOn},
                           {u"action_parameters"_s, QJsonObject{{u"overrides"_s, overrides}}}};
    QTEST(said(judgeBotAndDdos({BotFilter::On, {}, readFloodExceptions(QJsonArray{rule}), {}})), "expected");
    QCOMPARE(said(judgeBotAndDdos({BotFilter::On, u"block"_s, std::vector<FloodException>(), {}})),
             u"search_engines_blocked:medium"_s);
}

void EdgeRulesTest::saysWhichPartWasUnread()
{
    CloudflareLab cloudflare;
    cloudflare.forbid(u"/pagerules"_s);
    cloudflare.forbid(u"/bot_management"_s);
    cloudflare.forbid(u"http_request_firewall_managed"_s);
    CloudflareLook look{cloudflare};
    for (const auto &[check, permission] :
         {std::pair(cacheRulesCheck(), u"Page Rules: Read"_s), std::pair(botAndDdosCheck(), u"Bot Management: Read"_s),
          std::pair(wafRulesCheck(), u"Zone WAF: Read"_s)}) {
        const Judged judged = look.run(check);
        QCOMPARE(judged.outcome, Outcome::Info);
        QVERIFY2(judged.reason.contains(permission), qPrintable(judged.reason));
    }
}

void EdgeRulesTest::asksCloudflare()
{
    LabZone zone = lab::wellSetZone();
    zone.rulesets = {{u"http_request_cache_settings"_s, QJsonArray{cacheRule(u"true"_s, true, true)}}};
    zone.bots = {{u"fight_mode"_s, false}};
    const CloudflareLab cloudflare(zone);
    CloudflareLook look{cloudflare};
    QCOMPARE(said(look.run(cacheRulesCheck())), u"everything_forced:high"_s);
    QCOMPARE(said(look.run(botAndDdosCheck())), u"bots_unfiltered:low"_s);
    QCOMPARE(said(look.run(wafRulesCheck())), u"no_rules:medium"_s);
}

void EdgeRulesTest::doubtsWhatHasNoEffect()
{
    LabZone zone = lab::wellSetZone();
    zone.isPaused = true;
    const CloudflareLab cloudflare(zone);
    CloudflareLook look{cloudflare};
    for (const Judged &judged : look.runAll({cacheRulesCheck(), botAndDdosCheck(), wafRulesCheck()})) {
        QCOMPARE(judged.outcome, Outcome::Info);
        QVERIFY2(judged.reason.contains(u"edge.cloudflare-config"_s), qPrintable(judged.reason));
        QVERIFY(judged.observed.contains("not_seen"_L1));
    }
}

QTEST_GUILESS_MAIN(EdgeRulesTest)
#include "tst_edgerules.moc"
