#include "checks/values/ipinline.h"

#include <QTest>

using namespace cockpit;

class IpInLineTest : public QObject
{
    Q_OBJECT

private slots:
    void counts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("expected");
        QTest::newRow("at the start of a line") << QByteArray("203.0.113.7 - - [29/Nov/2026]") << 1;
        QTest::newRow("with a port") << QByteArray("from 203.0.113.7:51234") << 1;
        QTest::newRow("IPv6") << QByteArray("client=2001:db8::1, server: x") << 1;
        QTest::newRow("two") << QByteArray("8.8.8.8, 1.1.1.1.") << 2;
        QTest::newRow("private") << QByteArray("10.0.0.1 172.16.0.1 192.168.1.1 127.0.0.1 100.64.0.1") << 0;
        QTest::newRow("next to private") << QByteArray("172.15.0.1 172.32.0.1") << 2;
        QTest::newRow("version of a browser") << QByteArray("Chrome/120.0.0.0 Safari/537.36") << 0;
        QTest::newRow("time of day") << QByteArray("12:30:45") << 0;
        QTest::newRow("hardware address") << QByteArray("aa:bb:cc:dd:ee:ff") << 0;
        QTest::newRow("too large a part") << QByteArray("300.1.1.1") << 0;
        QTest::newRow("link-local IPv6") << QByteArray("fe80::1") << 0;
        QTest::newRow("v1.2.3.4") << QByteArray("v1.2.3.4") << 0;
    }

    void counts()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, expected);
        QCOMPARE(publicAddressesIn({text.constData(), static_cast<size_t>(text.size())}),
                 static_cast<size_t>(expected));
    }
};

QTEST_GUILESS_MAIN(IpInLineTest)
#include "tst_ipinline.moc"
