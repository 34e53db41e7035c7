// Delegations that lead nowhere, asked at the name servers themselves, scripted and real.
#include "danglinglab.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestDanglingServers : public QObject
{
    Q_OBJECT

private slots:
    void looksAtNameServers_data();
    void looksAtNameServers();
    void takesNoFaultForARefusal_data();
    void takesNoFaultForARefusal();
    void aServerWithoutAddressServesNobody_data();
    void aServerWithoutAddressServesNobody();
    void asksTheNextNameServer_data();
    void asksTheNextNameServer();
    void asksRealNameServers_data();
    void asksRealNameServers();
};

void TestDanglingServers::looksAtNameServers_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("does");
    QTest::addColumn<QString>("resolver"); // what it has of the zone
    QTest::addColumn<QStringList>("codes");
    const QString fails = u"dev.example.com. SERVFAIL"_s;
    const QString lives = u"dev.example.com. 60 IN A 192.0.2.7"_s;
    const QStringList none;
    const QStringList dead{u"dead_delegation"_s};
    QTest::newRow("serves") << u"ns1.hosting.com"_s << u"serves"_s << fails << none;
    QTest::newRow("refuses") << u"ns1.hosting.com"_s << u"refuses"_s << fails << dead;
    QTest::newRow("refuses, and anybody may make the zone")
        << u"ns1.digitalocean.com"_s << u"refuses"_s << fails << QStringList{u"free_name"_s};
    QTest::newRow("of a free domain") << u"ns1.gone.com"_s << u"serves"_s << fails << QStringList{u"free_domain"_s};
    // It holds only the zone above, or answers for everything.
    QTest::newRow("says that its name does not exist") << u"ns1.hosting.com"_s << u"denies"_s << fails << dead;
    QTest::newRow("has its name in the zone above") << u"ns1.hosting.com"_s << u"is above"_s << fails << dead;
    QTest::newRow("denies it, where anybody may make the zone")
        << u"ns1.digitalocean.com"_s << u"denies"_s << fails << dead; // the service refuses what nobody has
    // A load balancer may know addresses and nothing else.
    QTest::newRow("denies it for this kind of record alone") << u"ns1.hosting.com"_s << u"denies"_s << lives << none;
    QTest::newRow("denies it, and a name below it lives")
        << u"ns1.hosting.com"_s << u"denies"_s << u"api.dev.example.com. 60 IN A 192.0.2.7"_s << none;
    QTest::newRow("has everything, and nothing here") << u"ns1.hosting.com"_s << u"is the root"_s << fails << dead;
    QTest::newRow("serves it and has no SOA") << u"ns1.hosting.com"_s << u"is empty"_s << fails << none;
}

// "dev" is handed to another server, which the own name server tells by a referral.
void TestDanglingServers::looksAtNameServers()
{
    QFETCH(QString, server);
    QFETCH(QString, does);
    QFETCH(QString, resolver);
    const ScriptedDns own([server](const DnsQuestionSeen &question) -> DnsReply {
        if (question.name.endsWith("dev.example.com"_L1))
            return {.authority = {u"dev.example.com. 60 IN NS "_s + server + u'.'}};
        return {.authoritative = true, .answers = {u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s}};
    });
    const ScriptedDns below([does](const DnsQuestionSeen &) -> DnsReply {
        const QString soa = u"%1 60 IN SOA a. b. 1 2 3 4 5"_s;
        if (does == "refuses"_L1)
            return {.rcode = 5};
        if (does == "denies"_L1)
            return {.rcode = 3, .authoritative = true, .authority = {soa.arg(u"example.com."_s)}};
        if (does == "is above"_L1)
            return {.authoritative = true, .authority = {soa.arg(u"example.com."_s)}};
        if (does == "is the root"_L1)
            return {.authoritative = true, .authority = {soa.arg(u"."_s)}};
        if (does == "is empty"_L1)
            return {.authoritative = true, .authority = {soa.arg(u"dev.example.com."_s)}};
        return {.authoritative = true, .answers = {soa.arg(u"dev.example.com."_s)}};
    });
    QStringList zone{kApex, u"example.com. 60 IN NS ns.example.com."_s, u"ns.example.com. 60 IN A 192.0.2.53"_s,
                     resolver};
    if (!server.endsWith("gone.com"_L1))
        zone << server + u". 60 IN A 192.0.2.54"_s;
    std::vector<ConnectOverride> connects{{u"ns.example.com"_s, 53, own.address()}};
    if (!server.endsWith("gone.com"_L1))
        connects.push_back({server, 53, below.address()});
    const QStringList logged{u"api.dev.example.com"_s}; // by which a zone below is found
    const Judged result =
        Lab{.zone = zone, .connects = connects, .freeDomains = {u"gone.com"_s}, .loggedNames = logged}.run();
    QTEST(codesOf(result), "codes");
}

