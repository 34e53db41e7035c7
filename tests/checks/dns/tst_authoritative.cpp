#include "checks/dns/authoritative.h"
#include "checks/dns/delegationjudge.h"
#include "lab/knotserver.h"
#include "lab/lookwithzone.h"
#include "lab/realserver.h"
#include "models/unseen.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

const QString kRefusedAbove = u"com. REFUSED"_s;

enum class Kind { Good, Older, Lame, Refusing, Silent, Homeless, NoTcp, SlowTcp, StoppedTcp };

ServerAnswer server(const QString &name, Kind kind)
{
    ServerAnswer result{name, SocketAddress{u"192.0.2.53"_s, 53}, DnsAnswer{}};
    DnsRecord soa;
    soa.type = RrType::Soa;
    soa.serial = kind == Kind::Older ? 6 : 7;
    result.soa->authoritative = kind != Kind::Lame;
    result.soa->answers.push_back(soa);
    if (kind == Kind::Refusing)
        result.soa = DnsAnswer{.status = DnsStatus::Refused, .answers = {}, .authority = {}, .server = {}};
    if (kind == Kind::Silent || kind == Kind::Homeless)
        result.soa = tl::unexpected<Error>(Error{ErrorKind::TimedOut, u"silent"_s});
    if (kind == Kind::Homeless)
        result.address.reset();
    if (kind == Kind::NoTcp)
        result.soaOverTcp = tl::unexpected<Error>(Error{ErrorKind::Unreachable, u"refused"_s});
    if (kind == Kind::SlowTcp)
        result.soaOverTcp = tl::unexpected<Error>(Error{ErrorKind::TimedOut, u"late"_s});
    if (kind == Kind::StoppedTcp)
        result.soaOverTcp = tl::unexpected<Error>(Error{ErrorKind::Cancelled, u"stopped"_s});
    return result;
}

} // namespace

Q_DECLARE_METATYPE(Kind)

class AuthoritativeTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesTheServers_data();
    void judgesTheServers();
    void saysWhatItDidNotSee_data();
    void saysWhatItDidNotSee();
    void saysThatNobodyListsTheServers();
    void tellsSilenceAboveFromNoDelegation_data();
    void tellsSilenceAboveFromNoDelegation();
    void aRefusalRepairsNothing_data();
    void aRefusalRepairsNothing();
    void doesNotSkipARefusedZone();
    void anErrorForgetsNothing();
    void asksEachServerItself();
    void tellsAnAbsentDomainFromAFailingResolver();
    void comparesWithTheZoneAbove_data();
    void comparesWithTheZoneAbove();
    void seesARealServersReferral();
    void tellsWhenAServerTakesNoTcp();
    void looksAtTheZoneAroundAName();
};

void AuthoritativeTest::judgesTheServers_data()
{
    QTest::addColumn<QList<Kind>>("kinds");
    QTest::addColumn<QStringList>("codes");
    using K = QList<Kind>;
    QTest::newRow("two alike") << K{Kind::Good, Kind::Good} << QStringList{};
    QTest::newRow("one alone") << K{Kind::Good} << QStringList{u"single_server"_s};
    QTest::newRow("one older") << K{Kind::Good, Kind::Older} << QStringList{u"serials_differ"_s};
    QTest::newRow("not authoritative") << K{Kind::Good, Kind::Lame} << QStringList{u"lame"_s};
    QTest::newRow("refuses") << K{Kind::Good, Kind::Refusing} << QStringList{u"lame"_s};
    QTest::newRow("one silent") << K{Kind::Good, Kind::Silent} << QStringList{u"unreachable"_s};
    QTest::newRow("one does not exist") << K{Kind::Good, Kind::Homeless} << QStringList{u"server_without_address"_s};
    QTest::newRow("none knows the domain") << K{Kind::Lame, Kind::Refusing} << QStringList{u"none_works"_s};
    QTest::newRow("one refuses TCP") << K{Kind::Good, Kind::NoTcp} << QStringList{u"tcp_refused"_s};
    QTest::newRow("all refuse TCP") << K{Kind::NoTcp, Kind::NoTcp} << QStringList{u"tcp_refused"_s, u"tcp_refused"_s};
    QTest::newRow("one is silent over TCP") << K{Kind::Good, Kind::SlowTcp} << QStringList{u"tcp_refused"_s};
    QTest::newRow("no TCP leaves our network") << K{Kind::SlowTcp, Kind::SlowTcp} << QStringList{};
    QTest::newRow("all silent: our network, more likely") << K{Kind::Silent, Kind::Silent} << QStringList{};
}

