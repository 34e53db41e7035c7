#include "checks/tls/ciphers.h"
#include "tests/checks/tls/tlslook.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(cockpit::CipherFacts)

class TestCiphers : public QObject
{
    Q_OBJECT

private slots:
    void judgesCiphers_data()
    {
        QTest::addColumn<CipherFacts>("facts");
        QTest::addColumn<QStringList>("codes");
        using enum TlsVersion;
        const std::vector modern{Tls12, Tls13};
        const std::vector only12{Tls12};
        const auto row = [](const char *name, const CipherFacts &facts, const QStringList &codes) {
            QTest::newRow(name) << facts << codes;
        };
        row("good", {.versions = modern}, {});
        row("TLS 1.3 alone", {.versions = {Tls13}}, {});
        row("no encryption", {.versions = modern, .weakPicks = {0x0002}}, {u"null_cipher high"_s});
        row("anonymous", {.versions = modern, .weakPicks = {0xc018}}, {u"anonymous_cipher high"_s});
        row("export", {.versions = modern, .weakPicks = {0x0003}}, {u"export_cipher high"_s});
        row("DES", {.versions = modern, .weakPicks = {0x0009}}, {u"des_cipher high"_s});
        row("RC4", {.versions = modern, .weakPicks = {0x0005}}, {u"rc4_cipher medium"_s});
        row("3DES", {.versions = modern, .weakPicks = {0x000a}}, {u"triple_des_cipher low"_s});
        row("several", {.versions = modern, .weakPicks = {0x0005, 0x000a}},
            {u"rc4_cipher medium"_s, u"triple_des_cipher low"_s});
        row("no forward secrecy", {.versions = only12, .hasForwardSecrecy = false}, {u"no_forward_secrecy medium"_s});
        row("none below TLS 1.3", {.versions = modern, .hasForwardSecrecy = false}, {u"no_forward_secrecy low"_s});
        row("CBC only", {.versions = only12, .hasAead = false}, {u"cbc_only low"_s});
        row("CBC only below TLS 1.3", {.versions = modern, .hasAead = false}, {});
        row("CBC only, as old versions must", {.versions = {Tls10, Tls11}, .hasAead = false}, {});
        row("a prime of 2048 bits", {.versions = modern, .primeBits = 2048}, {});
        row("a prime of 2047 bits", {.versions = modern, .primeBits = 2047}, {u"weak_prime medium"_s});
        row("a prime of 1024 bits", {.versions = modern, .primeBits = 1024}, {u"weak_prime medium"_s});
        row("a prime of 1023 bits", {.versions = modern, .primeBits = 1023}, {u"weak_prime high"_s});
    }
    void judgesCiphers()
    {
        QFETCH(CipherFacts, facts);
        QFETCH(QStringList, codes);
        PreparedLook look;
        look.session(goodSession());
        look.ciphers(facts);
        const Judged judged = look.at(tlsCiphers());
        QCOMPARE(codesOf(judged), codes);
        QCOMPARE(judged.outcome == Outcome::Pass, codes.isEmpty());
        QCOMPARE(judged.observed[u"weak_ciphers"_s].toArray().size(), int(facts.weakPicks.size()));
        for (const Finding &finding : judged.findings)
            QCOMPARE(finding.proof, Proof::Proven);
    }

    void writesTheFactsDown()
    {
        const Judged judged = judgeCiphers({HostRole::Site, u"shop.example"_s, kHttpsPort},
                                           {.versions = {TlsVersion::Tls12}, .weakPicks = {0x0005}, .primeBits = 1024});
        QCOMPARE(judged.observed[u"weak_ciphers"_s].toArray(), QJsonArray{u"TLS_RSA_WITH_RC4_128_SHA"_s});
        QCOMPARE(judged.observed[u"weak_families"_s].toArray(), QJsonArray{u"rc4"_s});
        QCOMPARE(judged.observed[u"forward_secrecy"_s].toBool(), true);
        QCOMPARE(judged.observed[u"prime_bits"_s].toInt(), 1024);
    }

    void saysWhyItCouldNotLook_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("silent") << u"silent"_s << Outcome::Error;
        QTest::newRow("no address") << u"missing"_s << Outcome::NotRun;
        QTest::newRow("re-signed on the way") << u"intercepted"_s << Outcome::NotRun;
    }
    void saysWhyItCouldNotLook()
    {
        QFETCH(QString, state);
        PreparedLook look;
        TlsSession session = goodSession();
        session.chain.front().issuer = u"Kaspersky Anti-Virus Personal Root Certificate"_s;
        look.session(session);
        look.ciphers(CipherFacts{.versions = {TlsVersion::Tls13}});
        if (state != "intercepted"_L1) {
            look.ciphers(failure(ErrorKind::TimedOut, u"silent"_s));
            look.session(failure(ErrorKind::TimedOut, u"silent"_s));
        }
        if (state == "missing"_L1)
            look.addresses(failure(ErrorKind::Unreachable, u"It does not exist."_s));
        const Judged judged = look.at(tlsCiphers());
        QTEST(judged.outcome, "outcome");
        QVERIFY(!judged.reason.isEmpty());
        QVERIFY(judged.findings.empty());
    }
};

QTEST_GUILESS_MAIN(TestCiphers)
#include "tst_ciphers.moc"
