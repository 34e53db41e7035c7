// The export: one fixed form without secrets, and what changed in words.
#include "checks/edge/configexport.h"
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

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject ruleCalled(const QString &name, const QString &expression = u"true"_s, bool isOn = true)
{
    return {{u"description"_s, name},
            {u"action"_s, u"block"_s},
            {u"enabled"_s, isOn},
            {u"expression"_s, expression},
            {u"id"_s, u"3a03d665bac047339bb530ecb439a90d"_s},
            {u"last_updated"_s, u"2026-01-01T00:00:00Z"_s}};
}

QStringList sentencesOf(const QJsonObject &before, const QJsonObject &after)
{
    QStringList sentences;
    for (const ExportChange &change : changesBetween(before, after))
        sentences << sentenceAbout(change);
    return sentences;
}

} // namespace

class ConfigExportTest : public QObject
{
    Q_OBJECT

private slots:
    void hidesSecretsInExpressions_data();
    void hidesSecretsInExpressions();
    void hidesTokensInPatterns();
    void tellsChanges_data();
    void tellsChanges();
    void judges_data();
    void judges();
    void comparesWithTheLastLook();
    void takesNoRenewalForAChange();
    void tellsPacksOfTheSameHostsApart();
    void keepsTheLastExportWhenNothingCouldBeRead();
    void keepsUnreadParts();
};

void ConfigExportTest::hidesSecretsInExpressions_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("shown");
    const auto row = [](const QString &expression, const QString &shown) {
        QTest::addRow("%s", qPrintable(expression)) << expression << shown;
    };
    row(u"http.host eq \"app.example.com\""_s, u"http.host eq \"app.example.com\""_s);
    row(u"http.request.headers[\"x-key\"][0] eq \"hunter2hunter2\""_s,
        u"http.request.headers[\"•••\"][0] eq \"•••\""_s);
    row(u"http.cookie contains \"preview=hunter2\" and http.host eq \"a.example\""_s,
        u"http.cookie contains \"•••\" and http.host eq \"a.example\""_s);
    row(u"concat(http.request.headers[\"x-a\"][0], http.host) eq \"hunter2www\""_s,
        u"concat(http.request.headers[\"•••\"][0], http.host) eq \"•••\""_s);
    row(u"lower(http.host) eq \"a.example\" and ssl"_s, u"lower(http.host) eq \"a.example\" and ssl"_s);
    row(u"http.request.uri.path eq \"/hooks/T0k3nT0k3nT0k3n1/in\""_s, u"http.request.uri.path eq \"/hooks/•••/in\""_s);
    row(u"http.request.uri.path contains \"/hooks/PlumVelvetKettlePlumVelvet\""_s,
        u"http.request.uri.path contains \"/hooks/•••\""_s);
    row(u"http.request.uri.path in {\"/wp-content/uploads/2024/05/index.html\" \"/forgotten-password-confirmation\"}"_s,
        u"http.request.uri.path in {\"/wp-content/uploads/2024/05/index.html\" \"/forgotten-password-confirmation\"}"_s);
    row(u"http.request.uri.query contains \"key=hunter2\""_s, u"http.request.uri.query contains \"•••\""_s);
    row(u"http.cookie matches r\"hunter2.*\""_s, u"http.cookie matches r\"•••\""_s);
    row(u"http.cookie eq \"hun\\\"ter2\""_s, u"(hidden: it compares with what may be a secret)"_s);
    const QString dots = u"\"•••\""_s;
    row(u"http.user_agent contains \"hunter2\""_s, u"http.user_agent contains "_s + dots);
    row(u"http.referer contains \"hunter2\""_s, u"http.referer contains "_s + dots);
    row(u"http.request.uri contains \"hook=hunter2\""_s, u"http.request.uri contains "_s + dots);
    row(u"http.request.full_uri wildcard \"*hunter2*\""_s, u"http.request.full_uri wildcard "_s + dots);
    row(u"raw.http.request.uri.args[\"k\"][0] eq \"hunter2\""_s, u"raw.http.request.uri.args[%1][0] eq %1"_s.arg(dots));
    row(u"is_timed_hmac_valid_v0(\"hunter2\", http.request.uri.path, 60, http.request.timestamp.sec, 8)"_s,
        u"(hidden: it compares with what may be a secret)"_s);
    for (const QString &open :
         {u"http.request.uri.path eq \"/login\""_s, u"http.request.method in {\"GET\" \"HEAD\"}"_s,
          u"ip.src.country eq \"DE\" and ssl"_s, u"ip.geoip.country ne \"DE\""_s})
        row(open, open);
    row(u""_s, u""_s);
}

