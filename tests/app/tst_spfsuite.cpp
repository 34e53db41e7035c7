// SPF test suites in the published format, against a name server of the world (knot): each case by the evaluation, and
// one case of each result through the built program as well, which takes a start of it.
// COCKPIT_SPF_SUITE names a further suite file: the one that is published for RFC 7208, for instance.
#include "checks/engine/observations.h"
#include "checks/mail/spfevaluation.h"
#include "tests/app/builtprogram.h"
#include "tests/lab/realserver.h"
#include "tests/lab/spfsuite.h"

#include <QSysInfo>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSpfSuite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void evaluates_data();
    void evaluates();
    void sawEachResult();

private:
    const lab::KnotServer &serverFor(size_t scenario);

    BuiltProgram m_program;
    std::vector<lab::SpfScenario> m_scenarios;
    std::optional<size_t> m_served;
    std::unique_ptr<lab::KnotServer> m_server;
    QStringList m_printed; // results that the program gave
};

void TestSpfSuite::initTestCase()
{
    QVERIFY2(!lab::serverProgram(u"knotd"_s).isEmpty(), "knot is not installed");
    QStringList files{QStringLiteral(SPF_SUITE)};
    if (const QString further = qEnvironmentVariable("COCKPIT_SPF_SUITE"); !further.isEmpty())
        files << further;
    for (const QString &file : files) {
        auto suite = lab::loadSpfSuite(file);
        QVERIFY2(suite, suite ? "" : qPrintable(suite.error().message));
        std::ranges::move(*suite, std::back_inserter(m_scenarios));
    }
}

const lab::KnotServer &TestSpfSuite::serverFor(size_t scenario)
{
    if (m_served != scenario) {
        m_server.reset();
        m_server = std::make_unique<lab::KnotServer>(m_scenarios[scenario].zones);
        m_served = scenario;
    }
    return *m_server;
}

void TestSpfSuite::evaluates_data()
{
    QTest::addColumn<size_t>("scenario");
    QTest::addColumn<size_t>("number");
    for (size_t s = 0; s < m_scenarios.size(); ++s) {
        for (size_t c = 0; c < m_scenarios[s].cases.size(); ++c) {
            QTest::addRow("%zu %s: %s", s, qPrintable(m_scenarios[s].description),
                          qPrintable(m_scenarios[s].cases[c].id))
                << s << c;
        }
    }
}

void TestSpfSuite::evaluates()
{
    QFETCH(size_t, scenario);
    QFETCH(size_t, number);
    const lab::SpfCase &wanted = m_scenarios[scenario].cases[number];
    const lab::KnotServer &server = serverFor(scenario);
    QVERIFY(server.isReady());
    const NetOptions net{.resolvers = {server.address()}, .connects = {}, .caFile = {}, .operationTimeout = 2s};
    Observations seen(net, CancelToken(), Deadline::in(60s), nullptr);
    const SpfEvaluation found =
        evaluateSpf({.client = QHostAddress(wanted.client), .mailFrom = wanted.mailFrom, .helo = wanted.helo},
                    QSysInfo::machineHostName(), QDateTime::currentDateTimeUtc(), seen);
    const QString result = toWord(found.result);
    QVERIFY2(wanted.results.contains(result),
             qPrintable(u"%1, wanted %2"_s.arg(result, wanted.results.join(u" or "_s))));
    if (wanted.explanation == "DEFAULT"_L1)
        QCOMPARE(found.explanation, QString());
    else if (!wanted.explanation.isEmpty() && result == "fail"_L1)
        QCOMPARE(found.explanation, wanted.explanation);
    if (m_printed.contains(result))
        return;
    m_printed.append(result);
    const Ended ended =
        m_program.run({u"spf"_s, u"--ip"_s, wanted.client, u"--mail-from"_s, wanted.mailFrom, u"--helo"_s, wanted.helo,
                       u"--resolver"_s, server.address().toString(), u"--timeout"_s, u"2"_s, u"--format"_s, u"json"_s});
    QVERIFY2(ended.status == 0, ended.complaint.constData());
    QCOMPARE(ended.json().value("result"_L1).toString(), result);
    QCOMPARE(ended.json().value("explanation"_L1).toString(), found.explanation);
}

// Neither result came by chance: all of them were seen, and printed by the program.
void TestSpfSuite::sawEachResult()
{
    m_printed.sort();
    QCOMPARE(m_printed, (QStringList{u"fail"_s, u"neutral"_s, u"none"_s, u"pass"_s, u"permerror"_s, u"softfail"_s,
                                     u"temperror"_s}));
}

QTEST_GUILESS_MAIN(TestSpfSuite)
#include "tst_spfsuite.moc"
