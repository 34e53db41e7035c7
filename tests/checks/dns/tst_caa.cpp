#include "checks/dns/authorities.h"
#include "checks/dns/caa.h"
#include "lab/lookwithzone.h"
#include "tests/checks/earlierfinding.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

DnsAnswer caaAnswer(const QString &name, const QStringList &rdata)
{
    DnsAnswer answer{.status = rdata.isEmpty() ? DnsStatus::NoData : DnsStatus::Answered};
    for (const QString &data : rdata)
        answer.answers.push_back({.name = name, .type = RrType::Caa, .presentation = data});
    return answer;
}

DnsAnswer failed(DnsStatus status)
{
    return DnsAnswer{.status = status};
}

// For app.example.com, with the records at each level.
CaaFacts factsWith(const QStringList &atHost, const QStringList &atDomain, const QString &organization,
                   const QStringList &certificateNames = {u"app.example.com"_s})
{
    CaaFacts facts{.host = u"app.example.com"_s};
    for (const QString &name : caaClimb(facts.host))
        facts.names.push_back(name);
    facts.answers = {caaAnswer(u"app.example.com"_s, atHost), caaAnswer(u"example.com"_s, atDomain),
                     caaAnswer(u"com"_s, {})};
    if (!organization.isEmpty()) {
        Certificate certificate;
        certificate.issuerOrganization = organization;
        certificate.names = certificateNames;
        facts.certificate = certificate;
    }
    return facts;
}

const QString kLetsEncrypt = u"Let's Encrypt"_s;
const QString kAllowsLetsEncrypt = u"0 issue \"letsencrypt.org\""_s;
const QString kAllowsDigicert = u"0 issue \"digicert.com\""_s;

} // namespace

class TestCaa : public QObject
{
    Q_OBJECT

private slots:
    void readsRecords_data();
    void readsRecords();
    void climbsToTheTop();
    void comparesWithTheIssuer_data();
    void comparesWithTheIssuer();
    void wildcardsHaveTheirOwnRule_data();
    void wildcardsHaveTheirOwnRule();
    void warnsOfAnEdgeThatSwitches_data();
    void warnsOfAnEdgeThatSwitches();
    void failingServersStopIssuance_data();
    void failingServersStopIssuance();
    void saysWhatItDidNotSee_data();
    void saysWhatItDidNotSee();
    void tellsWhatTheRulesComeTo();
    void asksEveryLevel();
    void theRulesFileIsSound();
    void refusesBadRules_data();
    void refusesBadRules();
};

void TestCaa::readsRecords_data()
{
    QTest::addColumn<QString>("rdata");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QStringList>("parameters");
    const auto row = [](const QString &rdata, bool valid, const QString &issuer, const QStringList &parameters = {}) {
        QTest::newRow(qPrintable(rdata)) << rdata << valid << issuer << parameters;
    };
    row(u"0 issue \"letsencrypt.org\""_s, true, u"letsencrypt.org"_s);
    row(u"0 issue \"LetsEncrypt.ORG\""_s, true, u"letsencrypt.org"_s);
    row(u"0 ISSUE \" letsencrypt.org \""_s, true, u"letsencrypt.org"_s);
    row(u"0 issue \";\""_s, true, QString());
    row(u"0 issue \"\""_s, true, QString());
    row(u"0 issue \"ca.example; accounturi=https://ca.example/1 ;validationmethods=dns-01\""_s, true, u"ca.example"_s,
        {u"accounturi=https://ca.example/1"_s, u"validationmethods=dns-01"_s});
    row(u"0 issue \"https://letsencrypt.org\""_s, false, QString());
    row(u"0 issue \"letsencrypt.org pki.goog\""_s, false, QString());
    row(u"0 issue \"letsencrypt.org,pki.goog\""_s, false, QString());
    row(u"0 issue \"letsencrypt.org.\""_s, false, QString());
    row(u"0 issue \"-ca.example\""_s, false, QString());
    row(u"0 issue \"ca.example; policy\""_s, false, QString(), {u"policy"_s});
    row(u"128 issuewild \"pki.goog\""_s, true, u"pki.goog"_s);
    row(u"0 iodef \"mailto:a b@example.com\""_s, true, QString());
    row(u"0 issue \"a\\\"b.example\""_s, false, QString());
}

