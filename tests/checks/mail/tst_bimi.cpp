#include "checks/mail/bimi.h"
#include "checks/mail/bimilogo.h"
#include "lab/lookwithzone.h"
#include "tests/lab/hostileserver.h"

#include <QTemporaryFile>
#include <QTest>

#include <openssl/x509v3.h>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QString kLogoHost = u"logo.example.com"_s;
const QByteArray kLogo = R"(<?xml version="1.0" encoding="utf-8"?>
<svg version="1.2" baseProfile="tiny-ps" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<title>Example</title><circle cx="32" cy="32" r="30"/></svg>)";
const QString kDmarc = u"_dmarc.example.com. 60 IN TXT \"v=DMARC1; p=quarantine\""_s;

QString record(const QString &text)
{
    return u"default._bimi.example.com. 60 IN TXT \"%1\""_s.arg(text);
}

const QString kRecord = record(u"v=BIMI1; l=https://logo.example.com/logo.svg"_s);
const QString kBoth = record(u"v=BIMI1; l=https://logo.example.com/logo.svg; a=https://logo.example.com/mark.pem"_s);

QByteArray svg(const QByteArray &body)
{
    return httpAnswer(200, {"Content-Type: image/svg+xml"}, body);
}

// A certificate of the kind that brands get, or another.
QByteArray markCertificate(const char *usage, int daysLeft)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Identity made = makeSelfSigned(
        {.commonName = u"example.com"_s, .notBefore = now.addDays(-30), .notAfter = now.addDays(daysLeft)});
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_ext_key_usage, usage);
    X509_add_ext(made.certificate(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(made.certificate(), made.key(), EVP_sha256());
    return made.certificatePem();
}

constexpr auto kMark = "1.3.6.1.5.5.7.3.31";

struct LogoServer
{
    explicit LogoServer(const Script &script)
        : server(script, TlsSetup{.chain = {makeSigned({.commonName = kLogoHost, .names = {kLogoHost}}, root)}})
    {
        if (roots.open())
            roots.write(root.certificatePem());
        roots.close();
    }

    Judged look(const QStringList &zone) const
    {
        return ZoneLook{
            .zone = zone, .connects = {{kLogoHost, 443, {u"127.0.0.1"_s, server.port()}}}, .caFile = roots.fileName()}
            .run(bimiCheck());
    }

    Identity root = makeRoot(u"Known root"_s);
    QTemporaryFile roots;
    HostileServer server;
};

} // namespace

class TestBimi : public QObject
{
    Q_OBJECT

private slots:
    void readsRecords_data();
    void readsRecords();
    void judgesLogos_data();
    void judgesLogos();
    void judgesMarkCertificates_data();
    void judgesMarkCertificates();
    void looks_data();
    void looks();
    void needsDmarc_data();
    void needsDmarc();
    void goesNowhereInside();
    void keepsFailuresApart();
    void blamesNobodyForTheLine_data();
    void blamesNobodyForTheLine();
    void needsToKnowDmarc_data();
    void needsToKnowDmarc();
};

void TestBimi::readsRecords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<bool>("declined");
    const auto row = [](const char *name, const QByteArray &text, bool valid, bool declined = false) {
        QTest::newRow(name) << text << valid << declined;
    };
    row("logo", "v=BIMI1; l=https://example.com/a.svg", true);
    row("logo and certificate", "v=BIMI1; l=https://example.com/a.svg; a=https://example.com/a.pem;", true);
    row("new tags", "v=BIMI1; l=https://example.com/a.svg; avp=brand; lps=news,shop", true);
    row("declined", "v=BIMI1; l=; a=;", true, true);
    row("declined without a", "v=BIMI1; l=", true, true);
    row("no logo", "v=BIMI1; a=https://example.com/a.pem", false);
    row("empty logo beside a certificate", "v=BIMI1; l=; a=https://example.com/a.pem", false);
    row("logo by http", "v=BIMI1; l=http://example.com/a.svg", false);
    row("no host", "v=BIMI1; l=https:///a.svg", false);
    row("not an address", "v=BIMI1; l=a.svg", false);
    row("logo twice", "v=BIMI1; l=https://example.com/a.svg; l=https://example.com/b.svg", false);
    row("no equals sign", "v=BIMI1; l", false);
}

void TestBimi::readsRecords()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, declined);
    const auto read = parseBimi(text);
    QTEST(read.has_value(), "valid");
    QCOMPARE(read && read->isDeclined(), declined);
}

