// Each of Cloudflare's settings, on both sides of its boundary.
#include "checks/edge/cloudflareconfig.h"
#include "checks/edge/settingrules.h"
#include "models/unseen.h"
#include "tests/checks/edge/cloudflarelook.h"
#include "tests/checks/web/pages.h"
#include "tests/jsonschema.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using lab::CloudflareLab;
using lab::LabZone;

namespace {

// The list of the API with one setting changed.
QJsonArray settingsWith(const QString &id, const QJsonValue &value, bool isEditable = true)
{
    QJsonArray items;
    const LabZone zone = lab::wellSetZone();
    for (const QString &known : zone.settings.keys()) {
        const bool isIt = known == id;
        items.append(QJsonObject{{u"id"_s, known},
                                 {u"value"_s, isIt ? value : zone.settings[known]},
                                 {u"editable"_s, isIt ? isEditable : true}});
    }
    return items;
}

QJsonObject pack(const QString &status, const QStringList &hosts, const QString &type = u"universal"_s)
{
    return {{u"type"_s, type}, {u"status"_s, status}, {u"hosts"_s, QJsonArray::fromStringList(hosts)}};
}

const QDateTime kNow(QDate(2026, 11, 29), QTime(12, 0), Qt::UTC);

// What is being renewed, with the certificate before in it.
QJsonObject renewed(const QString &status, const QStringList &hosts, int daysLeft, const QString &before = u"active"_s)
{
    QJsonObject one = pack(status, hosts);
    one.insert(u"certificates"_s,
               QJsonArray{QJsonObject{{u"status"_s, before},
                                      {u"expires_on"_s, kNow.addDays(daysLeft).toString(Qt::ISODate)}}});
    return one;
}

ZoneCertificates certificatesWith(const QJsonArray &packs, bool isUniversal = true, const QString &dnssec = u"active"_s)
{
    return {{u"certificates"_s, packs},
            {u"universal"_s, QJsonObject{{u"enabled"_s, isUniversal}}},
            {u"dnssec"_s, QJsonObject{{u"status"_s, dnssec}}},
            kNow};
}

CloudflareConfig configWith(const QJsonArray &settings)
{
    return {{u"023e105f4ecef8ad9ca31a8372d0c353"_s, u"example.com"_s, u"Free Website"_s, u"active"_s},
            settings,
            QJsonArray(),
            {},
            {u"example.com"_s, u"app.example.com"_s},
            certificatesWith({pack(u"active"_s, {u"example.com"_s, u"*.example.com"_s})})};
}

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

QJsonObject record(const QString &name, const QString &type, const QString &content, const QJsonValue &proxied,
                   bool isProxiable = true)
{
    return {{u"name"_s, name},
            {u"type"_s, type},
            {u"content"_s, content},
            {u"proxied"_s, proxied},
            {u"proxiable"_s, isProxiable}};
}

const QByteArray kGood = R"({"id": "a", "name": "A", "want": "on", "about": "b.", "good": ["on"],
    "cases": [{"is": ["off"], "code": "a_off", "severity": "low", "impact": "downtime", "title": "t", "says": "s."}]})";

} // namespace

class CloudflareConfigTest : public QObject
{
    Q_OBJECT

private slots:
    void theRulesAreAsTheirSchemaSays();
    void refusesBadRules_data();
    void refusesBadRules();
    void judgesSettings_data();
    void judgesSettings();
    void judgesTheRest_data();
    void judgesTheRest();
    void doubtsWhatIsMissing_data();
    void doubtsWhatIsMissing();
    void findsHostsThatPassItBy_data();
    void findsHostsThatPassItBy();
    void followsWildcards_data();
    void followsWildcards();
    void judgesCertificates_data();
    void judgesCertificates();
    void doubtsUnreadCertificates();
    void saysWhichPermissionIsMissing_data();
    void saysWhichPermissionIsMissing();
    void asksOneByOneWhereTheListIsGone();
    void saysWhenRecordsMayNotBeRead();
};

void CloudflareConfigTest::theRulesAreAsTheirSchemaSays()
{
    QCOMPARE(schemaProblems(u":/rules/cloudflare-settings.json"_s, u":/schemas/cloudflare-settings.schema.json"_s),
             QString());
    QCOMPARE(knownSettingRules().size(), size_t(29));
    QStringList codes;
    for (const SettingRule &rule : knownSettingRules()) {
        QVERIFY2(lab::wellSetZone().settings.contains(rule.id), qPrintable(rule.id));
        for (const SettingCase &one : rule.cases)
            codes << one.code;
    }
    const qsizetype all = codes.size();
    QCOMPARE(codes.removeDuplicates(), 0);
    QVERIFY(all >= 19);
}