void TestDanglingServers::takesNoFaultForARefusal_data()
{
    QTest::addColumn<QStringList>("servers"); // what each of the zone's servers does
    QTest::addColumn<QString>("resolver");    // what it says about the zone
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<int>("unclear");
    const QString fails = u"example.com. SERVFAIL"_s;
    const QString knows = u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s;
    const auto row = [](const char *name, const QStringList &servers, const QString &resolver, const QStringList &codes,
                        int unclear) { QTest::newRow(name) << servers << resolver << codes << unclear; };
    // Where none of them answers for the zone, nobody says either which names it hands on: one more.
    row("all serve", {u"serves"_s, u"serves"_s}, knows, {}, 0);
    row("one fails for once", {u"serves"_s, u"fails"_s}, knows, {}, 1);
    row("one is silent", {u"serves"_s, u"silent"_s}, knows, {}, 1);
    row("one refuses", {u"serves"_s, u"refuses"_s}, knows, {}, 0);
    row("one refuses, the other fails", {u"refuses"_s, u"fails"_s}, fails, {}, 2);
    row("all fail", {u"fails"_s, u"fails"_s}, fails, {}, 3);
    row("all refuse, and the resolver fails", {u"refuses"_s, u"refuses"_s}, fails, {u"free_name"_s, u"free_name"_s}, 1);
    row("all answer for somebody else, and the resolver fails", {u"guesses"_s, u"guesses"_s}, fails,
        {u"free_name"_s, u"free_name"_s}, 1);
    // A network that sends all questions to its own resolver.
    row("all refuse, and the resolver knows", {u"refuses"_s, u"refuses"_s}, knows, {}, 3);
    row("all answer for somebody else, and the resolver knows", {u"guesses"_s, u"guesses"_s}, knows, {}, 3);
}

void TestDanglingServers::takesNoFaultForARefusal()
{
    QFETCH(QStringList, servers);
    QFETCH(QString, resolver);
    const QString soa = u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s;
    std::vector<std::unique_ptr<ScriptedDns>> running;
    std::vector<ConnectOverride> connects;
    QStringList zone;
    for (qsizetype i = 0; i < servers.size(); ++i) {
        const QString name = u"ns%1.digitalocean.com"_s.arg(i + 1);
        running.push_back(std::make_unique<ScriptedDns>([does = servers[i], soa](const DnsQuestionSeen &) -> DnsReply {
            if (does == "serves"_L1)
                return {.authoritative = true, .answers = {soa}};
            return {.rcode = does == "fails"_L1     ? 2
                             : does == "refuses"_L1 ? 5
                                                    : 0,
                    .silent = does == "silent"_L1,
                    .answers = does == "guesses"_L1 ? QStringList{soa} : QStringList()};
        }));
        connects.push_back({name, 53, running.back()->address()});
        zone << name + u". 60 IN A 192.0.2.5%1"_s.arg(i);
    }
    // The resolver's word on the zone is apart from the other records: a name that fails, fails for all types.
    const auto rest = zoneScript(zone + QStringList{kApex, u"example.com. 60 IN NS ns1.digitalocean.com."_s,
                                                    u"example.com. 60 IN NS ns2.digitalocean.com."_s});
    const auto aboutZone = zoneScript({resolver});
    const auto script = [rest, aboutZone](const DnsQuestionSeen &question) {
        constexpr int soaType = 6;
        return question.type == soaType ? aboutZone(question) : rest(question);
    };
    const auto patience = servers.contains(u"silent"_s) ? kShortPatience : Lab().patience;
    const Judged result = Lab{.connects = connects, .script = script, .patience = patience}.run();
    QTEST(codesOf(result), "codes");
    const bool isRemembered = resolver.contains(u"SOA") && !servers.contains(u"serves"_s);
    const QString last = result.evidence.empty() ? QString() : result.evidence.back().body;
    QCOMPARE(last.contains(u"or the resolver remembers"), isRemembered);
    QTEST(result.observed["unclear"_L1].toInt(), "unclear");
}