void ConfigExportTest::hidesSecretsInExpressions()
{
    QFETCH(QString, expression);
    const QString shown = shownExpression(expression);
    QTEST(shown, "shown");
    QVERIFY(!shown.contains(u"hunter2"_s));
}

// Hosts are no secret, however long their names.
void ConfigExportTest::hidesTokensInPatterns()
{
    QCOMPARE(shownPattern(u"https://app-staging-eu-west-12.example.com/hooks/T0k3nT0k3nT0k3n1/*"_s),
             u"https://app-staging-eu-west-12.example.com/hooks/•••/*"_s);
    QCOMPARE(shownPattern(u"*app-staging-eu-west-12.example.com*"_s), u"*app-staging-eu-west-12.example.com*"_s);
}

void ConfigExportTest::tellsChanges_data()
{
    QTest::addColumn<QJsonObject>("before");
    QTest::addColumn<QJsonObject>("after");
    QTest::addColumn<QStringList>("sentences");
    const auto settings = [](const QJsonObject &values) { return QJsonObject{{u"settings"_s, values}}; };
    const auto rules = [](const QJsonArray &list) {
        return QJsonObject{{u"rules"_s, QJsonObject{{u"http_ratelimit"_s, list}}}};
    };
    const auto named = [](const QString &name, bool isOn) { return QJsonObject{{u"name"_s, name}, {u"on"_s, isOn}}; };
    QTest::newRow("the same") << settings({{u"ssl"_s, u"strict"_s}}) << settings({{u"ssl"_s, u"strict"_s}})
                              << QStringList();
    QTest::newRow("a value") << settings({{u"ssl"_s, u"strict"_s}}) << settings({{u"ssl"_s, u"full"_s}})
                             << QStringList{
                                    u"Changed: the setting \"SSL/TLS encryption mode\" was strict, and is full."_s};
    QTest::newRow("a number") << settings({{u"challenge_ttl"_s, 1800}}) << settings({{u"challenge_ttl"_s, 1801}})
                              << QStringList{u"Changed: the setting \"Challenge Passage\" was 1800, and is 1801."_s};
    QTest::newRow("a setting that we do not know") << settings({}) << settings({{u"new_thing"_s, true}})
                                                   << QStringList{u"New: the setting \"new_thing\" (true)."_s};
    QTest::newRow("gone") << settings({{u"http3"_s, u"on"_s}}) << settings({})
                          << QStringList{u"Gone: the setting \"HTTP/3 (with QUIC)\" (on)."_s};
    QTest::newRow("a part that was not read") << settings({{u"http3"_s, u"on"_s}}) << QJsonObject() << QStringList();
    QTest::newRow("a rule") << rules({named(u"Sign in"_s, true)}) << rules({named(u"Sign in"_s, false)})
                            << QStringList{
                                   u"Changed: the rule \"Sign in\" was {\"name\":\"Sign in\",\"on\":true}, and is "
                                   "{\"name\":\"Sign in\",\"on\":false}."_s};
    QTest::newRow("a rule is gone") << rules({named(u"Sign in"_s, true)}) << rules({})
                                    << QStringList{
                                           u"Gone: the rule \"Sign in\" ({\"name\":\"Sign in\",\"on\":true})."_s};
    QTest::newRow("two rules of one name, one more")
        << rules({named(u"A"_s, true)}) << rules({named(u"A"_s, true), named(u"A"_s, true)})
        << QStringList{u"New: the rule \"A (2)\" ({\"name\":\"A\",\"on\":true})."_s};
    QTest::newRow("a record") << QJsonObject{{u"dns"_s, QJsonObject{{u"app.example.com A"_s, u"proxied"_s}}}}
                              << QJsonObject{{u"dns"_s, QJsonObject{{u"app.example.com A"_s, u"dns_only"_s}}}}
                              << QStringList{u"Changed: the record app.example.com A was proxied, and is dns_only."_s};
    const auto part = [](const QString &name, const QJsonObject &value) { return QJsonObject{{name, value}}; };
    QTest::newRow("a certificate is gone")
        << part(u"certificates"_s, {{u"example.com"_s, u"universal"_s}}) << part(u"certificates"_s, {})
        << QStringList{u"Gone: the certificate for example.com (universal)."_s};
    QTest::newRow("Universal SSL off") << part(u"universal"_s, {{u"enabled"_s, true}})
                                       << part(u"universal"_s, {{u"enabled"_s, false}})
                                       << QStringList{
                                              u"Changed: the setting \"Universal SSL\" was true, and is false."_s};
    QTest::newRow("DNSSEC off") << part(u"dnssec"_s, {{u"status"_s, u"active"_s}})
                                << part(u"dnssec"_s, {{u"status"_s, u"disabled"_s}})
                                << QStringList{u"Changed: the setting \"DNSSEC\" was active, and is disabled."_s};
    QTest::newRow("an export of a version that knew none of them")
        << settings({}) << part(u"dnssec"_s, {{u"status"_s, u"active"_s}}) << QStringList();
}

