#include "checks/mail/dkim.h"
#include "lab/lookwithzone.h"
#include "models/providers.h"
#include "tests/checks/earlierfinding.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

enum class Form { SubjectPublicKeyInfo, BareRsa };

QByteArray rsaKey(size_t bits, Form form = Form::SubjectPublicKeyInfo)
{
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY *)> key(EVP_RSA_gen(bits), EVP_PKEY_free);
    unsigned char *der = nullptr;
    const int size = form == Form::BareRsa ? i2d_PublicKey(key.get(), &der) : i2d_PUBKEY(key.get(), &der);
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return bytes.toBase64();
}

QString keyRecord(const QString &selector, const QByteArray &text)
{
    QStringList strings;
    for (qsizetype i = 0; i < text.size(); i += 200)
        strings << u'"' + QString::fromLatin1(text.mid(i, 200)) + u'"';
    return selector + u"._domainkey.example.com. 60 IN TXT "_s + strings.join(u' ');
}

} // namespace

class DkimTest : public QObject
{
    Q_OBJECT

private slots:
    void readsKeys_data();
    void readsKeys();
    void judgesTheDomain_data();
    void judgesTheDomain();
    void triesTheProvidersSelectorsFirst();
    void namesTheUsersSelectors();
    void keepsSilenceApart();
    void doubtsWithoutItsGuards_data();
    void doubtsWithoutItsGuards();
    void everySelectorIsALabel();
    void triesManyNames();
    void asksNothingOfADomainThatDoesNotExist();
};

void DkimTest::readsKeys_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("bits");
    const QByteArray normal = rsaKey(2048);
    QTest::newRow("2048 bits") << "v=DKIM1; k=rsa; p=" + normal << u"valid"_s << 2048;
    QTest::newRow("only the key") << "p=" + normal << u"valid"_s << 2048;
    QTest::newRow("blanks in the key") << "v=DKIM1; p=" + QByteArray(normal).insert(40, "  ") << u"valid"_s << 2048;
    QTest::newRow("bare RSAPublicKey") << "v=DKIM1; p=" + rsaKey(2048, Form::BareRsa) << u"valid"_s << 2048;
    QTest::newRow("2047 bits") << "v=DKIM1; p=" + rsaKey(2047) << u"weak"_s << 2047;
    QTest::newRow("1024 bits") << "v=DKIM1; p=" + rsaKey(1024) << u"weak"_s << 1024;
    QTest::newRow("1023 bits") << "v=DKIM1; p=" + rsaKey(1023) << u"invalid"_s << 1023;
    QTest::newRow("revoked") << QByteArray("v=DKIM1; p=") << u"revoked"_s << 0;
    QTest::newRow("no key") << QByteArray("v=DKIM1; k=rsa") << u"invalid"_s << 0;
    QTest::newRow("cut off") << "v=DKIM1; p=" + normal.left(200) << u"invalid"_s << 0;
    QTest::newRow("quotation marks inside") << "v=DKIM1; p=\"" + normal + "\"" << u"invalid"_s << 0;
    QTest::newRow("pasted twice") << "v=DKIM1; p=" + normal + "; v=DKIM1; p=" + normal << u"invalid"_s << 0;
    QTest::newRow("version behind") << "p=" + normal + "; v=DKIM1" << u"invalid"_s << 0;
    QTest::newRow("version two") << "v=DKIM2; p=" + normal << u"invalid"_s << 0;
    QTest::newRow("ed25519") << "v=DKIM1; k=ed25519; p=" + QByteArray(32, 'k').toBase64() << u"valid"_s << 256;
    QTest::newRow("ed25519 of 31 bytes") << "v=DKIM1; k=ed25519; p=" + QByteArray(31, 'k').toBase64() << u"invalid"_s
                                         << 256;
    QTest::newRow("unknown type") << "v=DKIM1; k=dsa; p=" + normal << u"invalid"_s << 0;
    QTest::newRow("test flag among blanks") << "v=DKIM1; t= s : y; p=" + normal << u"valid"_s << 2048;
    QTest::newRow("SHA-1 alone") << "v=DKIM1; h=sha1; p=" + normal << u"invalid"_s << 0;
    QTest::newRow("SHA-1 and SHA-256") << "v=DKIM1; h=sha1:sha256; p=" + normal << u"valid"_s << 2048;
    QTest::newRow("for any service") << "v=DKIM1; s=*; p=" + normal << u"valid"_s << 2048;
    QTest::newRow("not for mail") << "v=DKIM1; s=tlsrpt; p=" + normal << u"invalid"_s << 0;
    QTest::newRow("capital P is another tag") << "v=DKIM1; P=" + normal << u"invalid"_s << 0;
    QTest::newRow("SPF by a wildcard") << QByteArray("v=spf1 -all") << u"invalid"_s << 0;
}

void DkimTest::readsKeys()
{
    QFETCH(QByteArray, text);
    const DkimKey key = readDkimKey(text);
    QTEST(toWord(key.status), "status");
    QTEST(key.keyBits, "bits");
    QCOMPARE(key.problem.isEmpty(), key.status == DkimKeyStatus::Valid || key.status == DkimKeyStatus::Revoked);
}