void AuthoritativeTest::judgesTheServers()
{
    QFETCH(QList<Kind>, kinds);
    std::vector<ServerAnswer> servers;
    for (const Kind kind : kinds)
        servers.push_back(server(u"ns%1.example.net"_s.arg(servers.size()), kind));
    const Judged judged = judgeAuthoritative(u"example.com"_s, servers);
    QTEST(codesOf(judged), "codes");
    const bool allSilent = std::ranges::all_of(kinds, [](Kind k) { return k == Kind::Silent; });
    QCOMPARE(judged.outcome == Outcome::Error, allSilent);
}

namespace {

QStringList gapsIn(const Judged &judged)
{
    QStringList gaps;
    for (const QJsonValue gap : judged.observed["not_seen"_L1].toArray())
        gaps << (gap["subject"_L1].toString() + u' ' + gap["code"_L1].toString()).trimmed();
    return gaps;
}

} // namespace

// What nobody said closes no finding of an earlier look.
void AuthoritativeTest::saysWhatItDidNotSee_data()
{
    QTest::addColumn<QList<Kind>>("kinds");
    QTest::addColumn<bool>("isAboveHeard");
    QTest::addColumn<QStringList>("gaps");
    QTest::addColumn<Outcome>("outcome");
    const QString above = u"delegation_differs"_s;
    const QString serials = u"serials_differ"_s;
    const QString lame = u"ns1.example.net lame"_s;
    const QString tcp = u"ns1.example.net tcp_refused"_s;
    const auto row = [](const char *name, const QList<Kind> &kinds, bool isAboveHeard, const QStringList &gaps,
                        Outcome outcome) { QTest::newRow(name) << kinds << isAboveHeard << gaps << outcome; };
    using enum Kind;
    row("all", {Good, Good}, true, {}, Outcome::Pass);
    row("the zone above is silent", {Good, Good}, false, {above}, Outcome::Info);
    row("a server is silent", {Good, Silent}, true, {lame, tcp, serials}, Outcome::Warn);
    row("a server refuses", {Good, Refusing}, true, {tcp, serials}, Outcome::Fail);
    row("a server that does not exist", {Good, Homeless}, true, {}, Outcome::Fail);
    row("the zone above and a server are silent", {Good, Silent}, false, {lame, tcp, serials, above}, Outcome::Warn);
    const QString firstTcp = u"ns0.example.net tcp_refused"_s;
    row("a server is silent over TCP", {Good, SlowTcp}, true, {}, Outcome::Warn); // a finding
    row("all are silent over TCP", {SlowTcp, SlowTcp}, true, {firstTcp, tcp}, Outcome::Info);
    row("all are silent over TCP, and one refuses", {SlowTcp, Refusing}, true, {tcp, serials, firstTcp}, Outcome::Fail);
    row("stopped before one answered over TCP", {Good, StoppedTcp}, true, {tcp}, Outcome::Info);
}

void AuthoritativeTest::saysWhatItDidNotSee()
{
    QFETCH(QList<Kind>, kinds);
    QFETCH(bool, isAboveHeard);
    Result<std::optional<Delegation>> above;
    if (!isAboveHeard)
        above = failure(ErrorKind::TimedOut, u"No answer."_s);
    const Judged judged = judgeAuthoritative(
        u"example.com"_s, {server(u"ns0.example.net"_s, kinds[0]), server(u"ns1.example.net"_s, kinds[1])}, above);
    QTEST(gapsIn(judged), "gaps");
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.reason.isEmpty(), gapsIn(judged).isEmpty());
    QCOMPARE(judged.reason.contains(u"No answer."), !isAboveHeard);
    const auto isOpen = [&](const QString &code) {
        return gapsIn(judged).contains(code) || gapsIn(judged).contains(u"ns1.example.net "_s + code);
    };
    for (const QString &code : {u"lame"_s, u"tcp_refused"_s, u"serials_differ"_s, u"delegation_differs"_s})
        QCOMPARE(closes(judged, code, u"ns1.example.net"_s), !isOpen(code));
    QVERIFY(closes(judged, u"lame"_s, u"ns9.example.net"_s)); // nobody names that one any more
}