// "dev" is handed to two servers, of which one refuses it.
void TestDanglingServers::aServerWithoutAddressServesNobody_data()
{
    QTest::addColumn<QString>("other"); // what the DNS has of its name
    QTest::addColumn<QStringList>("codes");
    const QStringList dead{u"dead_delegation"_s};
    QTest::newRow("it has no address") << u"ns2.held.com. 60 IN TXT \"x\""_s << dead;
    QTest::newRow("nobody knows whether it has one") << u"ns2.held.com. SERVFAIL"_s << QStringList{};
}

void TestDanglingServers::aServerWithoutAddressServesNobody()
{
    QFETCH(QString, other);
    const ScriptedDns own([](const DnsQuestionSeen &question) -> DnsReply {
        if (question.name == "dev.example.com"_L1)
            return {.authority = {u"dev.example.com. 60 IN NS ns1.held.com."_s,
                                  u"dev.example.com. 60 IN NS ns2.held.com."_s}};
        return {.authoritative = true, .answers = {u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s}};
    });
    const ScriptedDns below([](const DnsQuestionSeen &) -> DnsReply { return {.rcode = 5}; });
    const Judged result =
        Lab{.zone = {kApex, u"example.com. 60 IN NS ns.example.com."_s, u"ns.example.com. 60 IN A 192.0.2.53"_s,
                     u"ns1.held.com. 60 IN A 192.0.2.54"_s, other, u"dev.example.com. SERVFAIL"_s},
            .connects = {{u"ns.example.com"_s, 53, own.address()}, {u"ns1.held.com"_s, 53, below.address()}}}
            .run();
    QTEST(codesOf(result), "codes");
}

// "dev" is handed on, and the server there refuses the zone; two name servers of the domain could tell.
void TestDanglingServers::asksTheNextNameServer_data()
{
    QTest::addColumn<QString>("first"); // what it does when asked about "dev"
    QTest::addColumn<QString>("second");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("problem"); // in the evidence
    const QStringList dead{u"dead_delegation"_s};
    const QString tells = u"tells"_s;
    const QString nobody = u"None of the name servers of example.com could be asked"_s;
    QTest::newRow("the first tells") << tells << u"silent"_s << dead << QString();
    QTest::newRow("the first refuses") << u"refuses"_s << tells << dead << QString();
    QTest::newRow("the first fails") << u"fails"_s << tells << dead << QString();
    QTest::newRow("the first is silent") << u"silent"_s << tells << dead << QString();
    QTest::newRow("the first leads up") << u"leads up"_s << tells << dead << QString();
    QTest::newRow("the first knows nothing and says so without authority")
        << u"is empty"_s << tells << dead << QString();
    QTest::newRow("all refuse") << u"refuses"_s << u"refuses"_s << QStringList{} << nobody;
    QTest::newRow("all are silent") << u"silent"_s << u"silent"_s << QStringList{} << nobody;
    QTest::newRow("all fail for this name alone")
        << u"fails for dev"_s << u"fails for dev"_s << QStringList{}
        << u"None of the name servers of example.com says whether it hands on: dev.example.com"_s;
}