void ConfigExportTest::tellsChanges()
{
    QFETCH(QJsonObject, before);
    QFETCH(QJsonObject, after);
    QTEST(sentencesOf(before, after), "sentences");
}

void ConfigExportTest::judges_data()
{
    QTest::addColumn<QJsonObject>("before");
    QTest::addColumn<QJsonObject>("now");
    QTest::addColumn<QStringList>("unread");
    QTest::addColumn<QString>("expected");
    const auto exported = [](const QString &id, const QJsonValue &value) {
        return QJsonObject{{u"zone"_s, u"example.com"_s}, {u"settings"_s, QJsonObject{{id, value}}}};
    };
    const QString ssl = u"ssl"_s;
    QTest::newRow("the first") << QJsonObject() << exported(ssl, u"off"_s) << QStringList() << u"pass"_s;
    QTest::newRow("the same") << exported(ssl, u"off"_s) << exported(ssl, u"off"_s) << QStringList() << u"pass"_s;
    QTest::newRow("better") << exported(ssl, u"full"_s) << exported(ssl, u"strict"_s) << QStringList()
                            << u"settings_changed:low"_s;
    QTest::newRow("worse") << exported(ssl, u"strict"_s) << exported(ssl, u"full"_s) << QStringList()
                           << u"settings_worse:medium"_s;
    QTest::newRow("bad, and still bad") << exported(ssl, u"full"_s) << exported(ssl, u"flexible"_s) << QStringList()
                                        << u"settings_changed:low"_s;
    QTest::newRow("a word that looks like a number, worse")
        << exported(u"min_tls_version"_s, u"1.2"_s) << exported(u"min_tls_version"_s, u"1.1"_s) << QStringList()
        << u"settings_worse:medium"_s;
    QTest::newRow("a number, worse") << exported(u"challenge_ttl"_s, 1800) << exported(u"challenge_ttl"_s, 604800)
                                     << QStringList() << u"settings_worse:medium"_s;
    QTest::newRow("a part unread") << exported(ssl, u"off"_s) << exported(ssl, u"off"_s) << QStringList{u"dns"_s}
                                   << u"info"_s;
}

void ConfigExportTest::judges()
{
    QFETCH(QJsonObject, before);
    QFETCH(QJsonObject, now);
    QFETCH(QStringList, unread);
    const Judged judged = judgeExport({before, now, unread, unread.isEmpty() ? QStringList() : QStringList{u"No."_s}});
    QTEST(said(judged), "expected");
    QCOMPARE(judged.evidence.size(), size_t(1));
}

void ConfigExportTest::comparesWithTheLastLook()
{
    LabZone zone = lab::wellSetZone();
    zone.rulesets.insert(u"http_request_firewall_custom"_s,
                         QJsonArray{ruleCalled(u"Partner"_s, u"http.request.headers[\"x-key\"][0] eq \"hunter2\""_s)});
    CloudflareLab cloudflare(zone);
    CloudflareLook look{cloudflare};
    const Judged first = look.run(configExportCheck());
    QCOMPARE(first.outcome, Outcome::Pass);
    const QByteArray kept = compact(first.observed);
    for (const char *secret : {"hunter2", "203.0.113.10", "3a03d665bac047339bb530ecb439a90d", "last_updated"})
        QVERIFY2(!kept.contains(secret), secret);
    look.facts.observedBefore[u"edge.config-export"_s] = first.observed;
    const Judged second = look.run(configExportCheck());
    QCOMPARE(second.outcome, Outcome::Pass);
    QCOMPARE(second.observed["export"_L1], first.observed["export"_L1]); // the form does not depend on the day

    zone.settings.insert(u"ssl"_s, u"flexible"_s);
    cloudflare.setZone(zone);
    const Judged third = look.run(configExportCheck());
    QCOMPARE(said(third), u"settings_worse:medium"_s);
    QCOMPARE(third.observed["changes"_L1].toArray().size(), 1);

    look.facts.observedBefore[u"edge.config-export"_s].insert(u"export"_s,
                                                              QJsonObject{{u"zone"_s, u"other.example"_s}});
    QCOMPARE(look.run(configExportCheck()).outcome, Outcome::Pass); // another domain's export is no base
}

