// Each of Cloudflare's settings, on both sides of its boundary.
#include "checks/edge/settingrules.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/edge/cloudflarezone.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using lab::CloudflareLab;
using lab::LabZone;

namespace {

QString stateOf(const Judged &judged, const QString &id)
{
    for (const QJsonValue row : judged.observed["settings"_L1].toArray()) {
        if (row["id"_L1].toString() == id)
            return row["state"_L1].toString();
    }
    return {};
}

QJsonObject hsts(bool isOn, int seconds)
{
    return {{u"strict_transport_security"_s, QJsonObject{{u"enabled"_s, isOn}, {u"max_age"_s, seconds}}}};
}

} // namespace

class CloudflareConfigTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesSettings_data();
    void judgesSettings();
    void judgesTheRest_data();
    void judgesTheRest();
    void doubtsWhatIsMissing_data();
    void doubtsWhatIsMissing();
    void findsHostsThatPassItBy_data();
    void findsHostsThatPassItBy();
    void asksOneByOneWhereTheListIsGone();
    void saysWhenRecordsMayNotBeRead();
};

void CloudflareConfigTest::judgesSettings_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &id, const QJsonValue &value, const QString &expected,
                        const QString &state = u"bad"_s) {
        const QString word = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
        QTest::addRow("%s %s %s", qPrintable(id), qPrintable(word), qPrintable(expected))
            << id << value << state << expected;
    };
    const auto good = [&](const QString &id, const QJsonValue &value) { row(id, value, u"pass"_s, u"good"_s); };
    const auto unknown = [&](const QString &id, const QJsonValue &value) { row(id, value, u"info"_s, u"unknown"_s); };
    good(u"ssl"_s, u"strict"_s);
    good(u"ssl"_s, u"origin_pull"_s);
    row(u"ssl"_s, u"full"_s, u"origin_unverified:medium"_s);
    row(u"ssl"_s, u"flexible"_s, u"flexible_https:high"_s);
    row(u"ssl"_s, u"off"_s, u"https_off:critical"_s);
    unknown(u"ssl"_s, u"quantum"_s);
    unknown(u"ssl"_s, QJsonValue());
    unknown(u"ssl"_s, true);
    good(u"always_use_https"_s, u"on"_s);
    row(u"always_use_https"_s, u"off"_s, u"https_not_forced:low"_s);
    good(u"min_tls_version"_s, u"1.2"_s);
    good(u"min_tls_version"_s, u"1.3"_s);
    row(u"min_tls_version"_s, u"1.1"_s, u"old_tls:medium"_s);
    row(u"min_tls_version"_s, u"1.0"_s, u"old_tls:medium"_s);
    good(u"tls_1_3"_s, u"zrt"_s);
    row(u"tls_1_3"_s, u"off"_s, u"no_tls13:low"_s);
    row(u"automatic_https_rewrites"_s, u"off"_s, u"no_rewrites:low"_s);
    good(u"security_header"_s, hsts(true, 15552000));
    row(u"security_header"_s, hsts(true, 15551999), u"short_hsts:low"_s);
    good(u"security_header"_s, hsts(false, 0));
    good(u"opportunistic_encryption"_s, u"off"_s);
    row(u"0rtt"_s, u"on"_s, u"early_data:low"_s);
    good(u"security_level"_s, u"under_attack"_s);
    good(u"security_level"_s, u"low"_s);
    row(u"security_level"_s, u"essentially_off"_s, u"security_off:medium"_s);
    row(u"browser_check"_s, u"off"_s, u"no_browser_check:low"_s);
    good(u"challenge_ttl"_s, 86400);
    row(u"challenge_ttl"_s, 86401, u"long_challenge:low"_s);
    unknown(u"challenge_ttl"_s, u"long"_s);
    row(u"development_mode"_s, u"on"_s, u"development_mode:medium"_s);
    good(u"always_online"_s, u"on"_s);
    good(u"cache_level"_s, u"basic"_s);
    row(u"cache_level"_s, u"simplified"_s, u"query_ignored:low"_s);
    good(u"browser_cache_ttl"_s, 0);
    good(u"browser_cache_ttl"_s, 86400);
    row(u"browser_cache_ttl"_s, 86401, u"long_browser_cache:low"_s);
    good(u"websockets"_s, u"off"_s);
    good(u"ip_geolocation"_s, u"off"_s);
    good(u"email_obfuscation"_s, u"off"_s);
    good(u"hotlink_protection"_s, u"on"_s);
    good(u"server_side_exclude"_s, u"off"_s);
    row(u"brotli"_s, u"off"_s, u"no_brotli:low"_s);
    row(u"http2"_s, u"off"_s, u"no_http2:low"_s);
    good(u"http3"_s, u"off"_s);
    good(u"early_hints"_s, u"on"_s);
    good(u"true_client_ip_header"_s, u"on"_s);
    good(u"ciphers"_s, QJsonArray{u"ECDHE-ECDSA-AES128-GCM-SHA256"_s});
    row(u"ciphers"_s, QJsonArray{u"ECDHE-ECDSA-AES128-GCM-SHA256"_s, u"DES-CBC3-SHA"_s}, u"weak_ciphers:medium"_s);
    good(u"replace_insecure_js"_s, u"off"_s);
    good(u"rocket_loader"_s, u"manual"_s);
    row(u"rocket_loader"_s, u"on"_s, u"rocket_loader:low"_s);
    good(u"pseudo_ipv4"_s, u"add_header"_s);
    row(u"pseudo_ipv4"_s, u"overwrite_header"_s, u"made_up_addresses:low"_s);
}

