// What the checks of Cloudflare's rules have in common: the questions that they ask, and what they keep to themselves.
#include "checks/edge/botanddos.h"
#include "checks/edge/cacherules.h"
#include "checks/edge/wafrules.h"
#include "tests/checks/edge/cloudflarelook.h"
#include "tests/checks/edge/edgerules.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using lab::CloudflareLab;
using lab::LabZone;

namespace {

const std::vector<Host> kHosts{{HostRole::Site, u"example.com"_s}, {HostRole::App, u"app.example.com"_s}};

} // namespace

class EdgeRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void namesNoSecret();
    void saysWhichPartWasUnread();
    void asksCloudflare();
    void doubtsWhatHasNoEffect();
};

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
