// SPF test suites in the published format, through the built program and a name server of the world (knot).
// COCKPIT_SPF_SUITE names a further suite file: the one that is published for RFC 7208, for instance.
#include "tests/app/builtprogram.h"
#include "tests/lab/realserver.h"
#include "tests/lab/spfsuite.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestSpfSuite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void evaluates_data();
    void evaluates();

private:
    const lab::KnotServer &serverFor(size_t scenario);

    BuiltProgram m_program;
    std::vector<lab::SpfScenario> m_scenarios;
    std::optional<size_t> m_served;
    std::unique_ptr<lab::KnotServer> m_server;
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
    const Ended ended =
        m_program.run({u"spf"_s, u"--ip"_s, wanted.client, u"--mail-from"_s, wanted.mailFrom, u"--helo"_s, wanted.helo,
                       u"--resolver"_s, server.address().toString(), u"--timeout"_s, u"2"_s, u"--format"_s, u"json"_s});
    QVERIFY2(ended.status == 0, ended.complaint.constData());
    const QString result = ended.json().value("result"_L1).toString();
    QVERIFY2(wanted.results.contains(result),
             qPrintable(u"%1, wanted %2"_s.arg(result, wanted.results.join(u" or "_s))));
    if (wanted.explanation == "DEFAULT"_L1)
        QVERIFY(ended.json().value("explanation"_L1).isNull());
    else if (!wanted.explanation.isEmpty() && result == "fail"_L1)
        QCOMPARE(ended.json().value("explanation"_L1).toString(), wanted.explanation);
}

QTEST_GUILESS_MAIN(TestSpfSuite)
#include "tst_spfsuite.moc"
