// Around the shield: which addresses are asked, and how, against real servers on loopback.
#include "checks/dns/foundnames.h"
#include "checks/edge/originaddress.h"
#include "checks/edge/origincandidates.h"
#include "checks/edge/originexposed.h"
#include "lab/lookwithzone.h"
#include "originpages.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::originpages;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

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
    QByteArray edgeHeaders = "Server: cloudflare";
    lab::HostileServer edge{siteFor("example.com", edgeHeaders, kOther), anyCertificate()};
    QStringList zone{u"example.com. 300 IN NS ada.ns.cloudflare.com."_s, u"example.com. 300 IN A 104.16.0.1"_s};
    std::vector<FoundName> names{foundAt(u"example.com"_s, u"104.16.0.1"_s)};
    std::vector<ConnectOverride> connects{};
    std::vector<Host> hosts{{HostRole::Site, u"example.com"_s}};

    void leads(const QString &host, const lab::HostileServer &server, std::uint16_t port = 443)
    {
        connects.push_back({host, port, {u"127.0.0.1"_s, server.port()}});
    }

    void closes(const QString &host, std::uint16_t port)
    {
        connects.push_back({host, port, {u"127.0.0.1"_s, lab::unusedPort()}});
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
        const Target target{u"example.com"_s, hosts};
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
    void asksOneAddress_data();
    void asksOneAddress();
    void findsTheServerBehind();
    void findsItByMailAndSpf();
    void findsAnnouncedDoors();
    void findsAServerWithoutTls_data();
    void findsAServerWithoutTls();
    void saysThatASlowServerIsUnclear();
    void leavesASharedHostAlone();
    void leavesTheEdgeAlone();
    void asksNoPrivateAddress();
    void saysWhenThereIsNoShield();
    void needsNoWww();
    void saysWhatWasNotCompared();
    void saysWhenThePageIsAChallenge();
    void endsWhenCancelled();
};

