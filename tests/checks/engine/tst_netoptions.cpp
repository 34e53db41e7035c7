#include "checks/engine/netoptions.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestNetOptions : public QObject
{
    Q_OBJECT

private slots:
    void resolver_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // empty: refused

        QTest::newRow("IPv4 alone") << u"9.9.9.9"_s << u"9.9.9.9:53"_s;
        QTest::newRow("IPv4 and port") << u"127.0.0.1:5353"_s << u"127.0.0.1:5353"_s;
        QTest::newRow("IPv6 alone") << u"::1"_s << u"[::1]:53"_s;
        QTest::newRow("IPv6 in brackets") << u"[2001:db8::53]"_s << u"[2001:db8::53]:53"_s;
        QTest::newRow("IPv6 and port") << u"[::1]:5353"_s << u"[::1]:5353"_s;
        QTest::newRow("blanks around") << u" 9.9.9.9 "_s << u"9.9.9.9:53"_s;
        QTest::newRow("highest port") << u"9.9.9.9:65535"_s << u"9.9.9.9:65535"_s;
        QTest::newRow("port too high") << u"9.9.9.9:65536"_s << QString();
        QTest::newRow("port zero") << u"9.9.9.9:0"_s << QString();
        QTest::newRow("a name") << u"dns.example.com"_s << QString();
        QTest::newRow("octet too high") << u"256.1.1.1"_s << QString();
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("brackets never closed") << u"[::1"_s << QString();
    }

    void resolver()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto parsed = parseResolver(text);
        QCOMPARE(parsed ? parsed->toString() : QString(), expected);
        if (!parsed)
            QCOMPARE(parsed.error().kind, ErrorKind::BadInput);
    }

    void connectOverride_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host"); // "refused" when it must be
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("to");

        QTest::newRow("all four") << u"App.example.com:443:127.0.0.1:8443"_s << u"app.example.com"_s << 443
                                  << u"127.0.0.1:8443"_s;
        QTest::newRow("any host") << u":443:127.0.0.1:8443"_s << u""_s << 443 << u"127.0.0.1:8443"_s;
        QTest::newRow("any host, any port") << u"::127.0.0.1:8443"_s << u""_s << 0 << u"127.0.0.1:8443"_s;
        QTest::newRow("to IPv6") << u"a.example:80:[::1]:8080"_s << u"a.example"_s << 80 << u"[::1]:8080"_s;
        QTest::newRow("three parts") << u"a.example:80:127.0.0.1"_s << u"refused"_s << 0 << QString();
        QTest::newRow("to a name") << u"a.example:80:localhost:1"_s << u"refused"_s << 0 << QString();
        QTest::newRow("to port zero") << u"a.example:80:127.0.0.1:0"_s << u"refused"_s << 0 << QString();
        QTest::newRow("to port too high") << u"a.example:80:127.0.0.1:70000"_s << u"refused"_s << 0 << QString();
        QTest::newRow("empty") << QString() << u"refused"_s << 0 << QString();
    }

    void connectOverride()
    {
        QFETCH(QString, text);
        QFETCH(QString, host);
        QFETCH(int, port);
        QFETCH(QString, to);
        const auto parsed = parseConnectOverride(text);
        if (host == u"refused"_s) {
            QVERIFY(!parsed);
            QCOMPARE(parsed.error().kind, ErrorKind::BadInput);
            return;
        }
        QVERIFY2(parsed.has_value(), qPrintable(text));
        QCOMPARE(parsed->host, host);
        QCOMPARE(int(parsed->port), port);
        QCOMPARE(parsed->to.toString(), to);
    }

    void theFirstOverrideThatFitsIsUsed()
    {
        NetOptions options;
        options.connects = {*parseConnectOverride(u"app.example.com:443:127.0.0.1:1001"_s),
                            *parseConnectOverride(u":443:127.0.0.1:1002"_s),
                            *parseConnectOverride(u"::127.0.0.1:1003"_s)};
        QCOMPARE(int(options.connectOverrideFor(u"APP.example.com"_s, 443)->port), 1001);
        QCOMPARE(int(options.connectOverrideFor(u"other.example.com"_s, 443)->port), 1002);
        QCOMPARE(int(options.connectOverrideFor(u"other.example.com"_s, 80)->port), 1003);
        QVERIFY(!NetOptions().connectOverrideFor(u"app.example.com"_s, 443));
    }
};

QTEST_GUILESS_MAIN(TestNetOptions)
#include "tst_netoptions.moc"
