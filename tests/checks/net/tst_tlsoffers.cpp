// Hellos that nobody sends who means to talk, against servers that no library of today can be made to be.
#include "checks/engine/observations.h"
#include "checks/net/ciphersuites.h"
#include "checks/net/finitefield.h"
#include "checks/net/tlsciphers.h"
#include "checks/net/tlsgroups.h"
#include "checks/net/tlsoffer.h"
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

// A run in which offers end as the words say.
struct Prepared
{
    Prepared() : observations(NetOptions(), CancelToken(), Deadline::in(20s), nullptr) {}
    void put(const TlsOffer &offer, const QString &end)
    {
        if (end == "unreachable"_L1 || end == "late"_L1)
            observations.put(offer, failure(end == "late"_L1 ? ErrorKind::TimedOut : ErrorKind::Unreachable, end));
        else if (end == "odd"_L1)
            observations.put(offer, failure(ErrorKind::Protocol, end));
        else if (end == "taken"_L1)
            observations.put(offer, OfferAnswer{.end = OfferEnd::Taken, .hello = {.version = offer.offer.version}});
        else if (end == "closed"_L1)
            observations.put(offer, OfferAnswer{.end = OfferEnd::Closed});
        else if (end == "ignored"_L1)
            observations.put(offer, OfferAnswer{.end = OfferEnd::Ignored, .problem = u"late"_s});
        else
            observations.put(offer, OfferAnswer());
    }
    Observations observations;
};

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
    void tellsRefusalsFromFailures_data();
    void tellsRefusalsFromFailures();
    void askedForCiphersTellsRefusalsFromFailures_data();
    void askedForCiphersTellsRefusalsFromFailures();
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
    row("3DES for TLS 1.0 alone", {.versions = {Tls10, Tls12}, .suites = {0xc02f}, .oldSuites = {0xc013, 0x000a}},
        u"3des"_s);
    row("another one in each version", {.versions = {Tls10, Tls12}, .suites = {0xc02f, 0x0005}, .oldSuites = {0x000a}},
        u"rc4 3des"_s);
    row("a prime of 1024 bits behind a warning", {.suites = {0xc02f, 0x0033}, .primeBits = 1024, .warnsFirst = true},
        u"dh1024"_s);
    row("closes when it refuses", {.versions = {Tls12, Tls13}, .suites = {0xc02f}, .closesWhenRefusing = true}, u""_s);
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

void TestTlsOffers::tellsRefusalsFromFailures_data()
{
    QTest::addColumn<QString>("outdated"); // how an offer of TLS 1.0 ends; the others are refused
    QTest::addColumn<QString>("current");  // of TLS 1.2, first and second time; TLS 1.3 is taken
    QTest::addColumn<QString>("again");
    QTest::addColumn<QString>("versions"); // or the error
    const auto row = [](const char *name, const QString &outdated, const QString &current, const QString &again,
                        const QString &versions) { QTest::newRow(name) << outdated << current << again << versions; };
    const QString both = u"TLS 1.2 TLS 1.3"_s;
    row("all current ones", u"refused"_s, u"taken"_s, {}, both);
    row("an outdated one", u"taken"_s, u"taken"_s, {}, u"TLS 1.0 TLS 1.2 TLS 1.3"_s);
    row("an outdated one is closed on", u"closed"_s, u"taken"_s, {}, both);
    row("an outdated one is ignored", u"ignored"_s, u"taken"_s, {}, both);
    row("an outdated one is answered in the clear", u"odd"_s, u"taken"_s, {}, both);
    row("a current one is answered in the clear", u"refused"_s, u"odd"_s, {}, u"odd"_s);
    row("no connection for an outdated one", u"unreachable"_s, u"taken"_s, {}, u"unreachable"_s);
    row("no time for an outdated one", u"late"_s, u"taken"_s, {}, u"late"_s);
    row("a current one is refused", u"refused"_s, u"refused"_s, {}, u"TLS 1.3"_s);
    row("a current one is closed on once", u"refused"_s, u"closed"_s, u"taken"_s, both);
    row("a current one is closed on twice", u"refused"_s, u"closed"_s, u"closed"_s, u"TLS 1.3"_s);
    row("a current one is ignored", u"refused"_s, u"ignored"_s, {}, u"late"_s);
    row("closed on, then unreachable", u"refused"_s, u"closed"_s, u"unreachable"_s, u"unreachable"_s);
}

