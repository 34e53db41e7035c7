// Around the shield: what an address has to answer to count as the server behind, against real servers on loopback.
#include "checks/dns/foundnames.h"
#include "checks/edge/originaddress.h"
#include "checks/edge/origincandidates.h"
#include "checks/edge/originexposed.h"
#include "lab/lookwithzone.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kWords = "Invoices for small workshops: write them, send them and see who has paid. Our customers are "
                          "joiners, painters and tilers all over the country. Start with the free plan, invite your "
                          "bookkeeper and let the reminders go out by themselves. Questions? Call our office.";
const QByteArray kPage = "<html><title>Acme</title><body>" + kWords + "</body></html>";
const QByteArray kOther =
    "<html><title>Server</title><body>This machine belongs to nobody in particular. It was set up "
    "by an administrator who has not yet decided what shall be shown here, so please come back "
    "another day and bring some patience with you, thank you very much.</body></html>";

Result<HttpResponse> got(int status, const QByteArray &body, const QByteArray &headers = "Server: nginx",
                         CertificateTrust trust = CertificateTrust::Untrusted)
{
    HttpResponse response = answer(status, headers, body, u"https://example.com/"_s);
    response.trust = trust;
    return response;
}

Result<HttpResponse> none(ErrorKind kind)
{
    return failure(kind, u"No answer."_s);
}

OriginLook lookOf(const Result<HttpResponse> &direct, const std::optional<Result<HttpResponse>> &stranger = {},
                  const QByteArray &page = kPage)
{
    return {u"203.0.113.10"_s,
            {u"dev.example.com"_s},
            u"example.com"_s,
            u"cloudflare"_s,
            *got(200, page, "Server: cloudflare"),
            direct,
            stranger};
}

// A web server with one site for one name, and another page for everybody else.
lab::Script siteFor(const QByteArray &host, const QByteArray &headers, const QByteArray &others)
{
    return lab::answering([=](const QByteArray &request) {
        const bool isIt = request.toLower().contains("host: " + host);
        return lab::httpAnswer(200, headers.isEmpty() ? QByteArrayList() : QByteArrayList{headers},
                               isIt ? kPage : others);
    });
}

lab::TlsSetup anyCertificate()
{
    return {.chain = {lab::makeSelfSigned({.names = {u"example.com"_s}})}};
}

FoundName foundAt(const QString &name, const QString &ip)
{
    DnsAnswer dns;
    dns.answers.push_back({.name = name, .type = RrType::A, .address = ip});
    return {name, name, {NameSource::Guess}, dns, std::nullopt};
}

// A product behind Cloudflare; its server is somewhere else.
struct World
{
    lab::HostileServer edge{siteFor("example.com", "Server: cloudflare", kOther), anyCertificate()};
    QStringList zone{u"example.com. 300 IN NS ada.ns.cloudflare.com."_s, u"example.com. 300 IN A 104.16.0.1"_s};
    std::vector<FoundName> names{foundAt(u"example.com"_s, u"104.16.0.1"_s)};
    std::vector<ConnectOverride> connects{};

    void leads(const QString &host, const lab::HostileServer &server)
    {
        connects.push_back({host, 443, {u"127.0.0.1"_s, server.port()}});
    }

    Judged look(const CancelToken &cancel = {})
    {
        leads(u"example.com"_s, edge);
        const ScriptedDns dns(zoneScript(zone));
        NetOptions options;
        options.resolvers = {dns.address()};
        options.connects = connects;
        options.operationTimeout = std::chrono::milliseconds(700);
        Observations seen(options, cancel, Deadline::never(), nullptr);
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
        FoundNames found;
        found.names = names;
        seen.put(FindNames{target, {}}, found);
        const Policy policy;
        const ProjectFacts facts;
        return originExposedCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
    }
};

QString stateIn(const Judged &judged, const QString &address)
{
    for (const QJsonValue row : judged.observed["addresses"_L1].toArray()) {
        if (row["address"_L1].toString() == address)
            return row["state"_L1].toString();
    }
    return {};
}

} // namespace

class OriginExposedTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsStatesApart_data();
    void tellsStatesApart();
    void judges_data();
    void judges();
    void readsAddressesInSpf_data();
    void readsAddressesInSpf();
    void asksOneAddress_data();
    void asksOneAddress();
    void findsTheServerBehind();
    void findsItByMailAndSpf();
    void leavesASharedHostAlone();
    void leavesTheEdgeAlone();
    void asksNoPrivateAddress();
    void saysWhenThereIsNoShield();
    void saysWhenThePageIsAChallenge();
    void endsWhenCancelled();
};

