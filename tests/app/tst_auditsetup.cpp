#include "app/cli/auditsetup.h"
#include "app/cli/edgetoken.h"
#include "app/cli/parse.h"
#include "app/keychain.h"
#include "models/credentialkind.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

// From the words of the command line to what is asked, and of whom.
class TestAuditSetup : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void addsHosts_data();
    void addsHosts();
    void usesTheProjectsOldAddresses();
    void attacksOwnTargetsOnly_data();
    void attacksOwnTargetsOnly();
    void takesTheTokenFromWhereItIs_data();
    void takesTheTokenFromWhereItIs();

private:
    Result<AuditSetup> prepared(const QString &line) const;

    std::optional<Composition> m_composition;
};

namespace {

// "site example.com 443, app app.example.com 8443"
QString hostsOf(const Target &target)
{
    QStringList hosts;
    for (const Host &host : target.hosts)
        hosts << u"%1 %2 %3"_s.arg(toWord(host.role), host.name).arg(host.httpsPort);
    return hosts.join(u", "_s);
}

} // namespace

void TestAuditSetup::initTestCase()
{
    auto composition = compose(u"en"_s);
    QVERIFY(composition);
    m_composition = std::move(*composition);
}

Result<AuditSetup> TestAuditSetup::prepared(const QString &line) const
{
    const auto options = parseOptions(line.split(u' '));
    return options ? prepareAudit(*options, *m_composition) : tl::unexpected(options.error());
}

void TestAuditSetup::addsHosts_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("hosts"); // empty: refused
    const QString site = u"site example.com 443, www www.example.com 443"_s;
    QTest::newRow("a new one") << u"--host app=app.example.com:8443"_s << site + u", app app.example.com 8443"_s;
    QTest::newRow("a mail host of its own") << u"--host mail=mx.example.com"_s << site + u", mail mx.example.com 443"_s;
    QTest::newRow("another role for the address that was typed")
        << u"--host app=example.com"_s << u"app example.com 443, www www.example.com 443"_s;
    QTest::newRow("another port for it") << u"--host site=example.com:8443"_s
                                         << u"site example.com 8443, www www.example.com 443"_s;
    QTest::newRow("the address that was typed as a mail host") << u"--host mail=example.com"_s << QString();
    QTest::newRow("a host that was just added as a mail host")
        << u"--host app=x.example.com --host mail=x.example.com"_s << QString();
}

void TestAuditSetup::addsHosts()
{
    QFETCH(QString, options);
    QFETCH(QString, hosts);
    const auto setup = prepared(u"audit example.com "_s + options);
    if (hosts.isEmpty()) {
        QVERIFY(!setup);
        QCOMPARE(setup.error().kind, ErrorKind::BadInput);
        QVERIFY2(setup.error().message.contains(u"--host mail="_s), qPrintable(setup.error().message));
        return;
    }
    QVERIFY2(setup, setup ? "" : qPrintable(setup.error().message));
    QCOMPARE(hostsOf(setup->request.plan.target), hosts);
}

void TestAuditSetup::usesTheProjectsOldAddresses()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"mine.cockpit"_s);
    const std::vector<RedirectEntry> redirects{{u"/old"_s, u"/new"_s}};
    {
        ProjectSettings settings;
        settings.target = parseAddress(u"example.com"_s).value();
        settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
        const auto store = ProjectStore::create(path, settings);
        QVERIFY(store);
        QVERIFY((*store)->saveRedirects(redirects));
    }
    const auto setup = prepared(u"audit --project %1 --only http.redirect-map"_s.arg(path));
    QVERIFY2(setup, setup ? "" : qPrintable(setup.error().message));
    QCOMPARE(setup->request.plan.facts.redirects, redirects);
    const auto services = m_composition->runServices();
    const auto plan = makePlan(setup->request.plan, *services.catalog, *services.registry);
    QVERIFY(plan);
    QCOMPARE(plan->runCount(), 1);
    const auto without = prepared(u"audit example.com --only http.redirect-map"_s);
    QVERIFY(without);
    const auto blocked = makePlan(without->request.plan, *services.catalog, *services.registry);
    QVERIFY(blocked);
    QCOMPARE(blocked->runCount(), 0);
    QCOMPARE(blocked->checks.front().reason, labelOf(Need::Redirects));
}

