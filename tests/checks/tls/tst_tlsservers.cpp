// Every check of the family against real servers, each with one trait: what nginx can do, and scripted first flights
// for what it cannot. Two are right, and must stay silent.
#include "checks/net/httpclient.h"
#include "checks/net/trustroots.h"
#include "checks/tls/family.h"
#include "tests/lab/revocation.h"
#include "tests/lab/scriptedtls.h"
#include "tests/lab/tlsnginx.h"
#include "tests/lab/zonescript.h"

#include <QTemporaryFile>
#include <QTest>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/dh.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::currentDateTimeUtc();
const QByteArray kOnly12 = "ssl_protocols TLSv1.2; ";

QString hostOf(const QString &trait)
{
    return trait + u".shop.example"_s;
}

// Issued a day ago, logged, on a list: as a public authority does it.
CertificateSpec specFor(const QString &trait)
{
    CertificateSpec spec{.commonName = hostOf(trait), .names = {hostOf(trait)}};
    spec.notAfter = kNow.addDays(39); // short enough for the rules of 2029, too
    spec.timestamps = 2;
    spec.crlUrl = u"http://pki.example/list"_s;
    spec.caIssuersUrl = u"http://pki.example/issuer"_s;
    return spec;
}

// A prime that was in everybody's servers (RFC 2409 section 6.2).
QByteArray oakleyGroup()
{
    BIGNUM *prime = BN_get_rfc2409_prime_1024(nullptr);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_FFC_P, prime);
    BIGNUM *generator = BN_new();
    BN_set_word(generator, 2);
    OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_FFC_G, generator);
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr);
    EVP_PKEY *group = nullptr;
    EVP_PKEY_fromdata_init(context);
    EVP_PKEY_fromdata(context, &group, EVP_PKEY_KEY_PARAMETERS, parameters);
    const KeyPtr owner(group);
    const BioPtr out(BIO_new(BIO_s_mem()));
    PEM_write_bio_Parameters(out.get(), group);
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    const QByteArray pem(bytes, size);
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    BN_free(generator);
    BN_free(prime);
    return pem;
}

struct Authorities
{
    Identity root = makeRoot(u"Lab root"_s);
    Identity issuing = makeIntermediate(
        {.commonName = u"Lab issuing"_s, .notAfter = kNow.addYears(5), .organization = u"Lab authority"_s}, root);
    Identity stranger = makeRoot(u"Strange root"_s);
};

// The hosts, by trait.
class World
{
public:
    World() { describe(); }

