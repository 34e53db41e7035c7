// The lists behind the pages that stand beside the stages: each is a well-behaved model, and new facts about the same
// rows keep selection and scroll position.
#include "ui/addresses/namemodel.h"
#include "ui/credentials/credentialmodel.h"
#include "ui/handover/ownershipmodel.h"
#include "ui/handover/questionmodel.h"
#include "ui/handover/sectionmodel.h"
#include "ui/monitoring/endpointmodel.h"
#include "ui/plan48/planmodel.h"
#include "ui/rail/railbutton.h"
#include "ui/risks/riskmodel.h"
#include "ui/stage/askperson.h"
#include "ui/start/recentmodel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

Risk riskOf(int rank, const QString &checkId, Severity severity, Impact impact)
{
    Risk risk;
    risk.rank = rank;
    risk.finding.checkId = checkId;
    risk.finding.code = u"seen"_s;
    risk.finding.title = u"About "_s + checkId;
    risk.finding.whatWeSaw = u"What was seen"_s;
    risk.finding.severity = severity;
    risk.finding.impact = impact;
    risk.finding.effortMinutes = 20;
    return risk;
}

std::vector<Risk> twoRisks()
{
    return {riskOf(1, u"exposure.files"_s, Severity::Critical, Impact::DataExposure),
            riskOf(2, u"mail.dmarc"_s, Severity::High, Impact::EmailDelivery)};
}

Decision decided(DecisionKind kind)
{
    return {.findingId = u"any"_s, .kind = kind, .until = QDate(2026, 12, 3), .reason = u"Nobody uses it"_s};
}

} // namespace

