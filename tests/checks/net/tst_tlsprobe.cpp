#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsprobe.h"
#include "tests/lab/hostileserver.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"shop.example"_s;
constexpr qint64 kLate = 2500;

// A small public key infrastructure: one root that is trusted, one that nobody knows.
struct Authorities
{
    Identity root = makeRoot(u"Known root"_s);
    Identity intermediate = makeIntermediate(u"Known intermediate"_s, root);
    Identity strangeRoot = makeRoot(u"Strange root"_s);
    Identity strangeIntermediate = makeIntermediate(u"Strange intermediate"_s, strangeRoot);
};

CertificateSpec leafSpec()
{
    return {.commonName = kHost, .names = {kHost, u"*.shop.example"_s, u"192.0.2.7"_s}};
}

Script quiet()
{
    return [](Connection &connection) { connection.hang(); };
}

// A server's look from outside, with the known root in --ca-file.
class Handshaker
{
public:
    Handshaker(quint16 port, const std::vector<Identity> &roots)
    {
        if (m_file.open())
            m_file.write(pemOf(roots));
        m_file.close();
        m_options.operationTimeout = 800ms;
        m_options.connects = {{kHost, 443, {u"127.0.0.1"_s, port}}};
        m_options.caFile = m_file.fileName();
    }
    template<typename Q>
    auto ask(const Q &question, CancelToken token = {})
    {
        Observations seen(m_options, token, Deadline::in(20s), nullptr);
        return *seen.ask(question);
    }
    NetOptions &options() { return m_options; }

private:
    QTemporaryFile m_file;
    NetOptions m_options;
};

} // namespace

Q_DECLARE_METATYPE(std::vector<cockpit::lab::Identity>)
Q_DECLARE_METATYPE(cockpit::lab::Script)

class TestTlsProbe : public QObject
{
    Q_OBJECT

private slots:
    void readsTheSession()
    {
        const Authorities ca;
        CertificateSpec spec = leafSpec();
        spec.caIssuersUrl = u"http://ca.example/issuer.der"_s;
        HostileServer server(quiet(), TlsSetup{.chain = {makeSigned(spec, ca.intermediate), ca.intermediate}});
        Handshaker look(server.port(), {ca.root});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QCOMPARE(session->peer, (SocketAddress{u"127.0.0.1"_s, server.port()}));
        QCOMPARE(session->version, TlsVersion::Tls13);
        QVERIFY(session->cipher.startsWith("TLS_"_L1));
        QCOMPARE(session->group, u"x25519"_s);
        QCOMPARE(session->chain.size(), std::size_t(2));
        const Certificate &leaf = session->chain.front();
        QCOMPARE(leaf.subject, kHost);
        QCOMPARE(leaf.issuer, u"Known intermediate"_s);
        QCOMPARE(leaf.names, spec.names);
        QCOMPARE(leaf.notBefore.toSecsSinceEpoch(), spec.notBefore.toSecsSinceEpoch());
        QCOMPARE(leaf.notAfter.toSecsSinceEpoch(), spec.notAfter.toSecsSinceEpoch());
        QCOMPARE(leaf.keyType, u"EC"_s);
        QCOMPARE(leaf.keyBits, 256);
        QCOMPARE(leaf.signature, u"ecdsa-with-SHA256"_s);
        QCOMPARE(leaf.fingerprint.size(), 64);
        QCOMPARE(leaf.caIssuersUrl, spec.caIssuersUrl);
        QVERIFY(!leaf.isSelfSigned);
    }