    const std::vector<TlsHost> &hosts() const { return m_hosts; }
    const Identity &root() const { return m_ca.root; }
    const Identity &issuing() const { return m_ca.issuing; }
    QByteArray list() const
    {
        return revocationList(m_ca.issuing, {m_revoked}, m_ca.issuing, kNow.addSecs(-60), kNow.addDays(1));
    }
    TlsSetup logsSetup() const
    {
        return {.chain = {makeSigned({.commonName = u"crt.sh"_s, .names = {u"crt.sh"_s}}, m_ca.root)}};
    }

private:
    Identity leafFor(const CertificateSpec &spec) const { return makeSigned(spec, m_ca.issuing); }
    void add(const QString &trait, const std::vector<Identity> &chain, const QByteArray &directives = {},
             const std::map<QByteArray, QByteArray> &files = {})
    {
        m_hosts.push_back({hostOf(trait), chain, directives, files});
    }
    void add(const QString &trait, const CertificateSpec &spec, const QByteArray &directives = {},
             const std::map<QByteArray, QByteArray> &files = {})
    {
        add(trait, {leafFor(spec), m_ca.issuing}, directives, files);
    }
    void describe()
    {
        describeProtocols();
        describeChains();
        describeKeys();
        describeLives();
        describeRevocation();
    }
    void describeProtocols()
    {
        CertificateSpec rsa = specFor(u"rsa"_s);
        rsa.key = KeyKind::Rsa2048;
        const auto rsaFor = [&](const QString &trait) {
            rsa.commonName = hostOf(trait);
            rsa.names = {rsa.commonName};
            return rsa;
        };
        add(u"right"_s, specFor(u"right"_s));
        add(u"right12"_s, specFor(u"right12"_s), kOnly12);
        add(u"old"_s, specFor(u"old"_s),
            "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0;");
        add(u"onlyold"_s, specFor(u"onlyold"_s), "ssl_protocols TLSv1; ssl_ciphers DEFAULT:@SECLEVEL=0;");
        add(u"cbc"_s, specFor(u"cbc"_s), kOnly12 + "ssl_ciphers ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA;");
        add(u"static"_s, rsaFor(u"static"_s), kOnly12 + "ssl_ciphers AES128-GCM-SHA256;");
        add(u"static13"_s, rsaFor(u"static13"_s), "ssl_ciphers AES128-GCM-SHA256;");
        add(u"shortdh"_s, rsaFor(u"shortdh"_s),
            kOnly12 + "ssl_dhparam $FILE(group); ssl_ciphers DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0;",
            {{"group", oakleyGroup()}});
        add(u"anonymous"_s, rsaFor(u"anonymous"_s), kOnly12 + "ssl_ciphers ALL:@SECLEVEL=0;");
        add(u"null"_s, rsaFor(u"null"_s),
            kOnly12 + "ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:eNULL:!aNULL:@SECLEVEL=0;");
    }
    void describeChains()
    {
        add(u"incomplete"_s, std::vector{leafFor(specFor(u"incomplete"_s))});
        add(u"order"_s, {leafFor(specFor(u"order"_s)), m_ca.root, m_ca.issuing});
        add(u"selfsigned"_s, std::vector{makeSelfSigned(specFor(u"selfsigned"_s))});
        add(u"untrusted"_s, {makeSigned(specFor(u"untrusted"_s), m_ca.stranger), m_ca.stranger});
        const Identity staging = makeRoot(u"(STAGING) Pretend Pear X1"_s);
        add(u"staging"_s, {makeSigned(specFor(u"staging"_s), staging), staging});
        CertificateSpec old{.commonName = u"Old issuing"_s, .isCa = true};
        old.notBefore = kNow.addYears(-2);
        old.notAfter = kNow.addDays(-1);
        const Identity expired = makeSigned(old, m_ca.root);
        add(u"oldlink"_s, {makeSigned(specFor(u"oldlink"_s), expired), expired});
        CertificateSpec other = specFor(u"othername"_s);
        other.names = {u"elsewhere.example"_s};
        add(u"othername"_s, other);
    }
    void describeKeys()
    {
        CertificateSpec rsa = specFor(u"rsa1024"_s);
        rsa.key = KeyKind::Rsa1024;
        add(u"rsa1024"_s, rsa);
        CertificateSpec curve = specFor(u"p224"_s);
        curve.key = KeyKind::EcP224;
        add(u"p224"_s, curve, kOnly12 + "ssl_ecdh_curve X25519:P-224;");
        CertificateSpec sha1 = specFor(u"sha1"_s);
        sha1.signedWithSha1 = true;
        add(u"sha1"_s, sha1);
    }
    void describeLives()
    {
        const auto living = [](const QString &trait, int from, int days) {
            CertificateSpec spec = specFor(trait);
            spec.notBefore = kNow.addDays(from);
            spec.notAfter = spec.notBefore.addDays(days).addSecs(-1);
            return spec;
        };
        add(u"expired"_s, living(u"expired"_s, -40, 39));
        add(u"late"_s, living(u"late"_s, -36, 45));
        add(u"sixdays"_s, living(u"sixdays"_s, -1, 6));
        CertificateSpec longLife = living(u"toolong"_s, -1, 401);
        longLife.timestamps = 3;
        add(u"toolong"_s, longLife);
        CertificateSpec unlogged = specFor(u"unlogged"_s);
        unlogged.timestamps = 1;
        add(u"unlogged"_s, unlogged);
    }
    void describeRevocation()
    {
        m_revoked = leafFor(specFor(u"revoked"_s));
        add(u"revoked"_s, {m_revoked, m_ca.issuing});
        const auto stapled = [&](const QString &trait, qint64 until) {
            CertificateSpec spec = specFor(trait);
            spec.mustStaple = true;
            const Identity leaf = leafFor(spec);
            const QByteArray staple =
                ocspAnswer(leaf, m_ca.issuing, Withdrawn::No, m_ca.issuing, kNow.addDays(-2), kNow.addSecs(until));
            add(trait, {leaf, m_ca.issuing}, "ssl_stapling on; ssl_stapling_file $FILE(ocsp);", {{"ocsp", staple}});
        };
        CertificateSpec must = specFor(u"nostaple"_s);
        must.mustStaple = true;
        add(u"nostaple"_s, must);
        stapled(u"stapled"_s, 3600);
        stapled(u"oldstaple"_s, -3600);
        CertificateSpec silent = specFor(u"nopointer"_s);
        silent.crlUrl.clear();
        add(u"nopointer"_s, silent);
    }

    Authorities m_ca;
    Identity m_revoked;
    std::vector<TlsHost> m_hosts;
};

