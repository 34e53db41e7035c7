// Hellos that nobody sends who means to talk, against servers that no library of today can be made to be.
#include "checks/engine/observations.h"
#include "checks/net/ciphersuites.h"
#include "checks/net/finitefield.h"
#include "checks/net/tlsciphers.h"
#include "checks/net/tlsgroups.h"
#include "tests/lab/scriptedtls.h"

#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"shop.example"_s;

NetOptions optionsFor(quint16 port)
{
    NetOptions options;
    options.operationTimeout = 600ms;
    options.connects = {{kHost, 443, {u"127.0.0.1"_s, port}}};
    return options;
}

template<typename Q>
Result<typename Q::Answer> askAt(quint16 port, const Q &question, CancelToken token = {})
{
    QThreadPool pool; // hellos side by side, as in a run
    pool.setMaxThreadCount(8);
    Observations seen(optionsFor(port), token, Deadline::in(20s), &pool);
    return *seen.ask(question);
}

QString words(const CipherFacts &facts)
{
    QStringList all;
    for (const std::uint16_t id : facts.weakPicks)
        all += toWord(weakSuite(id)->family);
    if (!facts.hasForwardSecrecy)
        all += u"no-fs"_s;
    if (!facts.hasAead)
        all += u"no-aead"_s;
    if (facts.primeBits)
        all += u"dh%1"_s.arg(*facts.primeBits);
    return all.join(u' ');
}

QString words(const std::vector<TlsGroup> &groups)
{
    QStringList all;
    for (const TlsGroup &group : groups)
        all += QString::fromLatin1(group.name);
    return all.join(u' ');
}

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::TlsTraits)
Q_DECLARE_METATYPE(cockpit::lab::Script)

class TestTlsOffers : public QObject
{
    Q_OBJECT

private slots:
    void findsWeakSuites_data();
    void findsWeakSuites();
    void asksAGoodServerFewTimes();
    void findsGroups_data();
    void findsGroups();
    void readsPrimes_data();
    void readsPrimes();
    void endsBadServers_data();
    void endsBadServers();
    void stopsWhenCancelled();
};

void TestTlsOffers::findsWeakSuites_data()
{
    QTest::addColumn<TlsTraits>("traits");
    QTest::addColumn<QString>("found");
    using enum TlsVersion;
    const auto row = [](const char *name, const TlsTraits &traits, const QString &found) {
        QTest::newRow(name) << traits << found;
    };
    row("a modern server", {.versions = {Tls12, Tls13}, .suites = {0xc02f, 0xc030}}, u""_s);
    row("TLS 1.3 alone", {.versions = {Tls13}}, u""_s);
    row("RC4 too", {.suites = {0xc02f, 0x0005}}, u"rc4"_s);
    row("3DES too", {.suites = {0xc02f, 0x000a}}, u"3des"_s);
    row("DES too", {.suites = {0xc02f, 0x0009}}, u"des"_s);
    row("export suites too", {.versions = {Tls10}, .suites = {0xc013, 0x0003}}, u"export no-aead"_s);
    row("no encryption too", {.suites = {0xc02f, 0x0002}}, u"null"_s);
    row("anonymous too", {.suites = {0xc02f, 0xc018}}, u"anonymous"_s);
    row("all of them",
        {.versions = {Ssl3, Tls10, Tls12}, .suites = {0x0005, 0x000a, 0x0009, 0x0003, 0x0002, 0xc018, 0xc02f}},
        u"null anonymous export des rc4 3des"_s);
    row("several of one family count once", {.suites = {0xc02f, 0x0005, 0x0004, 0xc011}}, u"rc4"_s);
    row("SSL 3 and RC4 alone", {.versions = {Ssl3}, .suites = {0x0005}}, u"rc4 no-fs no-aead"_s);
    row("without forward secrecy", {.suites = {0x009c, 0x002f}}, u"no-fs"_s);
    row("CBC only", {.suites = {0xc013, 0xc027}}, u"no-aead"_s);
    row("a prime of 1024 bits", {.suites = {0xc02f, 0x0033}, .primeBits = 1024}, u"dh1024"_s);
    row("a prime of 512 bits", {.suites = {0xc02f, 0x009e}, .primeBits = 512}, u"dh512"_s);
    row("a prime of 2047 bits", {.suites = {0xc02f, 0x009e}, .primeBits = 2047}, u"dh2047"_s);
    row("mute when it refuses", {.versions = {Tls12, Tls13}, .suites = {0xc02f}, .isMuteWhenRefusing = true}, u""_s);
}

void TestTlsOffers::findsWeakSuites()
{
    QFETCH(TlsTraits, traits);
    const HostileServer server(scriptedTls(traits));
    const auto facts = askAt(server.port(), TlsCiphers{kHost});
    QVERIFY2(facts, facts ? "" : qPrintable(facts.error().message));
    QCOMPARE(facts->versions, traits.versions);
    QTEST(words(*facts), "found");
}