void OriginExposedTest::tellsStatesApart_data()
{
    QTest::addColumn<OriginLook>("look");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *name, const OriginLook &look, const QString &state) {
        QTest::newRow(name) << look << state;
    };
    const auto page = got(200, kPage);
    const auto other = got(200, kOther);
    const auto trusted = got(200, kPage, "Server: nginx", CertificateTrust::Trusted);
    row("the page, and another one for strangers", lookOf(page, other), u"exposed"_s);
    row("the page, and a refusal for strangers", lookOf(page, got(421, kPage)), u"exposed"_s);
    row("the page, and no handshake for strangers", lookOf(page, none(ErrorKind::Protocol)), u"exposed"_s);
    row("the page with another clock", lookOf(got(200, kPage + "<p>12:31:07 req-8f1b2c</p>"), other), u"exposed"_s);
    row("the page for everybody", lookOf(page, page), u"same_for_all"_s);
    row("the page for everybody, with a good certificate", lookOf(trusted, page), u"exposed"_s);
    row("the page, and silence for strangers", lookOf(page, none(ErrorKind::TimedOut)), u"unclear"_s);
    row("the page, and nobody asked for strangers", lookOf(page), u"unclear"_s);
    row("another page", lookOf(other), u"another"_s);
    row("the page with another status", lookOf(got(404, kPage)), u"another"_s);
    row("refused", lookOf(got(403, kPage)), u"another"_s);
    row("broken", lookOf(got(500, kPage)), u"another"_s);
    row("signed by the edge", lookOf(got(200, kPage, "CF-RAY: 8f1b-FRA"), other), u"still_edge"_s);
    row("too short to tell", lookOf(got(200, "Not found"), got(200, "Hello you"), "Not found"), u"unclear"_s);
    row("closed", lookOf(none(ErrorKind::Unreachable)), u"closed"_s);
    row("silent", lookOf(none(ErrorKind::TimedOut)), u"closed"_s);
    row("no TLS", lookOf(none(ErrorKind::Protocol)), u"closed"_s);
    row("stopped", lookOf(none(ErrorKind::Cancelled)), u"unclear"_s);
}

void OriginExposedTest::tellsStatesApart()
{
    QFETCH(OriginLook, look);
    QTEST(toWord(stateOf(look)), "state");
}

void OriginExposedTest::judges_data()
{
    QTest::addColumn<std::vector<OriginLook>>("looks");
    QTest::addColumn<int>("more");
    QTest::addColumn<QStringList>("notes");
    QTest::addColumn<QString>("expected");
    const std::vector<OriginLook> exposed{lookOf(got(200, kPage), got(200, kOther))};
    const std::vector<OriginLook> locked{lookOf(got(403, kPage)), lookOf(none(ErrorKind::TimedOut))};
    const std::vector<OriginLook> shared{lookOf(got(200, kPage), got(200, kPage))};
    QTest::newRow("exposed") << exposed << 0 << QStringList() << u"origin_exposed:high"_s;
    QTest::newRow("exposed, and sources missing") << exposed << 3 << QStringList{u"x."_s} << u"origin_exposed:high"_s;
    QTest::newRow("locked") << locked << 0 << QStringList() << u"pass"_s;
    QTest::newRow("nothing to ask") << std::vector<OriginLook>() << 0 << QStringList() << u"pass"_s;
    QTest::newRow("the same for all") << shared << 0 << QStringList() << u"info"_s;
    QTest::newRow("more than are asked") << locked << 1 << QStringList() << u"info"_s;
    QTest::newRow("a source is missing") << locked << 0 << QStringList{u"The logs are slow."_s} << u"info"_s;
}

void OriginExposedTest::judges()
{
    QFETCH(std::vector<OriginLook>, looks);
    QFETCH(int, more);
    QFETCH(QStringList, notes);
    const Judged judged = judgeOrigin({{u"example.com"_s}, u"Cloudflare"_s, looks, 0, more, notes});
    QTEST(said(judged), "expected");
    QCOMPARE(judged.reason.isEmpty(), judged.outcome != Outcome::Info);
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, Proof::Proven);
        QVERIFY(finding.whatWeSaw.contains(u"203.0.113.10"_s));
        QVERIFY(!finding.evidence.empty());
    }
}