void OriginExposedTest::asksOneAddress_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<std::optional<ErrorKind>>("kind");
    QTest::addColumn<bool>("wasOpen");
    using Kind = std::optional<ErrorKind>;
    QTest::newRow("answers") << u"answers"_s << Kind() << true;
    QTest::newRow("refuses") << u"refuses"_s << Kind(ErrorKind::Unreachable) << false;
    QTest::newRow("silent") << u"silent"_s << Kind(ErrorKind::TimedOut) << true;
    QTest::newRow("garbage") << u"garbage"_s << Kind(ErrorKind::Protocol) << true;
    QTest::newRow("cut off") << u"cut"_s << Kind(ErrorKind::Protocol) << true;
    QTest::newRow("broken compression") << u"packed"_s << Kind(ErrorKind::Protocol) << true;
    QTest::newRow("no TLS") << u"plain"_s << Kind(ErrorKind::Protocol) << false;
    QTest::newRow("endless") << u"endless"_s << Kind() << true; // its start is enough
    QTest::newRow("stopped") << u"stopped"_s << Kind(ErrorKind::Cancelled) << false;
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
        else if (how == "cut"_L1)
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nbegin");
        else if (how == "packed"_L1)
            connection.write(lab::httpAnswer(200, {"Content-Encoding: gzip"}, kPage));
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
    const Result<HttpResponse> response = *answered ? (*answered)->response : tl::unexpected<Error>(answered->error());
    QCOMPARE(response.has_value(), !kind);
    QTEST(answered->has_value() && (*answered)->wasOpen == true, "wasOpen");
    if (kind) {
        QCOMPARE(response.error().kind, *kind);
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

// What Alt-Svc tells every browser (RFC 7838): the server's own name or address, passed on by the edge as it came.
void OriginExposedTest::findsAnnouncedDoors()
{
    World world{.edgeHeaders = "Server: cloudflare\r\nAlt-Svc: h3=\":443\", h2=\"origin.example.net:443\"; ma=60, "
                               "h2=\"203.0.113.31:443\", h2=\"acme.b-cdn.net:443\""};
    const lab::HostileServer byName(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    const lab::HostileServer byAddress(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    world.zone << u"origin.example.net. 300 IN A 203.0.113.30"_s << u"acme.b-cdn.net. 300 IN A 203.0.113.32"_s;
    world.leads(u"203.0.113.30"_s, byName);
    world.leads(u"203.0.113.31"_s, byAddress);
    const Judged judged = world.look();
    QCOMPARE(said(judged), u"origin_exposed:high"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.30"_s), u"exposed"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.31"_s), u"exposed"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.32"_s), QString()); // another edge, on purpose
}

// Two controls that prove nothing: a host that gives everybody that page, and one that gives another.
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
    QCOMPARE(said(judged), u"origin_same_page:medium"_s);
    QCOMPARE(judged.findings.front().proof, Proof::Lead); // no more than a hint, which decides nothing
    QCOMPARE(stateIn(judged, u"203.0.113.10"_s), u"same_for_all"_s);
    QCOMPARE(stateIn(judged, u"203.0.113.11"_s), u"another"_s);
    QCOMPARE(nobody.connections(), 1);
}

// "Flexible" goes to the server without HTTPS, so that it may have nothing else.
void OriginExposedTest::findsAServerWithoutTls_data()
{
    QTest::addColumn<QByteArray>("others"); // empty: the port is closed as well
    QTest::addColumn<QString>("expected");
    QTest::newRow("another page for strangers") << kOther << u"origin_exposed:high"_s;
    QTest::newRow("the page for everybody") << kPage << u"origin_same_page:medium"_s;
    QTest::newRow("closed as well") << QByteArray() << u"pass"_s;
}

void OriginExposedTest::findsAServerWithoutTls()
{
    QFETCH(QByteArray, others);
    World world;
    const lab::HostileServer origin(siteFor("example.com", "Server: nginx", others));
    world.names.push_back(foundAt(u"dev.example.com"_s, u"203.0.113.10"_s));
    world.closes(u"203.0.113.10"_s, 443);
    if (others.isEmpty())
        world.closes(u"203.0.113.10"_s, 80);
    else
        world.leads(u"203.0.113.10"_s, origin, 80);
    const Judged judged = world.look();
    QTEST(said(judged), "expected");
    const QJsonArray rows = judged.observed["addresses"_L1].toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0]["port"_L1].toInt(), 443);
    QCOMPARE(rows[1]["port"_L1].toInt(), 80);
    for (const Finding &finding : judged.findings)
        QVERIFY2(finding.whatWeSaw.contains(u"without HTTPS"_s), qPrintable(finding.whatWeSaw));
}

// One that answers for HTTPS, in whatever way, is not asked again without.
void OriginExposedTest::saysThatASlowServerIsUnclear()
{
    World world;
    const lab::HostileServer slow([](lab::Connection &connection) { connection.hang(); }, anyCertificate());
    const lab::HostileServer plain(siteFor("example.com", "Server: nginx", kOther));
    world.names.push_back(foundAt(u"dev.example.com"_s, u"203.0.113.10"_s));
    world.leads(u"203.0.113.10"_s, slow);
    world.leads(u"203.0.113.10"_s, plain, 80);
    const Judged judged = world.look();
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(u"203.0.113.10"_s), qPrintable(judged.reason));
    QCOMPARE(stateIn(judged, u"203.0.113.10"_s), u"unclear"_s);
    QCOMPARE(plain.connections(), 0);
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

