// A look that saw a part of a product only is no proof that what failed before holds again: not in the run, and not
// after it.
#include "checks/deploy/regressionsuite.h"
#include "models/stillfailing.h"
#include "models/unseen.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Finding crossing()
{
    Finding finding;
    finding.checkId = u"access.tenant-isolation"_s;
    finding.code = u"cross_path"_s;
    finding.subject = u"GET /invoices/{id}"_s;
    finding.host = u"api.example.com"_s;
    finding.severity = Severity::Critical;
    finding.proof = Proof::Proven;
    return finding;
}

CheckResult lookWith(Outcome outcome, const std::vector<Unseen> &gaps = {}, const QString &host = {})
{
    CheckResult result;
    result.checkId = crossing().checkId;
    result.host = host;
    result.outcome = outcome;
    noteUnseen(gaps, result.observed);
    return result;
}

RegressionCase tenantCase()
{
    const auto cases = regressionCases();
    return *std::ranges::find(cases, crossing().checkId, &RegressionCase::checkId);
}

ProjectState stateWith(const Finding &finding, bool isClosed, bool isAccepted)
{
    ProjectState state;
    FindingRecord record{.finding = finding, .firstSeen = {}, .lastSeen = {}, .closedAt = {}};
    if (isClosed)
        record.closedAt = QDateTime::currentDateTimeUtc();
    state.findings[finding.id()] = record;
    if (isAccepted)
        state.decisions[finding.id()] = {.findingId = finding.id(), .kind = DecisionKind::Accepted};
    return state;
}

} // namespace

class TestStillFailing : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhatALookLeavesOpen_data()
    {
        QTest::addColumn<CheckResult>("look");
        QTest::addColumn<QString>("end"); // of the case
        using enum Outcome;
        const Finding open = crossing();
        const auto row = [](const char *name, const CheckResult &look, const char *end) {
            QTest::newRow(name) << look << QString::fromLatin1(end);
        };
        row("seen mended", lookWith(Pass), "holds");
        row("in part, and this was looked at", lookWith(Info, {{.subject = u"GET /files/{id}"_s}}), "in_part");
        row("in part, and this was not", lookWith(Info, {{.subject = open.subject}}), "fails");
        row("this way was not tried", lookWith(Info, {{.subject = {}, .code = open.code}}), "fails");
        row("another way was not tried", lookWith(Info, {{.subject = {}, .code = u"cross_query"_s}}), "in_part");
        row("it passes, and says what it did not see", lookWith(Pass, {{}}), "fails");
        row("not run", lookWith(NotRun), "fails");
        row("broken", lookWith(Outcome::Error), "fails");
        row("there is nothing of it any more", lookWith(NotApplicable), "not_applicable");
        row("on its host", lookWith(Info, {{}}, open.host), "fails");
        row("on another host", lookWith(Info, {{}}, u"www.example.com"_s), "in_part");
        CheckResult low = lookWith(Warn, {{.subject = open.subject}});
        Finding tidiness = open;
        tidiness.code = u"another"_s;
        tidiness.severity = Severity::Low;
        low.findings = {tidiness};
        row("a matter of tidiness beside it", low, "fails");
    }

    void knowsWhatALookLeavesOpen()
    {
        QFETCH(CheckResult, look);
        const RegressionCase one = tenantCase();
        // In the run that looked.
        CaseLooks looks = looksFrom({}, {look});
        addStillFailing({crossing()}, {look}, looks);
        QTEST(toWord(endOf(one, looks)), "end");
        // And by what that run left in the project.
        ProjectState state = stateWith(crossing(), hasSeen(look, crossing()), false);
        state.latest[look.key()] = look;
        QTEST(toWord(endOf(one, looksFrom(projectFactsOf(state), {}))), "end");
    }

    void countsWhatIsOpenAndGrave_data()
    {
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<Proof>("proof");
        QTest::addColumn<bool>("isClosed");
        QTest::addColumn<bool>("isAccepted");
        QTest::addColumn<bool>("counts");
        QTest::newRow("open") << Severity::High << Proof::Proven << false << false << true;
        QTest::newRow("mended") << Severity::High << Proof::Proven << true << false << false;
        QTest::newRow("accepted") << Severity::High << Proof::Proven << false << true << false;
        QTest::newRow("a lead") << Severity::High << Proof::Lead << false << false << false;
        QTest::newRow("low") << Severity::Low << Proof::Proven << false << false << false;
    }

    void countsWhatIsOpenAndGrave()
    {
        QFETCH(Severity, severity);
        QFETCH(Proof, proof);
        QFETCH(bool, isClosed);
        QFETCH(bool, isAccepted);
        Finding finding = crossing();
        finding.severity = severity;
        finding.proof = proof;
        QTEST(!openProblems(stateWith(finding, isClosed, isAccepted)).empty(), "counts");
    }
};

QTEST_GUILESS_MAIN(TestStillFailing)
#include "tst_stillfailing.moc"
