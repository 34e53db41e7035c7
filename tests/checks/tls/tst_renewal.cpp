#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "checks/tls/lifelimit.h"
#include "checks/tls/renewal.h"
#include "tests/checks/tls/tlslook.h"
#include "tests/lab/hostileserver.h"

#include <QTemporaryFile>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const Host kSite{HostRole::Site, u"shop.example"_s, kHttpsPort};
constexpr qint64 kDay = 86400;

Certificate living(const QDateTime &from, qint64 seconds)
{
    Certificate leaf = goodLeaf();
    leaf.notBefore = from;
    leaf.notAfter = from.addSecs(seconds);
    leaf.issuerOrganization = u"Let's Encrypt"_s;
    leaf.fingerprint = u"now"_s;
    return leaf;
}

// Ninety days, of which this many have passed.
RenewalFacts aged(qint64 days)
{
    return {.leaf = living(kNow.addDays(-days), 90 * kDay - 1),
            .owner = {RenewalOwnerKind::AcmeClient, u"Let's Encrypt"_s}};
}

RenewalFacts suggested(qint64 days, const QDateTime &start, const QDateTime &end)
{
    RenewalFacts facts = aged(days);
    facts.suggested = SuggestedWindow{start, end};
    return facts;
}

QByteArray windowJson(const QByteArray &start, const QByteArray &end)
{
    return R"({"suggestedWindow": {"start": ")" + start + R"(", "end": ")" + end + R"("}})";
}

} // namespace

Q_DECLARE_METATYPE(cockpit::RenewalFacts)

class TestRenewal : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void countsRenewals_data();
    void countsRenewals();
    void knowsHowLongOnesMayLive_data();
    void knowsHowLongOnesMayLive();
    void guessesWhoRenews_data();
    void guessesWhoRenews();
    void namesTheCertificateForItsIssuer();
    void readsSuggestions_data();
    void readsSuggestions();
    void asksTheIssuer_data();
    void asksTheIssuer();
};

void TestRenewal::judges_data()
{
    QTest::addColumn<RenewalFacts>("facts");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char *name, const RenewalFacts &facts, Outcome outcome, const QStringList &codes = {}) {
        QTest::newRow(name) << facts << outcome << codes;
    };
    row("a client renews it", aged(10), Outcome::Pass);
    RenewalFacts unknown = aged(10);
    unknown.owner = {};
    row("nobody knows who does", unknown, Outcome::Info);
    RenewalFacts forbidden = aged(10);
    forbidden.caaAllows = false;
    row("the DNS forbids it", forbidden, Outcome::Info);
    forbidden.caaAllows = true;
    row("the DNS allows it", forbidden, Outcome::Pass);
    RenewalFacts silent = aged(10);
    silent.suggested = failure(ErrorKind::TimedOut, u"The issuer did not answer."_s);
    row("the issuer is silent", silent, Outcome::Pass);
    row("before the window", suggested(50, kNow.addDays(9), kNow.addDays(11)), Outcome::Pass);
    row("the window ends this second", suggested(62, kNow.addDays(-2), kNow), Outcome::Pass);
    row("the window has ended", suggested(62, kNow.addDays(-2), kNow.addSecs(-1)), Outcome::Warn,
        {u"window_missed medium"_s});
    row("it has ended, and tls.expiry warns", suggested(70, kNow.addDays(-9), kNow.addDays(-7)), Outcome::Info);
    row("it ended in the first half of the life", suggested(44, kNow.addDays(-2), kNow.addSecs(-1)), Outcome::Fail,
        {u"withdrawal_planned high"_s});
    row("it ended in the second half", suggested(46, kNow.addDays(-2), kNow.addSecs(-1)), Outcome::Warn,
        {u"window_missed medium"_s});
    row("expired", suggested(91, kNow.addDays(-30), kNow.addDays(-28)), Outcome::Info);
    RenewalFacts person = aged(10);
    person.owner = {RenewalOwnerKind::Person, u"DigiCert"_s};
    person.leaf = living(kNow.addDays(-20), 198 * kDay);
    row("a person renews it", person, Outcome::Warn, {u"by_hand low"_s});
    person.leaf = living(kNow.addDays(-20), 100 * kDay);
    row("a person, every hundred days", person, Outcome::Pass);
    RenewalFacts longOne = aged(10);
    longOne.leaf = living(kNow.addDays(-20), 200 * kDay - 1);
    row("as long as allowed", longOne, Outcome::Pass);
    longOne.leaf = living(kNow.addDays(-20), 200 * kDay);
    row("a second too long", longOne, Outcome::Fail, {u"too_long high"_s});
    longOne.trust = TrustKind::Private;
    row("of one's own authority", longOne, Outcome::Pass);
    longOne.trust = TrustKind::Unknown;
    row("of nobody knows whom", longOne, Outcome::Pass);
}