void TestCaa::readsRecords()
{
    QFETCH(QString, rdata);
    const auto record = parseCaa(rdata);
    QVERIFY(record);
    QTEST(record->isValid, "valid");
    QTEST(record->issuer, "issuer");
    QTEST(record->parameters, "parameters");
    QCOMPARE(record->isCritical, rdata.startsWith("128"_L1));
}

void TestCaa::climbsToTheTop()
{
    QCOMPARE(caaClimb(u"a.b.example.com"_s),
             (QStringList{u"a.b.example.com"_s, u"b.example.com"_s, u"example.com"_s, u"com"_s}));
    QCOMPARE(caaClimb(u"*.example.com"_s), (QStringList{u"example.com"_s, u"com"_s}));
    QVERIFY(!parseCaa(u"issue letsencrypt.org"_s));
    QVERIFY(!parseCaa(QString()));
}

void TestCaa::comparesWithTheIssuer_data()
{
    QTest::addColumn<QStringList>("atHost");
    QTest::addColumn<QStringList>("atDomain");
    QTest::addColumn<QString>("organization");
    QTest::addColumn<QStringList>("codes");
    const QStringList fine;
    const QStringList refused{u"renewal_refused"_s};
    const auto row = [](const char *name, const QStringList &host, const QStringList &domain, const QString &by,
                        const QStringList &codes) { QTest::newRow(name) << host << domain << by << codes; };
    row("no rule", {}, {}, kLetsEncrypt, fine);
    row("allowed at the host", {kAllowsLetsEncrypt}, {}, kLetsEncrypt, fine);
    row("allowed at the domain", {}, {kAllowsLetsEncrypt}, kLetsEncrypt, fine);
    row("the host's rule hides the domain's", {kAllowsDigicert}, {kAllowsLetsEncrypt}, kLetsEncrypt, refused);
    row("another authority only", {}, {kAllowsDigicert}, kLetsEncrypt, refused);
    row("one of two", {}, {kAllowsDigicert, kAllowsLetsEncrypt}, kLetsEncrypt, fine);
    row("nobody", {}, {u"0 issue \";\""_s}, kLetsEncrypt, refused);
    row("only where to report", {}, {u"0 iodef \"mailto:ops@example.com\""_s}, kLetsEncrypt, fine);
    row("any of the names of an authority", {}, {u"0 issue \"awstrust.com\""_s}, u"Amazon"_s, fine);
    row("an authority that is not known", {}, {kAllowsDigicert}, u"Acme CA"_s, fine);
    row("no certificate seen", {}, {kAllowsDigicert}, QString(), fine);
    row("malformed", {}, {u"0 issue \"https://letsencrypt.org\""_s}, QString(), {u"malformed"_s});
    row("malformed beside a good one", {}, {u"0 issue \"x y\""_s, kAllowsLetsEncrypt}, kLetsEncrypt, {u"malformed"_s});
    row("unknown and critical", {}, {u"128 tbs \"x\""_s}, kLetsEncrypt, {u"unknown_critical"_s});
    row("unknown, not critical", {}, {u"0 tbs \"x\""_s}, kLetsEncrypt, fine);
    row("known and critical", {}, {u"128 issue \"letsencrypt.org\""_s}, kLetsEncrypt, fine);
}

void TestCaa::comparesWithTheIssuer()
{
    QFETCH(QStringList, atHost);
    QFETCH(QStringList, atDomain);
    QFETCH(QString, organization);
    const Judged judged = judgeCaa(factsWith(atHost, atDomain, organization));
    QTEST(codesOf(judged), "codes");
    // Rules that could not be compared with an issuer say nothing of him.
    const bool isKnown = organization == kLetsEncrypt || organization == "Amazon"_L1;
    if (!isKnown && judged.findings.empty())
        QCOMPARE(judged.outcome, Outcome::Info);
    for (const Finding &finding : judged.findings) {
        if (finding.code == "renewal_refused"_L1)
            QVERIFY(finding.fix.paste.endsWith("CAA 0 issue \"letsencrypt.org\""_L1));
    }
}