void AuthoritativeTest::saysThatNobodyListsTheServers()
{
    const auto judge = [](const Result<DnsAnswer> &ns) {
        std::vector<ServerAnswer> servers{server(u"ns0.example.net"_s, Kind::Good),
                                          server(u"ns1.example.net"_s, Kind::Good)};
        for (ServerAnswer &one : servers)
            one.ns = ns;
        const Delegation above{u"com"_s, {u"ns0.example.net"_s, u"ns1.example.net"_s}, {}};
        return judgeAuthoritative(u"example.com"_s, servers, std::optional(above));
    };
    const Judged silent = judge(failure(ErrorKind::TimedOut, u"Late."_s));
    QCOMPARE(silent.outcome, Outcome::Info);
    QVERIFY(!silent.reason.isEmpty());
    QVERIFY(!closes(silent, u"delegation_differs"_s) && closes(silent, u"single_server"_s));
    DnsAnswer listed{.authoritative = true};
    for (const QString &name : {u"ns0.example.net"_s, u"ns1.example.net"_s})
        listed.answers.push_back({.name = u"example.com"_s, .type = RrType::Ns, .target = name});
    QCOMPARE(judge(listed).outcome, Outcome::Pass);
    QVERIFY(closes(judge(listed), u"delegation_differs"_s));
}

// What the resolver, and the servers of "com", say about the way down.
void AuthoritativeTest::tellsSilenceAboveFromNoDelegation_data()
{
    QTest::addColumn<QString>("above");  // what the resolver says of it
    QTest::addColumn<QString>("server"); // what the server of "com" says; empty: there is none
    QTest::addColumn<bool>("isGap");
    const QString com = u"com. 60 IN NS ns.com."_s;
    QTest::newRow("a resolver that knows this domain alone") << kRefusedAbove << QString() << false;
    QTest::newRow("a resolver that knows of none above") << u"net. 60 IN NS ns.net."_s << QString() << false;
    QTest::newRow("a resolver that is silent about it") << u"com. SILENT"_s << QString() << true;
    QTest::newRow("a resolver that fails") << u"com. SERVFAIL"_s << QString() << true;
    QTest::newRow("a server without an address") << com << QString() << true;
    QTest::newRow("a server that is silent") << com << u"example.com. SILENT"_s << true;
    QTest::newRow("a server that refuses") << com << u"example.com. REFUSED"_s << true;
    QTest::newRow("a server that is in charge of both zones")
        << com << u"example.com. 60 IN NS ns1.example.net."_s << false;
}

void AuthoritativeTest::tellsSilenceAboveFromNoDelegation()
{
    QFETCH(QString, above);
    QFETCH(QString, server);
    QFETCH(bool, isGap);
    const QStringList own{u"example.com. 60 IN SOA ns1.example.net. a.example.net. 7 7200 3600 1209600 300"_s,
                          u"example.com. 60 IN NS ns1.example.net."_s, u"example.com. 60 IN NS ns2.example.net."_s};
    const ScriptedDns down(zoneScript(own));
    const ScriptedDns up(zoneScript({server.isEmpty() ? u"x. SILENT"_s : server}));
    ZoneLook look{own + QStringList{above}};
    look.connects = {{u"ns1.example.net"_s, 53, down.address()}, {u"ns2.example.net"_s, 53, down.address()}};
    if (!server.isEmpty())
        look.connects.push_back({u"ns.com"_s, 53, up.address()});
    const Judged judged = look.run(authoritativeCheck());
    QCOMPARE(codesOf(judged), QStringList{});
    QCOMPARE(gapsIn(judged), isGap ? QStringList{u"delegation_differs"_s} : QStringList{});
    QCOMPARE(judged.outcome, isGap ? Outcome::Info : Outcome::Pass);
    // Whom the zone above named at the look before is not asked now.
    look.facts.observedBefore[u"dns.authoritative"_s] = {
        {u"delegation"_s, QJsonObject{{u"servers"_s, QJsonArray{u"ns1.example.net"_s, u"ns9.example.net"_s}}}}};
    const bool isLeftOpen = isGap || above == kRefusedAbove; // elsewhere there was a zone above
    const QStringList gaps = gapsIn(look.run(authoritativeCheck()));
    QCOMPARE(gaps, isLeftOpen ? (QStringList{u"ns9.example.net"_s, u"delegation_differs"_s}) : QStringList{});
}