void TestRenewal::judges()
{
    QFETCH(RenewalFacts, facts);
    QFETCH(Outcome, outcome);
    const Judged judged = judgeRenewal(kSite, facts, kNow);
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.outcome, outcome);
    QVERIFY(!judged.summary.isEmpty());
    QCOMPARE(judged.reason.isEmpty(), outcome != Outcome::Info);
    QCOMPARE(judged.observed[u"allowed_days"_s].isNull(), facts.trust != TrustKind::Public);
    const bool hasNote = facts.suggested && !*facts.suggested;
    QCOMPARE(judged.observed[u"suggestion_note"_s].isString(), hasNote);
}

void TestRenewal::countsRenewals_data()
{
    QTest::addColumn<QJsonObject>("before");
    QTest::addColumn<int>("count");
    const auto before = [](const QString &fingerprint, const QDateTime &began, int seen) {
        return QJsonObject{{u"fingerprint"_s, fingerprint},
                           {u"renewals_seen"_s, seen},
                           {u"certificate"_s, QJsonObject{{u"not_before"_s, began.toString(Qt::ISODate)}}}};
    };
    QTest::newRow("never looked") << QJsonObject() << 0;
    QTest::newRow("the same") << before(u"now"_s, kNow.addDays(-10), 2) << 2;
    QTest::newRow("a newer one") << before(u"old"_s, kNow.addDays(-70), 2) << 3;
    QTest::newRow("an older one: another server answered") << before(u"new"_s, kNow.addDays(-2), 2) << 2;
    QTest::newRow("nonsense") << QJsonObject{{u"fingerprint"_s, 3}, {u"renewals_seen"_s, u"x"_s}} << 0;
}

void TestRenewal::countsRenewals()
{
    QFETCH(QJsonObject, before);
    RenewalFacts facts = aged(10);
    facts.before = before;
    const Judged judged = judgeRenewal(kSite, facts, kNow);
    QTEST(judged.observed[u"renewals_seen"_s].toInt(), "count");
}

void TestRenewal::knowsHowLongOnesMayLive_data()
{
    QTest::addColumn<QDate>("issued");
    QTest::addColumn<int>("days");
    QTest::newRow("2018") << QDate(2018, 3, 1) << 825;
    QTest::newRow("the last day of 825") << QDate(2020, 8, 31) << 825;
    QTest::newRow("the first day of 398") << QDate(2020, 9, 1) << 398;
    QTest::newRow("the last day of 398") << QDate(2026, 3, 14) << 398;
    QTest::newRow("the first day of 200") << QDate(2026, 3, 15) << 200;
    QTest::newRow("the last day of 200") << QDate(2027, 3, 14) << 200;
    QTest::newRow("the first day of 100") << QDate(2027, 3, 15) << 100;
    QTest::newRow("the last day of 100") << QDate(2029, 3, 14) << 100;
    QTest::newRow("the first day of 47") << QDate(2029, 3, 15) << 47;
    QTest::newRow("later") << QDate(2040, 1, 1) << 47;
}

void TestRenewal::knowsHowLongOnesMayLive()
{
    QFETCH(QDate, issued);
    QFETCH(int, days);
    const QDateTime from(issued, QTime(0, 0), Qt::UTC);
    QCOMPARE(allowedLifeDays(from), days);
    QVERIFY(!livesTooLong(from, from.addSecs(days * kDay - 1))); // the last second counts
    QVERIFY(livesTooLong(from, from.addSecs(days * kDay)));
}

void TestRenewal::guessesWhoRenews_data()
{
    QTest::addColumn<QString>("organization");
    QTest::addColumn<int>("lifeDays");
    QTest::addColumn<TrustKind>("trust");
    QTest::addColumn<QStringList>("aliases");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *test, const QString &organization, int days, TrustKind trust,
                        const QStringList &aliases, const QString &kind, const QString &name) {
        QTest::newRow(test) << organization << days << trust << aliases << kind << name;
    };
    using enum TrustKind;
    const QStringList none;
    row("a server of one's own", u"Let's Encrypt"_s, 90, Public, none, u"acme_client"_s, u"Let's Encrypt"_s);
    row("a platform, by its alias", u"Let's Encrypt"_s, 90, Public, {u"cname.vercel-dns.com"_s}, u"platform"_s,
        u"Vercel"_s);
    row("uploaded to a platform", u"DigiCert Inc"_s, 198, Public, {u"cname.vercel-dns.com"_s}, u"person"_s,
        u"DigiCert"_s);
    row("Amazon's own", u"Amazon"_s, 198, Public, none, u"platform"_s, u"AWS Certificate Manager"_s);
    row("bought", u"Sectigo Limited"_s, 199, Public, none, u"person"_s, u"Sectigo"_s);
    row("a hundred days", u"Sectigo Limited"_s, 100, Public, none, u"acme_client"_s, u"Sectigo"_s);
    row("an unknown issuer", u"Somebody"_s, 90, Public, none, u"unknown"_s, u"Somebody"_s);
    row("a private one", u"Somebody"_s, 90, Private, none, u"own_authority"_s, u"Example Issuing CA"_s);
    row("a missing link", u"Let's Encrypt"_s, 90, Unknown, none, u"acme_client"_s, u"Let's Encrypt"_s);
}

