// A domain that nobody registered: one thing is wrong, and one check says so.
#include "checks/builtinchecks.h"
#include "checks/engine/runner.h"
#include "lab/zonescript.h"

#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Run runOn(const ScriptedDns &server)
{
    const auto catalog = CheckCatalog::load();
    const CheckRegistry registry = builtInChecks();
    Runner runner({.catalog = &*catalog, .registry = &registry, .detectProviders = {}});
    RunRequest request;
    request.plan.target = {u"example.com"_s,
                           {{HostRole::Site, u"example.com"_s},
                            {HostRole::Www, u"www.example.com"_s},
                            {HostRole::App, u"app.example.com"_s},
                            {HostRole::Api, u"api.example.com"_s},
                            {HostRole::Mail, u"mail.example.com"_s}}};
    request.plan.facts.routes = {{.method = u"GET"_s, .path = u"/api/me"_s, .host = u"api.example.com"_s}};
    request.plan.facts.dkimSelectors = {u"default"_s};
    request.net.resolvers = {server.address()};
    request.net.operationTimeout = std::chrono::milliseconds(1000);
    request.language = u"en"_s;
    Run finished;
    QObject::connect(&runner, &Runner::finished, &runner, [&](const Run &run) { finished = run; });
    const QSignalSpy spy(&runner, &Runner::finished);
    if (!runner.start(request) || !QTest::qWaitFor([&] { return spy.count() == 1; }, 30000))
        qFatal("the run did not end");
    return finished;
}

} // namespace

class MissingDomainTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void onlyDnsSaysWhatIsWrong();
    void nothingPasses();

private:
    Run m_run;
};

void MissingDomainTest::initTestCase()
{
    m_run = runOn(ScriptedDns(zoneScript({u"example.net. 60 IN A 192.0.2.1"_s})));
}

void MissingDomainTest::onlyDnsSaysWhatIsWrong()
{
    QStringList codes;
    for (const CheckResult &result : m_run.results) {
        for (const Finding &finding : result.findings)
            codes << result.checkId + u' ' + finding.code + u' ' + finding.subject;
    }
    codes.sort();
    QCOMPARE(codes.join(u'\n'), QStringLiteral("dns.authoritative no_servers \n"
                                               "dns.resolution no_such_name api.example.com\n"
                                               "dns.resolution no_such_name app.example.com\n"
                                               "dns.resolution no_such_name example.com\n"
                                               "dns.resolution no_such_name mail.example.com\n"
                                               "dns.resolution no_such_name www.example.com"));
}

void MissingDomainTest::nothingPasses()
{
    QVERIFY(!m_run.results.empty());
    for (const CheckResult &result : m_run.results) {
        QVERIFY2(result.outcome != Outcome::Pass && result.outcome != Outcome::Info, qPrintable(result.checkId));
        if (result.findings.empty())
            QVERIFY2(!result.reason.isEmpty(), qPrintable(result.checkId));
    }
}

QTEST_GUILESS_MAIN(MissingDomainTest)
#include "tst_missingdomain.moc"