// At home the zone above was seen to lead elsewhere; the resolver of an office refuses all but this domain.
void AuthoritativeTest::aRefusalRepairsNothing_data()
{
    QTest::addColumn<QJsonObject>("before");
    QTest::addColumn<QStringList>("gaps");
    const QJsonObject same{
        {u"delegation"_s,
         QJsonObject{{u"parent"_s, u"com"_s}, {u"servers"_s, QJsonArray{u"ns1.example.net"_s, u"ns2.example.net"_s}}}}};
    QJsonObject open;
    noteUnseen({{.code = u"delegation_differs"_s}}, open);
    QJsonObject named;
    noteUnseen({{.subject = u"ns9.example.net"_s}}, named);
    QTest::newRow("no look before") << QJsonObject() << QStringList();
    QTest::newRow("the zone above led to the same") << same << QStringList{u"delegation_differs"_s};
    QTest::newRow("nobody said") << open << QStringList{u"delegation_differs"_s};
    QTest::newRow("a server that nobody asked") << named << QStringList{u"ns9.example.net"_s, u"delegation_differs"_s};
    QTest::newRow("no zone above was seen") << QJsonObject{{u"delegation"_s, QJsonValue()}} << QStringList();
}

void AuthoritativeTest::aRefusalRepairsNothing()
{
    QFETCH(QJsonObject, before);
    const QStringList own{u"example.com. 60 IN SOA ns1.example.net. a.example.net. 7 7200 3600 1209600 300"_s,
                          u"example.com. 60 IN NS ns1.example.net."_s, u"example.com. 60 IN NS ns2.example.net."_s};
    const ScriptedDns down(zoneScript(own));
    ZoneLook look{own + QStringList{kRefusedAbove}};
    look.connects = {{u"ns1.example.net"_s, 53, down.address()}, {u"ns2.example.net"_s, 53, down.address()}};
    look.facts.observedBefore[u"dns.authoritative"_s] = before;
    const Judged judged = look.run(authoritativeCheck());
    QTEST(gapsIn(judged), "gaps");
    QCOMPARE(judged.outcome, gapsIn(judged).isEmpty() ? Outcome::Pass : Outcome::Info);
}

// A resolver that tells of the zone further up refuses the nearer one for a reason of its own.
void AuthoritativeTest::doesNotSkipARefusedZone()
{
    const QStringList own{u"acme.co.test. 60 IN SOA ns1.example.net. a.example.net. 7 7200 3600 1209600 300"_s,
                          u"acme.co.test. 60 IN NS ns1.example.net."_s, u"acme.co.test. 60 IN NS ns2.example.net."_s};
    const ScriptedDns down(zoneScript(own));
    const auto gapsWith = [&](const QString &above) {
        ZoneLook look{own + QStringList{u"co.test. REFUSED"_s, above}};
        look.target.domain = u"acme.co.test"_s;
        look.connects = {{u"ns1.example.net"_s, 53, down.address()}, {u"ns2.example.net"_s, 53, down.address()}};
        return gapsIn(look.run(authoritativeCheck()));
    };
    QCOMPARE(gapsWith(u"test. 60 IN NS ns.test."_s), QStringList{u"delegation_differs"_s});
    QCOMPARE(gapsWith(u"test. REFUSED"_s), QStringList());
}

// Whom the zone above named before a look that could not be made is asked for again, or not forgotten.
void AuthoritativeTest::anErrorForgetsNothing()
{
    ZoneLook look{{u"example.com. SILENT"_s}};
    look.facts.observedBefore[u"dns.authoritative"_s] = {
        {u"delegation"_s, QJsonObject{{u"servers"_s, QJsonArray{u"ns9.example.net"_s}}}}};
    const Judged error = look.run(authoritativeCheck());
    QCOMPARE(error.outcome, Outcome::Error);
    QCOMPARE(gapsIn(error), QStringList{u"ns9.example.net"_s});
    const QStringList own{u"example.com. 60 IN SOA ns1.example.net. a.example.net. 7 7200 3600 1209600 300"_s,
                          u"example.com. 60 IN NS ns1.example.net."_s, u"example.com. 60 IN NS ns2.example.net."_s};
    const ScriptedDns down(zoneScript(own));
    ZoneLook next{own + QStringList{u"com. SILENT"_s}};
    next.connects = {{u"ns1.example.net"_s, 53, down.address()}, {u"ns2.example.net"_s, 53, down.address()}};
    next.facts.observedBefore[u"dns.authoritative"_s] = error.observed;
    QCOMPARE(gapsIn(next.run(authoritativeCheck())), (QStringList{u"ns9.example.net"_s, u"delegation_differs"_s}));
}

