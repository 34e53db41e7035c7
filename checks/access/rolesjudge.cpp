#include "checks/access/rolerun.h"
#include "checks/access/roles.h"
#include "checks/access/rolewords.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/testcells.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Roles)
};

Outcome outcomeOf(const RoleCell &cell, const RoleVerdict &verdict)
{
    switch (fitOf(cell.wanted, verdict)) {
    case CellFit::Fits:
        return Outcome::Pass;
    case CellFit::Exceeds:
        return Outcome::Fail;
    case CellFit::Lacks:
        return cell.wanted.isGuessed ? Outcome::Info : Outcome::Warn;
    case CellFit::Unknown:
        return verdict.seen == CellSeen::Allowed || verdict.seen == CellSeen::Public ? Outcome::Info : Outcome::NotRun;
    }
    Q_UNREACHABLE();
}

// In the words of the rules; empty where it could not be told, or not whether more than that is given.
QString seenWord(const RoleCell &cell, const RoleVerdict &verdict)
{
    switch (fitOf(cell.wanted, verdict)) {
    case CellFit::Fits:
        return toWord(cell.wanted.allowance);
    case CellFit::Exceeds:
        return toWord(Allowance::Allowed);
    case CellFit::Lacks:
        return toWord(Allowance::Denied);
    case CellFit::Unknown:
        return {};
    }
    Q_UNREACHABLE();
}

// "why" is a sentence: the page shows it as it is.
QJsonObject jsonOfCell(const RoleCell &cell, const RoleVerdict &verdict)
{
    return {{u"actor"_s, cell.actor ? cell.actor->name : QString()},
            {u"actor_id"_s, cell.actor ? cell.actor->id : QString()},
            {u"role"_s, cell.actor ? cell.actor->role : QString()},
            {u"wanted"_s, toWord(cell.wanted.allowance)},
            {u"guessed"_s, cell.wanted.isGuessed},
            {u"seen"_s, seenWord(cell, verdict)},
            {u"reads_others"_s, verdict.seen == CellSeen::ReadsOthers},
            {u"status"_s, verdict.status},
            {u"told_by"_s, verdict.why},
            {u"why"_s, whyFor(verdict)}};
}

struct RoleTally
{
    std::vector<Finding> findings;
    std::vector<TestCell> cells;
    LookGaps gaps; // rows; what is said of them is said of all together
    QJsonArray matrix;
    int fits = 0;     // of all
    int refusals = 0; // of these: a refusal that was wanted, or another tenant's record that was
    int said = 0;     // of these: by a rule that is not guessed
    int unclear = 0;  // asked, and not to be told
    int notAsked = 0; // for lack of requests or sessions
    int untried = 0;  // as it would write, or for lack of an id or of what else it takes
    int untold = 0;   // asked, and nothing to tell it by: unclear, or no account got a good answer
    int differs = 0;  // from the rule

    bool hasGaps() const { return untold + differs + notAsked > 0; }
};

bool isForLack(const RoleCell &cell, const RoleVerdict &verdict)
{
    return verdict.seen == CellSeen::NotAsked &&
           (cell.gap == CellGap::Budget || cell.gap == CellGap::Limited || cell.gap == CellGap::NoSession);
}

// Asked, where nobody knows what is to be asked for.
bool isOutOfReach(const RoleVerdict &verdict)
{
    return verdict.why == "needs_input"_L1 || verdict.why == "nobody_could"_L1 ||
           verdict.why == toWord(ReachWhy::NoControl);
}

void count(RoleTally &tally, const RoleCell &cell, const RoleVerdict &verdict)
{
    switch (fitOf(cell.wanted, verdict)) {
    case CellFit::Fits:
        ++tally.fits;
        if (verdict.seen == CellSeen::Denied || verdict.seen == CellSeen::OwnOnly) {
            ++tally.refusals;
            tally.said += cell.wanted.isGuessed ? 0 : 1;
        }
        return;
    case CellFit::Exceeds:
    case CellFit::Lacks:
        ++tally.differs;
        return;
    case CellFit::Unknown:
        break;
    }
    if (isForLack(cell, verdict))
        ++tally.notAsked;
    else if (verdict.seen == CellSeen::NotAsked || isOutOfReach(verdict))
        ++tally.untried;
    else
        ++tally.unclear;
    tally.untold += verdict.seen == CellSeen::Unclear && verdict.why != "needs_input"_L1 ? 1 : 0;
}

TestCell testCellOf(const RoleRow &row, const RoleCell &cell, const RoleVerdict &verdict, const RoleNames &names)
{
    TestCell test{.name = cellName(row, cell), .outcome = outcomeOf(cell, verdict)};
    if (test.outcome != Outcome::Pass)
        test.reason = reasonFor(verdict);
    test.findingCode = codeFor(cell, verdict, names);
    if (!test.findingCode.isEmpty())
        test.findingSubject = subjectOf(row);
    return test;
}

