#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "checks/net/hostaddresses.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"shop.example"_s;

DnsLookup lookup(RrType type)
{
    DnsLookup question;
    question.name = kHost;
    question.type = type;
    return question;
}

DnsAnswer answered(RrType type, const QStringList &addresses)
{
    DnsAnswer answer;
    for (const QString &address : addresses) {
        DnsRecord record;
        record.name = kHost;
        record.type = type;
        record.address = address;
        answer.answers.push_back(record);
    }
    return answer;
}

DnsAnswer nothing(DnsStatus status)
{
    DnsAnswer answer;
    answer.status = status;
    return answer;
}

class Names
{
public:
    explicit Names(const NetOptions &options = {}) : m_seen(options, CancelToken(), Deadline::in(5s), nullptr) {}
    void say(RrType type, Result<DnsAnswer> answer) { m_seen.put(lookup(type), std::move(answer)); }
    Result<std::vector<SocketAddress>> ask(const QString &host = kHost)
    {
        return *m_seen.ask(HostAddresses{host, 443});
    }

    NameLookup lookupOfHost() { return lookupOf(kHost, 443, m_seen); }

private:
    Observations m_seen;
};

} // namespace

class TestHostAddresses : public QObject
{
    Q_OBJECT

private slots:
    void joinsBothFamilies()
    {
        Names names;
        names.say(RrType::A, answered(RrType::A, {u"192.0.2.1"_s, u"192.0.2.2"_s}));
        names.say(RrType::Aaaa, answered(RrType::Aaaa, {u"2001:db8::1"_s}));
        const auto addresses = names.ask();
        QVERIFY(addresses);
        const std::vector<SocketAddress> wanted{{u"192.0.2.1"_s, 443}, {u"192.0.2.2"_s, 443}, {u"2001:db8::1"_s, 443}};
        QCOMPARE(*addresses, wanted);
    }

    void oneFamilyIsEnough()
    {
        Names names;
        names.say(RrType::A, failure(ErrorKind::TimedOut, u"silent"_s));
        names.say(RrType::Aaaa, answered(RrType::Aaaa, {u"2001:db8::1"_s}));
        const auto addresses = names.ask();
        QVERIFY(addresses);
        QCOMPARE(addresses->size(), std::size_t(1));
    }

    void saysWhyThereIsNone_data()
    {
        QTest::addColumn<DnsStatus>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("no such name") << DnsStatus::NxDomain << u"does not exist"_s;
        QTest::newRow("no address") << DnsStatus::NoData << u"has no address"_s;
        QTest::newRow("broken zone") << DnsStatus::ServFail << toWord(DnsStatus::ServFail);
    }
    void saysWhyThereIsNone()
    {
        QFETCH(DnsStatus, status);
        QFETCH(QString, words);
        Names names;
        names.say(RrType::A, nothing(status));
        names.say(RrType::Aaaa, nothing(status));
        const auto addresses = names.ask();
        QVERIFY(!addresses);
        QCOMPARE(addresses.error().kind, ErrorKind::Unreachable);
        QVERIFY2(addresses.error().message.contains(words), qPrintable(addresses.error().message));
        QVERIFY(addresses.error().message.contains(kHost));
    }

    // "There is none" is for DNS to say, of both families.
    void tellsAbsenceFromSilence_data()
    {
        QTest::addColumn<Result<DnsAnswer>>("v4");
        QTest::addColumn<Result<DnsAnswer>>("v6");
        QTest::addColumn<NameLookup>("lookup");
        const auto row = [](const char *name, Result<DnsAnswer> v4, Result<DnsAnswer> v6, NameLookup lookup) {
            QTest::newRow(name) << std::move(v4) << std::move(v6) << lookup;
        };
        const Result<DnsAnswer> silent = failure(ErrorKind::TimedOut, u"silent"_s);
        row("no such name", nothing(DnsStatus::NxDomain), nothing(DnsStatus::NxDomain), NameLookup::Absent);
        row("no address", nothing(DnsStatus::NoData), nothing(DnsStatus::NoData), NameLookup::Absent);
        row("an alias that leads nowhere", nothing(DnsStatus::Answered), nothing(DnsStatus::NoData),
            NameLookup::Absent);
        row("one is silent", nothing(DnsStatus::NoData), silent, NameLookup::Unknown);
        row("one fails", nothing(DnsStatus::ServFail), nothing(DnsStatus::NoData), NameLookup::Unknown);
        row("one has an address", silent, answered(RrType::Aaaa, {u"2001:db8::1"_s}), NameLookup::Known);
    }
    void tellsAbsenceFromSilence()
    {
        QFETCH(Result<DnsAnswer>, v4);
        QFETCH(Result<DnsAnswer>, v6);
        Names names;
        names.say(RrType::A, v4);
        names.say(RrType::Aaaa, v6);
        QTEST(names.lookupOfHost(), "lookup");
    }

    void passesSilenceOn()
    {
        Names names;
        names.say(RrType::A, failure(ErrorKind::TimedOut, u"the DNS server was silent"_s));
        names.say(RrType::Aaaa, nothing(DnsStatus::NoData));
        const auto addresses = names.ask();
        QVERIFY(!addresses);
        QCOMPARE(addresses.error().kind, ErrorKind::TimedOut);
    }

    void asksNobodyAboutLiterals_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("ip");
        QTest::newRow("IPv4") << u"192.0.2.9"_s << u"192.0.2.9"_s;
        QTest::newRow("IPv6") << u"2001:db8::9"_s << u"2001:db8::9"_s;
        QTest::newRow("IPv6 in brackets") << u"[2001:db8::9]"_s << u"2001:db8::9"_s;
    }
    void asksNobodyAboutLiterals()
    {
        QFETCH(QString, host);
        const auto addresses = Names().ask(host);
        QVERIFY(addresses);
        QTEST(addresses->front().ip, "ip");
    }

    void followsOverrides()
    {
        NetOptions options;
        options.connects = {{kHost, 443, {u"127.0.0.1"_s, 8443}}};
        const auto addresses = Names(options).ask();
        QVERIFY(addresses);
        QCOMPARE(*addresses, (std::vector<SocketAddress>{{u"127.0.0.1"_s, 8443}}));
    }
};

QTEST_GUILESS_MAIN(TestHostAddresses)
#include "tst_hostaddresses.moc"