void DkimTest::judgesTheDomain_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QStringList>("statuses");
    const QString good = keyRecord(u"google"_s, "v=DKIM1; p=" + rsaKey(2048));
    const QString apex = u"example.com. 60 IN A 192.0.2.1"_s;
    QTest::newRow("one good key") << QStringList{good} << QStringList{} << QStringList{u"google valid"_s};
    QTest::newRow("nothing below") << QStringList{apex} << QStringList{u"missing"_s} << QStringList{};
    QTest::newRow("a key elsewhere") << QStringList{keyRecord(u"20260101abc"_s, "v=DKIM1; p=x")}
                                     << QStringList{u"not_seen"_s} << QStringList{};
    QTest::newRow("weak") << QStringList{keyRecord(u"google"_s, "p=" + rsaKey(1024))} << QStringList{u"weak_key"_s}
                          << QStringList{u"google weak"_s};
    QTest::newRow("broken") << QStringList{keyRecord(u"google"_s, "v=DKIM1; p=AAAA")} << QStringList{u"invalid_key"_s}
                            << QStringList{u"google invalid"_s};
    QTest::newRow("revoked beside a good one") << QStringList{good, keyRecord(u"k1"_s, "v=DKIM1; p=")} << QStringList{}
                                               << QStringList{u"google valid"_s, u"k1 revoked"_s};
    QTest::newRow("test mode") << QStringList{keyRecord(u"google"_s, "v=DKIM1; t=y; p=" + rsaKey(2048))}
                               << QStringList{u"test_mode"_s} << QStringList{u"google valid"_s};
    QTest::newRow("two records at one selector") << QStringList{good, keyRecord(u"google"_s, "v=DKIM1; p=")}
                                                 << QStringList{u"invalid_key"_s} << QStringList{u"google invalid"_s};
    QTest::newRow("sends no mail") << QStringList{u"example.com. 60 IN TXT \"v=spf1 -all\""_s} << QStringList{}
                                   << QStringList{};
    QTest::newRow("an alias to a closed account")
        << QStringList{good, u"s1._domainkey.example.com. 60 IN CNAME s1.domainkey.u1.example.net."_s}
        << QStringList{u"dead_alias"_s} << QStringList{u"google valid"_s};
    QTest::newRow("one server failure") << QStringList{good, u"k1._domainkey.example.com. SERVFAIL"_s} << QStringList{}
                                        << QStringList{u"google valid"_s, u"k1 temperror"_s};
}

void DkimTest::judgesTheDomain()
{
    QFETCH(QStringList, zone);
    const Judged judged = ZoneLook{zone}.run(dkimCheck());
    QTEST(codesOf(judged), "codes");
    QStringList statuses;
    for (const QJsonValue selector : judged.observed["selectors"_L1].toArray())
        statuses << selector["selector"_L1].toString() + u' ' + selector["status"_L1].toString();
    statuses.sort();
    QTEST(statuses, "statuses");
    const bool hasGap = statuses.join(u' ').contains(u"temperror"_s);
    QCOMPARE(judged.observed.contains(u"not_seen"_s), hasGap);
    if (!hasGap)
        return;
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(judged.outcome, Outcome::Info); // k1 may be weak
    QVERIFY(!closes(judged, u"weak_key"_s, u"k1"_s) && closes(judged, u"weak_key"_s, u"google"_s));
}

void DkimTest::triesTheProvidersSelectorsFirst()
{
    const QStringList names = dkimSelectorsFor({u"zendesk"_s}, {u"own"_s});
    QCOMPARE(names.mid(0, 3), (QStringList{u"own"_s, u"zendesk1"_s, u"zendesk2"_s}));
    QVERIFY(names.contains(u"default"_s));
    QCOMPARE(names.count(u"zendesk1"_s), 1);
}

void DkimTest::namesTheUsersSelectors()
{
    ZoneLook look{{keyRecord(u"20260101pm"_s, "p=" + rsaKey(2048))}};
    look.facts.dkimSelectors = {u"20260101pm"_s, u"gone"_s};
    const Judged judged = look.run(dkimCheck());
    QCOMPARE(codesOf(judged), QStringList{u"selector_missing"_s});
    const QJsonArray selectors = judged.observed["selectors"_L1].toArray();
    QCOMPARE(selectors.size(), 2);
    QCOMPARE(selectors[0]["status"_L1].toString(), u"valid"_s);
    QCOMPARE(selectors[1]["status"_L1].toString(), u"missing"_s);
}

void DkimTest::keepsSilenceApart()
{
    DkimFacts facts{u"example.com"_s, {}, DnsAnswer{}, DnsAnswer{}};
    facts.selectors.push_back({u"google"_s, false, tl::unexpected<Error>(Error{ErrorKind::TimedOut, u"late"_s})});
    const Judged judged = judgeDkim(facts);
    QCOMPARE(judged.observed["selectors"_L1][0]["status"_L1].toString(), u"temperror"_s);
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(judged.findings.empty());
}

