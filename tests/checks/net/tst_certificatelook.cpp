// What certificates say beside whom they are for, what their issuers say about them, and what repairing clients fetch.
#include "checks/engine/observations.h"
#include "checks/net/certificate.h"
#include "checks/net/chainat.h"
#include "checks/net/chainrepair.h"
#include "checks/net/foreignget.h"
#include "checks/net/revocation.h"
#include "checks/net/tlsendpoint.h"
#include "checks/net/trustkind.h"
#include "checks/net/trustroots.h"
#include "tests/lab/realserver.h"
#include "tests/lab/revocation.h"
#include "tests/lab/scriptedtls.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"shop.example"_s;
const QDateTime kNow = QDateTime::currentDateTimeUtc();

struct Authorities
{
    Identity root = makeRoot(u"Known root"_s);
    Identity intermediate = makeIntermediate(u"Known intermediate"_s, root);
    Identity stranger = makeRoot(u"Strange root"_s);
};

const Authorities &authorities()
{
    static const Authorities all;
    return all;
}

CertificateSpec leafSpec()
{
    return {.commonName = kHost, .names = {kHost}};
}

QByteArray derOf(const Identity &identity)
{
    return readCertificate(identity.certificate()).der;
}

// The one that answers are about.
const Identity &theLeaf()
{
    static const Identity leaf = makeSigned({.commonName = kHost, .names = {kHost}}, authorities().intermediate);
    return leaf;
}

Script quiet()
{
    return [](Connection &connection) { connection.hang(); };
}

// A run that trusts the known root, and finds other names on loopback too.
class CertificateTrial
{
public:
    explicit CertificateTrial(quint16 port, const std::vector<Identity> &roots = {authorities().root}) : m_port(port)
    {
        if (m_file.open())
            m_file.write(pemOf(roots));
        m_file.close();
        options.operationTimeout = 800ms;
        options.connects = {{kHost, 443, {u"127.0.0.1"_s, port}}};
        options.caFile = m_file.fileName();
    }
    template<typename Q>
    Result<typename Q::Answer> ask(const Q &question)
    {
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        seen.put(PublicRoots(), publicRoots);
        return *seen.ask(question);
    }
    TlsEndpoint endpoint(NameSent name = NameSent::Host) const
    {
        return {.host = kHost, .address = {u"127.0.0.1"_s, m_port}, .name = name};
    }
    NetOptions options;
    std::shared_ptr<X509_STORE> publicRoots; // null: the system has no list of them

private:
    quint16 m_port;
    QTemporaryFile m_file;
};

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::CertificateSpec)
Q_DECLARE_METATYPE(std::vector<cockpit::lab::Identity>)

class TestCertificateLook : public QObject
{
    Q_OBJECT

private slots:
    void readsFields();
    void readsKeys_data();
    void readsKeys();
    void readsNothingFromGarbage();
    void readsOcsp_data();
    void readsOcsp();
    void readsLists_data();
    void readsLists();
    void makesRequests();
    void repairsChains_data();
    void repairsChains();
    void readsCertificatesInAnyForm();
    void fetchesNothingFromInside_data();
    void fetchesNothingFromInside();
    void takesNoTextForAnAddress();
    void readsRootsInAFolder();
    void tellsPublicFromPrivate_data();
    void tellsPublicFromPrivate();
    void judgesTheChainAtAnotherTime_data();
    void judgesTheChainAtAnotherTime();
    void seesStaples();
    void seesWhatStrangersAreShown_data();
    void seesWhatStrangersAreShown();
    void tellsARefusedName();
    void knowsItsRoutes();
};

