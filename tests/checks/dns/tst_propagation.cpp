#include "checks/dns/propagation.h"
#include "lab/lookwithzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const NamedResolver kLocal{u"here"_s, std::nullopt, true};
const NamedResolver kPublic{u"Far"_s, SocketAddress{u"192.0.2.53"_s, 53}, false};

// "192.0.2.1 192.0.2.2", or a word for one of the kinds of nothing.
Result<DnsAnswer> answer(const QString &text, RrType type = RrType::A)
{
    if (text == "timeout"_L1)
        return failure(ErrorKind::TimedOut, u"silent"_s);
    DnsAnswer made;
    made.status = text == "nxdomain"_L1   ? DnsStatus::NxDomain
                  : text == "servfail"_L1 ? DnsStatus::ServFail
                  : text == "nodata"_L1   ? DnsStatus::NoData
                                          : DnsStatus::Answered;
    if (made.status == DnsStatus::Answered) {
        for (const QString &value : text.split(u' ')) {
            DnsRecord record{.name = u"example.com"_s, .type = type, .ttl = 90};
            record.address = value;
            record.target = value;
            record.text = value.toLatin1();
            made.answers.push_back(record);
        }
    }
    return made;
}

PropagationFacts facts(const QStringList &owners, const QString &local, const QString &far, RrType type = RrType::A)
{
    ComparedQuestion compared{{.name = u"example.com"_s, .type = type}, {}, {}};
    for (const QString &owner : owners)
        compared.owners.push_back(answer(owner, type));
    compared.answers = {answer(local, type), answer(far, type)};
    return {{kLocal, kPublic}, {compared}};
}

} // namespace

class TestPropagation : public QObject
{
    Q_OBJECT

private slots:
    void compares_data();
    void compares();
    void anEdgeAnswersDifferentlyEverywhere();
    void oneViewIsNoComparison();
    void tellsForHowLong();
    void comparesTwoServers();
    void theShippedListIsSound();
    void refusesBadLists_data();
    void refusesBadLists();
};

void TestPropagation::compares_data()
{
    QTest::addColumn<QStringList>("owners");
    QTest::addColumn<QString>("local");
    QTest::addColumn<QString>("far");
    QTest::addColumn<QStringList>("codes");
    const QString one = u"192.0.2.1"_s;
    const QString two = u"192.0.2.2"_s;
    const QString both = u"192.0.2.1 192.0.2.2"_s;
    const auto row = [](const char *name, const QStringList &owners, const QString &local, const QString &far,
                        const QStringList &codes) { QTest::newRow(name) << owners << local << far << codes; };
    const QStringList notSpread{u"not_spread"_s};
    row("all agree", {one, one}, one, one, {});
    row("nobody has a record", {u"nodata"_s}, u"nodata"_s, u"nodata"_s, {});
    row("old answer far away", {one}, one, two, notSpread);
    row("old answer here and far away", {one}, two, two, notSpread);
    row("old answer here only", {one}, two, one, {u"local_view"_s});
    row("a new record is not known yet", {one}, one, u"nxdomain"_s, notSpread);
    row("a deleted record is still known", {u"nxdomain"_s}, u"nxdomain"_s, one, notSpread);
    row("a part of the addresses", {both}, one, two, {});
    row("servers that disagree themselves", {one, two}, one, two, {});
    row("a resolver fails", {one}, one, u"servfail"_s, {u"resolver_fails"_s});
    row("every resolver fails, the servers answer", {one}, u"servfail"_s, u"servfail"_s, {u"resolver_fails"_s});
    row("all fail", {u"servfail"_s}, u"servfail"_s, u"servfail"_s, {});
    row("a resolver is silent", {one}, one, u"timeout"_s, {});
    row("the servers cannot be asked, the views agree", {u"timeout"_s}, one, one, {});
    row("the servers cannot be asked, the views differ", {u"timeout"_s}, one, two, notSpread);
}