void AuthoritativeTest::asksEachServerItself()
{
    const QString soa = u"example.com. 60 IN SOA ns1.example.net. a.example.net. %1 7200 3600 1209600 300"_s;
    const ScriptedDns first(zoneScript({soa.arg(7)}));
    const ScriptedDns second(zoneScript({soa.arg(8)}));
    ZoneLook look{{u"example.com. 60 IN NS ns1.example.net."_s, u"example.com. 60 IN NS ns2.example.net."_s}};
    look.connects = {{u"ns1.example.net"_s, 53, first.address()}, {u"ns2.example.net"_s, 53, second.address()}};
    const Judged judged = look.run(authoritativeCheck());
    QCOMPARE(codesOf(judged), QStringList{u"serials_differ"_s});
    QCOMPARE(judged.observed["servers"_L1][1]["serial"_L1].toInt(), 8);
    QVERIFY(!first.seen().at(0).recursionDesired);
    QCOMPARE(first.seen().size(), size_t(3)); // SOA over UDP and TCP, NS
}

void AuthoritativeTest::tellsAnAbsentDomainFromAFailingResolver()
{
    QCOMPARE(codesOf(ZoneLook{{u"example.net. 60 IN A 192.0.2.1"_s}}.run(authoritativeCheck())),
             QStringList{u"no_servers"_s});
    const Judged failing = ZoneLook{{u"example.com. SERVFAIL"_s}}.run(authoritativeCheck());
    QCOMPARE(failing.outcome, Outcome::Error);
    QVERIFY(failing.findings.empty());
}

void AuthoritativeTest::comparesWithTheZoneAbove_data()
{
    QTest::addColumn<QStringList>("above");
    QTest::addColumn<QStringList>("own");
    QTest::addColumn<QString>("seen"); // empty: nothing to say
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, const QStringList &above, const QStringList &own, const QString &seen,
                        Severity severity = Severity::Medium) {
        QTest::newRow(name) << above << own << seen << severity;
    };
    row("the same", {u"a"_s, u"b"_s}, {u"a"_s, u"b"_s}, {});
    row("nothing known of the domain's own", {u"a"_s}, {}, {});
    row("one more above", {u"a"_s, u"b"_s}, {u"a"_s}, u"com leads to b, which acme.com itself does not list."_s);
    row("one more in the domain", {u"a"_s}, {u"a"_s, u"b"_s},
        u"acme.com itself lists b, to which com does not lead."_s);
    row("one exchanged", {u"a"_s, u"b"_s}, {u"a"_s, u"c"_s},
        u"com leads to b, which acme.com itself does not list. "
        "acme.com itself lists c, to which com does not lead."_s);
    row("nothing in common", {u"a"_s}, {u"b"_s},
        u"com leads to a, which acme.com itself does not list. "
        "acme.com itself lists b, to which com does not lead."_s,
        Severity::High);
}

void AuthoritativeTest::comparesWithTheZoneAbove()
{
    QFETCH(QStringList, above);
    QFETCH(QStringList, own);
    QFETCH(QString, seen);
    const auto finding = judgeDelegation(u"acme.com"_s, own, {u"com"_s, above, {}});
    QCOMPARE(finding.has_value(), !seen.isEmpty());
    if (finding) {
        QCOMPARE(finding->whatWeSaw, seen);
        QTEST(finding->severity, "severity");
    }
}

