#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "tests/app/builtprogram.h"
#include "tests/lab/knotserver.h"
#include "tests/lab/realserver.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// 3,000 bytes of strings: far more than fit into one datagram.
QByteArray longText()
{
    QByteArray strings;
    for (int i = 0; i < 12; ++i)
        strings += " \"" + QByteArray(250, static_cast<char>('a' + i)) + '"';
    return strings;
}

QByteArray zoneFile()
{
    return "$ORIGIN example.com.\n$TTL 300\n"
           "@ SOA ns1 hostmaster 2026010101 7200 3600 1209600 300\n"
           "@ NS ns1\n@ NS ns2\nns1 A 127.0.0.1\nns2 A 127.0.0.1\n"
           "@ A 127.0.0.1\nwww CNAME @\n@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 127.0.0.1\nmx2 A 127.0.0.1\n"
           "@ TXT \"v=spf1 mx \" \"include:_spf.example.com -all\"\n_spf TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
           "_dmarc TXT \"v=DMARC1; p=reject; sp=reject; rua=mailto:dmarc@example.com\"\n"
           "long TXT" +
           longText() + "\n";
}

const QByteArray kGoodHeaders(R"conf(
        add_header Strict-Transport-Security "max-age=63072000; includeSubDomains; preload" always;
        add_header X-Content-Type-Options nosniff always;
        add_header X-Frame-Options DENY always;
        add_header Referrer-Policy strict-origin-when-cross-origin always;
        add_header Permissions-Policy "camera=(), microphone=(), geolocation=()" always;
        add_header Content-Security-Policy
            "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" always;
        add_header Cache-Control no-store always;
)conf");

const QByteArray kPage = "<!doctype html><html lang=\"en\"><title>Acme</title><p>Orders for workshops.</html>\n";
const QByteArray kAppShell = "<!doctype html><html lang=\"en\"><title>Acme</title><div id=\"root\"></div></html>\n";

std::vector<lab::NginxHost> wellConfigured()
{
    return {{u"example.com"_s, kGoodHeaders, kPage},
            {u"www.example.com"_s, kGoodHeaders + "return 301 https://example.com$request_uri;", kPage}};
}

// Any path is the app's own business: the server answers 200 with the same page.
std::vector<lab::NginxHost> withApp()
{
    auto hosts = wellConfigured();
    hosts.push_back({u"app.example.com"_s, kGoodHeaders + "location / { try_files $uri /index.html; }", kAppShell});
    return hosts;
}

QStringList worthReporting(const Ended &ended)
{
    QStringList lines;
    for (const QJsonValue value : ended.json().value("findings"_L1).toArray()) {
        const QJsonObject finding = value.toObject();
        if (finding.value("severity"_L1) == "low"_L1)
            continue;
        lines << u"%1/%2 %3"_s.arg(finding.value("check"_L1).toString(), finding.value("code"_L1).toString(),
                                   finding.value("host"_L1).toString());
    }
    return lines;
}

} // namespace

// The checks against servers that nobody wrote for them.
class TestRealServers : public QObject
{
    Q_OBJECT

private slots:
    void looksUpAtKnot_data();
    void looksUpAtKnot();
    void auditsAgainstKnot();
    void auditsNginxWithoutFalseAlarm_data();
    void auditsNginxWithoutFalseAlarm();
};

void TestRealServers::looksUpAtKnot_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<DnsStatus>("status");
    QTest::addColumn<QString>("record");
    const int txt = int(RrType::Txt);
    QTest::newRow("an address") << u"example.com"_s << int(RrType::A) << DnsStatus::Answered << u"127.0.0.1"_s;
    QTest::newRow("an alias") << u"www.example.com"_s << int(RrType::A) << DnsStatus::Answered << u"127.0.0.1"_s;
    QTest::newRow("a text of two strings")
        << u"example.com"_s << txt << DnsStatus::Answered << u"v=spf1 mx include:_spf.example.com -all"_s;
    QTest::newRow("a text that needs TCP") << u"long.example.com"_s << txt << DnsStatus::Answered
                                           << QString::fromLatin1(longText().replace(" ", "").replace("\"", ""));
    QTest::newRow("no such record") << u"example.com"_s << int(RrType::Aaaa) << DnsStatus::NoData << QString();
    QTest::newRow("no such name") << u"nobody.example.com"_s << int(RrType::A) << DnsStatus::NxDomain << QString();
    QTest::newRow("another zone") << u"example.net"_s << int(RrType::A) << DnsStatus::Refused << QString();
}