class TestPageModels : public QObject
{
    Q_OBJECT

private slots:
    void risksKeepTheirRanksWhenFiltered()
    {
        RiskModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        model.setRisks(twoRisks());
        QCOMPARE(model.rowCount(), 2);
        model.setFilter(Impact::EmailDelivery);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0).data(RowLeadRole).toString(), u"2"_s);
        QCOMPARE(model.rowOf(twoRisks().front().finding.id()), -1);
        model.setFilter({});
        QCOMPARE(model.rowOf(twoRisks().back().finding.id()), 1);
        QVERIFY(!model.row(2));
    }

    void aDecisionChangesARiskInPlace()
    {
        RiskModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        std::vector<Risk> risks = twoRisks();
        model.setRisks(risks);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        risks[0].decision = decided(DecisionKind::Accepted);
        model.setRisks(risks);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(model.index(0).data(RowTrailingRole).toString(), u"accepted"_s);
    }

    void decisionsAreSaidInWords_data()
    {
        QTest::addColumn<DecisionKind>("kind");
        QTest::addColumn<QString>("begins");
        QTest::newRow("now") << DecisionKind::FixNow << u"fix now"_s;
        QTest::newRow("later") << DecisionKind::FixLater << u"later, by "_s;
        QTest::newRow("accepted") << DecisionKind::Accepted << u"accepted"_s;
    }

    void decisionsAreSaidInWords()
    {
        QFETCH(DecisionKind, kind);
        QFETCH(QString, begins);
        Risk risk = twoRisks().front();
        QVERIFY(decisionText(risk).isEmpty());
        risk.decision = decided(kind);
        QVERIFY2(decisionText(risk).startsWith(begins), qPrintable(decisionText(risk)));
    }

    void theLastRiskStandsAboveNothing()
    {
        const std::vector<Risk> risks = twoRisks();
        QVERIFY(whyHere(risks, risks.front().finding.id()).contains(risks.back().finding.title));
        QVERIFY(whyHere(risks, risks.back().finding.id()).isEmpty());
        QVERIFY(whyHere(risks, u"no-such-finding"_s).isEmpty());
    }

    void thePlanHasHeadingsThatCannotBeChosen()
    {
        PlanModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        FixPlan plan;
        plan.steps = {{twoRisks().front(), 0, 90}, {twoRisks().back(), 90, 20}};
        plan.totalMinutes = 110;
        Risk accepted = riskOf(3, u"http.hsts"_s, Severity::Low, Impact::AccountTakeover);
        accepted.decision = decided(DecisionKind::Accepted);
        plan.accepted = {accepted};
        model.setPlan(plan);
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row);
            QCOMPARE(index.data(RowHeadingRole).toBool(), !index.flags().testFlag(Qt::ItemIsSelectable));
            lines << index.data(RowLeadRole).toString() + u'|' + index.data().toString();
        }
        QCOMPARE(lines,
                 QStringList({u"|Fix now, in this order"_s, u"0:00|About exposure.files"_s, u"1:30|About mail.dmarc"_s,
                              u"|Accepted, with a reason"_s, u"|About http.hsts"_s}));
    }

    void anEmptyPlanSaysSo()
    {
        PlanModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        model.setPlan({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(planTotal({}), u"nothing to fix"_s);
    }

    void sectionsSayWhatIsMissing()
    {
        SectionModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        HandoverDocument document;
        document.sections = {{u"summary"_s, u"Summary"_s, {}, Completeness::Complete, 0},
                             {u"owners"_s, u"Owners"_s, {}, Completeness::NotStarted, 0}};
        model.setDocument(document);
        QCOMPARE(model.index(0).data().toString(), u"1. Summary"_s);
        QCOMPARE(model.index(1).data(RowTrailingRole).toString(), u"not started"_s);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        document.sections[1].completeness = Completeness::AnswersMissing;
        document.sections[1].answersMissing = 2;
        model.setDocument(document);
        QCOMPARE(resets.size(), 0);
        QVERIFY(model.index(1).data(RowTrailingRole).toString().contains(u'2'));
    }

    void questionsKnowWhetherTheyAreAnswered()
    {
        QuestionModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        std::vector<HandoverQuestion> questions{{u"handover.dns"_s, u"DNS is written down."_s}};
        model.setQuestions(questions);
        QVERIFY(!model.index(0).data(QuestionModel::AnsweredRole).toBool());
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        questions[0].note = u"In the wiki (Dana)"_s;
        model.setQuestions(questions);
        QCOMPARE(resets.size(), 0);
        QVERIFY(model.index(0).data(QuestionModel::AnsweredRole).toBool());
        QCOMPARE(model.index(0).data(QuestionModel::SubjectRole).toString(), u"handover.dns"_s);
    }

    void ownersAreTyped()
    {
        OwnershipModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        model.setRows({{u"DNS"_s, u"Cloudflare"_s, {}, {}, {}}});
        const QSignalSpy edits(&model, &OwnershipModel::edited);
        const QModelIndex owner = model.index(0, OwnershipModel::OwnerColumn);
        QVERIFY(model.setData(owner, u"  Dana "_s, Qt::EditRole));
        QVERIFY(model.setData(owner, u"Dana"_s, Qt::EditRole)); // the same again is no edit
        QCOMPARE(edits.size(), 1);
        QCOMPARE(model.rows().front().owner, u"Dana"_s);
        QCOMPARE(model.addRow(), 1);
        QCOMPARE(model.rowCount(), 2);
    }

    void secretsAreNotKeptInTheTableOfOwners()
    {
        OwnershipModel model;
        model.setRows({{u"DNS"_s, {}, {}, {}, {}}});
        QVERIFY(model.setData(model.index(0, OwnershipModel::NotesColumn), u"password=hunter2-very-secret"_s,
                              Qt::EditRole));
        QVERIFY(!model.rows().front().notes.contains(u"hunter2"_s));
    }

    void aReadOnlyTableCannotBeTypedInto()
    {
        OwnershipModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        model.setRows({{u"DNS"_s, {}, {}, {}, {}}});
        model.setReadOnly(true);
        const QModelIndex owner = model.index(0, OwnershipModel::OwnerColumn);
        QVERIFY(!owner.flags().testFlag(Qt::ItemIsEditable));
        QVERIFY(!model.setData(owner, u"Dana"_s, Qt::EditRole));
    }

    void credentialsShowNamesAndDatesOnly()
    {
        CredentialModel model;
        const QAbstractItemModelTester tester(&model, kFatal);
        model.setCredentials({{u"Customer A"_s, u"Signs in"_s, u"entry-a"_s, QDateTime::currentDateTimeUtc(), {}}});
        QCOMPARE(model.index(0, CredentialModel::NameColumn).data().toString(), u"Customer A"_s);
        QCOMPARE(model.index(0, CredentialModel::LastUsedColumn).data().toString(), u"never"_s);
        for (int column = 0; column < model.columnCount(); ++column)
            QVERIFY(!model.index(0, column).data().toString().contains(u"entry-a"_s));
        QVERIFY(!model.credential(1));
    }

    // Whatever a stranger's server or a file said.
    void toolTipsAreNoHtml_data()
    {
        QTest::addColumn<QString>("tip");
        QTest::addColumn<QString>("said");
        const QString said = u"<b>bold</b> & <img src=x>"_s;
        const auto row = [](const char *name, const QAbstractItemModel &model, int at, const QString &text) {
            QTest::newRow(name) << model.index(at, 0).data(Qt::ToolTipRole).toString() << text;
        };
        Risk risk = riskOf(1, u"mail.dmarc"_s, Severity::High, Impact::EmailDelivery);
        risk.finding.whatWeSaw = said;
        RiskModel risks;
        risks.setRisks({risk});
        row("risks", risks, 0, said);
        PlanModel plan;
        FixPlan later;
        later.later = {risk};
        plan.setPlan(later);
        row("plan", plan, 1, said); // below its heading
        OwnershipModel owners;
        owners.setRows({{.system = said}});
        row("owners", owners, 0, said);
        CredentialModel credentials;
        credentials.setCredentials({{said, {}, u"entry"_s, QDateTime::currentDateTimeUtc(), {}}});
        row("credentials", credentials, 0, said);
        QuestionModel questions;
        questions.setQuestions({{.subject = u"a"_s, .text = said}});
        row("questions", questions, 0, said);
        RecentModel recent;
        recent.setProjects({{.path = said}}, QDate(2026, 11, 28));
        row("projects", recent, 0, said);
        MonitoringFigures figures;
        figures.endpoints.resize(1);
        figures.endpoints.front().monitor.name = said;
        EndpointModel endpoints;
        endpoints.setFigures(figures);
        row("endpoints", endpoints, 0, endpoints.index(0, 0).data(Qt::AccessibleTextRole).toString());
        NameModel names;
        InventoryRow name;
        name.name = said;
        names.setRows({name});
        row("names", names, 0, said);
        RailButton button(RailGlyph::Number, u"Title"_s);
        button.setNote(said);
        QTest::newRow("rail") << button.toolTip() << said;
        ElidedLabel label;
        label.setText(said);
        label.resize(20, 20);
        label.grab(); // what has no room has a tip
        QTest::newRow("elided label") << label.toolTip() << said;
    }
    void toolTipsAreNoHtml()
    {
        QFETCH(QString, tip);
        QFETCH(QString, said);
        QTextDocument shown; // as a tool tip shows it
        shown.setHtml(tip);
        QVERIFY(Qt::mightBeRichText(tip));
        QVERIFY(said.contains(u"<img"_s));
        QCOMPARE(shown.toPlainText(), said);
    }

    void whoSpokeLastIsOfferedAgain()
    {
        const QDateTime noon(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
        ProjectState project;
        QVERIFY(whoSpokeLast(project).isEmpty());
        project.answers.insert({u"a"_s, {u"a"_s, AnswerValue::Holds, {}, u"Dana"_s, noon, {}}});
        project.decisions.insert({u"b"_s, {u"b"_s, DecisionKind::FixNow, {}, {}, u"Sam"_s, noon.addSecs(-1)}});
        QCOMPARE(whoSpokeLast(project), u"Dana"_s);
        project.decisions.at(u"b"_s).decidedAt = noon.addSecs(1);
        QCOMPARE(whoSpokeLast(project), u"Sam"_s);
        project.decisions.at(u"b"_s).by.clear(); // somebody unnamed is nobody to offer
        QCOMPARE(whoSpokeLast(project), u"Dana"_s);
    }
};

QTEST_MAIN(TestPageModels)
#include "tst_pagemodels.moc"
