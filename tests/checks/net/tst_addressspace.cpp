#include "checks/net/addressspace.h"

#include <QTest>

using namespace cockpit;

class TestAddressSpace : public QObject
{
    Q_OBJECT

private slots:
    void tellsPrivateFromPublic_data()
    {
        QTest::addColumn<QString>("ip");
        QTest::addColumn<bool>("isPrivate");
        const auto row = [](const char *ip, bool isPrivate) {
            QTest::newRow(ip) << QString::fromLatin1(ip) << isPrivate;
        };
        row("127.0.0.1", true);
        row("127.255.255.255", true);
        row("128.0.0.1", false);
        row("10.1.2.3", true);
        row("11.0.0.1", false);
        row("172.15.255.255", false);
        row("172.16.0.1", true);
        row("172.31.255.255", true);
        row("172.32.0.1", false);
        row("192.168.1.1", true);
        row("192.169.1.1", false);
        row("169.254.169.254", true); // metadata services
        row("100.64.0.1", true);
        row("100.128.0.1", false);
        row("0.0.0.0", true);
        row("93.184.216.34", false);
        row("::1", true);
        row("::", true);
        row("::ffff:10.0.0.1", true);
        row("::ffff:93.184.216.34", false);
        row("fd00::1", true);
        row("fe80::1", true);
        row("2001:db8::1", false);
        row("not an address", false);
    }
    void tellsPrivateFromPublic()
    {
        QFETCH(QString, ip);
        QTEST(isPrivateAddress(ip), "isPrivate");
    }
};

QTEST_GUILESS_MAIN(TestAddressSpace)
#include "tst_addressspace.moc"
