// What the results list says, worked out from the session: words and shapes only, nothing is judged here.
#include "ui/session.h"
#include "ui/stage/resultsmodel.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ResultRows)
};

using ByCheck = QHash<QString, std::vector<const CheckResult *>>;

// After the findings; smaller stands higher.
int groupOf(StateShape shape)
{
    switch (shape) {
    case StateShape::Fail:
        return 0;
    case StateShape::Warn:
        return 1;
    case StateShape::Running:
        return 2;
    case StateShape::Pass:
        return 3;
    case StateShape::Answered:
        return 4;
    case StateShape::NotRun:
        return 5;
    }
    Q_UNREACHABLE();
}

ResultRow rowOf(const Risk &risk)
{
    const Finding &finding = risk.finding;
    ResultRow row;
    row.findingId = finding.id();
    row.key = row.findingId;
    row.checkId = finding.checkId;
    row.host = finding.host;
    row.shape = shapeFor(finding.severity);
    row.title = finding.title;
    row.subtitle = finding.whatWeSaw;
    row.pill = labelOf(finding.severity);
    row.tone = toneFor(finding.severity);
    if (risk.decision)
        row.trailing = labelOf(risk.decision->kind);
    return row;
}

QString seconds(std::chrono::milliseconds duration)
{
    return Text::tr("%1 s").arg(QLocale().toString(duration.count() / 1000.0, 'f', 1));
}

QString titleOf(const QString &checkId, const CheckCatalog &catalog)
{
    const CatalogEntry *entry = catalog.find(checkId);
    QString title = entry ? entry->title : checkId;
    if (title.endsWith(u'.'))
        title.chop(1);
    return title;
}

// Ids of checks that the run has not answered yet, on one host at least.
QSet<QString> pendingChecks(const Session &session)
{
    QSet<QString> ids;
    if (!session.isRunning())
        return ids;
    CheckResult asked;
    for (const PlannedCheck &planned : session.plan().checks) {
        asked.checkId = planned.checkId;
        asked.host = planned.host ? planned.host->name : QString();
        if (planned.runs && session.isPending(asked.key()))
            ids.insert(planned.checkId);
    }
    return ids;
}

// The result that says most: one that was not good, else the first.
const CheckResult *mostTelling(const std::vector<const CheckResult *> &results)
{
    const auto worst = std::ranges::min_element(
        results, {}, [](const CheckResult *result) { return groupOf(shapeFor(result->outcome)); });
    return worst == results.end() ? nullptr : *worst;
}

void describe(ResultRow &row, const std::vector<const CheckResult *> &results)
{
    const CheckResult *telling = mostTelling(results);
    if (!telling) {
        row.subtitle = Text::tr("Not looked at yet.");
        return;
    }
    row.shape = shapeFor(telling->outcome);
    row.host = results.size() == 1 ? telling->host : QString();
    row.subtitle = telling->summary.isEmpty() ? telling->reason : telling->summary;
    const int others = static_cast<int>(results.size()) - 1;
    if (others > 0)
        row.subtitle = Text::tr("%1 And %n other address(es).", nullptr, others).arg(row.subtitle);
    if (row.shape == StateShape::Pass)
        row.trailing = seconds(telling->duration);
    else if (telling->outcome == Outcome::NotApplicable || telling->outcome == Outcome::Error)
        row.trailing = labelOf(telling->outcome);
}

// The look rests on the message that was read last (its time: mail.delivery, observed.read_at). One that was read since
// is for the next look to judge.
bool hasJudgedMessage(const CheckResult *look, const ProjectState &project)
{
    const auto &proof = project.delivery.proof;
    return look && proof && look->observed["read_at"_L1].toString() == proof->at.toUTC().toString(Qt::ISODate);
}

bool isForPerson(const QString &checkId, const Session &session)
{
    const CatalogEntry *entry = session.catalog().find(checkId);
    return entry && entry->kind == CheckKind::Guided;
}

// What only a person knows is not known yet, however much of it is written down (itemstate.h).
bool isLeftToPerson(const QString &checkId, const CheckResult *look, const Session &session)
{
    return look && look->outcome == Outcome::Info && !look->reason.isEmpty() && isForPerson(checkId, session);
}

ResultRow rowOf(const QString &checkId, const Session &session, const std::vector<const CheckResult *> &results,
                bool isPending)
{
    ResultRow row;
    row.key = "check:"_L1 + checkId;
    row.checkId = checkId;
    row.title = titleOf(checkId, session.catalog());
    row.offers = unmetNeed(checkId, session);
    if (isPending) {
        row.shape = StateShape::Running;
        row.subtitle = Text::tr("Being looked at now.");
        row.trailing = Text::tr("running");
        return row;
    }
    describe(row, results);
    if (isLeftToPerson(checkId, mostTelling(results), session)) {
        row.shape = StateShape::NotRun;
        row.subtitle = mostTelling(results)->reason;
        row.trailing.clear();
    }
    if (row.shape == StateShape::NotRun && hasNeed(checkId, Need::Message, session) &&
        hasJudgedMessage(mostTelling(results), session.project()))
        row.offers = Need::Message; // the message that was read proves nothing any more
    if (row.shape == StateShape::NotRun && hasNeed(checkId, Need::ApiToken, session))
        row.offers = Need::ApiToken; // the token that is there was not good enough
    const auto &answers = session.project().answers;
    if (const auto answer = answers.find(checkId); answer != answers.end() && row.shape == StateShape::NotRun) {
        row.shape = answer->second.value == AnswerValue::DoesNotHold ? StateShape::Warn : StateShape::Answered;
        row.subtitle = Text::tr("%1, says %2.").arg(labelOf(answer->second.value), answer->second.by);
    } else if (row.shape == StateShape::NotRun &&
               (!session.registry().find(checkId) || isForPerson(checkId, session))) {
        row.trailing = Text::tr("needs your answer");
    }
    return row;
}

// Results without findings: those with some are spoken for by their findings' rows.
ByCheck quietResults(const ProjectState &project)
{
    ByCheck byCheck;
    for (const auto &[key, result] : project.latest) {
        if (result.findings.empty())
            byCheck[result.checkId].push_back(&result);
    }
    return byCheck;
}

} // namespace

std::vector<ResultRow> resultRows(const Session &session, int stageNumber)
{
    return resultRows(session, session.roadmap().checkIds(stageNumber));
}

std::vector<ResultRow> resultRows(const Session &session, const QStringList &ids)
{
    if (!session.isOpen())
        return {};
    const QSet<QString> wanted(ids.begin(), ids.end());
    std::vector<ResultRow> rows;
    QSet<QString> withFindings;
    for (const Risk &risk : session.risks()) {
        if (!wanted.contains(risk.finding.checkId))
            continue;
        rows.push_back(rowOf(risk));
        withFindings.insert(risk.finding.checkId);
    }
    const ByCheck quiet = quietResults(session.project());
    const QSet<QString> pending = pendingChecks(session);
    std::vector<ResultRow> checks;
    for (const QString &id : ids) {
        const auto results = quiet.value(id);
        if (results.empty() && withFindings.contains(id))
            continue;
        checks.push_back(rowOf(id, session, results, pending.contains(id)));
    }
    std::ranges::stable_sort(checks, {}, [](const ResultRow &row) { return groupOf(row.shape); });
    rows.insert(rows.end(), checks.begin(), checks.end());
    return rows;
}

} // namespace cockpit
