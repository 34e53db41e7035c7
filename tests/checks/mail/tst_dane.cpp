#include "checks/mail/danelookup.h"
#include "checks/net/certificate.h"
#include "tests/lab/certificates.h"

#include <QCryptographicHash>
#include <QTest>

#include <openssl/x509.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

struct Served
{
    lab::Identity root = lab::makeRoot(u"Root"_s);
    lab::Identity leaf = lab::makeSigned({.commonName = u"mx.example.com"_s, .names = {u"mx.example.com"_s}}, root);
    std::vector<Certificate> chain{readCertificate(leaf.certificate()), readCertificate(root.certificate())};
};

QByteArray keyOf(const lab::Identity &identity)
{
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(identity.key(), &der);
    const QByteArray key(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return key;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QByteArray sha512(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha512);
}

ProvenAnswer answerWith(const QStringList &records, SecurityStatus proof)
{
    ProvenAnswer answer{{}, proof};
    for (const QString &record : records)
        answer.answer.answers.push_back(
            {.name = u"_25._tcp.mx.example.com"_s, .type = RrType::Tlsa, .presentation = record});
    return answer;
}

} // namespace

Q_DECLARE_METATYPE(TlsaRecord)
Q_DECLARE_METATYPE(cockpit::DaneState)

class TestDane : public QObject
{
    Q_OBJECT

private slots:
    void readsRecords_data();
    void readsRecords();
    void holdsThemAgainstTheChain_data();
    void holdsThemAgainstTheChain();
    void tellsTheState_data();
    void tellsTheState();
    void heedsDates_data();
    void heedsDates();
    void followsNoEndlessChain();
    void choosesThePlace_data();
    void choosesThePlace();
};

void TestDane::readsRecords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRecord");
    QTest::addColumn<bool>("isUsable");
    const QString sha = QString(64, u'a');
    const auto row = [](const char *name, const QString &text, bool isRecord, bool isUsable) {
        QTest::newRow(name) << text << isRecord << isUsable;
    };
    row("3 1 1", u"3 1 1 "_s + sha, true, true);
    row("2 0 1", u"2 0 1 "_s + sha, true, true);
    row("3 0 2", u"3 0 2 "_s + sha + sha, true, true);
    row("the whole key", u"3 1 0 3059"_s, true, true);
    row("digest in two parts", u"3 1 1 "_s + sha.left(32) + u' ' + sha.left(32), true, true);
    row("PKIX-TA", u"0 1 1 "_s + sha, true, false);
    row("PKIX-EE", u"1 1 1 "_s + sha, true, false);
    row("unknown usage", u"4 1 1 "_s + sha, true, false);
    row("unknown selector", u"3 2 1 "_s + sha, true, false);
    row("unknown matching type", u"3 1 3 "_s + sha, true, false);
    row("digest too short", u"3 1 1 "_s + sha.left(62), true, false);
    row("digest too long", u"3 1 1 "_s + sha + u"aa"_s, true, false);
    row("SHA-256 under the number of SHA-512", u"3 1 2 "_s + sha, true, false);
    row("no digest", u"3 1 1"_s, false, false);
    row("words", u"three one one "_s + sha, false, false);
}

void TestDane::readsRecords()
{
    QFETCH(QString, text);
    const auto record = parseTlsa(text);
    QTEST(record.has_value(), "isRecord");
    QTEST(record && record->isUsable(), "isUsable");
}

void TestDane::holdsThemAgainstTheChain_data()
{
    QTest::addColumn<TlsaRecord>("record");
    QTest::addColumn<bool>("matches");
    QTest::addColumn<std::vector<Certificate>>("chain");
    const Served served;
    const QByteArray leaf = served.chain[0].der;
    const QByteArray root = served.chain[1].der;
    const auto row = [&](const char *name, const TlsaRecord &record, bool matches) {
        QTest::newRow(name) << record << matches << served.chain;
    };
    row("key of the certificate", {3, 1, 1, sha256(keyOf(served.leaf))}, true);
    row("whole certificate", {3, 0, 1, sha256(leaf)}, true);
    row("whole certificate, SHA-512", {3, 0, 2, sha512(leaf)}, true);
    row("the key itself", {3, 1, 0, keyOf(served.leaf)}, true);
    row("another key", {3, 1, 1, sha256("another")}, false);
    row("the certificate's digest as its key's", {3, 1, 1, sha256(leaf)}, false);
    row("authority as anchor", {2, 0, 1, sha256(root)}, true);
    row("authority's key as anchor", {2, 1, 1, sha256(keyOf(served.root))}, true);
    row("authority where the certificate is meant", {3, 0, 1, sha256(root)}, false);
    row("usage that is not for mail", {1, 0, 1, sha256(leaf)}, false);
    const lab::Identity stranger = lab::makeRoot(u"Stranger"_s);
    const Certificate strangers = readCertificate(stranger.certificate());
    QTest::newRow("authority that did not sign it")
        << TlsaRecord{2, 0, 1, sha256(strangers.der)} << false
        << std::vector<Certificate>{served.chain[0], served.chain[1], strangers};
    const lab::Identity middle = lab::makeIntermediate(u"Middle"_s, served.root);
    const lab::Identity below = lab::makeSigned({.commonName = u"mx.example.com"_s}, middle);
    QTest::newRow("authority two steps up, sent in another order")
        << TlsaRecord{2, 0, 1, sha256(root)} << true
        << std::vector<Certificate>{readCertificate(below.certificate()), served.chain[1],
                                    readCertificate(middle.certificate())};
    QTest::newRow("authority two steps up, the one between not sent")
        << TlsaRecord{2, 0, 1, sha256(root)} << false
        << std::vector<Certificate>{readCertificate(below.certificate()), served.chain[1]};
    QTest::newRow("no certificate") << TlsaRecord{3, 0, 1, sha256(leaf)} << false << std::vector<Certificate>{};
}

