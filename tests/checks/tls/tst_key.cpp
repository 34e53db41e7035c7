#include "checks/tls/key.h"
#include "tests/checks/tls/tlslook.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

KeyedCertificate keyed(const QString &type, int bits, const QString &curve = {}, qulonglong exponent = 0,
                       const QString &signature = u"sha256WithRSAEncryption"_s)
{
    Certificate certificate = goodLeaf();
    certificate.keyType = type;
    certificate.keyBits = bits;
    certificate.signature = signature;
    CertificateFields fields;
    fields.curve = curve;
    fields.exponent = exponent;
    return {certificate, fields};
}

const Host kSite{HostRole::Site, u"shop.example"_s, kHttpsPort};

} // namespace

Q_DECLARE_METATYPE(std::vector<cockpit::KeyedCertificate>)

class TestKey : public QObject
{
    Q_OBJECT

private slots:
    void judgesKeys_data()
    {
        QTest::addColumn<std::vector<KeyedCertificate>>("chain");
        QTest::addColumn<QString>("grade");
        QTest::addColumn<QStringList>("codes");
        const auto row = [](const char *name, const std::vector<KeyedCertificate> &chain, const QString &grade,
                            const QStringList &codes = {}) { QTest::newRow(name) << chain << grade << codes; };
        row("RSA 3072", {keyed(u"RSA"_s, 3072, {}, 65537)}, u"good"_s);
        row("RSA 3071", {keyed(u"RSA"_s, 3071, {}, 65537)}, u"enough"_s);
        row("RSA 2048", {keyed(u"RSA"_s, 2048, {}, 65537)}, u"enough"_s);
        row("RSA 2047", {keyed(u"RSA"_s, 2047, {}, 65537)}, u"phase_out"_s, {u"weak_key high"_s});
        row("RSA 1024", {keyed(u"RSA"_s, 1024, {}, 65537)}, u"phase_out"_s, {u"weak_key high"_s});
        row("RSA 1023", {keyed(u"RSA"_s, 1023, {}, 65537)}, u"broken"_s, {u"weak_key critical"_s});
        row("RSA-PSS 2048", {keyed(u"RSA-PSS"_s, 2048, {}, 65537)}, u"enough"_s);
        row("an exponent of 3", {keyed(u"RSA"_s, 3072, {}, 3)}, u"good"_s);
        row("an exponent of 1", {keyed(u"RSA"_s, 3072, {}, 1)}, u"broken"_s, {u"broken_exponent critical"_s});
        row("an even exponent", {keyed(u"RSA"_s, 3072, {}, 65536)}, u"broken"_s, {u"broken_exponent critical"_s});
        row("a very long exponent", {keyed(u"RSA"_s, 3072, {}, 0)}, u"good"_s);
        row("P-256", {keyed(u"EC"_s, 256, u"P-256"_s)}, u"good"_s);
        row("P-384", {keyed(u"EC"_s, 384, u"P-384"_s)}, u"good"_s);
        row("brainpool 256", {keyed(u"EC"_s, 256, u"brainpoolP256r1"_s)}, u"good"_s);
        row("P-224", {keyed(u"EC"_s, 224, u"P-224"_s)}, u"phase_out"_s, {u"weak_key high"_s});
        row("P-192", {keyed(u"EC"_s, 192, u"P-192"_s)}, u"broken"_s, {u"weak_key critical"_s});
        row("the curve of coins", {keyed(u"EC"_s, 256, u"secp256k1"_s)}, u"phase_out"_s, {u"weak_key high"_s});
        row("Ed25519", {keyed(u"Ed25519"_s, 253)}, u"good"_s);
        row("DSA", {keyed(u"DSA"_s, 2048)}, u"broken"_s, {u"weak_key critical"_s});
        row("a kind of tomorrow", {keyed(u"ML-DSA-65"_s, 1952)}, u"good"_s);
        row("signed with SHA-1", {keyed(u"EC"_s, 256, u"P-256"_s, 0, u"ecdsa-with-SHA1"_s)}, u"good"_s,
            {u"old_signature high"_s});
        row("signed with MD5", {keyed(u"RSA"_s, 2048, {}, 65537, u"md5WithRSAEncryption"_s)}, u"enough"_s,
            {u"old_signature high"_s});
        row("signed with SHA-384", {keyed(u"EC"_s, 256, u"P-256"_s, 0, u"ecdsa-with-SHA384"_s)}, u"good"_s);
        const KeyedCertificate good = keyed(u"EC"_s, 256, u"P-256"_s);
        row("an issuer signed with SHA-1", {good, keyed(u"RSA"_s, 4096, {}, 65537, u"sha1WithRSAEncryption"_s)},
            u"good"_s, {u"old_signature high"_s});
        KeyedCertificate root = keyed(u"RSA"_s, 2048, {}, 65537, u"sha1WithRSAEncryption"_s);
        root.certificate.isSelfSigned = true;
        row("a root signed with SHA-1", {good, root}, u"good"_s);
        row("an issuer with a short key", {good, keyed(u"RSA"_s, 1024, {}, 65537)}, u"good"_s,
            {u"weak_issuer_key medium"_s});
        row("an issuer with an enough key", {good, keyed(u"RSA"_s, 2048, {}, 65537)}, u"good"_s);
    }
    void judgesKeys()
    {
        QFETCH(std::vector<KeyedCertificate>, chain);
        QFETCH(QStringList, codes);
        const Judged judged = judgeKey(kSite, chain);
        QCOMPARE(codesOf(judged), codes);
        QCOMPARE(judged.outcome == Outcome::Pass, codes.isEmpty());
        QTEST(judged.observed[u"grade"_s].toString(), "grade");
    }

    void writesTheFactsDown()
    {
        const Judged judged = judgeKey(kSite, std::vector{keyed(u"RSA"_s, 2048, {}, 65537)});
        QCOMPARE(judged.observed[u"exponent"_s].toInt(), 65537);
        QVERIFY(judged.observed[u"curve"_s].isNull());
        QCOMPARE(judged.observed[u"certificate"_s].toObject()[u"key_bits"_s].toInt(), 2048);
    }

    void couldNotLookWithoutASession()
    {
        PreparedLook look;
        look.session(failure(ErrorKind::TimedOut, u"silent"_s));
        QCOMPARE(look.at(tlsKey()).outcome, Outcome::Error);
    }
};

QTEST_GUILESS_MAIN(TestKey)
#include "tst_key.moc"