// One sign of Cloudflare is no shield that is sure, and none is none.
void OriginExposedTest::saysWhenThereIsNoShield()
{
    World world;
    world.zone = QStringList{u"example.com. 300 IN NS ns1.example.net."_s, u"example.com. 300 IN A 203.0.113.10"_s};
    const Judged likely = world.look();
    QCOMPARE(likely.outcome, Outcome::NotRun);
    QVERIFY2(likely.reason.contains(u"Cloudflare"_s), qPrintable(likely.reason));
    World bare;
    bare.zone = world.zone;
    const lab::HostileServer own(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    bare.leads(u"example.com"_s, own);
    const Judged none = bare.look();
    QCOMPARE(none.outcome, Outcome::NotApplicable);
    QVERIFY(!none.reason.isEmpty());
    World silent;
    silent.closes(u"example.com"_s, 443);
    QCOMPARE(silent.look().outcome, Outcome::Error);
}

// A name that leads nowhere is nothing to look at; one that is silent may have a shield.
void OriginExposedTest::needsNoWww()
{
    const lab::HostileServer own(siteFor("example.com", "Server: nginx", kOther), anyCertificate());
    const auto unshield = [&](World &world) {
        world.zone = QStringList{u"example.com. 300 IN NS ns1.example.net."_s, u"example.com. 300 IN A 203.0.113.10"_s};
        world.leads(u"example.com"_s, own);
        world.hosts.push_back({HostRole::Www, u"www.example.com"_s});
    };
    World without;
    unshield(without);
    QCOMPARE(without.look().outcome, Outcome::NotApplicable);
    World silent;
    unshield(silent);
    silent.zone << u"www.example.com. 300 IN A 203.0.113.11"_s;
    silent.closes(u"www.example.com"_s, 443);
    const Judged judged = silent.look();
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY2(judged.reason.contains(u"www.example.com"_s), qPrintable(judged.reason));
    World nobody;
    unshield(nobody);
    nobody.connects.clear();
    nobody.closes(u"example.com"_s, 443);
    QCOMPARE(nobody.look().outcome, Outcome::Error);
}

// One page that was compared says nothing about the others.
void OriginExposedTest::saysWhatWasNotCompared()
{
    const auto shieldedAt = [](World &world, const QString &name, const lab::HostileServer &server) {
        world.hosts.push_back({HostRole::App, name});
        world.zone << name + u". 300 IN A 104.16.0.2"_s;
        world.leads(name, server);
    };
    World plain;
    QCOMPARE(said(plain.look()), u"pass"_s);

    World silent;
    silent.hosts.push_back({HostRole::App, u"app.example.com"_s});
    silent.zone << u"app.example.com. 300 IN A 104.16.0.2"_s;
    silent.closes(u"app.example.com"_s, 443);
    Judged judged = silent.look();
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(u"app.example.com"_s), qPrintable(judged.reason));
    QVERIFY(judged.observed.contains(u"not_seen"_s));

    World nowhere;
    nowhere.hosts.push_back({HostRole::Www, u"www.example.com"_s});
    QCOMPARE(said(nowhere.look()), u"pass"_s);

    const lab::HostileServer challenge(
        lab::answering(lab::httpAnswer(403, {"Server: cloudflare", "cf-mitigated: challenge"}, kPage)),
        anyCertificate());
    World challenged;
    shieldedAt(challenged, u"app.example.com"_s, challenge);
    judged = challenged.look();
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(u"robots"_s), qPrintable(judged.reason));

    const lab::HostileServer away(
        lab::answering(lab::httpAnswer(302, {"Server: cloudflare", "Location: https://shop.example.net/"}, {})),
        anyCertificate());
    const lab::HostileServer shop(siteFor("shop.example.net", "Server: nginx", kOther), anyCertificate());
    World elsewhere;
    shieldedAt(elsewhere, u"app.example.com"_s, away);
    elsewhere.leads(u"shop.example.net"_s, shop);
    judged = elsewhere.look();
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(u"shop.example.net"_s), qPrintable(judged.reason));

    const lab::HostileServer app(siteFor("example.com", "Server: cloudflare", kOther), anyCertificate());
    World many;
    for (const QString &name : {u"a.example.com"_s, u"b.example.com"_s})
        shieldedAt(many, name, app);
    QCOMPARE(said(many.look()), u"pass"_s);
    shieldedAt(many, u"c.example.com"_s, app);
    judged = many.look();
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(u"c.example.com"_s), qPrintable(judged.reason));
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