void TestCertificateLook::readsFields()
{
    CertificateSpec spec = leafSpec();
    spec.ocspUrl = u"http://ocsp.example"_s;
    spec.crlUrl = u"http://crl.example/1.crl"_s;
    spec.mustStaple = true;
    spec.timestamps = 3;
    const CertificateFields fields = readFields(derOf(makeSigned(spec, authorities().intermediate)));
    QCOMPARE(fields.ocspUrl, spec.ocspUrl);
    QCOMPARE(fields.crlUrls, QStringList{spec.crlUrl});
    QVERIFY(fields.needsStaple);
    QVERIFY(!fields.isAuthority);
    QCOMPARE(fields.scts.size(), std::size_t(3));
    QCOMPARE(fields.scts[1], (SctSeen{QByteArray(32, 'b'), SctSource::Embedded}));
    QCOMPARE(fields.issuerKeyId.size(), 20);
    QVERIFY(!fields.serial.isEmpty());
    QCOMPARE(fields.curve, u"P-256"_s);
    QVERIFY(readFields(derOf(authorities().intermediate)).isAuthority);
    const CertificateFields plain = readFields(derOf(makeSelfSigned(leafSpec())));
    QVERIFY(!plain.needsStaple && plain.ocspUrl.isEmpty() && plain.crlUrls.isEmpty() && plain.scts.empty());
}

void TestCertificateLook::readsKeys_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("curve");
    QTest::addColumn<qulonglong>("exponent");
    QTest::newRow("RSA") << int(KeyKind::Rsa2048) << QString() << qulonglong(65537);
    QTest::newRow("P-224") << int(KeyKind::EcP224) << u"P-224"_s << qulonglong(0);
    QTest::newRow("secp256k1") << int(KeyKind::EcSecp256k1) << u"secp256k1"_s << qulonglong(0);
    QTest::newRow("Ed25519") << int(KeyKind::Ed25519) << QString() << qulonglong(0);
}

void TestCertificateLook::readsKeys()
{
    QFETCH(int, kind);
    CertificateSpec spec = leafSpec();
    spec.key = KeyKind(kind);
    const CertificateFields fields = readFields(derOf(makeSelfSigned(spec)));
    QTEST(fields.curve, "curve");
    QTEST(fields.exponent, "exponent");
}

void TestCertificateLook::readsNothingFromGarbage()
{
    QCOMPARE(readFields("no certificate"), CertificateFields());
    QCOMPARE(readFields({}), CertificateFields());
    const QByteArray whole = derOf(makeSelfSigned(leafSpec()));
    QCOMPARE(readFields(whole.first(whole.size() / 2)), CertificateFields());
}

void TestCertificateLook::readsOcsp_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<int>("word"); // -1: an error
    const Authorities &ca = authorities();
    const Identity &leaf = theLeaf();
    const Identity other = makeSigned(leafSpec(), ca.intermediate);
    const auto answer = [&](const Identity &about, Withdrawn state, const Identity &signer, qint64 from, qint64 until) {
        return ocspAnswer(about, ca.intermediate, state, signer, kNow.addSecs(from), kNow.addSecs(until));
    };
    const auto row = [](const char *name, const QByteArray &response, int word) {
        QTest::newRow(name) << response << word;
    };
    const QByteArray good = answer(leaf, Withdrawn::No, ca.intermediate, -3600, 3600);
    row("good", good, int(RevocationWord::Good));
    row("revoked", answer(leaf, Withdrawn::Yes, ca.intermediate, -3600, 3600), int(RevocationWord::Revoked));
    row("not known there", answer(leaf, Withdrawn::Unheard, ca.intermediate, -3600, 3600),
        int(RevocationWord::Unknown));
    row("signed by somebody else", answer(leaf, Withdrawn::No, ca.stranger, -3600, 3600), -1);
    row("about another certificate", answer(other, Withdrawn::No, ca.intermediate, -3600, 3600), -1);
    row("ended five minutes ago", answer(leaf, Withdrawn::No, ca.intermediate, -3600, -298), int(RevocationWord::Good));
    row("ended longer ago", answer(leaf, Withdrawn::No, ca.intermediate, -3600, -302), -1);
    row("from the future", answer(leaf, Withdrawn::No, ca.intermediate, 400, 3600), -1);
    row("cut off", good.first(good.size() / 2), -1);
    row("garbage", "garbage", -1);
    row("empty", {}, -1);
}