QByteArray logEntry(const QByteArray &organization, const QByteArray &name)
{
    return R"({"issuer_name": "O=)" + organization + R"(, CN=X", "name_value": ")" + name +
           R"(", "not_before": "2020-01-01T00:00:00", "not_after": "2090-01-01T00:00:00"})";
}

} // namespace

class TestTlsServers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsEachTrait_data();
    void findsEachTrait();
    void findsWhatNoLibraryServes_data();
    void findsWhatNoLibraryServes();
    void observesARightServer();

private:
    // "check code", sorted; every check that did not pass, fail or warn says why.
    QStringList lookAt(const QString &host, quint16 port);

    const ScriptedDns m_dns{zoneScript({u"shop.example. 60 IN CAA 0 issue \"lab.example\""_s})};
    std::unique_ptr<World> m_world;
    std::unique_ptr<TlsNginx> m_nginx;
    std::unique_ptr<HostileServer> m_authority; // lists and certificates
    std::unique_ptr<HostileServer> m_logs;
    QTemporaryFile m_roots;
    std::shared_ptr<X509_STORE> m_public;
    std::map<QString, Judged> m_last;
};

void TestTlsServers::initTestCase()
{
    if (serverProgram(u"nginx"_s).isEmpty())
        QSKIP("nginx is not installed");
    m_world = std::make_unique<World>();
    // The lab's root is one that the system has: what browsers ask of public certificates counts.
    QVERIFY(m_roots.open() && m_roots.write(m_world->root().certificatePem()) > 0 && m_roots.flush());
    qputenv("SSL_CERT_FILE", m_roots.fileName().toLocal8Bit());
    const QTemporaryDir folder;
    writeFile(folder.filePath(u"lab.crt"_s), m_world->root().certificatePem());
    m_public = rootsIn(folder.path());
    m_nginx = std::make_unique<TlsNginx>(m_world->hosts());
    QVERIFY2(m_nginx->isReady(), m_nginx->log().constData());
    m_authority = std::make_unique<HostileServer>(answering([this](const QByteArray &request) {
        return httpAnswer(200, {}, request.contains("/list") ? m_world->list() : m_world->issuing().certificatePem());
    }));
    const QByteArray logged =
        '[' + logEntry("Lab authority", "right.shop.example") + ',' + logEntry("Somebody", "late.shop.example") + ']';
    m_logs = std::make_unique<HostileServer>(answering(httpAnswer(200, {}, logged)), m_world->logsSetup());
}

QStringList TestTlsServers::lookAt(const QString &name, quint16 port)
{
    NetOptions options;
    options.operationTimeout = 2s;
    options.resolvers = {m_dns.address()};
    options.connects = {{name, 443, {u"127.0.0.1"_s, port}},
                        {u"pki.example"_s, 80, {u"127.0.0.1"_s, m_authority->port()}},
                        {u"crt.sh"_s, 443, {u"127.0.0.1"_s, m_logs->port()}}};
    QThreadPool pool;
    pool.setMaxThreadCount(8);
    Observations seen(options, CancelToken(), Deadline::in(30s), &pool);
    seen.put(PublicRoots(), Result<std::shared_ptr<X509_STORE>>(m_public));
    const Host host{HostRole::Site, name, kHttpsPort};
    const Target target{u"shop.example"_s, {host}};
    const ProjectFacts facts;
    const Policy policy;
    QStringList lines;
    m_last.clear();
    for (const Check &check : tlsChecks()) {
        const Judged judged = check.look({.seen = seen,
                                          .target = target,
                                          .host = &host,
                                          .policy = policy,
                                          .facts = facts,
                                          .startedAt = QDateTime::currentDateTimeUtc()});
        for (const Finding &finding : judged.findings)
            lines += check.id + u' ' + finding.code;
        const bool isJudged = judged.outcome == Outcome::Pass || !judged.findings.empty();
        if (!isJudged && judged.reason.isEmpty() && judged.summary.isEmpty())
            lines += check.id + u" says nothing"_s;
        m_last[check.id] = judged;
    }
    lines.sort();
    return lines;
}

