#include "checks/http/family.h"
#include "tests/lab/nginxsites.h"

#include <QTemporaryFile>
#include <QTest>
#include <QThreadPool>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

// The checks of the family against nginx: each virtual host has one trait, and nothing else may be found.
class NginxSitesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsTheTrait_data();
    void findsTheTrait();
    void hasManyHosts();

private:
    QStringList foundAt(const Host &host) const;
    void lookAtAll();

    std::vector<lab::NginxSite> m_sites;
    std::vector<QStringList> m_found; // parallel to m_sites
    std::unique_ptr<lab::NginxServer> m_nginx;
    QTemporaryFile m_root;
    NetOptions m_options;
};

void NginxSitesTest::initTestCase()
{
    m_sites = lab::nginxSites();
    if (lab::serverProgram(u"nginx"_s).isEmpty())
        QSKIP("nginx is not installed.");
    const lab::Identity root = lab::makeRoot(u"Lab root"_s);
    std::vector<lab::NginxHost> hosts;
    std::ranges::transform(m_sites, std::back_inserter(hosts), &lab::NginxSite::host);
    m_nginx = std::make_unique<lab::NginxServer>(hosts, root);
    QVERIFY2(m_nginx->isReady(), m_nginx->log().constData());
    QVERIFY(m_root.open() && m_root.write(root.certificatePem()) > 0 && m_root.flush());
    m_options.connects = {{{}, kHttpsPort, {u"127.0.0.1"_s, m_nginx->httpsPort()}},
                          {{}, kHttpPort, {u"127.0.0.1"_s, m_nginx->httpPort()}}};
    m_options.caFile = m_root.fileName();
    m_options.operationTimeout = std::chrono::seconds(30);
    lookAtAll();
}

// Most of the time is waiting for handshakes, so several hosts are looked at together.
void NginxSitesTest::lookAtAll()
{
    constexpr int kTogether = 8;
    m_found.resize(m_sites.size());
    QThreadPool pool;
    pool.setMaxThreadCount(kTogether);
    for (size_t i = 0; i < m_sites.size(); ++i) {
        pool.start([this, i] { m_found[i] = foundAt({m_sites[i].role, m_sites[i].host.name, kHttpsPort}); });
    }
    pool.waitForDone();
}

QStringList NginxSitesTest::foundAt(const Host &host) const
{
    Observations seen(m_options, CancelToken(), Deadline::in(std::chrono::seconds(60)), nullptr);
    const Target target{u"example.com"_s, {host}};
    const Policy policy;
    const ProjectFacts facts;
    const Look look{seen, target, &target.hosts.front(), policy, facts, QDateTime::currentDateTimeUtc()};
    QStringList found;
    for (const Check &check : httpChecks()) {
        const bool isMeant = check.roles.empty() || std::ranges::find(check.roles, host.role) != check.roles.end();
        // Twenty samples of each host tell nothing about its trait.
        if (check.scope != Scope::EachHost || !isMeant || check.id == "http.latency"_L1)
            continue;
        const Judged judged = check.look(look);
        if (judged.outcome == Outcome::Error)
            found << check.id + u" error: "_s + judged.reason;
        for (const Finding &finding : judged.findings)
            found << check.id + u' ' + finding.code;
    }
    found.removeDuplicates(); // one finding for each page that has it
    found.sort();
    return found;
}

void NginxSitesTest::findsTheTrait_data()
{
    QTest::addColumn<size_t>("index");
    for (size_t i = 0; i < m_sites.size(); ++i)
        QTest::newRow(qPrintable(m_sites[i].host.name)) << i;
}

void NginxSitesTest::findsTheTrait()
{
    QFETCH(size_t, index);
    QCOMPARE(m_found[index].join(u'\n'), m_sites[index].expected.join(u'\n'));
}

void NginxSitesTest::hasManyHosts()
{
    QVERIFY(m_sites.size() >= 40);
    QVERIFY(std::ranges::count_if(m_sites, [](const auto &site) { return site.expected.isEmpty(); }) >= 10);
}

QTEST_GUILESS_MAIN(NginxSitesTest)
#include "tst_nginxsites.moc"