void TestAuditSetup::attacksOwnTargetsOnly_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const QString &options, bool allowed) {
        QTest::newRow(name) << options << allowed;
    };
    row("a stranger", u"example.com"_s, false);
    row("this computer", u"127.0.0.1:8443"_s, true);
    row("this computer by its name", u"localhost"_s, true);
    row("the practice company", u"--demo"_s, true);
    row("the practice company and a stranger", u"--demo --host other=example.com"_s, false);
    row("every host and port led here", u"example.com --connect ::127.0.0.1:8443"_s, true);
    row("led here in another form", u"example.com --connect ::[::1]:8443"_s, true);
    row("every host and port led away", u"example.com --connect ::192.0.2.1:443"_s, false);
    row("this computer led away", u"127.0.0.1 --connect :80:192.0.2.1:80"_s, false);
    row("only the HTTPS port led here", u"example.com --connect :443:127.0.0.1:8443"_s, true);
    row("only the HTTP port led here", u"example.com --connect :80:127.0.0.1:8080"_s, false);
    row("both ports of the web led here", u"example.com --connect :443:127.0.0.1:8443 --connect :80:127.0.0.1:8080"_s,
        true);
    row("the HTTP port led away", u"example.com --connect :443:127.0.0.1:8443 --connect :80:192.0.2.1:80"_s, false);
    row("one port led away before the rest is led here",
        u"example.com --connect :80:192.0.2.1:80 --connect ::127.0.0.1:8443"_s, false);
    row("one port led away, but never reached", u"example.com --connect ::127.0.0.1:8443 --connect :80:192.0.2.1:80"_s,
        true);
    row("one host of two led here",
        u"example.com --connect example.com::127.0.0.1:8443 --connect www.example.com:80:127.0.0.1:8443"_s, false);
    row("both hosts led here",
        u"example.com --connect example.com::127.0.0.1:8443 --connect www.example.com::127.0.0.1:8443"_s, true);
    row("a mail host of somebody else", u"localhost --host mail=mx.example.com"_s, false);
}

void TestAuditSetup::attacksOwnTargetsOnly()
{
    QFETCH(QString, options);
    QFETCH(bool, allowed);
    const auto setup = prepared(u"audit --active "_s + options);
    QVERIFY2(setup.has_value() == allowed, setup ? "allowed" : qPrintable(setup.error().message));
    if (!setup)
        QVERIFY2(setup.error().message.startsWith("--active"_L1), qPrintable(setup.error().message));
}

void TestAuditSetup::takesTheTokenFromWhereItIs_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("kept"); // "token", "other": what the project names; "lost": the keychain has no value
    QTest::addColumn<QString>("token");
    const QString all = u""_s;
    const QString edge = u" --only edge.waf-rules"_s;
    QTest::newRow("nowhere") << edge << QByteArray() << u""_s << u"none"_s;
    QTest::newRow("in the variable") << edge << QByteArray("from-variable") << u""_s << u"from-variable"_s;
    QTest::newRow("in the keychain") << edge << QByteArray() << u"token"_s << u"from-keychain"_s;
    QTest::newRow("in both") << all << QByteArray("from-variable") << u"token"_s << u"from-variable"_s;
    QTest::newRow("lost") << all << QByteArray() << u"lost"_s << u"error"_s;
    QTest::newRow("another credential") << all << QByteArray() << u"other"_s << u"none"_s;
    QTest::newRow("no check needs it") << u" --only edge.detect"_s << QByteArray("from-variable") << u"token"_s
                                       << u"none"_s;
    QTest::newRow("left out") << u" --skip edge.*"_s << QByteArray("from-variable") << u"token"_s << u"none"_s;
}

void TestAuditSetup::takesTheTokenFromWhereItIs()
{
    QFETCH(QString, options);
    QFETCH(QByteArray, variable);
    QFETCH(QString, kept);
    auto setup = prepared(u"audit example.com"_s + options);
    QVERIFY(setup);
    SessionCredentialStore keychain;
    const auto kind = kept == "other"_L1 ? CredentialKind::Other : CredentialKind::CloudflareToken;
    const Credential credential{u"One"_s, {}, newKeychainEntry(kind), {}, {}};
    if (!kept.isEmpty())
        setup->known.credentials = {credential};
    if (kept != "lost"_L1)
        keychain.write(credential.keychainEntry, Secret("from-keychain"), [](const Result<void> &) {});
    qunsetenv(kTokenVariable);
    if (!variable.isEmpty())
        qputenv(kTokenVariable, variable);
    int answers = 0;
    fetchEdgeToken(*setup, *m_composition, keychain, this, [&] { ++answers; });
    QCOMPARE(answers, 1);
    QVERIFY(!qEnvironmentVariableIsSet(kTokenVariable));
    const auto &token = setup->request.plan.facts.edgeToken;
    const QString got = !token ? u"none"_s : !*token ? u"error"_s : QString::fromUtf8((*token)->reveal());
    QTEST(got, "token");
}

QTEST_GUILESS_MAIN(TestAuditSetup)
#include "tst_auditsetup.moc"
