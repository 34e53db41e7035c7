// The cases of the regression suite where a check looks at several hosts: each host's last look is its own, and one
// that gave no answer takes back nothing of what was mended on another.
#include "checks/deploy/regressionsuite.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;
using enum Outcome; // but for Error, which is a type, too

namespace {

const QString kCheck = u"tls.reachable"_s;

using Ends = std::vector<std::pair<QString, Outcome>>; // by host; an empty one: the whole target

CheckResult resultOn(const QString &host, Outcome outcome)
{
    CheckResult result;
    result.checkId = kCheck;
    result.host = host;
    result.outcome = outcome;
    if (outcome == Fail || outcome == Warn) {
        Finding finding;
        finding.checkId = kCheck;
        finding.host = host;
        finding.severity = Severity::High;
        finding.proof = Proof::Proven;
        result.findings = {finding};
    }
    return result;
}

ProjectState stateWith(const Ends &ends)
{
    ProjectState state;
    for (const auto &[host, outcome] : ends) {
        const CheckResult result = resultOn(host, outcome);
        state.latest[result.key()] = result;
    }
    return state;
}

QString endOf(const Ends &before, const Ends &now)
{
    const auto cases = regressionCases();
    const auto one = std::ranges::find(cases, kCheck, &RegressionCase::checkId);
    std::vector<CheckResult> results;
    for (const auto &[host, outcome] : now)
        results.push_back(resultOn(host, outcome));
    return toWord(cockpit::endOf(*one, looksFrom(projectFactsOf(stateWith(before)), results)));
}

} // namespace

Q_DECLARE_METATYPE(Ends)

class TestRegressionHosts : public QObject
{
    Q_OBJECT

private slots:
    void keepsEachLook()
    {
        const ProjectState state = stateWith({{u"a"_s, Pass}, {u"b"_s, Fail}, {u"c"_s, NotRun}});
        const std::map<QString, Outcome> wanted{
            {u"tls.reachable@a"_s, Pass}, {u"tls.reachable@b"_s, Fail}, {u"tls.reachable@c"_s, NotRun}};
        QVERIFY(projectFactsOf(state).outcomesBefore == wanted);
    }

    void judgesByTheWorst_data()
    {
        QTest::addColumn<Ends>("before");
        QTest::addColumn<Ends>("now");
        QTest::addColumn<QString>("end");
        const auto row = [](const char *name, const Ends &before, const Ends &now, const QString &end) {
            QTest::newRow(name) << before << now << end;
        };
        row("one failed, and nobody looked again", {{u"a"_s, Pass}, {u"b"_s, Fail}, {u"c"_s, NotRun}}, {}, u"fails"_s);
        row("one was not run, and nobody looked again", {{u"a"_s, Info}, {u"c"_s, NotRun}}, {}, u"not_tried"_s);
        row("one in part, and nobody looked again", {{u"a"_s, Info}, {u"c"_s, Pass}}, {}, u"in_part"_s);
        row("both mended", {{u"a"_s, Fail}, {u"b"_s, Fail}}, {{u"a"_s, Pass}, {u"b"_s, Pass}}, u"holds"_s);
        row("mended, and the other gave no answer", {{u"a"_s, Fail}, {u"b"_s, Pass}},
            {{u"a"_s, Pass}, {u"b"_s, Outcome::Error}}, u"not_tried"_s);
        row("mended, and a new one gave no answer", {{u"a"_s, Fail}}, {{u"a"_s, Pass}, {u"b"_s, NotRun}},
            u"not_tried"_s);
        row("mended, and the other is not of the kind", {{u"a"_s, Fail}, {u"b"_s, Fail}},
            {{u"a"_s, Pass}, {u"b"_s, NotApplicable}}, u"holds"_s);
        row("mended, and the other that failed gave no answer", {{u"a"_s, Fail}, {u"b"_s, Warn}},
            {{u"a"_s, Pass}, {u"b"_s, Outcome::Error}}, u"fails"_s);
        row("it failed and gave no answer, the other holds", {{u"a"_s, Fail}, {u"b"_s, Pass}},
            {{u"a"_s, NotRun}, {u"b"_s, Pass}}, u"fails"_s);
        row("no answer for all hosts at once", {{u"a"_s, Fail}, {u"b"_s, Pass}}, {{QString(), NotRun}}, u"fails"_s);
        row("an answer for all hosts at once", {{u"a"_s, Fail}, {u"b"_s, Pass}}, {{QString(), Pass}}, u"holds"_s);
        row("a host that is asked no more", {{u"a"_s, Pass}, {u"b"_s, Fail}}, {{u"a"_s, Pass}}, u"holds"_s);
    }

    void judgesByTheWorst()
    {
        QFETCH(Ends, before);
        QFETCH(Ends, now);
        QTEST(endOf(before, now), "end");
    }
};

QTEST_GUILESS_MAIN(TestRegressionHosts)
#include "tst_regressionhosts.moc"