void TestCertificateLook::readsOcsp()
{
    QFETCH(QByteArray, response);
    QFETCH(int, word);
    const auto read = readOcsp(response, derOf(theLeaf()), derOf(authorities().intermediate), kNow);
    QCOMPARE(read ? int(read->word) : -1, word);
    if (!read)
        QCOMPARE(read.error().kind, ErrorKind::Protocol);
    if (read && read->word == RevocationWord::Revoked)
        QVERIFY(read->at.isValid());
}

void TestCertificateLook::readsLists_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<int>("word");
    const Authorities &ca = authorities();
    const auto list = [&](const std::vector<Identity> &withdrawn, const Identity &signer, qint64 until) {
        return revocationList(ca.intermediate, withdrawn, signer, kNow.addSecs(-3600), kNow.addSecs(until));
    };
    const auto row = [](const char *name, const QByteArray &bytes, int word) { QTest::newRow(name) << bytes << word; };
    row("empty list", list({}, ca.intermediate, 3600), int(RevocationWord::Good));
    row("others are on it", list({makeSigned(leafSpec(), ca.intermediate)}, ca.intermediate, 3600),
        int(RevocationWord::Good));
    row("it is on it", list({makeSigned(leafSpec(), ca.intermediate), theLeaf()}, ca.intermediate, 3600),
        int(RevocationWord::Revoked));
    row("signed by somebody else", list({}, ca.stranger, 3600), -1);
    row("out of date", list({}, ca.intermediate, -302), -1);
    row("garbage", "garbage", -1);
    row("HTML", "<!doctype html><title>Not found</title>", -1);
}

void TestCertificateLook::readsLists()
{
    QFETCH(QByteArray, list);
    const auto read = readCrl(list, derOf(theLeaf()), derOf(authorities().intermediate), kNow);
    QTEST(read ? int(read->word) : -1, "word");
    if (read && read->word == RevocationWord::Revoked)
        QCOMPARE(read->at.toSecsSinceEpoch(), kNow.addSecs(-3600).addDays(-1).toSecsSinceEpoch());
}

void TestCertificateLook::makesRequests()
{
    const QByteArray request = ocspRequest(derOf(theLeaf()), derOf(authorities().intermediate));
    QVERIFY(request.contains(readFields(derOf(theLeaf())).serial));
    QVERIFY(ocspRequest("no certificate", derOf(authorities().intermediate)).isEmpty());
}

void TestCertificateLook::repairsChains_data()
{
    QTest::addColumn<QString>("pointer"); // of the leaf
    QTest::addColumn<bool>("isStranger"); // the issuer at the pointer leads to an unknown root
    QTest::addColumn<RepairEnd>("end");
    QTest::newRow("fetched") << u"http://ca.example/issuer.der"_s << false << RepairEnd::Repaired;
    QTest::newRow("fetched, and still not trusted")
        << u"http://ca.example/issuer.der"_s << true << RepairEnd::StillUntrusted;
    QTest::newRow("nowhere to fetch from") << QString() << false << RepairEnd::NoPointer;
    QTest::newRow("nothing there") << u"http://ca.example/gone"_s << false << RepairEnd::CouldNotFetch;
    QTest::newRow("garbage there") << u"http://ca.example/garbage"_s << false << RepairEnd::CouldNotFetch;
    QTest::newRow("another certificate there") << u"http://ca.example/other"_s << false << RepairEnd::CouldNotFetch;
    QTest::newRow("another scheme") << u"ldap://ca.example/issuer"_s << false << RepairEnd::CouldNotFetch;
}

