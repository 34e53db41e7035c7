// How the HTTP client gets to a server: addresses, ports, TLS and certificates, few connections for many questions.
#include "tests/checks/net/httpquestion.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

TlsSetup tlsFor(const QString &name)
{
    return {.chain = {makeSelfSigned({.commonName = name, .names = {name}})}};
}

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::Script)

class TestHttpConnections : public QObject
{
    Q_OBJECT

private slots:
    void endsBadHandshakes_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("silent after the hello") << Script([](Connection &c) {
            c.readSome();
            c.hang();
        }) << ErrorKind::TimedOut;
        QTest::newRow("plain text on the TLS port") << Script([](Connection &c) {
            c.readSome();
            c.write("HTTP/1.1 400 Bad\r\n\r\n");
        }) << ErrorKind::Protocol;
        QTest::newRow("closes after the hello") << Script([](Connection &c) { c.readSome(); }) << ErrorKind::Protocol;
        QTest::newRow("a fatal alert") << Script([](Connection &c) {
            c.readSome();
            c.write(QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7));
        }) << ErrorKind::Protocol;
    }
    void endsBadHandshakes()
    {
        QFETCH(Script, script);
        HostileServer server(script);
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        QElapsedTimer clock;
        clock.start();
        const auto response = get({.url = url});
        QVERIFY(!response);
        QTEST(response.error().kind, "kind");
        QVERIFY(clock.elapsed() < kLate);
    }

    void tellsARefusedPort()
    {
        const quint16 port = unusedPort();
        const auto response = get({.url = QUrl(u"http://127.0.0.1:%1/"_s.arg(port))});
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::Unreachable);
        QVERIFY(response.error().message.contains(QString::number(port)));
    }

    // TCP has no way to a group of hosts, with IPv6 here or without.
    void tellsRefusalsFromMissingRoutes_data()
    {
        QTest::addColumn<QStringList>("ips");
        QTest::addColumn<ErrorKind>("kind");
        const QString noV6 = u"ff02::1"_s;
        const QString noV4 = u"255.255.255.255"_s;
        QTest::newRow("refused, and no way by IPv6") << QStringList{u"127.0.0.1"_s, noV6} << ErrorKind::Unreachable;
        QTest::newRow("refused twice") << QStringList{u"127.0.0.1"_s, u"127.0.0.2"_s} << ErrorKind::Unreachable;
        QTest::newRow("no way by IPv6 alone") << QStringList{noV6} << ErrorKind::NoRoute;
        QTest::newRow("no way by two of IPv6") << QStringList{noV6, u"ff02::2"_s} << ErrorKind::NoRoute;
        QTest::newRow("no way at all") << QStringList{noV4, noV6} << ErrorKind::NoRoute;
    }

    void tellsRefusalsFromMissingRoutes()
    {
        QFETCH(QStringList, ips);
        const quint16 port = unusedPort();
        std::vector<SocketAddress> addresses;
        for (const QString &ip : ips)
            addresses.push_back({ip, port});
        Observations seen(quickOptions(), CancelToken(), Deadline::in(20s), nullptr);
        seen.put(HostAddresses{u"two.example"_s, port}, addresses);
        const auto answer = seen.ask(HttpGet{.url = QUrl(u"http://two.example:%1/"_s.arg(port))});
        QVERIFY(!*answer);
        QTEST(answer->error().kind, "kind");
    }

    void judgesCertificates_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("rootIsKnown");
        QTest::addColumn<int>("daysLeft");
        QTest::addColumn<bool>("trusted");
        QTest::newRow("good") << u"shop.example"_s << true << 30 << true;
        QTest::newRow("unknown root") << u"shop.example"_s << false << 30 << false;
        QTest::newRow("other name") << u"other.example"_s << true << 30 << false;
        QTest::newRow("expired") << u"shop.example"_s << true << -1 << false;
    }
    void judgesCertificates()
    {
        QFETCH(QString, name);
        QFETCH(bool, rootIsKnown);
        QFETCH(int, daysLeft);
        const Identity root = makeRoot(u"Test root"_s);
        CertificateSpec spec{.commonName = name, .names = {name}};
        spec.notBefore = spec.notBefore.addDays(-60);
        spec.notAfter = QDateTime::currentDateTimeUtc().addDays(daysLeft);
        HostileServer server(answering(httpAnswer(200, {}, "hi")), TlsSetup{.chain = {makeSigned(spec, root)}});
        QTemporaryFile roots;
        QVERIFY(roots.open());
        roots.write(pemOf({root}));
        roots.close();
        NetOptions options = quickOptions();
        options.connects = {{u"shop.example"_s, 443, {u"127.0.0.1"_s, server.port()}}};
        options.caFile = rootIsKnown ? roots.fileName() : QString();
        const auto response = get({.url = QUrl(u"https://shop.example/"_s)}, options);
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->body, "hi");
        QFETCH(bool, trusted);
        QCOMPARE(response->trust == CertificateTrust::Trusted, trusted);
        QCOMPARE(response->trustProblem.isEmpty(), trusted);
    }

    void judgesConnectionsThatAreUsedAgain()
    {
        HostileServer server(answering(httpAnswer(200, {}, "hi")), tlsFor(u"127.0.0.1"_s));
        NetOptions options = quickOptions();
        options.connectionsPerHost = 1;
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < 5; ++i)
            questions.push_back({.url = server.url(u"/%1"_s.arg(i))});
        for (const auto &response : seen.askAll(questions)) {
            QVERIFY(*response);
            QCOMPARE((*response)->trust, CertificateTrust::Untrusted);
        }
        QCOMPARE(server.connections(), 1);
    }

    void keepsNamesWhenConnectingElsewhere()
    {
        HostileServer server(answering([](const QByteArray &request) { return httpAnswer(200, {}, request); }));
        NetOptions options = quickOptions();
        options.connects = {{u"app.example"_s, 80, {u"127.0.0.1"_s, server.port()}}};
        const auto response = get({.url = QUrl(u"http://app.example/"_s)}, options);
        QVERIFY(response);
        QVERIFY(response->body.contains("\r\nHost: app.example\r\n"));
        QCOMPARE(response->peer.port, server.port());
    }

    void reachesIpv6()
    {
        HostileServer server(answering(httpAnswer(200, {}, "six")), std::nullopt, u"::1"_s);
        if (server.port() == 0)
            QSKIP("this machine has no IPv6 loopback");
        const auto response = get({.url = server.url()});
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->peer, (SocketAddress{u"::1"_s, server.port()}));
    }

    void triesTheOtherAddressFamily()
    {
        HostileServer server(answering(httpAnswer(200, {}, "four")));
        NetOptions options = quickOptions();
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        // Nothing listens on ::1 at this port.
        seen.put(HostAddresses{u"two.example"_s, server.port()},
                 std::vector<SocketAddress>{{u"::1"_s, server.port()}, {u"127.0.0.1"_s, server.port()}});
        const auto response = seen.ask(HttpGet{.url = QUrl(u"http://two.example:%1/"_s.arg(server.port()))});
        QVERIFY2(*response, *response ? "" : qPrintable(response->error().message));
        QCOMPARE((*response)->body, "four");
        QCOMPARE((*response)->peer.ip, u"127.0.0.1"_s);
    }

    void answersManyInOrderOnFewConnections()
    {
        HostileServer server(answering(
            [](const QByteArray &request) { return httpAnswer(200, {}, request.left(request.indexOf(" HTTP"))); }));
        NetOptions options;
        options.connectionsPerHost = 2;
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < 30; ++i)
            questions.push_back({.url = server.url(u"/%1"_s.arg(i))});
        const auto answers = seen.askAll(questions);
        for (int i = 0; i < 30; ++i) {
            QVERIFY(*answers[std::size_t(i)]);
            QCOMPARE((*answers[std::size_t(i)])->body, "GET /" + QByteArray::number(i));
        }
        QVERIFY2(server.connections() <= 2, qPrintable(QString::number(server.connections())));
    }

    void aBatchDoesNotHoldUpASingleQuestion()
    {
        constexpr int many = 60;
        std::atomic_int answered = 0;
        HostileServer server(answering([&](const QByteArray &request) {
            if (request.startsWith("GET /many")) {
                CancelToken().waitFor(30ms);
                ++answered;
            }
            return httpAnswer(200, {}, "here");
        }));
        Observations seen(quickOptions(), CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < many; ++i)
            questions.push_back({.url = server.url(u"/many%1"_s.arg(i))});
        std::thread batch([&] { seen.askAll(questions); });
        const bool isUnderWay = QTest::qWaitFor([&] { return answered > 0; }, 5000);
        const auto one = seen.ask(HttpGet{.url = server.url(u"/one"_s)});
        const int before = answered;
        batch.join();
        QVERIFY(isUnderWay);
        QVERIFY(*one);
        QVERIFY2(before < many / 2, qPrintable(QString::number(before)));
    }

    void asksASilentHostOnlyOnce()
    {
        const quint16 port = unusedPort();
        Observations seen(quickOptions(), CancelToken(), Deadline::in(20s), nullptr);
        std::vector<HttpGet> questions;
        for (int i = 0; i < 40; ++i)
            questions.push_back({.url = QUrl(u"http://127.0.0.1:%1/%2"_s.arg(port).arg(i))});
        for (const auto &answer : seen.askAll(questions)) {
            QVERIFY(!*answer);
            QCOMPARE(answer->error().kind, ErrorKind::Unreachable);
        }
    }

    void saysThatTheTrustFileIsUnreadable()
    {
        NetOptions options = quickOptions();
        options.caFile = u"/nonexistent/roots.pem"_s;
        const auto response = get({.url = QUrl(u"https://127.0.0.1/"_s)}, options);
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::BadInput);
        QVERIFY(response.error().message.contains(options.caFile));
    }
};

QTEST_GUILESS_MAIN(TestHttpConnections)
#include "tst_httpconnections.moc"
