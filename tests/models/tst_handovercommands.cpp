#include "models/handover/commands.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

// The commands that a reader of the handover copies into a shell: right for the finding, and never more than one
// command, whatever a target sent.
class TestHandoverCommands : public QObject
{
    Q_OBJECT

private slots:
    void showWhatWasSeen_data();
    void showWhatWasSeen();
    void checkAgain_data();
    void checkAgain();
};

namespace {

Target target()
{
    return {u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}, {HostRole::App, u"app.example.com"_s, 8443}}};
}

Finding findingOf(const QString &checkId, const QString &host, const QStringList &titles)
{
    Finding finding;
    finding.checkId = checkId;
    finding.host = host;
    for (const QString &title : titles)
        finding.evidence.push_back({title, u"body"_s});
    return finding;
}

} // namespace

void TestHandoverCommands::showWhatWasSeen_data()
{
    QTest::addColumn<QString>("checkId");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QStringList>("evidence");
    QTest::addColumn<QStringList>("commands");
    const auto row = [](const char *name, const QString &checkId, const QString &host, const QStringList &evidence,
                        const QStringList &commands) {
        QTest::newRow(name) << checkId << host << evidence << commands;
    };
    const QString app = u"app.example.com"_s;
    row("an answer", u"exposure.files"_s, app, {u"GET https://app.example.com/.env"_s},
        {u"curl -sS -D - -o /dev/null 'https://app.example.com/.env'"_s});
    row("an answer to another site", u"http.cors"_s, app, {u"GET https://app.example.com/"_s},
        {u"curl -sS -D - -o /dev/null -H 'Origin: https://stranger.example' 'https://app.example.com/'"_s});
    row("a record", u"mail.dmarc"_s, {}, {u"TXT _dmarc.example.com"_s, u"TXT _dmarc.com"_s},
        {u"dig +short TXT _dmarc.example.com"_s, u"dig +short TXT _dmarc.com"_s});
    row("servers that differ", u"dns.authoritative"_s, {},
        {u"SOA example.com @192.0.2.1:53"_s, u"SOA example.com @192.0.2.2:53"_s}, {u"dig +nssearch example.com"_s});
    row("a certificate", u"tls.chain"_s, app, {u"Certificates sent by 192.0.2.1:8443"_s},
        {u"openssl s_client -connect app.example.com:8443 -showcerts </dev/null"_s});
    row("a redirect", u"http.https-redirect"_s, app, {u"Where the address leads"_s},
        {u"curl -sSIL 'http://app.example.com/'"_s});
    row("a record with all it includes", u"mail.spf"_s, {}, {u"SPF with all it includes"_s},
        {u"dig +short TXT example.com"_s});
    row("no more than three", u"mail.dkim"_s, {}, {u"TXT a.b"_s, u"TXT b.b"_s, u"TXT c.b"_s, u"TXT d.b"_s},
        {u"dig +short TXT a.b"_s, u"dig +short TXT b.b"_s, u"dig +short TXT c.b"_s});
    row("nothing but the program can look", u"monitor.uptime"_s, {}, {}, {});
    row("a quote in an address", u"exposure.files"_s, app, {u"GET https://app.example.com/'$(id)'"_s},
        {u"curl -sS -D - -o /dev/null 'https://app.example.com/'\\''$(id)'\\'''"_s});
    row("a name that is an option", u"mail.dkim"_s, {}, {u"TXT -f/etc/passwd"_s}, {});
    row("a host that is none", u"tls.chain"_s, u"x;id"_s, {}, {});
}

void TestHandoverCommands::showWhatWasSeen()
{
    QFETCH(QString, checkId);
    QFETCH(QString, host);
    QFETCH(QStringList, evidence);
    QFETCH(QStringList, commands);
    QCOMPARE(handover::commandsToSee(findingOf(checkId, host, evidence), target()), commands);
}

void TestHandoverCommands::checkAgain_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("command");
    QTest::newRow("the whole domain") << QString() << u"launch-cockpit audit example.com --only mail.spf"_s;
    QTest::newRow("the domain's own host") << u"example.com"_s << u"launch-cockpit audit example.com --only mail.spf"_s;
    QTest::newRow("a host that must be named")
        << u"app.example.com"_s << u"launch-cockpit audit example.com --host app=app.example.com --only mail.spf"_s;
}

void TestHandoverCommands::checkAgain()
{
    QFETCH(QString, host);
    QFETCH(QString, command);
    QCOMPARE(handover::commandToCheckAgain(findingOf(u"mail.spf"_s, host, {}), target(), {}), command);
    for (const QString &id : {u"access.tenant-isolation"_s, u"access.roles"_s, u"abuse.rate-limit"_s})
        QCOMPARE(handover::commandToCheckAgain(findingOf(id, host, {}), target(), {}),
                 u"launch-cockpit audit --project FILE.cockpit --active --only "_s + id);
    // What lies on a computer is named by whoever has it.
    QVERIFY(handover::commandToCheckAgain(findingOf(u"secrets.ci-config"_s, {}, {}), target(),
                                          {SourceKind::Code, SourceKind::CiLog})
                .endsWith(" --only secrets.ci-config --source code=PATH --source ci-log=PATH"_L1));
}

QTEST_GUILESS_MAIN(TestHandoverCommands)
#include "tst_handovercommands.moc"