// Once as it is, and once where the plan leaves no choice: then nobody is told to change it.
void CloudflareConfigTest::judgesSettings()
{
    QFETCH(QString, id);
    QFETCH(QJsonValue, value);
    QFETCH(QString, state);
    const Judged judged = judgeCloudflareConfig(configWith(settingsWith(id, value)));
    QTEST(said(judged), "expected");
    QCOMPARE(stateOf(judged, id), state);
    const Judged planned = judgeCloudflareConfig(configWith(settingsWith(id, value, false)));
    QVERIFY(planned.findings.empty());
    QCOMPARE(stateOf(planned, id), state == "bad"_L1 ? u"plan"_s : state);
    for (const Finding &finding : judged.findings)
        QVERIFY(!finding.whatWeSaw.contains(u'%'));
}

void CloudflareConfigTest::judgesTheRest_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("hasRecords");
    QTest::addColumn<bool>("hasSettings");
    QTest::addColumn<bool>("isPaused");
    QTest::addColumn<QString>("expected");
    QTest::newRow("all there") << u"active"_s << true << true << false << u"pass"_s;
    QTest::newRow("not active yet") << u"pending"_s << true << true << false << u"zone_inactive:medium"_s;
    QTest::newRow("paused") << u"active"_s << true << true << true << u"zone_paused:medium"_s;
    QTest::newRow("not active yet, and paused") << u"pending"_s << true << true << true << u"zone_inactive:medium"_s;
    QTest::newRow("records unread") << u"active"_s << false << true << false << u"info"_s;
    QTest::newRow("no settings in the answer") << u"active"_s << true << false << false << u"info"_s;
}

void CloudflareConfigTest::judgesTheRest()
{
    QFETCH(QString, status);
    QFETCH(bool, hasRecords);
    QFETCH(bool, hasSettings);
    QFETCH(bool, isPaused);
    CloudflareConfig config = configWith(hasSettings ? settingsWith({}, {}) : QJsonArray());
    config.zone.status = status;
    config.zone.isPaused = isPaused;
    if (!hasRecords) {
        config.records.reset();
        config.whyNoRecords = u"The token may not read them."_s;
    }
    const Judged judged = judgeCloudflareConfig(config);
    QTEST(said(judged), "expected");
    QCOMPARE(judged.reason.isEmpty(), judged.outcome != Outcome::Info);
    QCOMPARE(judged.observed["dns_only"_L1].isNull(), !hasRecords);
}

// A pass is proven by each setting that could be wrong; the others may be gone.
void CloudflareConfigTest::doubtsWhatIsMissing_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("code");
    for (const SettingRule &rule : knownSettingRules())
        QTest::addRow("%s", qPrintable(rule.id))
            << rule.id << (rule.cases.empty() ? QString() : rule.cases.front().code);
}

