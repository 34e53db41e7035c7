#include "checks/dns/rdap.h"
#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "tests/checks/dns/rdapsamples.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const std::vector<Header> kAccept{{"Accept", "application/rdap+json"}};

struct Web
{
    Observations seen{NetOptions{}, CancelToken(), Deadline::never(), nullptr};

    void put(const QString &url, int status, const QByteArray &body = {}, const std::vector<Header> &headers = {},
             CertificateTrust trust = CertificateTrust::Trusted)
    {
        HttpResponse response{.url = QUrl(url), .status = status, .headers = headers, .body = body, .trust = trust};
        seen.put(HostAddresses{QUrl(url).host(), 443}, std::vector<SocketAddress>{{u"192.0.2.1"_s, 443}});
        seen.put(HttpGet{.url = QUrl(url), .headers = kAccept}, Result<HttpResponse>(response));
        seen.put(HttpGet{.url = QUrl(url)}, Result<HttpResponse>(response));
    }
    Result<RdapAnswer> look(const QString &domain) { return *seen.ask(RdapLookup{domain}); }
};

} // namespace

class TestRdap : public QObject
{
    Q_OBJECT

private slots:
    void readsARecord();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void takesTheLongestSuffix_data();
    void takesTheLongestSuffix();
    void theShippedListIsSound();
    void tellsStatesApart_data();
    void tellsStatesApart();
    void asksTheRegistrarToo();
    void followsARedirect();
    void asksTheIanaForOtherSuffixes();
    void distrustsABadCertificate();
};

void TestRdap::readsARecord()
{
    const auto record = parseRegistration(kRecord);
    QVERIFY2(record, record ? "" : qPrintable(record.error().message));
    QCOMPARE(record->domain, u"example.com"_s);
    QCOMPARE(record->registrar, u"Example Registrar"_s);
    QCOMPARE(record->registered.toString(Qt::ISODate), u"2020-01-02T03:04:05Z"_s);
    QCOMPARE(record->expires.toString(Qt::ISODate), u"2027-01-02T01:04:05Z"_s);
    QVERIFY(record->changed.isValid());
    QVERIFY(record->has("client transfer prohibited"_L1));
    QVERIFY(record->has("active"_L1));
    QVERIFY(record->isSigned);
    QCOMPARE(record->registrarServer, QUrl(u"https://registrar.example/domain/example.com"_s));
}

void TestRdap::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a page") << QByteArray("<html>");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("another object") << QByteArray("{\"objectClassName\": \"entity\"}");
    QTest::newRow("an error") << QByteArray("{\"errorCode\": 400, \"title\": \"no\"}");
}

void TestRdap::refusesWhatIsNone()
{
    QFETCH(QByteArray, body);
    const auto record = parseRegistration(body);
    QVERIFY(!record);
    QCOMPARE(record.error().kind, ErrorKind::Protocol);
}

void TestRdap::takesTheLongestSuffix_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("server");
    QTest::newRow("one label") << u"acme.one"_s << u"https://one.example/rdap/"_s;
    QTest::newRow("longer suffix") << u"acme.co.one"_s << u"https://co.example/"_s;
    QTest::newRow("capitals in the list") << u"acme.two"_s << u"https://two.example/"_s;
    QTest::newRow("secure one first") << u"acme.three"_s << u"https://three.example/"_s;
    QTest::newRow("only an insecure one") << u"acme.four"_s << u"http://four.example/"_s;
    QTest::newRow("not a web server") << u"acme.five"_s << QString();
    QTest::newRow("unknown") << u"acme.six"_s << QString();
}

void TestRdap::takesTheLongestSuffix()
{
    QFETCH(QString, domain);
    const auto bootstrap = RdapBootstrap::parse(kServices);
    QVERIFY(bootstrap);
    QTEST(bootstrap->serverFor(domain).value_or(QUrl()).toString(), "server");
    QVERIFY(!RdapBootstrap::parse("{}"));
}

void TestRdap::theShippedListIsSound()
{
    for (const QString &suffix : {u"com"_s, u"net"_s, u"org"_s, u"io"_s, u"app"_s, u"dev"_s, u"uk"_s})
        QVERIFY2(RdapBootstrap::shipped().serverFor(u"acme."_s + suffix), qPrintable(suffix));
    QVERIFY(!RdapBootstrap::shipped().serverFor(u"acme.example"_s));
}

void TestRdap::tellsStatesApart_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("state");
    QTest::newRow("registered") << 200 << int(RdapState::Registered);
    QTest::newRow("not registered") << 404 << int(RdapState::NotRegistered);
    QTest::newRow("busy") << 429 << int(RdapState::Busy);
    QTest::newRow("broken") << 500 << -1;
    QTest::newRow("forbidden") << 403 << -1;
}

void TestRdap::tellsStatesApart()
{
    QFETCH(int, status);
    QFETCH(int, state);
    Web web;
    web.put(u"https://rdap.verisign.com/com/v1/domain/example.com"_s, status, kRecord, {{"Retry-After", "120"}});
    const auto answer = web.look(u"example.com"_s);
    if (state < 0) {
        QVERIFY(!answer);
        QVERIFY(answer.error().message.contains(u"rdap.verisign.com"_s));
        return;
    }
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(int(answer->state), state);
    QCOMPARE(answer->retryAfter, answer->state == RdapState::Busy ? u"120"_s : QString());
}

void TestRdap::asksTheRegistrarToo()
{
    Web web;
    web.put(u"https://rdap.verisign.com/com/v1/domain/example.com"_s, 200, kRecord);
    QByteArray earlier = kRecord;
    earlier.replace("2027-01-02", "2026-01-02");
    web.put(u"https://registrar.example/domain/example.com"_s, 200, earlier);
    const auto answer = web.look(u"example.com"_s);
    QVERIFY(answer && answer->registrar);
    QCOMPARE(answer->registrar->expires.date(), QDate(2026, 1, 2));
    QCOMPARE(answer->registry.expires.date(), QDate(2027, 1, 2));
}

void TestRdap::followsARedirect()
{
    Web web;
    web.put(u"https://rdap.verisign.com/com/v1/domain/example.com"_s, 302, {},
            {{"Location", "https://other.example/domain/example.com"}});
    web.put(u"https://other.example/domain/example.com"_s, 200, kRecord);
    const auto answer = web.look(u"example.com"_s);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->state, RdapState::Registered);
}

void TestRdap::asksTheIanaForOtherSuffixes()
{
    Web web;
    web.put(u"https://data.iana.org/rdap/dns.json"_s, 200, kOtherServices);
    web.put(u"https://rdap.nic.example/domain/acme.example"_s, 200, kRecord);
    QCOMPARE(web.look(u"acme.example"_s)->state, RdapState::Registered);
    QCOMPARE(web.look(u"acme.test"_s)->state, RdapState::NoServer);
}

void TestRdap::distrustsABadCertificate()
{
    Web web;
    web.put(u"https://rdap.verisign.com/com/v1/domain/example.com"_s, 200, kRecord, {}, CertificateTrust::Untrusted);
    const auto answer = web.look(u"example.com"_s);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
}

QTEST_GUILESS_MAIN(TestRdap)
#include "tst_rdap.moc"