void TestTlsOffers::asksAGoodServerFewTimes()
{
    const HostileServer server(scriptedTls({.versions = {TlsVersion::Tls12, TlsVersion::Tls13}}));
    QVERIFY(askAt(server.port(), TlsCiphers{kHost}));
    QCOMPARE(server.connections(), 5 + 4); // versions; weak, forward secret, AEAD, finite field
}

void TestTlsOffers::findsGroups_data()
{
    QTest::addColumn<std::vector<quint16>>("groups");
    QTest::addColumn<QString>("found");
    QTest::newRow("post-quantum") << std::vector<quint16>{0x11ec, 0x001d} << u"X25519MLKEM768 x25519"_s;
    QTest::newRow("the other hybrid") << std::vector<quint16>{0x11eb, 0x0017} << u"SecP256r1MLKEM768 secp256r1"_s;
    QTest::newRow("curves of NIST") << std::vector<quint16>{0x0017, 0x0018, 0x0019}
                                    << u"secp256r1 secp384r1 secp521r1"_s;
    QTest::newRow("none that is asked for") << std::vector<quint16>{0x0100} << u""_s;
}

void TestTlsOffers::findsGroups()
{
    QFETCH(std::vector<quint16>, groups);
    const HostileServer server(scriptedTls({.versions = {TlsVersion::Tls13}, .groups = groups}));
    const auto found = askAt(server.port(), TlsGroupsOffered{kHost});
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QTEST(words(*found), "found");
}

void TestTlsOffers::readsPrimes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<PrimeRead>("read");
    using enum FlightState;
    const auto hex = [](const char *text) { return QByteArray::fromHex(text); };
    // A record with ServerKeyExchange: a prime of two octets (0x01ff), a generator, a share.
    const QByteArray exchange = hex("160303000f"
                                    "0c00000b"
                                    "000201ff"
                                    "000102"
                                    "00020102");
    QTest::newRow("nothing yet") << QByteArray() << PrimeRead{NeedMore, 0};
    QTest::newRow("nine bits") << exchange << PrimeRead{Found, 9};
    QTest::newRow("leading zeros do not count") << hex("160303000c"
                                                       "0c000008"
                                                       "00040000"
                                                       "00ff"
                                                       "0001")
                                                << PrimeRead{Found, 8};
    QTest::newRow("half a record") << exchange.first(8) << PrimeRead{NeedMore, 0};
    QTest::newRow("a message in two records") << hex("1603030006"
                                                     "0c00000b"
                                                     "0002"
                                                     "1603030009"
                                                     "01ff"
                                                     "000102"
                                                     "00020102")
                                              << PrimeRead{Found, 9};
    QTest::newRow("the hello is done") << hex("1603030004"
                                              "0e000000")
                                       << PrimeRead{Absent, 0};
    QTest::newRow("an alert") << hex("15030300020228") << PrimeRead{Absent, 0};
    QTest::newRow("no prime at all") << hex("1603030006"
                                            "0c000002"
                                            "0000")
                                     << PrimeRead{Absent, 0};
    QTest::newRow("a prime longer than its message") << hex("1603030006"
                                                            "0c000002"
                                                            "ffff")
                                                     << PrimeRead{Absent, 0};
    QTest::newRow("a record longer than allowed") << hex("160303ffff") << PrimeRead{Absent, 0};
}

void TestTlsOffers::readsPrimes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(PrimeRead, read);
    const PrimeRead got = readPrime(bytes);
    QCOMPARE(int(got.state), int(read.state));
    QCOMPARE(got.bits, read.bits);
}

void TestTlsOffers::endsBadServers_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("silent") << Script([](Connection &c) { c.hang(); }) << ErrorKind::TimedOut;
    QTest::newRow("plain HTTP") << Script([](Connection &c) {
        c.readSome();
        c.write("HTTP/1.1 400 Bad\r\n\r\n");
    }) << ErrorKind::Protocol;
    QTest::newRow("endless warnings") << Script([](Connection &c) {
        while (c.write(QByteArray::fromHex("15030300020170"))) {
        }
    }) << ErrorKind::TimedOut;
    QTest::newRow("closes at once") << Script([](Connection &c) { c.readSome(); }) << ErrorKind::Protocol;
}

void TestTlsOffers::endsBadServers()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    const HostileServer server(script);
    const auto facts = askAt(server.port(), TlsCiphers{kHost});
    QVERIFY(!facts);
    QVERIFY2(facts.error().kind == kind || kind == ErrorKind::TimedOut, qPrintable(facts.error().message));
    QVERIFY(facts.error().message.contains(kHost));
}

void TestTlsOffers::stopsWhenCancelled()
{
    const HostileServer server([](Connection &c) { c.hang(); });
    CancelToken token;
    std::thread user([&] {
        QTRY_VERIFY(server.connections() > 0);
        token.cancel();
    });
    const auto groups = askAt(server.port(), TlsGroupsOffered{kHost}, token);
    user.join();
    QVERIFY(!groups);
    QCOMPARE(groups.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestTlsOffers)
#include "tst_tlsoffers.moc"