void TestPropagation::compares()
{
    QFETCH(QStringList, owners);
    QFETCH(QString, local);
    QFETCH(QString, far);
    const Judged judged = judgePropagation(facts(owners, local, far));
    QTEST(codesOf(judged), "codes");
    QVERIFY(judged.findings.empty() || judged.outcome != Outcome::Pass);
    // Text has no parts: any difference counts.
    if (owners == QStringList{u"192.0.2.1 192.0.2.2"_s})
        QCOMPARE(codesOf(judgePropagation(facts(owners, local, far, RrType::Txt))), QStringList{u"not_spread"_s});
}

void TestPropagation::anEdgeAnswersDifferentlyEverywhere()
{
    // Two addresses of the same edge, and one that is not.
    QVERIFY(judgePropagation(facts({u"104.16.1.1"_s}, u"104.17.1.1"_s, u"172.64.0.1"_s)).findings.empty());
    QCOMPARE(codesOf(judgePropagation(facts({u"104.16.1.1"_s}, u"104.17.1.1"_s, u"192.0.2.1"_s))),
             QStringList{u"not_spread"_s});
}

void TestPropagation::oneViewIsNoComparison()
{
    const Judged judged = judgePropagation(facts({}, u"192.0.2.1"_s, u"timeout"_s));
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
}

void TestPropagation::tellsForHowLong()
{
    const Judged judged = judgePropagation(facts({u"192.0.2.1"_s}, u"192.0.2.1"_s, u"192.0.2.2"_s));
    QVERIFY2(judged.findings.front().whatWeSaw.contains(u"Far says 192.0.2.2, for up to 2 minute"_s),
             qPrintable(judged.findings.front().whatWeSaw));
    QCOMPARE(judged.findings.front().subject, u"example.com A"_s);
}

void TestPropagation::comparesTwoServers()
{
    const QStringList common{u"example.com. 300 IN NS ns1.example.com."_s, u"ns1.example.com. 300 IN A 127.0.0.1"_s,
                             u"www.example.com. 300 IN A 192.0.2.9"_s};
    const ScriptedDns today(zoneScript(common + QStringList{u"example.com. 300 IN A 192.0.2.1"_s}));
    const ScriptedDns yesterday(zoneScript(common + QStringList{u"example.com. 300 IN A 192.0.2.2"_s}));
    NetOptions options;
    options.resolvers = {today.address(), yesterday.address()};
    options.connects = {{u"ns1.example.com"_s, 53, today.address()}};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}, {HostRole::Www, u"www.example.com"_s}}};
    const Policy policy;
    const ProjectFacts none;
    const Judged judged =
        propagationCheck().look(Look{seen, target, nullptr, policy, none, QDateTime::currentDateTimeUtc()});
    QCOMPARE(codesOf(judged), QStringList{u"not_spread"_s});
    QCOMPARE(judged.findings.front().subject, u"example.com A"_s);
}

void TestPropagation::theShippedListIsSound()
{
    const auto resolvers = resolversToCompare(NetOptions{});
    QVERIFY(resolvers.size() >= 4);
    QVERIFY(resolvers.front().isLocal && !resolvers.front().address);
    NetOptions given;
    given.resolvers = {{u"127.0.0.1"_s, 5353}};
    QCOMPARE(resolversToCompare(given).size(), size_t(1));
}

void TestPropagation::refusesBadLists_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray("{\"resolvers\": []}");
    QTest::newRow("a name as address") << QByteArray(
        "{\"resolvers\": [{\"name\": \"A\", \"address\": \"dns.example\"}]}");
    QTest::newRow("no name") << QByteArray("{\"resolvers\": [{\"address\": \"192.0.2.1\"}]}");
}

void TestPropagation::refusesBadLists()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseResolvers(json));
}

QTEST_GUILESS_MAIN(TestPropagation)
#include "tst_propagation.moc"