void TestCertificateLook::repairsChains()
{
    QFETCH(QString, pointer);
    QFETCH(bool, isStranger);
    const Authorities &ca = authorities();
    const Identity issuer = isStranger ? ca.stranger : ca.intermediate;
    const HostileServer web(answering([&](const QByteArray &request) {
        const QByteArray path = request.split(' ').value(1);
        if (path == "/gone")
            return httpAnswer(404, {}, "gone");
        if (path == "/other")
            return httpAnswer(200, {}, derOf(makeRoot(u"Another"_s)));
        return httpAnswer(200, {}, path == "/garbage" ? QByteArray("garbage") : derOf(issuer));
    }));
    CertificateSpec spec = leafSpec();
    spec.caIssuersUrl = pointer;
    const HostileServer server(quiet(), TlsSetup{.chain = {makeSigned(spec, issuer)}});
    CertificateTrial run(server.port());
    run.options.connects.push_back({u"ca.example"_s, 80, {u"127.0.0.1"_s, web.port()}});
    const auto repair = run.ask(RepairChain{kHost});
    QVERIFY2(repair, repair ? "" : qPrintable(repair.error().message));
    QFETCH(RepairEnd, end);
    QCOMPARE(toWord(repair->end), toWord(end));
    QCOMPARE(repair->fetched.isEmpty(), end != RepairEnd::Repaired && end != RepairEnd::StillUntrusted);
}

void TestCertificateLook::readsCertificatesInAnyForm()
{
    const Identity &leaf = theLeaf();
    QCOMPARE(certificateIn(derOf(leaf)), derOf(leaf));
    QCOMPARE(certificateIn("Subject: somebody\n" + leaf.certificatePem()), derOf(leaf));
    QVERIFY(certificateIn("garbage").isEmpty());
    QVERIFY(certificateIn({}).isEmpty());
}

void TestCertificateLook::fetchesNothingFromInside_data()
{
    QTest::addColumn<QString>("url"); // %1: the port of a server that would answer
    QTest::addColumn<bool>("isFetched");
    QTest::newRow("loopback") << u"http://127.0.0.1:%1/"_s << false;
    QTest::newRow("loopback in IPv6") << u"http://[::1]:%1/"_s << false;
    QTest::newRow("another scheme") << u"file:///etc/passwd"_s << false;
    QTest::newRow("no address") << u"http:///x"_s << false;
    QTest::newRow("where an override leads") << u"http://ca.example/"_s << true;
    QTest::newRow("too long for its cap") << u"http://ca.example/long"_s << false;
    QTest::newRow("a redirect is not followed") << u"http://ca.example/moved"_s << false;
}

void TestCertificateLook::fetchesNothingFromInside()
{
    QFETCH(QString, url);
    QFETCH(bool, isFetched);
    const HostileServer web(answering([](const QByteArray &request) {
        const QByteArray path = request.split(' ').value(1);
        if (path == "/moved")
            return httpAnswer(302, {"Location: http://ca.example/"}, {});
        return httpAnswer(200, {}, path == "/long" ? QByteArray(200, 'x') : QByteArray("here"));
    }));
    CertificateTrial run(web.port());
    run.options.connects = {{u"ca.example"_s, 80, {u"127.0.0.1"_s, web.port()}}};
    const QString whole = url.contains(u"%1") ? url.arg(web.port()) : url;
    const auto body = run.ask(ForeignGet{QUrl(whole), 100});
    QCOMPARE(body.has_value(), isFetched);
    const bool isReached = url.startsWith(u"http://ca.example"_s);
    QCOMPARE(web.connections() > 0, isReached);
    if (!isReached)
        QCOMPARE(body.error().kind, ErrorKind::NotPermitted);
}

void TestCertificateLook::takesNoTextForAnAddress()
{
    CertificateSpec spec{.commonName = kHost, .names = {kHost, u"192.0.2.7"_s}};
    spec.textNames = {u"192.0.2.1"_s, u"2001:db8::1"_s, u"1.example"_s};
    const Certificate leaf = readCertificate(makeSelfSigned(spec).certificate());
    QCOMPARE(leaf.names, (QStringList{kHost, u"192.0.2.7"_s, u"1.example"_s}));
    QVERIFY(coversHost(leaf, u"192.0.2.7"_s));
    QVERIFY(!coversHost(leaf, u"192.0.2.1"_s));
}

