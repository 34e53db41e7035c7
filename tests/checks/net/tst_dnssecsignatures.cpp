// How much of a flood of keys and signatures is looked at (KeyTrap, CVE-2023-50387).
#include "checks/net/dnssec.h"
#include "tests/lab/signedzone.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kMost = 32;        // keys, DS records and signatures of one set
constexpr int kMostOfOneTag = 4; // keys

// A signed zone, as records.
struct Zone
{
    QDateTime now = QDateTime::currentDateTimeUtc();
    std::vector<DnsRecord> all;
    DnsRecord ds;

    Zone()
    {
        const QByteArray plain = "$ORIGIN example.\n$TTL 300\n"
                                 "@ SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300\n@ NS ns.example.\n";
        const lab::SignedZone made = lab::signZone(u"example"_s, plain, now.addDays(-3), now.addDays(11));
        for (const QByteArray &line : made.file.split('\n'))
            all.push_back(recordOf(line));
        ds = recordOf(made.ds);
    }

    static DnsRecord recordOf(const QByteArray &line)
    {
        const QString text = QString::fromLatin1(line.simplified()).section(u" ;"_s, 0, 0);
        const QString word = text.section(u' ', 3, 3);
        DnsRecord record{.name = u"example"_s, .ttl = 300, .presentation = text.section(u' ', 4)};
        for (const RrType type : {RrType::Soa, RrType::Ns, RrType::Rrsig, RrType::Dnskey, RrType::Ds}) {
            if (word == toWord(type))
                record.type = type;
        }
        return record;
    }

    DnsRecord key() const { return first(RrType::Dnskey, {}); }
    DnsRecord signature() const { return first(RrType::Rrsig, u"SOA "_s); }
    DnsRecord first(RrType type, const QString &start) const
    {
        return *std::ranges::find_if(
            all, [&](const DnsRecord &record) { return record.type == type && record.presentation.startsWith(start); });
    }
    SignatureState stateWith(const std::vector<DnsRecord> &signatures, const std::vector<DnsRecord> &keys) const
    {
        DnsAnswer answer{.answers = signatures};
        answer.answers.push_back(first(RrType::Soa, {}));
        return verifySignature(answer, RrType::Soa, keys, now).state;
    }
};

// The same, made for other records.
DnsRecord wrongOf(DnsRecord signature)
{
    QByteArray bytes = QByteArray::fromBase64(signature.presentation.section(u' ', 8).toLatin1());
    bytes[0] = static_cast<char>(bytes[0] ^ 1);
    signature.presentation = signature.presentation.section(u' ', 0, 7) + u' ' + QString::fromLatin1(bytes.toBase64());
    return signature;
}

// Another key with the same tag: the tag is a sum of words (RFC 4034 appendix B).
DnsRecord twinOf(DnsRecord key, int which)
{
    QByteArray bytes = QByteArray::fromBase64(key.presentation.section(u' ', 3).toLatin1());
    for (const int i : {0, 1})
        std::swap(bytes[i], bytes[2 * (which + 1) + i]);
    key.presentation = key.presentation.section(u' ', 0, 2) + u' ' + QString::fromLatin1(bytes.toBase64());
    return key;
}

std::vector<DnsRecord> lastOf(const std::vector<DnsRecord> &before, const DnsRecord &last)
{
    std::vector<DnsRecord> records = before;
    records.push_back(last);
    return records;
}

std::vector<DnsRecord> many(int count, const DnsRecord &record)
{
    return std::vector<DnsRecord>(static_cast<std::size_t>(count), record);
}

} // namespace

class TestDnssecSignatures : public QObject
{
    Q_OBJECT

private slots:
    void looksAtSoManySignatures();
    void looksAtSoManyKeys();
    void looksAtSoManyKeysOfOneTag();
    void looksAtSoManyVouchers();
    void isDoneSoon();
};

void TestDnssecSignatures::looksAtSoManySignatures()
{
    const Zone zone;
    const DnsRecord good = zone.signature();
    const DnsRecord wrong = wrongOf(good);
    QCOMPARE(zone.stateWith({good}, {zone.key()}), SignatureState::Valid);
    QCOMPARE(zone.stateWith(many(kMost, wrong), {zone.key()}), SignatureState::Wrong);
    QCOMPARE(zone.stateWith(lastOf(many(kMost - 1, wrong), good), {zone.key()}), SignatureState::Valid);
    QCOMPARE(zone.stateWith(lastOf(many(kMost, wrong), good), {zone.key()}), SignatureState::Unsupported);
    QCOMPARE(zone.stateWith({}, many(kMost + 1, zone.key())), SignatureState::Missing);
}

void TestDnssecSignatures::looksAtSoManyKeys()
{
    const Zone zone;
    const DnsRecord stranger = Zone().key();
    const auto stateAfter = [&](int strangers) {
        return zone.stateWith({zone.signature()}, lastOf(many(strangers, stranger), zone.key()));
    };
    QCOMPARE(zone.stateWith({zone.signature()}, many(kMost, stranger)), SignatureState::NoKey);
    QCOMPARE(stateAfter(kMost - 1), SignatureState::Valid);
    QCOMPARE(stateAfter(kMost), SignatureState::Unsupported);
    QVERIFY(!isTooMuchToCheck(many(kMost, stranger), many(kMost, zone.ds)));
    QVERIFY(isTooMuchToCheck(many(kMost + 1, stranger), {}));
    QVERIFY(isTooMuchToCheck({}, many(kMost + 1, zone.ds)));
}

void TestDnssecSignatures::looksAtSoManyKeysOfOneTag()
{
    const Zone zone;
    std::vector<DnsRecord> twins;
    for (int i = 0; i < kMostOfOneTag; ++i) {
        twins.push_back(twinOf(zone.key(), i));
        QCOMPARE(keyFactsOf(twins.back())->keyTag, keyFactsOf(zone.key())->keyTag);
    }
    QCOMPARE(zone.stateWith({zone.signature()}, twins), SignatureState::Wrong);
    QCOMPARE(zone.stateWith({zone.signature()}, lastOf(twins, zone.key())), SignatureState::Unsupported);
    twins.pop_back();
    QCOMPARE(zone.stateWith({zone.signature()}, lastOf(twins, zone.key())), SignatureState::Valid);
}

void TestDnssecSignatures::looksAtSoManyVouchers()
{
    const Zone zone;
    const DnsRecord stranger = Zone().ds;
    QCOMPARE(keysVouchedFor({zone.key()}, {zone.ds}).size(), std::size_t(1));
    QVERIFY(keysVouchedFor({zone.key()}, {stranger}).empty());
    QCOMPARE(keysVouchedFor({zone.key()}, lastOf(many(kMost - 1, stranger), zone.ds)).size(), std::size_t(1));
    QVERIFY(keysVouchedFor({zone.key()}, lastOf(many(kMost, stranger), zone.ds)).empty()); // isTooMuchToCheck says so
}

// What fits into 64 KB, as the attack has it.
void TestDnssecSignatures::isDoneSoon()
{
    const Zone zone;
    std::vector<DnsRecord> keys;
    for (int i = 0; i < 400; ++i)
        keys.push_back(twinOf(zone.key(), i % 30));
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(zone.stateWith(many(300, wrongOf(zone.signature())), keys), SignatureState::Unsupported);
    QVERIFY(keysVouchedFor(keys, many(1000, zone.ds)).empty());
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(TestDnssecSignatures)
#include "tst_dnssecsignatures.moc"