void TestDane::holdsThemAgainstTheChain()
{
    QFETCH(TlsaRecord, record);
    QFETCH(bool, matches);
    QFETCH(std::vector<Certificate>, chain);
    const DaneMatch match = matchDane({DaneState::Secure, {record}}, chain, QDateTime::currentDateTimeUtc());
    QCOMPARE(match.word, !record.isUsable() ? u"unusable"_s : matches ? u"matches"_s : u"mismatch"_s);
    QCOMPARE(match.pin != DanePin::None, matches);
}

void TestDane::tellsTheState_data()
{
    QTest::addColumn<QStringList>("records");
    QTest::addColumn<SecurityStatus>("proof");
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("isBinding");
    using enum SecurityStatus;
    const QString other = u"3 1 1 "_s + QString(64, u'a');
    const QString right = u"RIGHT"_s; // put in below, from the chain of that moment
    const auto row = [](const char *name, const QStringList &records, SecurityStatus proof, const QString &word,
                        bool isBinding) { QTest::newRow(name) << records << proof << word << isBinding; };
    row("none", {}, Insecure, u"absent"_s, false);
    row("none, and that is proven", {}, Secure, u"absent"_s, false);
    row("none, and the proof of it is broken", {}, Bogus, u"bogus"_s, false);
    row("none, and the proof of it was not followed", {}, Unknown, u"unknown"_s, false);
    row("not signed", {right}, Insecure, u"unsigned"_s, false);
    row("broken signatures", {right}, Bogus, u"bogus"_s, false);
    row("proof not followed", {right}, Unknown, u"unknown"_s, false);
    row("fits", {right}, Secure, u"matches"_s, true);
    row("roll-over pair", {other, right}, Secure, u"matches"_s, true);
    row("does not fit", {other}, Secure, u"mismatch"_s, true);
    row("not for mail", {u"1 1 1 "_s + QString(64, u'a')}, Secure, u"unusable"_s, false);
    row("one is for mail", {u"1 1 1 "_s + QString(64, u'a'), right}, Secure, u"matches"_s, true);
}

void TestDane::tellsTheState()
{
    QFETCH(QStringList, records);
    QFETCH(SecurityStatus, proof);
    const Served served;
    records.replaceInStrings(u"RIGHT"_s, u"3 1 1 "_s + QString::fromLatin1(sha256(keyOf(served.leaf)).toHex()));
    const DaneLook look = readDane(answerWith(records, proof));
    QTEST(matchDane(look, served.chain, QDateTime::currentDateTimeUtc()).word, "word");
    QTEST(look.isBinding(), "isBinding");
}

// RFC 7672 section 3.1.2, as OpenSSL does it (tried with 3.0: s_client -dane_tlsa_rrdata "2 0 1 …" -attime …).
void TestDane::heedsDates_data()
{
    QTest::addColumn<int>("anchor"); // place of the certificate that the record names
    QTest::addColumn<QList<int>>("expired");
    QTest::addColumn<bool>("isValid");
    const auto row = [](const char *name, int anchor, const QList<int> &expired, bool isValid) {
        QTest::newRow(name) << anchor << expired << isValid;
    };
    row("all are good", 2, {}, true);
    row("the server's own has expired", 2, {0}, false);
    row("the one between has expired", 2, {1}, false);
    row("the authority, which signed itself, has expired", 2, {2}, false);
    row("an authority that another signed has expired", 1, {1}, true);
    row("the server's own below it has expired", 1, {0}, false);
    row("one above the authority has expired", 1, {2}, true);
    row("the server's own is the authority", 0, {}, true);
    row("the server's own is the authority and has expired", 0, {0}, false);
    row("one above the server's own has expired, which is the authority", 0, {1}, true);
}

void TestDane::heedsDates()
{
    QFETCH(int, anchor);
    QFETCH(QList<int>, expired);
    const lab::Identity root = lab::makeRoot(u"Root"_s);
    const lab::Identity middle = lab::makeIntermediate(u"Middle"_s, root);
    const lab::Identity leaf = lab::makeSigned({.commonName = u"mx.example.com"_s}, middle);
    std::vector<Certificate> chain;
    for (const lab::Identity *identity : {&leaf, &middle, &root})
        chain.push_back(readCertificate(identity->certificate()));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const TlsaRecord record{2, 0, 1, sha256(chain[static_cast<std::size_t>(anchor)].der)};
    for (const int place : expired)
        chain[static_cast<std::size_t>(place)].notAfter = now.addSecs(-1);
    const DaneMatch match = matchDane({DaneState::Secure, {record}}, chain, now);
    QCOMPARE(match.pin, DanePin::Authority);
    QTEST(match.hasValidDates, "isValid");
}