void TestBimi::judgesLogos_data()
{
    QTest::addColumn<QByteArray>("svg");
    QTest::addColumn<int>("faults");
    const auto row = [](const char *name, const QByteArray &text, int faults) {
        QTest::newRow(name) << text << faults;
    };
    const auto changed = [](const char *from, const char *to) { return QByteArray(kLogo).replace(from, to); };
    row("sound", kLogo, 0);
    row("no title", changed("<title>Example</title>", ""), 1);
    row("title further in", changed("<title>Example</title>", "<g><title>Example</title></g>"), 1);
    row("another profile", changed("tiny-ps", "tiny"), 1);
    row("another version", changed("version=\"1.2\"", "version=\"1.1\""), 1);
    row("x on the root", changed("<svg ", "<svg x=\"0\" "), 1);
    row("not square", changed("0 0 64 64", "0 0 64 65"), 1);
    row("square with commas", changed("0 0 64 64", "0,0,64,64"), 0);
    row("script", changed("</svg>", "<script>x</script></svg>"), 1);
    row("two scripts", changed("</svg>", "<script/><script/></svg>"), 1);
    row("picture inside", changed("</svg>", "<image href=\"#a\"/></svg>"), 1);
    row("moves", changed("</svg>", "<animate/></svg>"), 1);
    row("loads from elsewhere", changed("</svg>", "<use href=\"https://example.net/#a\"/></svg>"), 1);
    row("uses its own part", changed("</svg>", "<use href=\"#a\"/></svg>"), 0);
    row("not in the namespace of SVG", changed("http://www.w3.org/2000/svg", "http://example.com/"), 1);
    row("a web page", "<html></html>", 3); // not SVG, no profile, no title
    row("cut off", kLogo.left(kLogo.size() - 10), 1);
    row("empty", "", 1);
    row("no XML", "GIF89a", 1);
    row("a document type", changed("<svg ", "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\"><svg "), 0);
    row("entities of its own",
        changed("<svg ", "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><svg ") + "&b;", 1);
    row("deeply nested", "<svg>" + QByteArray("<g>").repeated(10000), 1);
}

void TestBimi::judgesLogos()
{
    QFETCH(QByteArray, svg);
    const QStringList found = faultsOfBimiLogo(svg);
    QFETCH(int, faults);
    QVERIFY2(found.size() == faults, qPrintable(found.join(u"; "_s)));
}

void TestBimi::judgesMarkCertificates_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<bool>("good");
    QTest::newRow("mark certificate") << markCertificate(kMark, 30) << true;
    QTest::newRow("for web servers") << markCertificate("serverAuth", 30) << false;
    QTest::newRow("ended") << markCertificate(kMark, -1) << false;
    QTest::newRow("no certificate") << QByteArray("hello") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestBimi::judgesMarkCertificates()
{
    QFETCH(QByteArray, pem);
    QTEST(faultOfMarkCertificate(pem, QDateTime::currentDateTimeUtc()).isEmpty(), "good");
}

void TestBimi::looks_data()
{
    QTest::addColumn<QStringList>("records");
    QTest::addColumn<QByteArray>("logo");
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char *name, const QStringList &records, const QByteArray &logo,
                        const QByteArray &certificate,
                        const QStringList &codes) { QTest::newRow(name) << records << logo << certificate << codes; };
    const QByteArray mark = httpAnswer(200, {}, markCertificate(kMark, 30));
    row("logo alone", {kRecord}, svg(kLogo), {}, {});
    row("logo and certificate", {kBoth}, svg(kLogo), mark, {});
    row("another certificate", {kBoth}, svg(kLogo), httpAnswer(200, {}, markCertificate("serverAuth", 30)),
        {u"certificate_unusable"_s});
    row("certificate is gone", {kBoth}, svg(kLogo), httpAnswer(404, {}, "no"), {u"certificate_unusable"_s});
    row("logo is gone", {kRecord}, httpAnswer(404, {}, "no"), {}, {u"logo_unreachable"_s});
    row("logo elsewhere", {kRecord}, httpAnswer(302, {"Location: /b.svg"}, {}), {}, {u"logo_unreachable"_s});
    const QByteArray full = kLogo + QByteArray(kBimiLogoCap - kLogo.size(), '\n');
    row("largest logo", {kRecord}, svg(full), {}, {});
    row("a byte too large", {kRecord}, svg(full + "\n"), {}, {u"logo_too_large"_s});
    row("logo of another form", {kRecord}, svg("<svg/>"), {}, {u"logo_form"_s});
    row("logo of another type", {kRecord}, httpAnswer(200, {"Content-Type: text/plain"}, kLogo), {}, {u"logo_form"_s});
    row("two records", {kRecord, kBoth}, svg(kLogo), mark, {u"several_records"_s});
    row("unreadable record", {record(u"v=BIMI1; l=logo"_s)}, svg(kLogo), {}, {u"invalid_record"_s});
}

void TestBimi::looks()
{
    QFETCH(QStringList, records);
    QFETCH(QByteArray, logo);
    QFETCH(QByteArray, certificate);
    const LogoServer server(
        answering([&](const QByteArray &request) { return request.contains("/mark.pem") ? certificate : logo; }));
    const Judged judged = server.look(records << kDmarc);
    QVERIFY2(judged.reason.isEmpty(), qPrintable(judged.reason));
    QTEST(codesOf(judged), "codes");
    for (const Finding &finding : judged.findings)
        QCOMPARE(finding.severity, Severity::Low);
}