// The resolver knows the way; "com" hands acme.com down to ns1 and ns2, acme.com itself lists ns1 and ns3.
void AuthoritativeTest::seesARealServersReferral()
{
    if (lab::serverProgram(u"knotd"_s).isEmpty())
        QSKIP("knot is not installed");
    const lab::KnotServer above(u"com"_s, "@ 60 SOA ns.com. a.com. 1 60 60 60 60\n"
                                          "@ 60 NS ns\nns 60 A 192.0.2.1\n"
                                          "acme 60 NS ns1.acme\nacme 60 NS ns2.acme\n"
                                          "ns1.acme 60 A 192.0.2.2\nns2.acme 60 A 192.0.2.3\n");
    const lab::KnotServer own(u"acme.com"_s, "@ 60 SOA ns1 a.com. 1 60 60 60 60\n"
                                             "@ 60 NS ns1\n@ 60 NS ns3\n"
                                             "ns1 60 A 192.0.2.2\nns3 60 A 192.0.2.4\n");
    QVERIFY(above.isReady() && own.isReady());
    ZoneLook look{
        {u"com. 60 IN NS ns.com."_s, u"acme.com. 60 IN NS ns1.acme.com."_s, u"acme.com. 60 IN NS ns3.acme.com."_s}};
    look.target.domain = u"acme.com"_s;
    look.connects = {{u"ns.com"_s, 53, above.address()}};
    for (const auto &name : {u"ns1.acme.com"_s, u"ns2.acme.com"_s, u"ns3.acme.com"_s})
        look.connects.push_back({name, 53, own.address()});
    const Judged judged = look.run(authoritativeCheck());
    QCOMPARE(codesOf(judged), QStringList{u"delegation_differs"_s});
    QCOMPARE(judged.observed["delegation"_L1]["servers"_L1].toArray().size(), 2);
    QCOMPARE(judged.observed["own_servers"_L1].toArray().size(), 2);
    QVERIFY(judged.findings.front().whatWeSaw.contains(u"ns2.acme.com"_s));
    QVERIFY(judged.findings.front().whatWeSaw.contains(u"ns3.acme.com"_s));
}

void AuthoritativeTest::tellsWhenAServerTakesNoTcp()
{
    const QStringList zone{u"example.com. 60 IN SOA ns1.example.net. a.example.net. 7 7200 3600 1209600 300"_s,
                           u"example.com. 60 IN NS ns1.example.net."_s, u"example.com. 60 IN NS ns2.example.net."_s};
    const ScriptedDns whole(zoneScript(zone));
    const ScriptedDns half(zoneScript(zone), DnsTcp::Closed);
    ZoneLook look{zone};
    look.connects = {{u"ns1.example.net"_s, 53, whole.address()}, {u"ns2.example.net"_s, 53, half.address()}};
    const Judged judged = look.run(authoritativeCheck());
    QCOMPARE(codesOf(judged), QStringList{u"tcp_refused"_s});
    QCOMPARE(judged.findings.front().subject, u"ns2.example.net"_s);
    QCOMPARE(judged.observed["servers"_L1][0]["tcp"_L1].toString(), u"answered"_s);
    QCOMPARE(judged.observed["servers"_L1][1]["tcp"_L1].toString(), u"unreachable"_s);
    QVERIFY(judged.observed["delegation"_L1].isNull());
}

void AuthoritativeTest::looksAtTheZoneAroundAName()
{
    const QString soa = u"example.com. 60 IN SOA ns1.example.net. a.example.net. 7 7200 3600 1209600 300"_s;
    const QStringList zone{soa, u"example.com. 60 IN NS ns1.example.net."_s,
                           u"example.com. 60 IN NS ns2.example.net."_s, u"app.example.com. 60 IN A 192.0.2.1"_s};
    const ScriptedDns server([&](const DnsQuestionSeen &question) {
        DnsReply reply = zoneScript(zone)(question);
        if (question.name == "app.example.com"_L1 && reply.answers.isEmpty())
            reply.authority << soa;
        return reply;
    });
    NetOptions options;
    options.resolvers = {server.address()};
    options.connects = {{u"ns1.example.net"_s, 53, server.address()}, {u"ns2.example.net"_s, 53, server.address()}};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target{u"app.example.com"_s, {{HostRole::App, u"app.example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    const Judged judged = authoritativeCheck().look(Look{seen, target, nullptr, policy, facts, {}});
    QCOMPARE(codesOf(judged), QStringList{});
    QCOMPARE(judged.outcome, Outcome::Pass);
    QCOMPARE(judged.observed["servers"_L1].toArray().size(), 2);
}

QTEST_GUILESS_MAIN(AuthoritativeTest)
#include "tst_authoritative.moc"