void TestTlsOffers::tellsRefusalsFromFailures()
{
    QFETCH(QString, outdated);
    QFETCH(QString, current);
    QFETCH(QString, again);
    using enum TlsVersion;
    Prepared seen;
    for (const TlsVersion version : {Ssl3, Tls11})
        seen.put({.host = kHost, .offer = {.version = version}}, u"refused"_s);
    seen.put({.host = kHost, .offer = {.version = Tls10}}, outdated);
    seen.put({.host = kHost, .offer = {.version = Tls12}}, current);
    seen.put({.host = kHost, .offer = {.version = Tls12}, .attempt = 1}, again);
    seen.put({.host = kHost, .offer = {.version = Tls13}}, u"taken"_s);
    seen.observations.put(TlsHandshake{kHost}, TlsSession()); // of TLS 1.3
    const auto versions = seen.observations.ask(TlsVersionsOffered{kHost});
    QStringList words;
    if (!*versions)
        words += versions->error().message;
    for (const TlsVersion version : versions->value_or(std::vector<TlsVersion>()))
        words += toWord(version);
    QTEST(words.join(u' '), "versions");
}

void TestTlsOffers::askedForCiphersTellsRefusalsFromFailures_data()
{
    QTest::addColumn<QString>("weak");
    QTest::addColumn<QString>("secret"); // the offer of forward secrecy, first and second time
    QTest::addColumn<QString>("again");
    QTest::addColumn<QString>("agreed"); // suite of a whole handshake
    QTest::addColumn<QString>("prime");
    QTest::addColumn<QString>("found"); // or the error
    const auto row = [](const char *name, const QString &weak, const QString &secret, const QString &again,
                        const QString &agreed, const QString &prime, const QString &found) {
        QTest::newRow(name) << weak << secret << again << agreed << prime << found;
    };
    const QString no = u"refused"_s;
    const QString none;
    row("all good", no, u"taken"_s, none, none, no, none);
    row("closes on a weak offer", u"closed"_s, u"taken"_s, none, none, no, none);
    row("ignores a weak offer", u"ignored"_s, u"taken"_s, none, none, no, none);
    row("no connection for a weak offer", u"unreachable"_s, u"taken"_s, none, none, no, u"unreachable"_s);
    row("no time for a weak offer", u"late"_s, u"taken"_s, none, none, no, u"late"_s);
    row("no connection for the prime", no, u"taken"_s, none, none, u"unreachable"_s, u"unreachable"_s);
    row("refuses forward secrecy", no, no, none, none, no, u"no-fs"_s);
    row("closes once", no, u"closed"_s, u"taken"_s, none, no, none);
    row("closes twice", no, u"closed"_s, u"closed"_s, none, no, u"no-fs"_s);
    row("closes twice, but a handshake agrees on it", no, u"closed"_s, u"closed"_s, u"ECDHE-RSA-AES128-GCM-SHA256"_s,
        no, none);
    row("refuses, but a handshake agrees on it", no, no, none, u"DHE-RSA-AES128-GCM-SHA256"_s, no, none);
    row("refuses, and a handshake agrees on less", no, no, none, u"AES128-GCM-SHA256"_s, no, u"no-fs"_s);
    row("ignores the offer", no, u"ignored"_s, none, none, no, u"late"_s);
}

void TestTlsOffers::askedForCiphersTellsRefusalsFromFailures()
{
    QFETCH(QString, weak);
    QFETCH(QString, secret);
    QFETCH(QString, again);
    QFETCH(QString, agreed);
    QFETCH(QString, prime);
    Prepared seen;
    std::vector<std::uint16_t> weakIds;
    for (const WeakSuite &suite : weakSuites())
        weakIds.push_back(suite.id);
    const auto offer = [](std::span<const std::uint16_t> suites, int attempt = 0) {
        return TlsOffer{.host = kHost, .offer = {.suites = {suites.begin(), suites.end()}}, .attempt = attempt};
    };
    seen.put(offer(weakIds), weak);
    seen.put(offer(forwardSecretSuites()), secret);
    seen.put(offer(forwardSecretSuites(), 1), again);
    seen.put(offer(aeadSuites()), u"taken"_s);
    seen.observations.put(FiniteFieldPrime{kHost}, prime == "refused"_L1
                                                       ? Result<std::optional<int>>(std::optional<int>())
                                                       : failure(ErrorKind::Unreachable, prime));
    seen.observations.put(TlsVersionsOffered{kHost}, std::vector{TlsVersion::Tls12});
    TlsSession session;
    session.version = TlsVersion::Tls12;
    session.cipher = agreed;
    seen.observations.put(TlsHandshake{kHost},
                          agreed.isEmpty() ? failure(ErrorKind::Protocol, u"no"_s) : Result<TlsSession>(session));
    const auto facts = seen.observations.ask(TlsCiphers{kHost});
    QTEST(*facts ? words(**facts) : facts->error().message, "found");
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
    QTest::newRow("a warning before it") << hex("15030300020170") + exchange << PrimeRead{Found, 9};
    QTest::newRow("a warning alone") << hex("15030300020170") << PrimeRead{NeedMore, 0};
    QTest::newRow("the farewell before it") << hex("15030300020100") + exchange << PrimeRead{Absent, 0};
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