void TestCaa::wildcardsHaveTheirOwnRule_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<bool>("refused");
    QTest::addColumn<QString>("paste");
    QTest::addColumn<QString>("allowed"); // whom the finding names
    const QStringList wild{u"*.example.com"_s};
    const QStringList plain{u"app.example.com"_s};
    const QString wildDigicert = u"0 issuewild \"digicert.com\""_s;
    const auto fine = [](const char *name, const QStringList &names, const QStringList &rules) {
        QTest::newRow(name) << names << rules << false << QString() << QString();
    };
    const auto refused = [](const char *name, const QStringList &names, const QStringList &rules, const QString &tag) {
        QTest::newRow(name) << names << rules << true << u"example.com. CAA 0 %1 \"letsencrypt.org\""_s.arg(tag)
                            << u"DigiCert"_s;
    };
    const QString issue = u"issue"_s;
    const QString issueWild = u"issuewild"_s;
    const QString wildLetsEncrypt = u"0 issuewild \"letsencrypt.org\""_s;
    fine("wildcard, rule for all", wild, {kAllowsLetsEncrypt});
    refused("wildcard, own rule forbids", wild, {kAllowsLetsEncrypt, wildDigicert}, issueWild);
    fine("plain, own rule of wildcards", plain, {kAllowsLetsEncrypt, wildDigicert});
    fine("wildcard, own rule allows", wild, {kAllowsDigicert, wildLetsEncrypt});
    refused("both kinds, the plain one forbidden", wild + plain, {kAllowsDigicert, wildLetsEncrypt}, issue);
    refused("both kinds, the wildcard forbidden", wild + plain, {kAllowsLetsEncrypt, wildDigicert}, issueWild);
    refused("both kinds, both forbidden", wild + plain, {kAllowsDigicert, wildDigicert}, issue);
    refused("both kinds, forbidden by one rule", wild + plain, {kAllowsDigicert}, issue);
    fine("plain, only wildcards have a rule", plain, {wildDigicert});
}

void TestCaa::wildcardsHaveTheirOwnRule()
{
    QFETCH(QStringList, names);
    QFETCH(QStringList, rules);
    const Judged judged = judgeCaa(factsWith({}, rules, kLetsEncrypt, names));
    QTEST(codesOf(judged).contains(u"renewal_refused"_s), "refused");
    for (const Finding &finding : judged.findings) {
        QTEST(finding.fix.paste, "paste");
        QFETCH(QString, allowed);
        QVERIFY2(finding.whatWeSaw.contains(u"allow "_s + allowed), qPrintable(finding.whatWeSaw));
    }
}

void TestCaa::warnsOfAnEdgeThatSwitches_data()
{
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QStringList>("codes");
    const QString google = u"0 issue \"pki.goog\""_s;
    const QString sslcom = u"0 issue \"ssl.com\""_s;
    QTest::newRow("one of three") << QStringList{kAllowsLetsEncrypt} << u"cloudflare"_s
                                  << QStringList{u"edge_may_switch"_s};
    QTest::newRow("all three") << QStringList{kAllowsLetsEncrypt, google, sslcom} << u"cloudflare"_s << QStringList{};
    QTest::newRow("no rule") << QStringList{} << u"cloudflare"_s << QStringList{};
    QTest::newRow("no edge") << QStringList{kAllowsLetsEncrypt} << QString() << QStringList{};
}

void TestCaa::warnsOfAnEdgeThatSwitches()
{
    QFETCH(QStringList, rules);
    QFETCH(QString, edge);
    CaaFacts facts = factsWith({}, rules, kLetsEncrypt);
    facts.edgeProviderId = edge;
    QTEST(codesOf(judgeCaa(facts)), "codes");
}

void TestCaa::failingServersStopIssuance_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<bool>("found");
    QTest::newRow("at the host") << 0 << true;
    QTest::newRow("above the records") << 2 << false;
}