void TestRenewal::guessesWhoRenews()
{
    QFETCH(QString, organization);
    QFETCH(int, lifeDays);
    QFETCH(TrustKind, trust);
    QFETCH(QStringList, aliases);
    Certificate leaf = living(kNow, lifeDays * kDay);
    leaf.issuerOrganization = organization;
    const RenewalOwner owner = guessRenewalOwner(leaf, trust, aliases, u"192.0.2.1"_s);
    QTEST(toWord(owner.kind), "kind");
    QTEST(owner.name, "name");
    QVERIFY(!sentenceFor(owner).isEmpty());
}

// The example of RFC 9773 section 4.1.
void TestRenewal::namesTheCertificateForItsIssuer()
{
    CertificateFields fields;
    fields.issuerKeyId = QByteArray::fromHex("69885b6b87464041e1b37b847ba0ae2cde01c8d4");
    fields.serial = QByteArray::fromHex("0087654321");
    QCOMPARE(renewalId(fields), u"aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE"_s);
    fields.issuerKeyId.clear();
    QVERIFY(renewalId(fields).isEmpty());
}

void TestRenewal::readsSuggestions_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("whole seconds") << windowJson("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z") << true;
    QTest::newRow("fractions") << windowJson("2026-06-01T00:00:00.5Z", "2026-06-02T00:00:00.25Z") << true;
    QTest::newRow("another zone") << windowJson("2026-06-01T02:00:00+02:00", "2026-06-02T00:00:00Z") << true;
    QTest::newRow("ends before it starts") << windowJson("2026-06-02T00:00:00Z", "2026-06-01T00:00:00Z") << false;
    QTest::newRow("ends as it starts") << windowJson("2026-06-02T00:00:00Z", "2026-06-02T00:00:00Z") << false;
    QTest::newRow("no end") << QByteArray(R"({"suggestedWindow": {"start": "2026-06-02T00:00:00Z"}})") << false;
    QTest::newRow("no time") << windowJson("soon", "later") << false;
    QTest::newRow("an error") << QByteArray(R"({"type": "urn:ietf:params:acme:error:malformed"})") << false;
    QTest::newRow("no JSON") << QByteArray("<html>") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestRenewal::readsSuggestions()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isRead);
    const auto window = parseRenewalInfo(json);
    QCOMPARE(window.has_value(), isRead);
    if (window)
        QCOMPARE(window->start.date(), QDate(2026, 6, 1));
    else
        QCOMPARE(window.error().kind, ErrorKind::Protocol);
}

void TestRenewal::asksTheIssuer_data()
{
    QTest::addColumn<QByteArray>("directory");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QString>("says"); // empty: a window
    const QByteArray offers = R"({"renewalInfo": "https://ca.example/ari"})";
    QTest::newRow("a window") << offers << 200 << true << QString();
    QTest::newRow("unknown there") << offers << 404 << true << u"says nothing about when to renew"_s;
    QTest::newRow("out of order") << offers << 503 << true << u"status 503"_s;
    QTest::newRow("no such service") << QByteArray(R"({"newNonce": "https://ca.example/nonce"})") << 200 << true
                                     << u"does not say when to renew"_s;
    QTest::newRow("no directory") << QByteArray("<html>") << 200 << true << u"does not say when to renew"_s;
    QTest::newRow("not who it should be") << offers << 200 << false << u"could not be trusted"_s;
}

void TestRenewal::asksTheIssuer()
{
    QFETCH(QByteArray, directory);
    QFETCH(int, status);
    QFETCH(bool, isTrusted);
    QFETCH(QString, says);
    const Identity root = makeRoot(u"Lab root"_s);
    const Identity leaf = makeSigned({.commonName = u"ca.example"_s, .names = {u"ca.example"_s}}, root);
    QByteArray asked;
    const HostileServer server(answering([&](const QByteArray &request) {
                                   const QByteArray path = request.split(' ').value(1);
                                   if (path == "/directory")
                                       return httpAnswer(200, {}, directory);
                                   asked = path;
                                   return httpAnswer(status, {},
                                                     windowJson("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"));
                               }),
                               TlsSetup{.chain = {leaf}});
    QTemporaryFile roots;
    QVERIFY(roots.open());
    roots.write((isTrusted ? root : makeRoot(u"Another"_s)).certificatePem());
    roots.flush();
    NetOptions options;
    options.caFile = roots.fileName();
    options.connects = {{u"ca.example"_s, 443, {u"127.0.0.1"_s, server.port()}}};
    Observations seen(options, CancelToken(), Deadline::in(std::chrono::seconds(20)), nullptr);
    const auto window = seen.ask(RenewalWindow{u"https://ca.example/directory"_s, u"key.serial"_s});
    QCOMPARE(window->has_value(), says.isEmpty());
    if (*window)
        QCOMPARE(asked, QByteArray("/ari/key.serial"));
    else
        QVERIFY2(window->error().message.contains(says), qPrintable(window->error().message));
}

QTEST_GUILESS_MAIN(TestRenewal)
#include "tst_renewal.moc"