// A server may send whatever it likes: what is looked at ends, however many records there are.
void TestDane::followsNoEndlessChain()
{
    const lab::Identity root = lab::makeRoot(u"Root"_s);
    std::vector<lab::Identity> identities{root};
    identities.reserve(kMostDaneCertificates + 1);
    for (std::size_t i = 1; i < kMostDaneCertificates + 1; ++i)
        identities.push_back(lab::makeIntermediate(u"The same"_s, identities.back()));
    std::vector<Certificate> chain;
    for (auto identity = identities.rbegin(); identity != identities.rend(); ++identity)
        chain.push_back(readCertificate(identity->certificate()));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto wordFor = [&](std::size_t place) {
        DaneLook look{DaneState::Secure, std::vector<TlsaRecord>(1000, {2, 1, 1, QByteArray(32, 'x')})};
        look.records.push_back({2, 0, 1, sha256(chain[place].der)});
        return matchDane(look, chain, now).word;
    };
    QCOMPARE(wordFor(kMostDaneCertificates - 1), u"matches"_s);
    QCOMPARE(wordFor(kMostDaneCertificates), u"mismatch"_s);
}

// RFC 7672 section 2.2.3: first what the alias leads to, then the name in the MX record.
void TestDane::choosesThePlace_data()
{
    QTest::addColumn<DaneState>("atTarget");
    QTest::addColumn<SecurityStatus>("way");
    QTest::addColumn<DaneState>("atHost");
    QTest::addColumn<DaneState>("state");
    QTest::addColumn<QString>("base");
    using enum DaneState;
    const QString target = u"mx.example.net"_s;
    const QString host = u"mx.example.com"_s;
    const auto row = [](const char *name, DaneState atTarget, SecurityStatus way, DaneState atHost, DaneState state,
                        const QString &base) { QTest::newRow(name) << atTarget << way << atHost << state << base; };
    const SecurityStatus proven = SecurityStatus::Secure;
    const SecurityStatus open = SecurityStatus::Insecure;
    row("at both", Secure, proven, Secure, Secure, target);
    row("at the target alone", Secure, proven, Absent, Secure, target);
    row("at the host alone", Absent, proven, Secure, Secure, host);
    row("at neither", Absent, proven, Absent, Absent, target);
    row("at both, the alias is not proven", Secure, open, Secure, Secure, host);
    row("at the target, the alias is not proven", Secure, open, Absent, Unsigned, target);
    row("at the target without signatures, at the host with", Unsigned, proven, Secure, Secure, host);
    row("at both without signatures", Unsigned, proven, Unsigned, Unsigned, target);
    row("at the host without signatures", Absent, open, Unsigned, Unsigned, host);
    row("broken at the target: senders wait", Bogus, proven, Secure, Bogus, target);
    row("broken behind an alias that nobody trusts", Bogus, open, Secure, Secure, host);
    row("broken at the host, none at the target", Absent, proven, Bogus, Bogus, host);
    row("broken at the host, never asked", Secure, proven, Bogus, Secure, target);
    row("not known at the target", Unknown, proven, Secure, Unknown, target);
    row("not known where nobody asks", Unknown, open, Absent, Absent, {});
    row("not known where nobody asks, at the host with", Unknown, open, Secure, Secure, host);
    row("the alias's proof was not followed", Secure, SecurityStatus::Unknown, Absent, Unknown, target);
    row("the alias's signatures do not hold", Absent, SecurityStatus::Bogus, Secure, Unknown, target);
}

void TestDane::choosesThePlace()
{
    QFETCH(DaneState, atTarget);
    QFETCH(SecurityStatus, way);
    QFETCH(DaneState, atHost);
    QFETCH(DaneState, state);
    const TlsaRecord pin{3, 1, 1, QByteArray(32, 'x')};
    const auto at = [&](DaneState there) { // who does not know whether there are any has seen none
        const bool isSeen = there != DaneState::Absent && there != DaneState::Unknown;
        return DaneLook{there, isSeen ? std::vector{pin} : std::vector<TlsaRecord>()};
    };
    const DaneLook chosen = chooseDane(
        {{u"mx.example.net"_s, way, at(atTarget)}, {u"mx.example.com"_s, SecurityStatus::Secure, at(atHost)}});
    QCOMPARE(chosen.state, state);
    if (state != DaneState::Absent)
        QTEST(chosen.base, "base");
    // Of records that are proven themselves, the alias alone is to blame.
    QCOMPARE(chosen.isAliasAtFault, state == DaneState::Unsigned && atTarget == DaneState::Secure);
}

QTEST_GUILESS_MAIN(TestDane)
#include "tst_dane.moc"
