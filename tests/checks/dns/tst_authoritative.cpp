#include "checks/dns/authoritative.h"
#include "lab/lookwithzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

enum class Kind { Good, Older, Lame, Refusing, Silent, Homeless };

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
    void asksEachServerItself();
    void tellsAnAbsentDomainFromAFailingResolver();
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
    QCOMPARE(first.seen().size(), size_t(1));
}

void AuthoritativeTest::tellsAnAbsentDomainFromAFailingResolver()
{
    QCOMPARE(codesOf(ZoneLook{{u"example.net. 60 IN A 192.0.2.1"_s}}.run(authoritativeCheck())),
             QStringList{u"no_servers"_s});
    const Judged failing = ZoneLook{{u"example.com. SERVFAIL"_s}}.run(authoritativeCheck());
    QCOMPARE(failing.outcome, Outcome::Error);
    QVERIFY(failing.findings.empty());
}

QTEST_GUILESS_MAIN(AuthoritativeTest)
#include "tst_authoritative.moc"
