// What Cloudflare's firewall rules mean for sign-ins and robots.
#include "checks/edge/wafrules.h"
#include "tests/checks/edge/edgerules.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class WafRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesFirewalls_data();
    void judgesFirewalls();
};

void WafRulesTest::judgesFirewalls_data()
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

void WafRulesTest::judgesFirewalls()
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

QTEST_GUILESS_MAIN(WafRulesTest)
#include "tst_wafrules.moc"