void TestTlsServers::findsEachTrait_data()
{
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char *trait, const QStringList &found) { QTest::newRow(trait) << found; };
    row("right", {});
    row("right12", {});
    row("old", {u"tls.protocols retired_versions"_s});
    row("onlyold", {u"tls.protocols no_current_version"_s, u"tls.protocols retired_versions"_s});
    row("cbc", {u"tls.ciphers cbc_only"_s});
    row("static", {u"tls.ciphers no_forward_secrecy"_s});
    row("static13", {u"tls.ciphers no_forward_secrecy"_s});
    row("shortdh", {u"tls.ciphers weak_prime"_s});
    row("anonymous", {u"tls.ciphers anonymous_cipher"_s});
    row("null", {u"tls.ciphers null_cipher"_s});
    row("incomplete", {u"tls.chain incomplete_chain"_s});
    row("order", {u"tls.chain wrong_order"_s});
    row("selfsigned", {u"tls.chain self_signed"_s});
    row("untrusted", {u"tls.chain untrusted_root"_s});
    row("staging", {u"tls.chain staging_issuer"_s});
    row("oldlink", {u"tls.chain expired_link"_s});
    row("othername", {u"tls.hostname name_mismatch"_s});
    row("rsa1024", {u"tls.key weak_key"_s});
    row("p224", {u"tls.reachable no_tls"_s}); // no browser knows the curve
    row("sha1", {u"tls.key old_signature"_s});
    row("expired", {u"tls.expiry expired"_s});
    row("late", {u"tls.expiry renewal_late"_s, u"tls.transparency unexpected_issuer"_s});
    row("sixdays", {});
    row("toolong", {u"tls.renewal by_hand"_s, u"tls.renewal too_long"_s});
    row("unlogged", {u"tls.transparency too_few_timestamps"_s});
    row("revoked", {u"tls.revocation revoked"_s});
    row("nostaple", {u"tls.revocation must_staple_without_staple"_s});
    row("stapled", {});
    row("oldstaple", {u"tls.revocation bad_staple"_s});
    row("nopointer", {u"tls.revocation no_pointer"_s});
}

void TestTlsServers::findsEachTrait()
{
    const QString host = hostOf(QString::fromLatin1(QTest::currentDataTag()));
    QTEST(lookAt(host, m_nginx->portOf(host)), "found");
}

void TestTlsServers::findsWhatNoLibraryServes_data()
{
    QTest::addColumn<std::vector<TlsVersion>>("versions");
    QTest::addColumn<std::vector<quint16>>("suites");
    QTest::addColumn<QStringList>("found"); // by tls.protocols and tls.ciphers; the handshake itself is never finished
    using enum TlsVersion;
    QTest::newRow("SSL 3 too") << std::vector{Ssl3, Tls12} << std::vector<quint16>{0xc02f, 0xc013}
                               << QStringList{u"tls.protocols ssl3"_s};
    QTest::newRow("RC4 and 3DES") << std::vector{Tls12} << std::vector<quint16>{0xc02f, 0x0005, 0x000a}
                                  << QStringList{u"tls.ciphers rc4_cipher"_s, u"tls.ciphers triple_des_cipher"_s};
    QTest::newRow("export") << std::vector{Tls10, Tls12} << std::vector<quint16>{0xc02f, 0xc013, 0x0003}
                            << QStringList{u"tls.ciphers export_cipher"_s, u"tls.protocols retired_versions"_s};
    QTest::newRow("DES") << std::vector{Tls12} << std::vector<quint16>{0xc02f, 0x0009}
                         << QStringList{u"tls.ciphers des_cipher"_s};
}

void TestTlsServers::findsWhatNoLibraryServes()
{
    QFETCH(std::vector<TlsVersion>, versions);
    QFETCH(std::vector<quint16>, suites);
    const HostileServer server(scriptedTls({.versions = versions, .suites = suites}));
    QStringList found = lookAt(hostOf(u"scripted"_s), server.port());
    found.removeIf([](const QString &line) { return line.startsWith("tls.reachable"_L1); });
    QTEST(found, "found");
}

void TestTlsServers::observesARightServer()
{
    const QString host = hostOf(u"right"_s);
    lookAt(host, m_nginx->portOf(host));
    const auto observed = [this](const char *check, const QString &key) {
        return m_last[QString::fromLatin1(check)].observed.value(key);
    };
    QCOMPARE(observed("tls.revocation", u"source"_s).toString(), u"crl"_s);
    QCOMPARE(observed("tls.revocation", u"word"_s).toString(), u"good"_s);
    QCOMPARE(observed("tls.transparency", u"trust"_s).toString(), u"public"_s);
    QCOMPARE(observed("tls.transparency", u"search"_s).toString(), u"done"_s);
    QCOMPARE(observed("tls.protocols", u"alpn"_s).toString(), u"h2"_s);
    QVERIFY(!observed("tls.protocols", u"groups"_s).isNull());
    QCOMPARE(observed("tls.hostname", u"without_sni"_s)["answer"_L1].toString(), u"same"_s);
    QCOMPARE(observed("tls.renewal", u"owner"_s)["kind"_L1].toString(), u"unknown"_s);
    QCOMPARE(observed("tls.key", u"grade"_s).toString(), u"good"_s);
}

QTEST_GUILESS_MAIN(TestTlsServers)
#include "tst_tlsservers.moc"