void TestCertificateLook::readsRootsInAFolder()
{
    const QTemporaryDir folder;
    QVERIFY(!rootsIn(folder.path()));
    writeFile(folder.filePath(u"garbage.crt"_s), "garbage");
    QVERIFY(!rootsIn(folder.path()));
    writeFile(folder.filePath(u"root.crt"_s), authorities().root.certificatePem());
    QVERIFY(rootsIn(folder.path()));
    QVERIFY(!rootsIn(folder.filePath(u"missing"_s)));
}

void TestCertificateLook::tellsPublicFromPrivate_data()
{
    QTest::addColumn<std::vector<Identity>>("chain");
    QTest::addColumn<std::vector<Identity>>("own"); // roots of --ca-file
    QTest::addColumn<QString>("known");             // which of the system's roots are public
    QTest::addColumn<TrustKind>("kind");
    const Authorities &ca = authorities(); // its root is taken for one that the system has
    CertificateSpec expired = leafSpec();
    expired.notBefore = kNow.addDays(-90);
    expired.notAfter = kNow.addDays(-1);
    CertificateSpec logged = leafSpec();
    logged.timestamps = 1;
    using Chain = std::vector<Identity>;
    const auto row = [](const char *name, const Chain &chain, const QString &known, TrustKind kind,
                        const Chain &own = {}) { QTest::newRow(name) << chain << own << known << kind; };
    const QString all = u"all"_s;
    const QString others = u"others"_s;
    const QString nobodys = u"no list"_s;
    const Chain good{theLeaf(), ca.intermediate};
    row("a public root", good, all, TrustKind::Public);
    row("expired", {makeSigned(expired, ca.intermediate), ca.intermediate}, all, TrustKind::Public);
    row("a root of one's own", {makeSigned(leafSpec(), ca.stranger)}, all, TrustKind::Private, {ca.stranger});
    row("self-signed", {makeSelfSigned(leafSpec())}, all, TrustKind::Private);
    row("a link is missing", {theLeaf()}, all, TrustKind::Unknown);
    row("a root that was added to this computer", good, others, TrustKind::Private);
    row("added, and a link is missing", {theLeaf()}, others, TrustKind::Unknown);
    row("no list of the public ones, and never logged", good, nobodys, TrustKind::Unknown);
    row("no list of them, but logged", {makeSigned(logged, ca.intermediate), ca.intermediate}, nobodys,
        TrustKind::Public);
}

void TestCertificateLook::tellsPublicFromPrivate()
{
    QFETCH(std::vector<Identity>, chain);
    QFETCH(std::vector<Identity>, own);
    QTemporaryFile system;
    QVERIFY(system.open() && system.write(authorities().root.certificatePem()) > 0 && system.flush());
    qputenv("SSL_CERT_FILE", system.fileName().toLocal8Bit());
    const HostileServer server(quiet(), TlsSetup{.chain = chain});
    CertificateTrial run(server.port(), own);
    if (own.empty())
        run.options.caFile.clear();
    QFETCH(QString, known);
    QTemporaryDir list;
    const Identity &root = known == "all"_L1 ? authorities().root : authorities().stranger;
    writeFile(list.filePath(u"one.crt"_s), root.certificatePem());
    if (known != "no list"_L1)
        run.publicRoots = rootsIn(list.path());
    const auto trust = run.ask(HostTrust{kHost});
    qunsetenv("SSL_CERT_FILE");
    QVERIFY2(trust, trust ? "" : qPrintable(trust.error().message));
    QFETCH(TrustKind, kind);
    QCOMPARE(toWord(*trust), toWord(kind));
}