void TestCaa::failingServersStopIssuance()
{
    QFETCH(int, level);
    CaaFacts facts = factsWith({}, {kAllowsLetsEncrypt}, kLetsEncrypt);
    facts.answers[static_cast<size_t>(level)] = failed(DnsStatus::ServFail);
    QTEST(codesOf(judgeCaa(facts)).contains(u"servers_fail"_s), "found");
    facts.answers[static_cast<size_t>(level)] = failure(ErrorKind::TimedOut, u"silent"_s);
    QCOMPARE(judgeCaa(facts).outcome == Outcome::Error, level == 0);
}

// What could not be read, or held against an issuer, closes nothing that an earlier look found there.
void TestCaa::saysWhatItDidNotSee_data()
{
    QTest::addColumn<CaaFacts>("facts");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QStringList>("gaps");
    const auto row = [](const char *name, const CaaFacts &facts, const QStringList &codes, const QStringList &gaps) {
        QTest::newRow(name) << facts << codes << gaps;
    };
    const QStringList misspelt{kAllowsLetsEncrypt, u"0 issue \"x y\""_s};
    const QString renewal = u"renewal_refused"_s;
    const QString edge = u"edge_may_switch"_s;
    row("all", factsWith({}, misspelt, kLetsEncrypt), {u"malformed"_s}, {});
    row("an issuer that is not known", factsWith({}, misspelt, u"Acme CA"_s), {u"malformed"_s}, {renewal});
    row("no certificate", factsWith({}, misspelt, {}), {u"malformed"_s}, {renewal, edge});
    row("no certificate, and no rule", factsWith({}, {}, {}), {}, {});
    CaaFacts atEdge = factsWith({}, misspelt, kLetsEncrypt);
    atEdge.edgeProviderId = u"cloudflare"_s;
    row("a fault in front of the edge", atEdge, {u"malformed"_s}, {edge});
    atEdge.certificate->issuerOrganization = u"Acme CA"_s;
    row("the same, and an issuer that is not known", atEdge, {u"malformed"_s}, {renewal, edge});
    atEdge = factsWith({}, {u"128 tbs \"x\""_s}, kLetsEncrypt);
    atEdge.edgeProviderId = u"cloudflare"_s;
    row("a fault, and no rule on issuers", atEdge, {u"unknown_critical"_s}, {});
    const QStringList wildOnly{u"0 issuewild \"digicert.com\""_s};
    const QStringList wildcard{u"*.example.com"_s};
    row("a rule on wildcards alone, no certificate", factsWith({}, wildOnly, {}), {}, {renewal});
    row("the same, a wildcard of an unknown issuer", factsWith({}, wildOnly, u"Acme CA"_s, wildcard), {}, {renewal});
    row("the same, a name of an unknown issuer", factsWith({}, wildOnly, u"Acme CA"_s), {}, {});
    row("the same, a wildcard of another issuer", factsWith({}, wildOnly, kLetsEncrypt, wildcard),
        {u"renewal_refused"_s}, {});
    CaaFacts failing = factsWith({}, {kAllowsLetsEncrypt}, kLetsEncrypt);
    failing.answers[1] = failed(DnsStatus::ServFail);
    row("servers fail", failing, {u"servers_fail"_s}, {QString()}); // whatever it is
}

void TestCaa::saysWhatItDidNotSee()
{
    QFETCH(CaaFacts, facts);
    const Judged judged = judgeCaa(facts);
    QTEST(codesOf(judged), "codes");
    QStringList gaps;
    for (const QJsonValue gap : judged.observed["not_seen"_L1].toArray())
        gaps << gap["code"_L1].toString();
    QTEST(gaps, "gaps");
    QCOMPARE(judged.reason.isEmpty(), gaps.isEmpty());
    QCOMPARE(judged.outcome == Outcome::Pass, judged.findings.empty() && gaps.isEmpty());
    for (const QString &code : {u"renewal_refused"_s, u"edge_may_switch"_s, u"unknown_critical"_s})
        QCOMPARE(closes(judged, code), !gaps.contains(code) && !gaps.contains(QString()));
}

