#include "checks/secrets/weakpassword.h"

#include <QtTest>

using namespace cockpit;

class TestWeakPassword : public QObject
{
    Q_OBJECT

private slots:
    void knowsWeakOnes_data()
    {
        QTest::addColumn<bool>("expected");
        for (const char *word : {"password123", "p4ssw0rd", "P@ssw0rd!", "s3cr3t", "changeme", "Change-Me", "admin",
                                 "adm1n", "letmein", "Welcome1", "Welcome2024", "qwerty", "123456", "abc123", "toor"})
            QTest::newRow(word) << true;
        for (const char *word : {"", "q7Zr9Lw2vX", "Secret-8841-Zqv", "correcthorsebattery", "password84731",
                                 "adminton", "letmeinside", "9", "!!", "welcomewelcome"})
            QTest::newRow(word) << false;
    }

    void knowsWeakOnes()
    {
        QFETCH(bool, expected);
        QCOMPARE(isWeakPassword(QTest::currentDataTag()), expected);
    }

    void knowsWhoCanAsk_data()
    {
        QTest::addColumn<bool>("expected");
        for (const char *host : {"db.shop-one.net", "shop.io", "8.8.8.8", "172.32.0.1", "11.0.0.1", "[2a01:4f8::1]",
                                 "db.acme.com.", "db.examples.com", "example.shop-one.net", "food.shop-one.net",
                                 "cluster0.q7zr9.mongodb.net", "db.qzkfhwtrnmxvcbyl.supabase.co"})
            QTest::newRow(host) << true;
        for (const char *host : {"",
                                 "db",
                                 "localhost",
                                 "app.localhost",
                                 "127.0.0.1",
                                 "10.1.2.3",
                                 "172.31.255.255",
                                 "192.168.0.9",
                                 "169.254.1.1",
                                 "100.64.0.1",
                                 "0.0.0.0",
                                 "[::1]",
                                 "[fd00::1]",
                                 "[fe80::1]",
                                 "[2001:db8::1]",
                                 "192.0.2.1",
                                 "198.51.100.1",
                                 "203.0.113.1",
                                 "224.0.0.1",
                                 "example.com",
                                 "db.example.org",
                                 "db.shop.test",
                                 "DB.LOCAL",
                                 "db.corp",
                                 "db.shop.internal",
                                 "pg.shop.svc",
                                 "nas.home.arpa",
                                 "db.yourdomain.com",
                                 "host.com",
                                 "db.company.com",
                                 "proxy.foo.com",
                                 "httpbin.org",
                                 "google.com",
                                 "db.abcdefghijklmnop.supabase.co"})
            QTest::newRow(host) << false;
    }

    void knowsWhoCanAsk()
    {
        QFETCH(bool, expected);
        QCOMPARE(isPublicHost(QTest::currentDataTag()), expected);
    }

    void knowsWhoseItIs_data()
    {
        QTest::addColumn<bool>("expected");
        QTest::newRow("postgres://app:letmein@db.shop-one.net/x") << true;
        QTest::newRow("postgres://user:letmein@db.shop-one.net/x") << true;
        QTest::newRow("postgres://user:password@db.shop-one.net/x") << false;
        QTest::newRow("postgres://shop:password@db.shop-one.net/x") << true;
        QTest::newRow("mongodb://app:letmein@localhost,db.shop-one.net/x") << true;
        QTest::newRow("redis://:letmein@cache.shop-one.net") << true;
        QTest::newRow("redis://:password@cache.shop-one.net") << true; // it has no users
        QTest::newRow("REDISS://:changeme@cache.shop-one.net") << true;
        QTest::newRow("redis://default:password@cache.shop-one.net") << false;
        QTest::newRow("redis://:password@cache") << false;
        QTest::newRow("redis://:password@redis.example.com") << false;
        QTest::newRow("redis://password@cache.shop-one.net") << false; // a name, and no password
        QTest::newRow("postgres://:password@db.shop-one.net") << false;
        QTest::newRow("https://admin@shop-one.net") << false; // a name, and no password
        QTest::newRow("https://shop-one.net") << false;
        QTest::newRow("://:@") << false;
        QTest::newRow("letmein") << false;
    }

    void knowsWhoseItIs()
    {
        QFETCH(bool, expected);
        QCOMPARE(opensToEverybody(QTest::currentDataTag()), expected);
    }

    void weighsFormsWords_data()
    {
        QTest::addColumn<Severity>("ofRule");
        QTest::addColumn<Severity>("expected");
        QTest::newRow("https://shop:letmein@shop-one.net") << Severity::High << Severity::Critical;
        QTest::newRow("https://admin:letmein@shop-one.net") << Severity::High << Severity::Critical;
        QTest::newRow("mongodb://root:root@db.shop-one.net") << Severity::Critical << Severity::Critical;
        QTest::newRow("https://shop:password@shop-one.net") << Severity::High << Severity::High;
        QTest::newRow("postgres://shop:password@db.shop-one.net") << Severity::Critical << Severity::Critical;
        QTest::newRow("postgres://Postgres:password@db.shop-one.net") << Severity::Critical << Severity::Critical;
        QTest::newRow("mysql://root:secret@51.15.22.33/live") << Severity::Critical << Severity::Critical;
        QTest::newRow("redis://:password@cache.shop-one.net") << Severity::Critical << Severity::Critical;
        QTest::newRow("ftp://admin:password@shop-one.net") << Severity::High << Severity::High;
        QTest::newRow("HTTPS://admin:secret@shop-one.net") << Severity::High << Severity::Medium;
        QTest::newRow("https://admin:secret@shop-one.net") << Severity::Low << Severity::Low;
        QTest::newRow("letmein") << Severity::High << Severity::Critical; // behind its host
    }

    void weighsFormsWords()
    {
        QFETCH(Severity, ofRule);
        QFETCH(Severity, expected);
        QCOMPARE(severityOfWeak(QTest::currentDataTag(), ofRule), expected);
    }
};

QTEST_GUILESS_MAIN(TestWeakPassword)
#include "tst_weakpassword.moc"