void CloudflareConfigTest::refusesBadRules_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &entries) {
        QTest::newRow(name) << "{\"schema\": 1, \"settings\": [" + entries + "]}";
    };
    const auto changed = [](const QByteArray &from, const QByteArray &to) {
        return QByteArray(kGood).replace(from, to);
    };
    QTest::newRow("not json") << QByteArray("{");
    QTest::newRow("another schema") << QByteArray(R"({"schema": 2, "settings": []})");
    row("twice", kGood + "," + kGood);
    row("unknown severity", changed("low", "tiny"));
    row("unknown impact", changed("downtime", "boredom"));
    row("unknown member", changed("\"name\"", "\"nick\": \"x\", \"name\""));
    row("unknown member of a case", changed("\"code\"", "\"note\": \"x\", \"code\""));
    row("two conditions", changed("\"code\"", "\"above\": 1, \"code\""));
    row("no condition", changed(R"("is": ["off"], )", ""));
    row("nothing good and no case", R"({"id": "a", "name": "A", "want": "on", "about": "b.", "cases": []})");
}

void CloudflareConfigTest::refusesBadRules()
{
    QFETCH(QByteArray, json);
    QVERIFY(parseSettingRules("{\"schema\": 1, \"settings\": [" + kGood + "]}"));
    const auto rules = parseSettingRules(json);
    QVERIFY(!rules);
    QVERIFY(!rules.error().message.isEmpty());
}

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
    CheckResult seen;
    seen.outcome = judged.outcome;
    seen.observed = judged.observed;
    Finding before;
    before.code = code;
    QCOMPARE(hasSeen(seen, before), code.isEmpty()); // it may be there still
    before.code = u"not_proxied"_s;
    QVERIFY(hasSeen(seen, before));
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

void CloudflareConfigTest::judgesCertificates_data()
{
    QTest::addColumn<QJsonArray>("packs");
    QTest::addColumn<bool>("isUniversal");
    QTest::addColumn<QString>("dnssec");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QJsonArray &packs, const QString &expected, bool isUniversal = true) {
        QTest::newRow(name) << packs << isUniversal << u"active"_s << expected;
    };
    const QStringList both{u"example.com"_s, u"*.example.com"_s};
    const QStringList apex{u"example.com"_s};
    const QStringList app{u"app.example.com"_s};
    const QJsonObject good = pack(u"active"_s, both);
    row("active", {good}, u"pass"_s);
    row("one of its own beside Universal SSL that is off", {pack(u"active"_s, both, u"sni_custom"_s)}, u"pass"_s,
        false);
    row("none", {}, u"no_edge_certificate:high"_s);
    row("none, and Universal SSL is off", {}, u"no_edge_certificate:high"_s, false);
    row("not for the app", {pack(u"active"_s, apex)}, u"no_edge_certificate:high"_s);
    row("two for the two", {pack(u"active"_s, apex), pack(u"active"_s, app)}, u"pass"_s);
    row("a wildcard stands for no name itself", {pack(u"active"_s, {u"*.example.com"_s})},
        u"no_edge_certificate:high"_s);
    row("a wildcard stands for one label", {pack(u"active"_s, apex), pack(u"active"_s, {u"*.app.example.com"_s})},
        u"no_edge_certificate:high"_s);
    for (const QString &status :
         {u"initializing"_s, u"pending_validation"_s, u"pending_issuance"_s, u"pending_deployment"_s})
        row(qPrintable(status), {pack(status, both)}, u"certificate_pending:medium"_s);
    row("pending beside one that serves", {good, pack(u"pending_validation"_s, both)}, u"pass"_s);
    row("pending for the app alone", {pack(u"active"_s, apex), pack(u"pending_issuance"_s, app)},
        u"certificate_pending:medium"_s);
    row("expired", {pack(u"expired"_s, both)}, u"no_edge_certificate:high"_s);
    row("expired beside one that serves", {good, pack(u"expired"_s, both)}, u"pass"_s);
    row("expired for another name", {good, pack(u"expired"_s, {u"*.shop.example.com"_s})},
        u"certificate_stuck:medium"_s);
    row("never made for another name", {good, pack(u"validation_timed_out"_s, {u"example.org"_s})},
        u"certificate_stuck:medium"_s);
    row("deleted for another name", {good, pack(u"deleted"_s, {u"example.org"_s})}, u"pass"_s);
    row("a backup beside one that serves", {good, pack(u"backup_issued"_s, both)}, u"pass"_s);
    row("a backup alone", {pack(u"backup_issued"_s, both)}, u"no_edge_certificate:high"_s);
    row("put out of use", {pack(u"inactive"_s, both)}, u"no_edge_certificate:high"_s);
    row("being renewed", {renewed(u"pending_validation"_s, both, 25)}, u"pass"_s);
    row("being renewed, and the one before has ended", {renewed(u"pending_validation"_s, both, -1)},
        u"certificate_pending:medium"_s);
    row("being renewed, and the one before ends now", {renewed(u"pending_deployment"_s, both, 0)},
        u"certificate_pending:medium"_s);
    row("being renewed, and the one before is out of use", {renewed(u"pending_deployment"_s, both, 25, u"deleted"_s)},
        u"certificate_pending:medium"_s);
    row("could not be renewed", {renewed(u"validation_timed_out"_s, both, 25)}, u"certificate_stuck:medium"_s);
    row("could not be renewed, and has ended", {renewed(u"validation_timed_out"_s, both, -1)},
        u"no_edge_certificate:high"_s);
    row("could not be renewed, beside one that serves", {good, renewed(u"validation_timed_out"_s, both, 25)},
        u"pass"_s);
    row("could not be renewed, beside one that is",
        {renewed(u"validation_timed_out"_s, both, 25), renewed(u"pending_validation"_s, both, 25)}, u"pass"_s);
    row("two could not be renewed",
        {renewed(u"validation_timed_out"_s, both, 25), renewed(u"issuance_timed_out"_s, both, 20)},
        u"certificate_stuck:medium"_s);
    row("put out of use with one in it", {renewed(u"inactive"_s, both, 25)}, u"no_edge_certificate:high"_s);
    row("a new state", {pack(u"resting"_s, both)}, u"info"_s);
    const auto signedAs = [&](const QString &status, const QString &expected) {
        QTest::newRow(qPrintable(u"dnssec "_s + status)) << QJsonArray{good} << true << status << expected;
    };
    signedAs(u"active"_s, u"pass"_s);
    signedAs(u"disabled"_s, u"pass"_s);
    signedAs(u"pending"_s, u"dnssec_pending:low"_s);
    signedAs(u"pending-disabled"_s, u"dnssec_half_off:medium"_s);
    signedAs(u"error"_s, u"dnssec_error:medium"_s);
    signedAs(u"multi-signer"_s, u"info"_s);
}

