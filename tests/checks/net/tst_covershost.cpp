#include "checks/net/tlsprobe.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestCoversHost : public QObject
{
    Q_OBJECT

private slots:
    void coversHost_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("covered");
        const auto row = [](const char *name, const QStringList &names, const QString &host, bool covered) {
            QTest::newRow(name) << names << host << covered;
        };
        row("same name", {u"example.com"_s}, u"example.com"_s, true);
        row("capitals", {u"Example.COM"_s}, u"eXample.com"_s, true);
        row("trailing dot", {u"example.com"_s}, u"example.com."_s, true);
        row("second name", {u"a.example"_s, u"b.example"_s}, u"b.example"_s, true);
        row("other name", {u"example.com"_s}, u"www.example.com"_s, false);
        row("parent of the name", {u"www.example.com"_s}, u"example.com"_s, false);
        row("no names: the common name does not count", {}, u"example.com"_s, false);
        row("wildcard, one label", {u"*.example.com"_s}, u"www.example.com"_s, true);
        row("wildcard, two labels", {u"*.example.com"_s}, u"a.b.example.com"_s, false);
        row("wildcard, no label", {u"*.example.com"_s}, u"example.com"_s, false);
        row("wildcard, empty label", {u"*.example.com"_s}, u".example.com"_s, false);
        row("wildcard inside a label", {u"w*.example.com"_s}, u"www.example.com"_s, false);
        row("wildcard not left-most", {u"www.*.com"_s}, u"www.example.com"_s, false);
        row("two wildcards", {u"*.*.example.com"_s}, u"a.b.example.com"_s, false);
        row("wildcard for a whole top-level domain", {u"*.com"_s}, u"example.com"_s, false);
        row("bare wildcard", {u"*"_s}, u"localhost"_s, false);
        row("international name", {u"xn--mnchen-3ya.example"_s}, u"münchen.example"_s, true);
        row("wildcard for an international label", {u"*.example.com"_s}, u"xn--bcher-kva.example.com"_s, true);
        row("IPv4 address", {u"192.0.2.1"_s}, u"192.0.2.1"_s, true);
        row("other IPv4 address", {u"192.0.2.1"_s}, u"192.0.2.2"_s, false);
        row("IPv6 address, written differently", {u"2001:db8:0:0::1"_s}, u"2001:db8::1"_s, true);
        row("address against a wildcard", {u"*.0.2.1"_s}, u"192.0.2.1"_s, false);
    }
    void coversHost()
    {
        QFETCH(QStringList, names);
        QFETCH(QString, host);
        Certificate certificate;
        certificate.names = names;
        QTEST(cockpit::coversHost(certificate, host), "covered");
    }
};

QTEST_GUILESS_MAIN(TestCoversHost)
#include "tst_covershost.moc"