    void readsKeys_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("bits");
        QTest::newRow("RSA 2048") << int(KeyKind::Rsa2048) << u"RSA"_s << 2048;
        QTest::newRow("RSA 1024, too short to be trusted") << int(KeyKind::Rsa1024) << u"RSA"_s << 1024;
        QTest::newRow("Ed25519") << int(KeyKind::Ed25519) << u"Ed25519"_s << 256;
    }
    void readsKeys()
    {
        QFETCH(int, kind);
        CertificateSpec spec = leafSpec();
        spec.key = KeyKind(kind);
        HostileServer server(quiet(), TlsSetup{.chain = {makeSelfSigned(spec)}});
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY(session);
        QTEST(session->chain.front().keyType, "type");
        QTEST(session->chain.front().keyBits, "bits");
    }

    void judgesChains_data()
    {
        QTest::addColumn<std::vector<Identity>>("chain");
        QTest::addColumn<std::vector<Identity>>("roots");
        QTest::addColumn<ChainStatus>("status");
        const Authorities ca;
        const auto row = [&](const char *name, const std::vector<Identity> &chain, ChainStatus status) {
            QTest::newRow(name) << chain << std::vector<Identity>{ca.root} << status;
        };
        const auto leafOf = [](const Identity &issuer, const CertificateSpec &spec = leafSpec()) {
            return makeSigned(spec, issuer);
        };
        const QDateTime now = QDateTime::currentDateTimeUtc();
        CertificateSpec expired = leafSpec();
        expired.notBefore = now.addDays(-90);
        expired.notAfter = now.addSecs(-5);
        CertificateSpec early = leafSpec();
        early.notBefore = now.addSecs(3600);
        CertificateSpec fetchable = leafSpec();
        fetchable.caIssuersUrl = u"http://ca.example/issuer.der"_s;
        CertificateSpec oldAuthority{.commonName = u"Old intermediate"_s, .isCa = true};
        oldAuthority.notBefore = now.addDays(-90);
        oldAuthority.notAfter = now.addDays(-1);
        const Identity oldIntermediate = makeSigned(oldAuthority, ca.root);
        CertificateSpec fetchableAuthority{.commonName = u"Second intermediate"_s, .isCa = true};
        fetchableAuthority.caIssuersUrl = u"http://ca.example/first.der"_s;
        const Identity second = makeSigned(fetchableAuthority, ca.intermediate);

        const Identity leaf = leafOf(ca.intermediate);
        row("complete", {leaf, ca.intermediate}, ChainStatus::Trusted);
        row("complete, with the root", {leaf, ca.intermediate, ca.root}, ChainStatus::Trusted);
        row("complete, with surplus at the end", {leaf, ca.intermediate, ca.strangeRoot}, ChainStatus::Trusted);
        row("signed by the root itself", {leafOf(ca.root)}, ChainStatus::Trusted);
        row("intermediate missing", {leaf}, ChainStatus::Incomplete);
        row("intermediate missing, fetchable", {leafOf(ca.intermediate, fetchable)}, ChainStatus::Incomplete);
        row("a middle link missing", {leafOf(second), second}, ChainStatus::Incomplete);
        row("wrong intermediate sent", {leaf, ca.strangeIntermediate}, ChainStatus::Incomplete);
        row("root in front of the intermediate", {leaf, ca.root, ca.intermediate}, ChainStatus::WrongOrder);
        row("leaf sent twice", {leaf, leaf, ca.intermediate}, ChainStatus::WrongOrder);
        row("self-signed", {makeSelfSigned(leafSpec())}, ChainStatus::SelfSigned);
        row("unknown root, sent", {leafOf(ca.strangeIntermediate), ca.strangeIntermediate, ca.strangeRoot},
            ChainStatus::UntrustedRoot);
        row("unknown root, not sent", {leafOf(ca.strangeIntermediate), ca.strangeIntermediate},
            ChainStatus::UntrustedRoot);
        row("staging authority", {leafOf(makeRoot(u"(STAGING) Wannabe Watercress R11"_s))}, ChainStatus::UntrustedRoot);
        CertificateSpec forClients = leafSpec();
        forClients.extendedUse = "clientAuth";
        row("for another purpose", {leafOf(ca.intermediate, forClients), ca.intermediate}, ChainStatus::Unusable);
        row("for another purpose, of an unknown root", {leafOf(ca.strangeRoot, forClients), ca.strangeRoot},
            ChainStatus::UntrustedRoot);
        row("expired", {leafOf(ca.intermediate, expired), ca.intermediate}, ChainStatus::Expired);
        row("intermediate expired", {leafOf(oldIntermediate), oldIntermediate}, ChainStatus::Expired);
        row("not yet valid", {leafOf(ca.intermediate, early), ca.intermediate}, ChainStatus::NotYetValid);
    }
    void judgesChains()
    {
        QFETCH(std::vector<Identity>, chain);
        QFETCH(std::vector<Identity>, roots);
        QFETCH(ChainStatus, status);
        HostileServer server(quiet(), TlsSetup{.chain = chain});
        Handshaker look(server.port(), roots);
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY2(session, session ? "" : qPrintable(session.error().message));
        QVERIFY2(session->chainStatus == status,
                 qPrintable(toWord(session->chainStatus) + u' ' + session->chainDetail));
        QCOMPARE(session->chainDetail.isEmpty(), status == ChainStatus::Trusted);
    }

    void looksAtServersThatDemandACertificate_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("demands");
        QTest::newRow("TLS 1.2, nothing is asked for") << TLS1_2_VERSION << false;
        QTest::newRow("TLS 1.2") << TLS1_2_VERSION << true;
        QTest::newRow("TLS 1.3") << TLS1_3_VERSION << true;
    }
    void looksAtServersThatDemandACertificate()
    {
        QFETCH(int, version);
        QFETCH(bool, demands);
        const Authorities ca;
        TlsSetup setup{.chain = {makeSigned(leafSpec(), ca.intermediate), ca.intermediate},
                       .minVersion = version,
                       .maxVersion = version};
        setup.demandsCertificate = demands;
        HostileServer server(quiet(), setup);
        Handshaker look(server.port(), {ca.root});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY2(session, session ? "" : qPrintable(session.error().detail));
        QCOMPARE(session->asksForCertificate, demands);
        QCOMPARE(session->version, version == TLS1_2_VERSION ? TlsVersion::Tls12 : TlsVersion::Tls13);
        QVERIFY(!session->cipher.isEmpty() && session->cipher != "(NONE)"_L1);
        QCOMPARE(session->chain.size(), std::size_t(2));
        QCOMPARE(session->chainStatus, ChainStatus::Trusted);
    }

    // Who asks for a certificate and then breaks for another reason does not answer.
    void doesNotTakeABrokenServerForADemandingOne()
    {
        const Authorities ca;
        TlsSetup setup{.chain = {makeSigned(leafSpec(), ca.intermediate), ca.intermediate},
                       .maxVersion = TLS1_2_VERSION};
        setup.breaksAfterAsking = true;
        HostileServer server(quiet(), setup);
        Handshaker look(server.port(), {ca.root});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Protocol);
    }

    void seesHowServersRenegotiate_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("forgets");
        QTest::addColumn<bool>("isSafe");
        QTest::newRow("as RFC 5746 wants it") << TLS1_2_VERSION << false << true;
        QTest::newRow("as before it") << TLS1_2_VERSION << true << false;
        QTest::newRow("not at all, in TLS 1.3") << TLS1_3_VERSION << true << true;
    }
    void seesHowServersRenegotiate()
    {
        QFETCH(int, version);
        QFETCH(bool, forgets);
        TlsSetup setup{.chain = {makeSelfSigned(leafSpec())}, .minVersion = version, .maxVersion = version};
        setup.forgetsRenegotiation = forgets;
        HostileServer server(answering(httpAnswer(200, {}, "here")), setup);
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY2(session, session ? "" : qPrintable(session.error().detail));
        QTEST(session->renegotiatesSafely, "isSafe");
        QVERIFY(look.ask(HttpGet{QUrl(u"https://shop.example/"_s)})); // as a browser does
    }

    void speaksToOldServers()
    {
        HostileServer server(
            quiet(),
            TlsSetup{.chain = {makeSelfSigned(leafSpec())}, .minVersion = TLS1_VERSION, .maxVersion = TLS1_VERSION});
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY2(session, session ? "" : qPrintable(session.error().detail));
        QCOMPARE(session->version, TlsVersion::Tls10);
    }

    void findsTheVersions_data()
    {
        QTest::addColumn<int>("lowest");
        QTest::addColumn<int>("highest");
        QTest::addColumn<std::vector<TlsVersion>>("versions");
        using enum TlsVersion;
        QTest::newRow("only current") << TLS1_2_VERSION << TLS1_3_VERSION << std::vector{Tls12, Tls13};
        QTest::newRow("only the newest") << TLS1_3_VERSION << TLS1_3_VERSION << std::vector{Tls13};
        QTest::newRow("only 1.2") << TLS1_2_VERSION << TLS1_2_VERSION << std::vector{Tls12};
        QTest::newRow("old ones too") << TLS1_VERSION << TLS1_3_VERSION << std::vector{Tls10, Tls11, Tls12, Tls13};
        QTest::newRow("only old ones") << TLS1_VERSION << TLS1_1_VERSION << std::vector{Tls10, Tls11};
    }
    void findsTheVersions()
    {
        QFETCH(int, lowest);
        QFETCH(int, highest);
        CertificateSpec spec = leafSpec();
        spec.key = KeyKind::Rsa2048;
        HostileServer server(quiet(), TlsSetup{{makeSelfSigned(spec)}, lowest, highest});
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        const auto versions = look.ask(TlsVersionsOffered{kHost});
        QVERIFY2(versions, versions ? "" : qPrintable(versions.error().message));
        QTEST(*versions, "versions");
    }

    void takesSilenceToOldHellosForRefusal()
    {
        // Answers hellos of TLS 1.2 and 1.3 alone; like some firewalls, it drops the others without a word.
        const QByteArray hello =
            QByteArray::fromHex("160303002c020000280303") + QByteArray(32, 'r') + QByteArray::fromHex("00c02f000000");
        HostileServer server([hello](Connection &connection) {
            const QByteArray asked = connection.readSome();
            if (asked.mid(9, 2) == QByteArray::fromHex("0303"))
                connection.write(hello);
            connection.hang();
        });
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        const auto versions = look.ask(TlsVersionsOffered{kHost});
        QVERIFY2(versions, versions ? "" : qPrintable(versions.error().message));
        QCOMPARE(*versions, std::vector{TlsVersion::Tls12});
    }

    void endsBadServers_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("says nothing") << quiet() << ErrorKind::TimedOut;
        QTest::newRow("plain HTTP") << Script([](Connection &c) {
            c.readSome();
            c.write("HTTP/1.1 400 Bad\r\n\r\n");
        }) << ErrorKind::Protocol;
        QTest::newRow("drips a record") << Script([](Connection &c) {
            c.write(QByteArray::fromHex("16030301"));
            while (c.write(QByteArray(1, '\1')) && c.pause(100ms)) {
            }
        }) << ErrorKind::TimedOut;
    }
    void endsBadServers()
    {
        QFETCH(Script, script);
        QFETCH(ErrorKind, kind);
        HostileServer server(script);
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        QElapsedTimer clock;
        clock.start();
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, kind);
        QVERIFY(session.error().message.contains(kHost));
        QVERIFY(clock.elapsed() < kLate);
        if (kind == ErrorKind::TimedOut)
            return; // five silent hellos are asked one after the other when there is no pool
        const auto versions = look.ask(TlsVersionsOffered{kHost});
        QVERIFY(!versions);
        QCOMPARE(versions.error().kind, kind);
    }

    void tellsAFatalAlert()
    {
        HostileServer server([](Connection &c) {
            c.readSome();
            c.write(QByteArray::fromHex("15030300020228"));
        });
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Protocol);
        const auto versions = look.ask(TlsVersionsOffered{kHost});
        QVERIFY(versions);
        QVERIFY(versions->empty());
    }

    void tellsARefusedPort()
    {
        Handshaker look(unusedPort(), {makeRoot(u"other"_s)});
        const auto session = look.ask(TlsHandshake{kHost});
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Unreachable);
        QVERIFY(session.error().message.contains(u"refused"_s));
    }

    void triesTheNextAddress()
    {
        HostileServer server(quiet(), TlsSetup{.chain = {makeSelfSigned(leafSpec())}});
        NetOptions options;
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        seen.put(HostAddresses{kHost, server.port()},
                 std::vector<SocketAddress>{{u"::1"_s, server.port()}, {u"127.0.0.1"_s, server.port()}});
        const auto session = seen.ask(TlsHandshake{kHost, server.port()});
        QVERIFY(*session);
        QCOMPARE((*session)->peer.ip, u"127.0.0.1"_s);
    }

    void stopsWithinASecond()
    {
        HostileServer server(quiet());
        Handshaker look(server.port(), {makeRoot(u"other"_s)});
        look.options().operationTimeout = 20s;
        CancelToken token;
        QElapsedTimer clock;
        clock.start();
        std::thread user([&] {
            QTRY_VERIFY(server.connections() > 0);
            token.cancel();
        });
        const auto session = look.ask(TlsHandshake{kHost}, token);
        user.join();
        QVERIFY(!session);
        QCOMPARE(session.error().kind, ErrorKind::Cancelled);
        QVERIFY(clock.elapsed() < 1000);
    }
};

QTEST_GUILESS_MAIN(TestTlsProbe)
#include "tst_tlsprobe.moc"