// The same for the checks of certificates.
void TestCaa::tellsWhatTheRulesComeTo()
{
    const CaaRules allowed = rulesIn(factsWith({}, {kAllowsLetsEncrypt}, kLetsEncrypt));
    QCOMPARE(allowed.issuers, QStringList{u"letsencrypt.org"_s});
    QCOMPARE(allowed.mayRenew, true);
    QCOMPARE(rulesIn(factsWith({}, {kAllowsDigicert}, kLetsEncrypt)).mayRenew, false);
    QCOMPARE(rulesIn(factsWith({}, {kAllowsDigicert}, u"Acme CA"_s)).mayRenew, std::nullopt);
    QCOMPARE(rulesIn(factsWith({}, {u"0 iodef \"mailto:ops@example.com\""_s}, u"Acme CA"_s)).mayRenew, true);
    QCOMPARE(rulesIn(factsWith({}, {}, kLetsEncrypt)).issuers, std::nullopt);
    CaaFacts silent = factsWith({}, {kAllowsDigicert}, kLetsEncrypt);
    silent.answers[1] = failure(ErrorKind::TimedOut, u"silent"_s);
    QCOMPARE(rulesIn(silent).issuers, std::nullopt);
    QCOMPARE(rulesIn(silent).mayRenew, std::nullopt);
}

void TestCaa::asksEveryLevel()
{
    const ScriptedDns server(zoneScript(
        {u"app.example.com. 300 IN A 127.0.0.1"_s, u"example.com. 300 IN CAA 0 issue \"letsencrypt.org\""_s}));
    NetOptions options;
    options.resolvers = {server.address()};
    options.connects = {{u"app.example.com"_s, 443, {u"127.0.0.1"_s, 1}}}; // nobody listens: no certificate to compare
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Host host{HostRole::App, u"app.example.com"_s};
    const Target target{u"example.com"_s, {host}};
    const Policy policy;
    const ProjectFacts facts;
    const Judged judged = caaCheck().look(Look{seen, target, &host, policy, facts, QDateTime::currentDateTimeUtc()});
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(judged.observed.value("found_at"_L1).toString(), u"example.com"_s);
    QVERIFY(judged.observed.value("allowed"_L1).isNull());
}

void TestCaa::theRulesFileIsSound()
{
    QFile file(u":/rules/certificate-authorities.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto rules = parseAuthorities(file.readAll());
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error().message));
    QVERIFY(rules->authorities.size() >= 20);
    QCOMPARE(rules->byOrganization(u"let's encrypt"_s)->id, u"letsencrypt"_s);
}

void TestCaa::refusesBadRules_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("not json") << QByteArray("{");
    QTest::newRow("empty") << QByteArray(R"({"authorities": []})");
    QTest::newRow("no caa") << QByteArray(R"({"authorities": [{"id": "a", "name": "A", "organizations": ["A"]}]})");
    QTest::newRow("id twice") << QByteArray(
        R"({"authorities": [{"id": "a", "name": "A", "organizations": ["A"], "caa": ["a.example"]},
                            {"id": "a", "name": "B", "organizations": ["B"], "caa": ["b.example"]}]})");
    QTest::newRow("organization twice") << QByteArray(
        R"({"authorities": [{"id": "a", "name": "A", "organizations": ["A"], "caa": ["a.example"]},
                            {"id": "b", "name": "B", "organizations": ["a"], "caa": ["b.example"]}]})");
    QTest::newRow("edge without its authority") << QByteArray(
        R"({"authorities": [{"id": "a", "name": "A", "organizations": ["A"], "caa": ["a.example"]}],
            "edges": [{"provider": "p", "name": "P", "authorities": ["b"]}]})");
}

void TestCaa::refusesBadRules()
{
    QFETCH(QByteArray, json);
    const auto rules = parseAuthorities(json);
    QVERIFY(!rules);
    QVERIFY(!rules.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestCaa)
#include "tst_caa.moc"