// An old root that was signed by a still older one is sent along by many: whoever knows the root needs it no more.
void TestCertificateLook::judgesTheChainAtAnotherTime_data()
{
    QTest::addColumn<std::vector<Identity>>("chain");
    QTest::addColumn<int>("days"); // from now
    QTest::addColumn<ChainStatus>("status");
    const Authorities &ca = authorities();
    const CertificateSpec old{
        .commonName = u"Known root"_s, .notBefore = kNow.addDays(-900), .notAfter = kNow.addDays(-300)};
    const std::vector<Identity> plain{theLeaf(), ca.intermediate};
    const std::vector<Identity> surplus{theLeaf(), ca.intermediate, makeIntermediate(old, ca.stranger)};
    QTest::newRow("now") << plain << 0 << ChainStatus::Trusted;
    QTest::newRow("after its end") << plain << 100 << ChainStatus::Expired;
    QTest::newRow("before its beginning") << plain << -100 << ChainStatus::NotYetValid;
    QTest::newRow("now, with one that no path needs") << surplus << 0 << ChainStatus::Trusted;
    QTest::newRow("later, with one that no path needs") << surplus << 20 << ChainStatus::Trusted;
    QTest::newRow("after its end, with one that no path needs") << surplus << 100 << ChainStatus::Expired;
}

void TestCertificateLook::judgesTheChainAtAnotherTime()
{
    QFETCH(std::vector<Identity>, chain);
    QFETCH(int, days);
    const HostileServer server(quiet(), TlsSetup{.chain = chain});
    CertificateTrial run(server.port());
    const auto then = run.ask(ChainAt{kHost, 443, kNow.addDays(days)});
    QVERIFY2(then, then ? "" : qPrintable(then.error().message));
    QTEST(*then, "status");
}

void TestCertificateLook::seesStaples()
{
    const Authorities &ca = authorities();
    const QByteArray staple =
        ocspAnswer(theLeaf(), ca.intermediate, Withdrawn::No, ca.intermediate, kNow.addSecs(-60), kNow.addSecs(3600));
    const HostileServer server(quiet(), TlsSetup{.chain = {theLeaf(), ca.intermediate}, .staple = staple});
    CertificateTrial run(server.port());
    const auto session = run.ask(run.endpoint());
    QVERIFY2(session, session ? "" : qPrintable(session.error().message));
    QCOMPARE(session->staple, staple);
    const HostileServer without(quiet(), TlsSetup{.chain = {theLeaf(), ca.intermediate}});
    CertificateTrial other(without.port());
    const auto plain = other.ask(other.endpoint());
    QVERIFY(plain && plain->staple.isEmpty());
}

void TestCertificateLook::seesWhatStrangersAreShown_data()
{
    QTest::addColumn<NameSent>("name");
    QTest::addColumn<QString>("subject");
    QTest::newRow("the host's name") << NameSent::Host << kHost;
    QTest::newRow("no name") << NameSent::None << u"default.example"_s;
    QTest::newRow("an unknown name") << NameSent::Unknown << u"default.example"_s;
}

void TestCertificateLook::seesWhatStrangersAreShown()
{
    QFETCH(NameSent, name);
    const Identity other =
        makeSigned({.commonName = u"default.example"_s, .names = {u"default.example"_s}}, authorities().intermediate);
    const HostileServer server(
        quiet(),
        TlsSetup{.chain = {theLeaf(), authorities().intermediate}, .forStrangers = other, .name = kHost.toLatin1()});
    CertificateTrial run(server.port());
    const auto session = run.ask(run.endpoint(name));
    QVERIFY2(session, session ? "" : qPrintable(session.error().message));
    QTEST(session->session.chain.front().subject, "subject");
}

void TestCertificateLook::tellsARefusedName()
{
    const HostileServer server([](Connection &c) {
        c.readSome();
        c.write(QByteArray::fromHex("15030300020270")); // unrecognized_name
    });
    CertificateTrial run(server.port());
    const auto session = run.ask(run.endpoint(NameSent::Unknown));
    QVERIFY(!session);
    QCOMPARE(session.error().kind, ErrorKind::Protocol);
}

void TestCertificateLook::knowsItsRoutes()
{
    CertificateTrial run(unusedPort());
    QVERIFY(*run.ask(RouteTo{{u"127.0.0.1"_s, 443}}));
    QVERIFY(!*run.ask(RouteTo{{u"not an address"_s, 443}}));
}

QTEST_GUILESS_MAIN(TestCertificateLook)
#include "tst_certificatelook.moc"