void TestBimi::needsDmarc_data()
{
    QTest::addColumn<QString>("dmarc");
    QTest::addColumn<bool>("enforced");
    const auto row = [](const char *name, const QString &policy, bool enforced) {
        QTest::newRow(name) << u"_dmarc.example.com. 60 IN TXT \"v=DMARC1; %1\""_s.arg(policy) << enforced;
    };
    row("quarantine", u"p=quarantine"_s, true);
    row("reject", u"p=reject"_s, true);
    row("none", u"p=none"_s, false);
    row("subdomains let through", u"p=reject; sp=none"_s, false);
    row("half of the mail", u"p=reject; pct=50"_s, false);
    row("all of the mail", u"p=reject; pct=100"_s, true);
    row("quarantine on trial", u"p=quarantine; t=y"_s, false);
    QTest::newRow("no policy") << u"example.com. 60 IN A 192.0.2.1"_s << false;
}

void TestBimi::needsDmarc()
{
    QFETCH(QString, dmarc);
    QFETCH(bool, enforced);
    const LogoServer server(answering(svg(kLogo)));
    const Judged judged = server.look({kRecord, dmarc});
    QCOMPARE(codesOf(judged), enforced ? QStringList{} : QStringList{u"dmarc_not_enforced"_s});
    QCOMPARE(judged.observed.value("dmarc_enforced"_L1).toBool(), enforced);
}

void TestBimi::goesNowhereInside()
{
    const HostileServer inside(answering(svg(kLogo)));
    const QString address = u"https://inside.example.net:%1/a.svg"_s.arg(inside.port());
    const Judged judged =
        ZoneLook{{record(u"v=BIMI1; l="_s + address), u"inside.example.net. 60 IN A 127.0.0.1"_s, kDmarc}}.run(
            bimiCheck());
    QCOMPARE(codesOf(judged), QStringList{u"logo_unreachable"_s});
    QCOMPARE(inside.connections(), 0);
}

void TestBimi::keepsFailuresApart()
{
    const auto look = [](const QStringList &zone) { return ZoneLook{zone}.run(bimiCheck()); };
    QCOMPARE(look({u"default._bimi.example.com. SERVFAIL"_s}).outcome, Outcome::Error);
    QCOMPARE(look({u"default._bimi.example.com. SILENT"_s}).outcome, Outcome::Error);
    QCOMPARE(look({kDmarc}).outcome, Outcome::Info);
    QCOMPARE(look({record(u"v=BIMI1; l=;"_s)}).outcome, Outcome::Info);
    QCOMPARE(look({u"example.com. 60 IN TXT \"v=spf1 -all\""_s}).outcome, Outcome::NotApplicable);
    QCOMPARE(look({u"example.net. 60 IN A 192.0.2.1"_s}).outcome, Outcome::NotRun);
    const LogoServer silent([](Connection &connection) { connection.hang(); });
    QCOMPARE(silent.look({kRecord, kDmarc}).outcome, Outcome::Error);
}

// What ails this network says nothing about the logo.
void TestBimi::blamesNobodyForTheLine_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("no way there") << ErrorKind::NoRoute << Outcome::Error;
    QTest::newRow("stopped") << ErrorKind::Cancelled << Outcome::NotRun;
    QTest::newRow("refused") << ErrorKind::Unreachable << Outcome::Warn;
}

void TestBimi::blamesNobodyForTheLine()
{
    QFETCH(ErrorKind, kind);
    const QString address = u"https://logo.example.net/a.svg"_s;
    const ScriptedDns server(
        zoneScript({record(u"v=BIMI1; l="_s + address), u"logo.example.net. 60 IN A 192.0.2.1"_s, kDmarc}));
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    seen.put(HttpGet{.url = QUrl(address), .bodyCap = kBimiLogoCap + 1}, failure(kind, u"It did not come."_s));
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    QTEST(bimiCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()}).outcome,
          "outcome");
}

void TestBimi::needsToKnowDmarc_data()
{
    QTest::addColumn<QString>("dmarc");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("known") << kDmarc << Outcome::Pass;
    QTest::newRow("none") << u"example.com. 60 IN A 192.0.2.1"_s << Outcome::Warn;
    QTest::newRow("SERVFAIL") << u"_dmarc.example.com. SERVFAIL"_s << Outcome::Error;
    QTest::newRow("REFUSED") << u"_dmarc.example.com. REFUSED"_s << Outcome::Error;
    QTest::newRow("silence") << u"_dmarc.example.com. SILENT"_s << Outcome::Error;
    QTest::newRow("fails above the domain") << kDmarc + u"|_dmarc.com. SERVFAIL"_s << Outcome::Pass;
}

void TestBimi::needsToKnowDmarc()
{
    QFETCH(QString, dmarc);
    const LogoServer server(answering(svg(kLogo)));
    const Judged judged = server.look(QStringList{kRecord} + dmarc.split(u'|'));
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.findings.empty(), judged.outcome != Outcome::Warn);
    QCOMPARE(judged.reason.isEmpty(), judged.outcome != Outcome::Error);
}

QTEST_GUILESS_MAIN(TestBimi)
#include "tst_bimi.moc"
