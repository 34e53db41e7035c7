#include "models/ipnetwork.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class IpNetworkTest : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatIsNoBlock_data();
    void refusesWhatIsNoBlock();
    void knowsWhatLiesInside_data();
    void knowsWhatLiesInside();
};

void IpNetworkTest::refusesWhatIsNoBlock_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("v4") << u"192.0.2.0/24"_s << true;
    QTest::newRow("v6") << u"2001:db8::/32"_s << true;
    QTest::newRow("whole v4") << u"0.0.0.0/0"_s << true;
    QTest::newRow("longest v4 prefix") << u"192.0.2.1/32"_s << true;
    QTest::newRow("beyond v4") << u"192.0.2.1/33"_s << false;
    QTest::newRow("longest v6 prefix") << u"::1/128"_s << true;
    QTest::newRow("beyond v6") << u"::1/129"_s << false;
    QTest::newRow("leading zero in the prefix") << u"192.0.2.0/08"_s << false;
    QTest::newRow("empty prefix") << u"192.0.2.0/"_s << false;
    QTest::newRow("negative prefix") << u"192.0.2.0/-1"_s << false;
    QTest::newRow("zero byte") << u"192.0.2.1\0x"_s << false;
    QTest::newRow("leading zero") << u"192.0.2.01"_s << false;
    QTest::newRow("three parts") << u"192.0.2"_s << false;
    QTest::newRow("name") << u"example.com"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void IpNetworkTest::refusesWhatIsNoBlock()
{
    QFETCH(QString, text);
    QTEST(parseIpNetwork(text).has_value(), "good");
}

void IpNetworkTest::knowsWhatLiesInside_data()
{
    QTest::addColumn<QString>("outer");
    QTest::addColumn<QString>("inner");
    QTest::addColumn<bool>("inside");
    QTest::newRow("first") << u"192.0.2.0/25"_s << u"192.0.2.0"_s << true;
    QTest::newRow("last") << u"192.0.2.0/25"_s << u"192.0.2.127"_s << true;
    QTest::newRow("one behind") << u"192.0.2.0/25"_s << u"192.0.2.128"_s << false;
    QTest::newRow("everything") << u"0.0.0.0/0"_s << u"203.0.113.9"_s << true;
    QTest::newRow("wider block") << u"192.0.2.0/25"_s << u"192.0.2.0/24"_s << false;
    QTest::newRow("v6") << u"2001:db8::/33"_s << u"2001:db8:7fff::1"_s << true;
    QTest::newRow("v6 one behind") << u"2001:db8::/33"_s << u"2001:db8:8000::1"_s << false;
    QTest::newRow("families differ") << u"::/0"_s << u"192.0.2.1"_s << false;
}

void IpNetworkTest::knowsWhatLiesInside()
{
    QFETCH(QString, outer);
    QFETCH(QString, inner);
    QTEST(parseIpNetwork(outer)->contains(*parseIpNetwork(inner)), "inside");
}

QTEST_GUILESS_MAIN(IpNetworkTest)
#include "tst_ipnetwork.moc"