void CloudflareConfigTest::doubtsWhatIsMissing()
{
    QFETCH(QString, id);
    QFETCH(QString, code);
    QJsonArray settings = settingsWith({}, {});
    for (qsizetype i = settings.size() - 1; i >= 0; --i) {
        if (settings[i]["id"_L1].toString() == id)
            settings.removeAt(i);
    }
    const Judged judged = judgeCloudflareConfig(configWith(settings));
    QCOMPARE(stateOf(judged, id), u"missing"_s);
    QCOMPARE(said(judged), code.isEmpty() ? u"pass"_s : u"info"_s);
    QCOMPARE(closes(judged, {.code = code}), code.isEmpty()); // it may be there still
    QVERIFY(closes(judged, {.code = u"not_proxied"_s}));
}

void CloudflareConfigTest::findsHostsThatPassItBy_data()
{
    QTest::addColumn<QJsonObject>("seen");
    QTest::addColumn<bool>("found");
    const QString app = u"app.example.com"_s;
    QTest::newRow("grey") << record(app, u"A"_s, u"203.0.113.7"_s, false) << true;
    QTest::newRow("grey, in capitals") << record(u"App.Example.com"_s, u"AAAA"_s, u"2001:db8::7"_s, false) << true;
    QTest::newRow("orange") << record(app, u"A"_s, u"203.0.113.7"_s, true) << false;
    QTest::newRow("says neither") << record(app, u"A"_s, u"203.0.113.7"_s, QJsonValue()) << false;
    QTest::newRow("cannot be orange") << record(app, u"A"_s, u"10.0.0.7"_s, false, false) << false;
    QTest::newRow("no host of the product") << record(u"mail.example.com"_s, u"A"_s, u"203.0.113.7"_s, false) << false;
    QTest::newRow("text") << record(app, u"TXT"_s, u"x"_s, false) << false;
    QTest::newRow("a platform's name") << record(app, u"CNAME"_s, u"cname.vercel-dns.com"_s, false) << false;
    QTest::newRow("a platform's address") << record(app, u"A"_s, u"76.76.21.21"_s, false) << false;
    QTest::newRow("another name") << record(app, u"CNAME"_s, u"box.hosting.example"_s, false) << true;
}

void CloudflareConfigTest::findsHostsThatPassItBy()
{
    QFETCH(QJsonObject, seen);
    QFETCH(bool, found);
    CloudflareConfig config = configWith(settingsWith({}, {}));
    config.records = QJsonArray{seen, seen};
    const Judged judged = judgeCloudflareConfig(config);
    QCOMPARE(said(judged), found ? u"not_proxied:medium"_s : u"pass"_s);
}

void CloudflareConfigTest::asksOneByOneWhereTheListIsGone()
{
    LabZone zone = lab::wellSetZone();
    zone.settings.insert(u"ssl"_s, u"flexible"_s);
    zone.settings.remove(u"server_side_exclude"_s); // a setting that is gone by now
    CloudflareLab cloudflare(zone);
    cloudflare.answerWith(u"/settings$"_s, lab::labError(404, 7000, u"No route for that URI"_s));
    CloudflareLook look{cloudflare};
    QCOMPARE(said(look.run(cloudflareConfigCheck())), u"flexible_https:high"_s);
    cloudflare.answerWith(u"/zones/%1/settings"_s.arg(zone.id), lab::labError(410, 1, u"Gone"_s));
    const Judged gone = look.run(cloudflareConfigCheck());
    QCOMPARE(gone.outcome, Outcome::Info);
}

void CloudflareConfigTest::saysWhenRecordsMayNotBeRead()
{
    CloudflareLab cloudflare;
    cloudflare.forbid(u"/dns_records"_s);
    const Judged judged = CloudflareLook{cloudflare}.run(cloudflareConfigCheck());
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.reason.contains(u"DNS: Read"_s), qPrintable(judged.reason));
}

QTEST_GUILESS_MAIN(CloudflareConfigTest)
#include "tst_cloudflareconfig.moc"