void CloudflareConfigTest::judgesCertificates()
{
    QFETCH(QJsonArray, packs);
    QFETCH(bool, isUniversal);
    QFETCH(QString, dnssec);
    CloudflareConfig config = configWith(settingsWith({}, {}));
    config.records = QJsonArray{record(u"example.com"_s, u"A"_s, u"203.0.113.7"_s, true),
                                record(u"app.example.com"_s, u"A"_s, u"203.0.113.7"_s, true)};
    config.certificates = certificatesWith(packs, isUniversal, dnssec);
    const Judged judged = judgeCloudflareConfig(config);
    QTEST(said(judged), "expected");
    QCOMPARE(judged.observed["certificates"_L1].toArray().size(), packs.size());
    QCOMPARE(judged.observed["universal"_L1].toBool(), isUniversal);
    QCOMPARE(judged.observed["dnssec"_L1].toString(), dnssec);
    QCOMPARE(judged.observed.contains("not_seen"_L1), judged.outcome == Outcome::Info);
    const QString shown = judged.evidence.back().body;
    QVERIFY2(shown.contains(u"DNSSEC: "_s + dnssec), qPrintable(shown));
    for (const Finding &finding : judged.findings) {
        const bool isBare = finding.code == u"no_edge_certificate"_s;
        QCOMPARE(isBare && finding.whatWeSaw.contains(u"switched off"_s), isBare && !isUniversal);
    }
    config.zone.isPaused = true; // visitors do not see them then
    const Judged paused = judgeCloudflareConfig(config);
    for (const Finding &finding : paused.findings)
        QVERIFY(!finding.code.contains(u"certificate"_s));
    CheckResult seen; // and what was found before is there yet
    seen.outcome = paused.outcome;
    seen.observed = paused.observed;
    for (const QString &code : {u"no_edge_certificate"_s, u"certificate_pending"_s, u"certificate_stuck"_s}) {
        Finding before;
        before.code = code;
        QVERIFY2(!hasSeen(seen, before), qPrintable(code));
    }
    Finding other;
    other.code = u"not_proxied"_s;
    QVERIFY(hasSeen(seen, other));
}