// What the other answers are read by has to be known.
void DkimTest::doubtsWithoutItsGuards_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("failing"); // a name; "random" any that nobody made
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<bool>("hidesMissing");
    const QString good = keyRecord(u"google"_s, "v=DKIM1; p=" + rsaKey(2048));
    const QString broken = keyRecord(u"google"_s, "v=DKIM1; p=AAAA");
    const QString wildcard = u"*._domainkey.example.com. 60 IN TXT \"v=spf1 -all\""_s;
    const QString apex = u"example.com. 60 IN TXT \"v=spf1 mx -all\""_s;
    const QString elsewhere = keyRecord(u"20260101abc"_s, "v=DKIM1; p=x");
    const auto row = [](const char *name, const QStringList &zone, const QString &failing, const QStringList &codes,
                        Outcome outcome, bool hidesMissing = false) {
        QTest::newRow(name) << zone << failing << codes << outcome << hidesMissing;
    };
    row("a wildcard", {apex, wildcard}, {}, {u"not_seen"_s}, Outcome::Warn);
    row("a wildcard that is not known", {apex, wildcard}, u"random"_s, {}, Outcome::Error);
    row("a good key, a wildcard is not known", {apex, good}, u"random"_s, {}, Outcome::Error);
    row("nothing below", {apex}, {}, {u"missing"_s}, Outcome::Fail);
    row("whether there is something is not known", {apex, elsewhere}, u"_domainkey.example.com"_s, {u"not_seen"_s},
        Outcome::Warn, true);
    row("the same, and a broken key", {apex, broken}, u"_domainkey.example.com"_s, {u"invalid_key"_s}, Outcome::Fail,
        true);
    row("the same, and a good key", {apex, good}, u"_domainkey.example.com"_s, {}, Outcome::Pass);
    row("whether it sends is not known, nothing below", {apex}, u"example.com"_s, {}, Outcome::Error);
    row("whether it sends is not known, a good key", {apex, good}, u"example.com"_s, {}, Outcome::Pass);
    row("whether it sends is not known, a broken key", {apex, broken}, u"example.com"_s, {u"invalid_key"_s},
        Outcome::Fail);
}

void DkimTest::doubtsWithoutItsGuards()
{
    QFETCH(QStringList, zone);
    QFETCH(QString, failing);
    QFETCH(bool, hidesMissing);
    const QStringList names = dkimSelectorsFor({}, {});
    const ScriptedDns server([&, told = zoneScript(zone)](const DnsQuestionSeen &question) {
        const QString label = question.name.section(u'.', 0, 0);
        const bool isRandom = question.name.endsWith(u"._domainkey.example.com"_s) && !names.contains(label);
        const bool fails = failing == u"random" ? isRandom : question.name == failing;
        return fails && question.type == int(RrType::Txt) ? DnsReply{.rcode = 2} : told(question);
    });
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target{u"example.com"_s, {}};
    const Policy policy;
    const ProjectFacts facts;
    const Judged judged = dkimCheck().look(Look{seen, target, nullptr, policy, facts, {}});
    QTEST(codesOf(judged), "codes");
    QTEST(judged.outcome, "outcome");
    const QJsonArray gaps = judged.observed["not_seen"_L1].toArray();
    QCOMPARE(std::ranges::any_of(gaps, [](const QJsonValue &gap) { return gap["code"_L1] == u"missing"_s; }),
             hidesMissing);
    QCOMPARE(judged.reason.isEmpty(), !hidesMissing && judged.outcome != Outcome::Error);
}

void DkimTest::everySelectorIsALabel()
{
    QStringList ids;
    for (const Provider &provider : knownProviders())
        ids << provider.id;
    QFile file(u":/rules/dkim-selectors.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject lists = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(lists.keys(), (QStringList{u"generic"_s, u"providers"_s, u"schema"_s}));
    for (const QString &id : lists["providers"_L1].toObject().keys())
        QVERIFY2(ids.contains(id), qPrintable(id)); // else its selectors would never be tried
    static const QRegularExpression label(u"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"_s);
    for (const QString &name : dkimSelectorsFor(lists["providers"_L1].toObject().keys(), {}))
        QVERIFY2(label.match(name).hasMatch(), qPrintable(name));
}

void DkimTest::triesManyNames()
{
    QVERIFY(dkimSelectorsFor({}, {}).size() >= 150);
}

void DkimTest::asksNothingOfADomainThatDoesNotExist()
{
    const ScriptedDns server(zoneScript({u"example.net. 60 IN A 192.0.2.1"_s}));
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target{u"example.com"_s, {}};
    const Policy policy;
    const ProjectFacts facts;
    const Judged judged = dkimCheck().look(Look{seen, target, nullptr, policy, facts, {}});
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.reason.contains(u"example.com"_s));
    QVERIFY(judged.observed["selectors"_L1].isArray());
    QCOMPARE(server.seen().size(), size_t(2));
}

QTEST_GUILESS_MAIN(DkimTest)
#include "tst_dkim.moc"