// What was found there before may still be there when a cell was not asked this time, or did not tell, or when no cell
// told anything. A row that nobody could try is named by the summary alone, and takes no pass away.
void addUnseen(LookGaps &gaps, const RoleRow &row, const std::vector<RoleVerdict> &verdicts)
{
    const Unseen gap{.subject = subjectOf(row)};
    bool hasTold = false;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const bool isTold = verdicts[i].seen != CellSeen::NotAsked && verdicts[i].seen != CellSeen::Unclear;
        const bool isAsked = verdicts[i].seen == CellSeen::Unclear && !isOutOfReach(verdicts[i]);
        if (isAsked || isForLack(row.cells[i], verdicts[i]))
            return gaps.hide(gap);
        hasTold = hasTold || isTold;
    }
    if (!hasTold)
        gaps.keep(gap);
}

RoleTally tallyOf(const RoleLook &look, const RoleNames &names)
{
    RoleTally tally;
    const auto verdicts = verdictsOf(look);
    for (std::size_t i = 0; i < look.rows.size(); ++i) {
        const RoleRow &row = look.rows[i];
        QJsonArray cells;
        for (std::size_t j = 0; j < row.cells.size(); ++j) {
            cells.append(jsonOfCell(row.cells[j], verdicts[i][j]));
            tally.cells.push_back(testCellOf(row, row.cells[j], verdicts[i][j], names));
            count(tally, row.cells[j], verdicts[i][j]);
        }
        std::ranges::move(findingsOf(look, row, verdicts[i], names), std::back_inserter(tally.findings));
        addUnseen(tally.gaps, row, verdicts[i]);
        tally.matrix.append(QJsonObject{{u"method"_s, row.route.method},
                                        {u"path"_s, row.route.path},
                                        {u"host"_s, row.route.host},
                                        {u"cells"_s, cells}});
    }
    return tally;
}

// What keeps a table without findings from being a proof; empty when nothing does.
LookGaps gapsOf(const RoleLook &look, const RoleTally &tally)
{
    LookGaps gaps = tally.gaps;
    gaps.say(look.problems);
    gaps.add(leftOutGap(look.leftOut, static_cast<int>(kMostRoleRoutes)));
    if (tally.notAsked > 0)
        gaps.say(Text::tr("%n cell(s) were not asked for lack of requests or of a session: the table says which. "
                          "The most important ones went first.",
                          nullptr, tally.notAsked));
    if (tally.unclear > 0)
        gaps.say(Text::tr("%n cell(s) gave an answer that does not tell.", nullptr, tally.unclear));
    if (tally.refusals > 0 && tally.said == 0)
        gaps.say(Text::tr("All rules about who is refused are guessed. Confirm them on the page \"Access\"."));
    return gaps;
}

QString summaryOf(const RoleTally &tally)
{
    QString text = Text::tr("%n cell(s) of the table are as the rules say", nullptr, tally.fits);
    if (tally.differs > 0)
        text += Text::tr(", %n differ(s)", nullptr, tally.differs);
    if (tally.untried > 0)
        text += Text::tr("; not tried: %n that would change something, or need an id or an input that is not known",
                         nullptr, tally.untried);
    return text;
}

// Before what stays open, where there is something.
QString whyNothingTells(const LookGaps &gaps)
{
    return gaps.isSaid() ? Text::tr("No answer proved that anybody is refused.")
                         : Text::tr("Nothing that is forbidden to somebody could be asked. Add routes that can be read "
                                    "(GET) and accounts of different roles.");
}

} // namespace

Judged judgeRoles(const RoleLook &look, const RoleNames &names)
{
    RoleTally tally = tallyOf(look, names);
    QJsonObject observed{{u"matrix"_s, tally.matrix}};
    if (!look.leftOut.isEmpty())
        observed.insert(u"left_out"_s, QJsonArray::fromStringList(look.leftOut));
    noteCells(tally.cells, observed);
    const LookGaps gaps = gapsOf(look, tally);
    if (tally.findings.empty() && tally.refusals == 0) {
        Judged judged = notRun(whyNothingTells(gaps));
        judged.observed = observed;
        // Each cell that could be asked was, and told; none of them is forbidden to anybody.
        judged.hasNothingToTry = !gaps.isSaid() && !tally.hasGaps();
        leaveOpen(judged, gaps);
        return judged;
    }
    Judged judged = concluded(std::move(tally.findings), summaryOf(tally), observed, {});
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