void OriginExposedTest::readsAddressesInSpf_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QStringList>("addresses");
    QTest::newRow("one") << QByteArray("v=spf1 ip4:203.0.113.10 -all") << QStringList{u"203.0.113.10"_s};
    QTest::newRow("with its length") << QByteArray("v=spf1 +ip4:203.0.113.10/32 -all")
                                     << QStringList{u"203.0.113.10"_s};
    QTest::newRow("a block") << QByteArray("v=spf1 ip4:203.0.113.0/31 -all") << QStringList();
    QTest::newRow("new style") << QByteArray("v=spf1 ip6:2001:db8::7 -all") << QStringList{u"2001:db8::7"_s};
    QTest::newRow("broken") << QByteArray("v=spf1 ip4:203.0.113 -all") << QStringList();
    QTest::newRow("another text") << QByteArray("ip4:203.0.113.10") << QStringList();
}

void OriginExposedTest::readsAddressesInSpf()
{
    QFETCH(QByteArray, record);
    QTEST(addressesInSpf(record), "addresses");
}

void OriginExposedTest::asksOneAddress_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<std::optional<ErrorKind>>("kind");
    QTest::newRow("answers") << u"answers"_s << std::optional<ErrorKind>();
    QTest::newRow("refuses") << u"refuses"_s << std::optional(ErrorKind::Unreachable);
    QTest::newRow("silent") << u"silent"_s << std::optional(ErrorKind::TimedOut);
    QTest::newRow("garbage") << u"garbage"_s << std::optional(ErrorKind::Protocol);
    QTest::newRow("no TLS") << u"plain"_s << std::optional(ErrorKind::Protocol);
    QTest::newRow("endless") << u"endless"_s << std::optional<ErrorKind>(); // its start is enough
    QTest::newRow("stopped") << u"stopped"_s << std::optional(ErrorKind::Cancelled);
}

void OriginExposedTest::asksOneAddress()
{
    QFETCH(QString, how);
    QFETCH(std::optional<ErrorKind>, kind);
    QByteArray asked;
    const auto script = [&](lab::Connection &connection) {
        if (how != "plain"_L1) // which answers a greeting that it does not understand
            asked = connection.readRequest();
        if (how == "silent"_L1)
            connection.hang();
        else if (how == "garbage"_L1)
            connection.write("\x01\x02\x03\r\n\r\n");
        else if (how == "endless"_L1)
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
        else
            connection.write(lab::httpAnswer(200, {}, kPage));
        while (how == "endless"_L1 && connection.write(QByteArray(65536, 'x')))
            continue;
    };
    const auto tls = how == "plain"_L1 ? std::nullopt : std::optional(anyCertificate());
    const lab::HostileServer server(script, tls);
    NetOptions options;
    options.operationTimeout = std::chrono::milliseconds(1500);
    options.connects = {
        {u"203.0.113.10"_s, 443, {u"127.0.0.1"_s, how == "refuses"_L1 ? lab::unusedPort() : server.port()}}};
    if (how == "silent"_L1)
        options.operationTimeout = std::chrono::milliseconds(300);
    const CancelToken cancel;
    if (how == "stopped"_L1)
        cancel.cancel();
    Observations seen(options, cancel, Deadline::never(), nullptr);
    const auto answered = seen.ask(OriginGet{QUrl(u"https://example.com/start"_s), u"203.0.113.10"_s});
    QCOMPARE(answered->has_value(), !kind);
    if (kind) {
        QCOMPARE(answered->error().kind, *kind);
        return;
    }
    QVERIFY(asked.startsWith("GET /start"));
    QVERIFY(asked.toLower().contains("host: example.com\r\n"));
}

