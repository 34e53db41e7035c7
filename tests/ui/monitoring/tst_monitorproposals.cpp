#include "ui/monitoring/monitordialog.h"
#include "ui/monitoring/monitorproposals.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Target withHosts(std::vector<Host> hosts)
{
    return {u"example.com"_s, std::move(hosts)};
}

QString printed(const std::vector<Monitor> &monitors)
{
    QStringList lines;
    for (const Monitor &monitor : monitors)
        lines += toWord(monitor.kind) + u' ' + monitor.url;
    return lines.join(u'\n');
}

} // namespace

class TestMonitorProposals : public QObject
{
    Q_OBJECT

private slots:
    void proposalsFollowTheHosts_data()
    {
        QTest::addColumn<Target>("target");
        QTest::addColumn<QString>("proposed");
        QTest::newRow("a site alone") << withHosts({{HostRole::Site, u"example.com"_s, 443}})
                                      << u"uptime https://example.com/\ncertificate https://example.com/"_s;
        QTest::newRow("site, app and API") << withHosts({{HostRole::Site, u"example.com"_s, 443},
                                                         {HostRole::App, u"app.example.com"_s, 443},
                                                         {HostRole::Api, u"api.example.com"_s, 443}})
                                           << u"uptime https://example.com/\n"
                                              "uptime https://app.example.com/\n"
                                              "uptime https://api.example.com/health\n"
                                              "certificate https://example.com/\n"
                                              "certificate https://app.example.com/\n"
                                              "certificate https://api.example.com/"_s;
        QTest::newRow("a port of its own") << withHosts({{HostRole::App, u"app.example.com"_s, 8443}})
                                           << u"uptime https://app.example.com:8443/\n"
                                              "certificate https://app.example.com:8443/"_s;
        QTest::newRow("another role alone") << withHosts({{HostRole::Portal, u"portal.example.com"_s, 443}})
                                            << u"uptime https://portal.example.com/\n"
                                               "certificate https://portal.example.com/"_s;
        QTest::newRow("no host") << withHosts({}) << QString();
    }

    void proposalsFollowTheHosts()
    {
        QFETCH(Target, target);
        QFETCH(QString, proposed);
        QCOMPARE(printed(proposedMonitors(target)), proposed);
    }

    void onlyWhatTheAutomationNamesIsMissing()
    {
        const Target target = withHosts({{HostRole::Site, u"example.com"_s, 443}});
        QCOMPARE(printed(missingMonitors(target, {u"monitor.certificate"_s}, {})),
                 u"certificate https://example.com/"_s);
        QCOMPARE(printed(missingMonitors(target, {u"monitor.uptime"_s, u"monitor.latency"_s}, {})),
                 u"uptime https://example.com/"_s);
        QVERIFY(missingMonitors(target, {u"monitor.login"_s, u"mail.spf"_s}, {}).empty());
        QVERIFY(missingMonitors(target, {u"monitor.uptime"_s}, proposedMonitors(target)).empty());
    }

    void typedMonitorsAreChecked_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("url");
        QTest::addColumn<MonitorKind>("kind");
        QTest::addColumn<bool>("good");
        QTest::newRow("complete") << u"Home"_s << u"https://example.com/"_s << MonitorKind::Uptime << true;
        QTest::newRow("plain http can be up") << u"Home"_s << u"http://example.com/"_s << MonitorKind::Uptime << true;
        QTest::newRow("no certificate on plain http")
            << u"Home"_s << u"http://example.com/"_s << MonitorKind::Certificate << false;
        QTest::newRow("no name") << u" "_s << u"https://example.com/"_s << MonitorKind::Uptime << false;
        QTest::newRow("no scheme") << u"Home"_s << u"example.com"_s << MonitorKind::Uptime << false;
        QTest::newRow("a file") << u"Home"_s << u"file:///etc/passwd"_s << MonitorKind::Uptime << false;
        QTest::newRow("a password in it") << u"Home"_s << u"https://a:b@example.com/"_s << MonitorKind::Uptime << false;
    }

    void typedMonitorsAreChecked()
    {
        QFETCH(QString, name);
        QFETCH(QString, url);
        QFETCH(MonitorKind, kind);
        QFETCH(bool, good);
        Monitor monitor;
        monitor.kind = kind;
        monitor.name = name;
        monitor.url = url;
        QCOMPARE(whatIsMissing(monitor).isEmpty(), good);
    }
};

QTEST_GUILESS_MAIN(TestMonitorProposals)
#include "tst_monitorproposals.moc"