void TestDanglingServers::asksTheNextNameServer()
{
    const auto server = [](const QString &does) {
        return [does](const DnsQuestionSeen &question) -> DnsReply {
            const QString soa = u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s;
            if (question.name == "example.com"_L1)
                return {.authoritative = true, .answers = {soa}};
            if (does == "refuses"_L1)
                return {.rcode = 5};
            if (does == "silent"_L1)
                return {.silent = true};
            if (does == "leads up"_L1)
                return {.authority = {u"com. 60 IN NS a.gtld.example."_s}};
            if (does == "is empty"_L1)
                return {};
            if (question.name != "dev.example.com"_L1)
                return {.rcode = does == "fails"_L1 ? 2 : 3, .authoritative = true, .authority = {soa}};
            if (does == "tells"_L1)
                return {.authority = {u"dev.example.com. 60 IN NS ns.held.com."_s}};
            return {.rcode = 2};
        };
    };
    QFETCH(QString, first);
    QFETCH(QString, second);
    const ScriptedDns one(server(first));
    const ScriptedDns two(server(second));
    const ScriptedDns below([](const DnsQuestionSeen &) -> DnsReply { return {.rcode = 5}; });
    const Judged result =
        Lab{.zone = {kApex, u"example.com. 60 IN NS ns1.example.com."_s, u"example.com. 60 IN NS ns2.example.com."_s,
                     u"ns1.example.com. 60 IN A 192.0.2.53"_s, u"ns2.example.com. 60 IN A 192.0.2.54"_s,
                     u"ns.held.com. 60 IN A 192.0.2.55"_s, u"dev.example.com. SERVFAIL"_s},
            .connects = {{u"ns1.example.com"_s, 53, one.address()},
                         {u"ns2.example.com"_s, 53, two.address()},
                         {u"ns.held.com"_s, 53, below.address()}},
            .patience = first == "silent"_L1 ? kShortPatience : Lab().patience}
            .run();
    QTEST(codesOf(result), "codes");
    QFETCH(QString, problem);
    const QString gaps = result.evidence.front().body;
    QVERIFY2(gaps.contains(problem), qPrintable(gaps));
    QCOMPARE(gaps.contains(u"None of the name servers"), !problem.isEmpty());
}

void TestDanglingServers::asksRealNameServers_data()
{
    QTest::addColumn<QString>("zoneBelow"); // that the server below has
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("it has the zone") << u"dev.example.com"_s << QStringList{};
    QTest::newRow("it has another") << u"other.example"_s << QStringList{u"dead_delegation"_s};
    QTest::newRow("it has only what is above") << u"example.com"_s << QStringList{u"dead_delegation"_s};
    QTest::newRow("it has only what is below") << u"x.dev.example.com"_s << QStringList{u"dead_delegation"_s};
}

void TestDanglingServers::asksRealNameServers()
{
    QFETCH(QString, zoneBelow);
    const lab::KnotServer own(u"example.com"_s,
                              "@ 60 SOA ns hostmaster 1 60 60 600 60\n@ 60 NS ns\nns 60 A 192.0.2.53\n"
                              "@ 60 A 192.0.2.1\ndev 60 NS ns.held.com.\n");
    const lab::KnotServer below(zoneBelow, "@ 60 SOA ns.held.com. hostmaster 1 60 60 600 60\n@ 60 NS ns.held.com.\n"
                                           "@ 60 A 192.0.2.2\n");
    QVERIFY(own.isReady() && below.isReady());
    const bool isServed = zoneBelow == "dev.example.com"_L1;
    const Judged result =
        Lab{.zone = {kApex, u"example.com. 60 IN NS ns.example.com."_s, u"ns.example.com. 60 IN A 192.0.2.53"_s,
                     u"ns.held.com. 60 IN A 192.0.2.54"_s,
                     isServed ? u"dev.example.com. 60 IN A 192.0.2.2"_s : u"dev.example.com. SERVFAIL"_s},
            .connects = {{u"ns.example.com"_s, 53, own.address()}, {u"ns.held.com"_s, 53, below.address()}}}
            .run();
    QTEST(codesOf(result), "codes");
    const QJsonArray references = result.observed["references"_L1].toArray();
    const bool isSeen = std::ranges::any_of(references, [](const QJsonValue &reference) {
        return reference["from"_L1].toString() == "dev.example.com"_L1 && reference["kind"_L1].toString() == "ns"_L1;
    });
    QVERIFY(isSeen); // the referral was read, whatever came of it
}

QTEST_GUILESS_MAIN(TestDanglingServers)
#include "tst_danglingservers.moc"
