#include "checks/tls/family.h"
#include "models/guide.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestTlsGuides : public QObject
{
    Q_OBJECT

private slots:
    void everyFindingHasItsSteps_data()
    {
        QTest::addColumn<QString>("check");
        QTest::addColumn<QStringList>("codes");
        QTest::newRow("reachable") << u"tls.reachable"_s
                                   << QStringList{u"refused"_s,      u"silent"_s,    u"no_tls"_s,
                                                  u"address_down"_s, u"ipv6_down"_s, u"stale_address"_s};
        QTest::newRow("chain") << u"tls.chain"_s
                               << QStringList{u"incomplete_chain"_s, u"wrong_order"_s,         u"self_signed"_s,
                                              u"untrusted_root"_s,   u"expired_link"_s,        u"revoked"_s,
                                              u"staging_issuer"_s,   u"unusable_certificate"_s};
        QTest::newRow("hostname") << u"tls.hostname"_s << QStringList{u"name_mismatch"_s};
        QTest::newRow("expiry") << u"tls.expiry"_s
                                << QStringList{u"expired"_s, u"not_yet_valid"_s, u"last_hours"_s, u"renewal_overdue"_s,
                                               u"renewal_late"_s};
        QTest::newRow("protocols") << u"tls.protocols"_s
                                   << QStringList{u"retired_versions"_s, u"ssl3"_s, u"no_current_version"_s,
                                                  u"unsafe_renegotiation"_s};
        QTest::newRow("ciphers") << u"tls.ciphers"_s
                                 << QStringList{u"null_cipher"_s, u"anonymous_cipher"_s,   u"export_cipher"_s,
                                                u"des_cipher"_s,  u"rc4_cipher"_s,         u"triple_des_cipher"_s,
                                                u"weak_prime"_s,  u"no_forward_secrecy"_s, u"cbc_only"_s};
        QTest::newRow("key") << u"tls.key"_s
                             << QStringList{u"weak_key"_s, u"broken_exponent"_s, u"weak_issuer_key"_s,
                                            u"old_signature"_s};
        QTest::newRow("revocation") << u"tls.revocation"_s
                                    << QStringList{u"revoked"_s, u"must_staple_without_staple"_s, u"bad_staple"_s,
                                                   u"no_pointer"_s};
        QTest::newRow("renewal") << u"tls.renewal"_s
                                 << QStringList{u"too_long"_s, u"window_missed"_s, u"withdrawal_planned"_s,
                                                u"by_hand"_s};
        QTest::newRow("transparency") << u"tls.transparency"_s
                                      << QStringList{u"too_few_timestamps"_s, u"unexpected_issuer"_s};
    }
    void everyFindingHasItsSteps()
    {
        QFETCH(QString, check);
        QFETCH(QStringList, codes);
        const auto guide = loadGuide(check, u"en"_s);
        QVERIFY2(guide, guide ? "" : qPrintable(guide.error().message));
        for (const QString &code : codes)
            QVERIFY2(guide->stepsByCode.contains(code), qPrintable(code));
        QCOMPARE(guide->stepsByCode.size(), std::size_t(codes.size()));
        QVERIFY(!guide->steps.isEmpty());
        QVERIFY(!guide->prompt.isEmpty());
    }

    void everyCheckIsCovered()
    {
        QStringList ids;
        for (const Check &check : tlsChecks())
            ids += check.id;
        QCOMPARE(ids, (QStringList{u"tls.reachable"_s, u"tls.chain"_s, u"tls.hostname"_s, u"tls.expiry"_s,
                                   u"tls.renewal"_s, u"tls.protocols"_s, u"tls.ciphers"_s, u"tls.key"_s,
                                   u"tls.revocation"_s, u"tls.transparency"_s}));
    }
};

QTEST_GUILESS_MAIN(TestTlsGuides)
#include "tst_tlsguides.moc"