// A host without a record of its own has that of the nearest wildcard (RFC 4592).
void CloudflareConfigTest::followsWildcards_data()
{
    QTest::addColumn<QJsonArray>("records");
    QTest::addColumn<QStringList>("proxied");
    QTest::addColumn<QStringList>("dnsOnly");
    const auto at = [](const QString &name, bool isProxied) {
        return record(name, u"A"_s, u"203.0.113.7"_s, isProxied);
    };
    const QString wild = u"*.example.com"_s;
    const QString app = u"app.example.com"_s;
    const QString deep = u"a.b.example.com"_s;
    const QJsonObject apex = at(u"example.com"_s, true);
    const QStringList site{u"example.com"_s};
    const auto row = [&](const char *name, QJsonArray records, const QStringList &proxied, const QStringList &dnsOnly) {
        records.append(apex);
        QTest::newRow(name) << records << site + proxied << dnsOnly;
    };
    row("no wildcard", {}, {}, {});
    row("a wildcard behind Cloudflare", {at(wild, true)}, {app, deep}, {});
    row("a wildcard beside it", {at(wild, false)}, {}, {app, deep});
    row("a record of its own", {at(wild, true), at(app, false)}, {deep}, {app});
    row("a text of its own", {at(wild, true), record(app, u"TXT"_s, u"x"_s, false, false)}, {deep}, {});
    row("a name in between", {at(wild, true), at(u"b.example.com"_s, false)}, {app}, {});
    row("a name beside it in between", {at(wild, true), at(u"c.b.example.com"_s, false)}, {app}, {});
    row("a nearer wildcard", {at(wild, true), at(u"*.b.example.com"_s, false)}, {app}, {deep});
}

void CloudflareConfigTest::followsWildcards()
{
    QFETCH(QJsonArray, records);
    const QStringList hosts{u"example.com"_s, u"app.example.com"_s, u"a.b.example.com"_s};
    QTEST(proxiedHosts(records, hosts), "proxied");
    QTEST(dnsOnlyHosts(records, hosts), "dnsOnly");
}

// What was not read hides its own findings, and no others.
void CloudflareConfigTest::doubtsUnreadCertificates()
{
    CloudflareConfig config = configWith(settingsWith({}, {}));
    config.certificates.packs = {u"certificates"_s, {}, u"Not the packs."_s};
    const auto hides = [&](const QString &code) {
        const Judged judged = judgeCloudflareConfig(config);
        CheckResult seen;
        seen.outcome = judged.outcome;
        seen.observed = judged.observed;
        Finding before;
        before.code = code;
        return judged.outcome == Outcome::Info && !hasSeen(seen, before);
    };
    QVERIFY(hides(u"no_edge_certificate"_s) && hides(u"certificate_stuck"_s) && !hides(u"dnssec_error"_s));
    QVERIFY(judgeCloudflareConfig(config).observed["certificates"_L1].isNull());
    config = configWith(settingsWith({}, {}));
    config.certificates.dnssec = {u"dnssec"_s, {}, u"Not DNSSEC."_s};
    QVERIFY(hides(u"dnssec_error"_s) && !hides(u"no_edge_certificate"_s));
    config = configWith(settingsWith({}, {}));
    config.certificates.universal = {u"universal"_s, {}, u"Not that."_s}; // explains, and decides nothing
    QCOMPARE(said(judgeCloudflareConfig(config)), u"pass"_s);
    QCOMPARE(judgeCloudflareConfig(config).evidence.size(), size_t(2));
    config.certificates = {};
    QCOMPARE(judgeCloudflareConfig(config).evidence.size(), size_t(1)); // nothing to show of what nobody read
}

void CloudflareConfigTest::saysWhichPermissionIsMissing_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("permission");
    QTest::newRow("packs") << u"/ssl/"_s << u"SSL and Certificates: Read"_s;
    QTest::newRow("dnssec") << u"/dnssec"_s << u"DNS: Read"_s;
}

void CloudflareConfigTest::saysWhichPermissionIsMissing()
{
    QFETCH(QString, part);
    QFETCH(QString, permission);
    CloudflareLab cloudflare;
    QCOMPARE(said(CloudflareLook{cloudflare}.run(cloudflareConfigCheck())), u"pass"_s);
    cloudflare.forbid(part);
    const Judged judged = CloudflareLook{cloudflare}.run(cloudflareConfigCheck());
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.reason.contains(permission), qPrintable(judged.reason));
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