void TestRealServers::looksUpAtKnot()
{
    if (lab::serverProgram(u"knotd"_s).isEmpty())
        QSKIP("knot is not installed.");
    QFETCH(QString, name);
    QFETCH(int, type);
    QFETCH(QString, record);
    const lab::KnotServer knot(u"example.com"_s, zoneFile());
    QVERIFY(knot.isReady());
    NetOptions options;
    options.resolvers = {knot.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const auto answer = seen.ask(DnsLookup{.name = name, .type = static_cast<RrType>(type)});
    QVERIFY2(*answer, *answer ? "" : qPrintable(answer->error().message));
    QTEST((*answer)->status, "status");
    const auto records = (*answer)->records(static_cast<RrType>(type));
    QCOMPARE(records.empty(), record.isEmpty());
    if (!records.empty())
        QCOMPARE(type == int(RrType::Txt) ? QString::fromLatin1(records.front().text) : records.front().address,
                 record);
}

void TestRealServers::auditsAgainstKnot()
{
    if (lab::serverProgram(u"knotd"_s).isEmpty())
        QSKIP("knot is not installed.");
    const lab::KnotServer knot(u"example.com"_s, zoneFile());
    QVERIFY(knot.isReady());
    const QString at = knot.address().toString();
    const Ended ended =
        BuiltProgram().run({u"audit"_s, u"example.com"_s, u"--resolver"_s, at, u"--connect"_s, u":53:"_s + at,
                            u"--timeout"_s, u"3"_s, u"--only"_s, u"dns.*,mail.*"_s, u"--format"_s, u"json"_s});
    QVERIFY2(ended.status == 0 || ended.status == 1, ended.complaint.constData());
    QStringList outcomes;
    for (const QString &check : {u"dns.resolution"_s, u"dns.authoritative"_s, u"mail.mx"_s, u"mail.spf"_s}) {
        const auto results = ended.results(check);
        QVERIFY2(results.size() == 1, qPrintable(check));
        outcomes << check + u' ' + results.front().value("outcome"_L1).toString();
    }
    // This server refuses all that stands above its zone: it is in charge of the domain alone, and no delegation is to
    // be seen there.
    QCOMPARE(outcomes.join(u", "_s), u"dns.resolution pass, dns.authoritative pass, mail.mx pass, mail.spf pass"_s);
    const QJsonObject spf = ended.results(u"mail.spf"_s).front().value("observed"_L1).toObject();
    QCOMPARE(spf.value("lookups"_L1).toInt(), 2);
    QCOMPARE(spf.value("record"_L1).toString(), u"v=spf1 mx include:_spf.example.com -all"_s);
    const QJsonObject dmarc = ended.results(u"mail.dmarc"_s).front().value("observed"_L1).toObject();
    QCOMPARE(dmarc.value("policy"_L1).toObject().value("apex"_L1).toString(), u"reject"_s);
}

void TestRealServers::auditsNginxWithoutFalseAlarm_data()
{
    QTest::addColumn<std::vector<lab::NginxHost>>("hosts");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("a well configured site") << wellConfigured() << QStringList();
    QTest::newRow("an app that answers 200 to everything")
        << withApp() << QStringList{u"--host"_s, u"app=app.example.com"_s, u"--routes"_s, u"routes.json"_s};
}

void TestRealServers::auditsNginxWithoutFalseAlarm()
{
    if (lab::serverProgram(u"knotd"_s).isEmpty() || lab::serverProgram(u"nginx"_s).isEmpty())
        QSKIP("knot and nginx are not installed.");
    QFETCH(std::vector<lab::NginxHost>, hosts);
    QFETCH(QStringList, options);
    const lab::Identity root = lab::makeRoot(u"Lab root"_s);
    lab::NginxServer nginx(hosts, root);
    QVERIFY2(nginx.isReady(), nginx.log().constData());
    const lab::KnotServer knot(u"example.com"_s, zoneFile() + "app A 127.0.0.1\n");
    QVERIFY(knot.isReady());
    const BuiltProgram program;
    QFile pem(program.path(u"root.pem"_s));
    QVERIFY(pem.open(QIODevice::WriteOnly) && pem.write(root.certificatePem()) > 0);
    pem.close();
    QFile routes(program.path(u"routes.json"_s));
    QVERIFY(routes.open(QIODevice::WriteOnly));
    routes.write(R"({"openapi": "3.0.0", "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://app.example.com"}], "security": [{"session": []}],
        "components": {"securitySchemes": {"session": {"type": "http", "scheme": "bearer"}}},
        "paths": {"/api/customers": {"get": {"responses": {}}}, "/api/invoices": {"get": {"responses": {}}}}})");
    routes.close();
    const QString web = u"127.0.0.1:%1"_s;
    const Ended ended =
        program.run(QStringList{u"audit"_s, u"example.com"_s, u"--resolver"_s, knot.address().toString(),
                                u"--connect"_s, u":443:"_s + web.arg(nginx.httpsPort()), u"--connect"_s,
                                u":80:"_s + web.arg(nginx.httpPort()), u"--ca-file"_s, pem.fileName(), u"--only"_s,
                                u"tls.*,http.*,edge.*,exposure.*,access.*"_s, u"--format"_s, u"json"_s} +
                    options);
    QVERIFY2(ended.status == 0, ended.complaint + ended.out);
    QStringList found = worthReporting(ended);
    // True of a server that stands on its own.
    found.removeIf([](const QString &line) { return line.startsWith("edge.detect/no_edge"_L1); });
    QCOMPARE(found, QStringList());
    for (const QJsonObject &check : ended.results(u"http.nosniff"_s))
        QVERIFY(check.value("outcome"_L1) == "pass"_L1 || check.value("outcome"_L1) == "not_applicable"_L1);
    for (const QJsonObject &check : ended.results(u"exposure.files"_s)) {
        // www passes every visitor on and has no files.
        const bool isPass = check.value("outcome"_L1) == "pass"_L1;
        QVERIFY(isPass || check.value("host"_L1) == "www.example.com"_L1);
    }
    // The private routes were asked for; a page that comes for any path tells nothing about them.
    const QJsonObject access = ended.results(u"access.unauthenticated"_s).front().value("observed"_L1).toObject();
    if (options.contains(u"--routes"_s))
        QCOMPARE(access.value("asked"_L1).toArray().size(), 2);
}

QTEST_GUILESS_MAIN(TestRealServers)
#include "tst_realservers.moc"