// A second pack of the same names comes, and the first one goes.
void ConfigExportTest::takesNoRenewalForAChange()
{
    LabZone zone = lab::wellSetZone();
    CloudflareLab cloudflare(zone);
    CloudflareLook look{cloudflare};
    const Judged first = look.run(configExportCheck());
    const QJsonObject exported = first.observed["export"_L1].toObject();
    QCOMPARE(exported["certificates"_L1].toObject().keys(), QStringList{u"*.example.com, example.com"_s});
    QCOMPARE(exported["dnssec"_L1]["status"_L1].toString(), u"active"_s);
    QCOMPARE(exported["universal"_L1]["enabled"_L1].toBool(), true);
    look.facts.observedBefore[u"edge.config-export"_s] = first.observed;
    QJsonObject coming = zone.packs[0].toObject();
    QJsonObject failed = coming;
    coming.insert(u"status"_s, u"pending_validation"_s);
    failed.insert(u"status"_s, u"expired"_s);
    failed.insert(u"hosts"_s, QJsonArray{u"old.example.com"_s});
    zone.packs = {zone.packs[0], coming, failed};
    cloudflare.setZone(zone);
    QCOMPARE(look.run(configExportCheck()).outcome, Outcome::Pass);
    coming.insert(u"status"_s, u"validation_timed_out"_s); // and what was there before serves on
    coming.insert(u"certificates"_s,
                  QJsonArray{QJsonObject{{u"status"_s, u"active"_s}, {u"expires_on"_s, u"2030-01-01T00:00:00Z"_s}}});
    zone.packs = {coming};
    cloudflare.setZone(zone);
    QCOMPARE(look.run(configExportCheck()).outcome, Outcome::Pass);
    zone.packs = {};
    cloudflare.setZone(zone);
    QCOMPARE(said(look.run(configExportCheck())), u"settings_changed:low"_s);
}

void ConfigExportTest::keepsTheLastExportWhenNothingCouldBeRead()
{
    CloudflareLab cloudflare;
    CloudflareLook look{cloudflare};
    const Judged first = look.run(configExportCheck());
    look.facts.observedBefore[u"edge.config-export"_s] = first.observed;
    for (const QString &part : {u"/zones/"_s, u"/zones?"_s}) {
        cloudflare.answerWith(part, {.status = 502, .headers = {}, .body = "<html>"});
        const Judged failed = look.run(configExportCheck());
        QCOMPARE(failed.outcome, Outcome::Error);
        QCOMPARE(failed.observed["export"_L1], first.observed["export"_L1]);
    }
}

void ConfigExportTest::keepsUnreadParts()
{
    CloudflareLab cloudflare;
    CloudflareLook look{cloudflare};
    const Judged first = look.run(configExportCheck());
    look.facts.observedBefore[u"edge.config-export"_s] = first.observed;
    cloudflare.forbid(u"/dns_records"_s);
    cloudflare.forbid(u"http_ratelimit"_s);
    cloudflare.forbid(u"/ssl/"_s);
    const Judged second = look.run(configExportCheck());
    QCOMPARE(second.outcome, Outcome::Info);
    QVERIFY2(second.reason.contains(u"DNS: Read"_s), qPrintable(second.reason));
    QCOMPARE(second.observed["export"_L1], first.observed["export"_L1]);
}

// In whatever order the API names them and their hosts.
void ConfigExportTest::tellsPacksOfTheSameHostsApart()
{
    const QJsonObject universal{{u"type"_s, u"universal"_s},
                                {u"status"_s, u"active"_s},
                                {u"hosts"_s, QJsonArray{u"example.com"_s, u"*.example.com"_s}}};
    QJsonObject advanced = universal;
    advanced.insert(u"type"_s, u"advanced"_s);
    advanced.insert(u"hosts"_s, QJsonArray{u"*.example.com"_s, u"example.com"_s});
    const auto exported = [](const QJsonArray &packs) {
        return exportOf({}, {ZonePart{u"certificates"_s, QJsonValue(packs)}});
    };
    const QJsonObject both = exported({universal, advanced});
    QCOMPARE(both, exported({advanced, universal}));
    const auto changes = changesBetween(both, exported({universal}));
    QCOMPARE(changes.size(), size_t(1));
    QCOMPARE(changes.front().before, u"advanced, universal"_s);
    QCOMPARE(changes.front().after, u"universal"_s);
}

QTEST_GUILESS_MAIN(ConfigExportTest)
#include "tst_configexport.moc"