void OriginExposedTest::findsTheServerBehind()
{
    World world;
    const lab::HostileServer origin(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    world.names.push_back(foundAt(u"dev.example.com"_s, u"203.0.113.10"_s));
    world.names.push_back(foundAt(u"old.example.com"_s, u"203.0.113.10"_s));
    world.leads(u"203.0.113.10"_s, origin);
    const Judged judged = world.look();
    QCOMPARE(said(judged), u"origin_exposed:high"_s);
    const QString saw = judged.findings.front().whatWeSaw;
    QVERIFY2(saw.contains(u"dev.example.com, old.example.com"_s), qPrintable(saw));
    QCOMPARE(origin.connections(), 2); // the page, and the made-up name
}

void OriginExposedTest::findsItByMailAndSpf()
{
    World world;
    const lab::HostileServer byMail(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    const lab::HostileServer bySpf(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    world.zone << u"example.com. 300 IN MX 10 mail.example.com."_s << u"mail.example.com. 300 IN A 203.0.113.20"_s
               << u"example.com. 300 IN TXT \"v=spf1 ip4:203.0.113.21 ip4:104.16.0.2 -all\""_s;
    world.leads(u"203.0.113.20"_s, byMail);
    world.leads(u"203.0.113.21"_s, bySpf);
    const Judged judged = world.look();
    QCOMPARE(said(judged), u"origin_exposed:high"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.20"_s), u"exposed"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.21"_s), u"exposed"_s);
    QCOMPARE(stateIn(judged, u"104.16.0.2"_s), QString()); // the edge's own network
}

// Two controls that must stay silent: a host that gives everybody that page, and one that gives another.
void OriginExposedTest::leavesASharedHostAlone()
{
    World world;
    const lab::HostileServer everybody(siteFor("example.com", "Server: nginx", kPage), anyCertificate());
    const lab::HostileServer nobody(siteFor("nothing.example", "Server: nginx", kOther), anyCertificate());
    world.names.push_back(foundAt(u"a.example.com"_s, u"203.0.113.10"_s));
    world.names.push_back(foundAt(u"b.example.com"_s, u"203.0.113.11"_s));
    world.leads(u"203.0.113.10"_s, everybody);
    world.leads(u"203.0.113.11"_s, nobody);
    const Judged judged = world.look();
    QCOMPARE(said(judged), u"info"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.10"_s), u"same_for_all"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.11"_s), u"another"_s);
    QCOMPARE(nobody.connections(), 1);
}

void OriginExposedTest::leavesTheEdgeAlone()
{
    World world;
    const lab::HostileServer another(siteFor("example.com", "CF-RAY: 8f1b2c-FRA", kOther), anyCertificate());
    world.names.push_back(foundAt(u"a.example.com"_s, u"203.0.113.10"_s));
    world.names.push_back(foundAt(u"b.example.com"_s, u"203.0.113.11"_s));
    world.leads(u"203.0.113.10"_s, another);
    world.leads(u"203.0.113.11"_s, world.edge); // as an override for everything would
    const Judged judged = world.look();
    QCOMPARE(said(judged), u"pass"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.10"_s), u"still_edge"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.11"_s), QString());
}

void OriginExposedTest::asksNoPrivateAddress()
{
    World world;
    const lab::HostileServer inside(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    world.names.push_back(foundAt(u"a.example.com"_s, u"127.0.0.2"_s));
    world.names.push_back(foundAt(u"b.example.com"_s, u"10.0.0.7"_s));
    world.names.push_back(foundAt(u"c.example.com"_s, u"169.254.169.254"_s));
    const Judged judged = world.look();
    QCOMPARE(said(judged), u"pass"_s);
    QCOMPARE(judged.observed["left_out"_L1]["private"_L1].toInt(), 3);
    QCOMPARE(inside.connections(), 0);
    world.leads(u"10.0.0.7"_s, inside); // somebody says that it is meant
    QCOMPARE(said(world.look()), u"origin_exposed:high"_s);
}

void OriginExposedTest::saysWhenThereIsNoShield()
{
    World world;
    world.zone = QStringList{u"example.com. 300 IN NS ns1.example.net."_s, u"example.com. 300 IN A 203.0.113.10"_s};
    const Judged judged = world.look(); // one sign of Cloudflare is no shield
    QCOMPARE(judged.outcome, Outcome::NotApplicable);
    QVERIFY(!judged.reason.isEmpty());
}

void OriginExposedTest::saysWhenThePageIsAChallenge()
{
    World world;
    const lab::HostileServer challenge(
        lab::answering(lab::httpAnswer(403, {"Server: cloudflare", "cf-mitigated: challenge"}, kPage)),
        anyCertificate());
    world.leads(u"example.com"_s, challenge);
    world.names.push_back(foundAt(u"a.example.com"_s, u"203.0.113.10"_s));
    const Judged judged = world.look();
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(judged.reason.contains(u"robots"_s));
}

void OriginExposedTest::endsWhenCancelled()
{
    World world;
    const CancelToken cancel;
    cancel.cancel();
    const Judged judged = world.look(cancel);
    QVERIFY(judged.outcome != Outcome::Pass);
    QVERIFY(judged.findings.empty());
}

QTEST_GUILESS_MAIN(OriginExposedTest)
#include "tst_originexposed.moc"
