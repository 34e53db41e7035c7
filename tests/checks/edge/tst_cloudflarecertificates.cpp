// Cloudflare's certificates for a zone, and whose they are.
#include "tests/checks/earlierfinding.h"
#include "tests/checks/edge/cloudflarezone.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using lab::CloudflareLab;

namespace {

// What is being renewed, with the certificate before in it.
QJsonObject renewed(const QString &status, const QStringList &hosts, int daysLeft, const QString &before = u"active"_s)
{
    QJsonObject one = pack(status, hosts);
    one.insert(u"certificates"_s,
               QJsonArray{QJsonObject{{u"status"_s, before},
                                      {u"expires_on"_s, kNow.addDays(daysLeft).toString(Qt::ISODate)}}});
    return one;
}

} // namespace

class CloudflareCertificatesTest : public QObject
{
    Q_OBJECT

private slots:
    void followsWildcards_data();
    void followsWildcards();
    void judgesCertificates_data();
    void judgesCertificates();
    void doubtsUnreadCertificates();
    void saysWhichPermissionIsMissing_data();
    void saysWhichPermissionIsMissing();
};

void CloudflareCertificatesTest::judgesCertificates_data()
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

void CloudflareCertificatesTest::judgesCertificates()
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
    for (const QString &code : {u"no_edge_certificate"_s, u"certificate_pending"_s, u"certificate_stuck"_s})
        QVERIFY2(!closes(paused, {.code = code}), qPrintable(code)); // what was found before is there yet
    QVERIFY(closes(paused, {.code = u"not_proxied"_s}));
}

// A host without a record of its own has that of the nearest wildcard (RFC 4592).
void CloudflareCertificatesTest::followsWildcards_data()
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

void CloudflareCertificatesTest::followsWildcards()
{
    QFETCH(QJsonArray, records);
    const QStringList hosts{u"example.com"_s, u"app.example.com"_s, u"a.b.example.com"_s};
    QTEST(proxiedHosts(records, hosts), "proxied");
    QTEST(dnsOnlyHosts(records, hosts), "dnsOnly");
}

// What was not read hides its own findings, and no others.
void CloudflareCertificatesTest::doubtsUnreadCertificates()
{
    CloudflareConfig config = configWith(settingsWith({}, {}));
    config.certificates.packs = {u"certificates"_s, {}, u"Not the packs."_s};
    const auto hides = [&](const QString &code) {
        const Judged judged = judgeCloudflareConfig(config);
        return judged.outcome == Outcome::Info && !closes(judged, {.code = code});
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

void CloudflareCertificatesTest::saysWhichPermissionIsMissing_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("permission");
    QTest::newRow("packs") << u"/ssl/"_s << u"SSL and Certificates: Read"_s;
    QTest::newRow("dnssec") << u"/dnssec"_s << u"DNS: Read"_s;
}

void CloudflareCertificatesTest::saysWhichPermissionIsMissing()
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

QTEST_GUILESS_MAIN(CloudflareCertificatesTest)
#include "tst_cloudflarecertificates.moc"
