#include "checks/access/rolefindings.h"

#include "checks/access/actorsessions.h"
#include "checks/access/rolewords.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/privatedata.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RoleFindings)
};

// Named one by one in a finding, each with its request and answer.
constexpr std::size_t kMostNamed = 4;
constexpr int kEffortMinutes = 90;

// A cell and what became of it.
struct Fault
{
    const RoleCell *cell = nullptr;
    const RoleVerdict *verdict = nullptr;
};

bool isPersonal(const RoleVerdict &verdict)
{
    return verdict.told && verdict.told->answer && privateDataIn(verdict.told->answer->body).isPersonal();
}

struct FaultWeight
{
    Severity severity = Severity::High;
    Proof proof = Proof::Strong;
};

FaultWeight weightOf(const RoleRow &row, const RoleCell &cell, const RoleVerdict &verdict)
{
    if (fitOf(cell.wanted, verdict) == CellFit::Lacks)
        return {Severity::Low, Proof::Strong};
    FaultWeight weight{.severity = Severity::High, .proof = verdict.proof.value_or(Proof::Strong)};
    if (verdict.seen == CellSeen::ReadsOthers) {
        weight.severity = weight.proof == Proof::Lead ? Severity::High : Severity::Critical;
        return weight;
    }
    const bool isGrave = isPersonal(verdict) || (verdict.told && verdict.told->tookEffect.value_or(false));
    if (isGrave && (!cell.actor || row.route.access == AccessClass::Admin))
        weight.severity = Severity::Critical;
    // Nobody said that it is forbidden.
    if (cell.wanted.isGuessed)
        weight = {Severity::Medium, Proof::Lead};
    return weight;
}

// The gravest decides; the surest of those that are as grave.
FaultWeight weightOf(const RoleRow &row, const std::vector<Fault> &faults)
{
    FaultWeight weight = weightOf(row, *faults.front().cell, *faults.front().verdict);
    for (const Fault &fault : faults) {
        const FaultWeight other = weightOf(row, *fault.cell, *fault.verdict);
        const bool isGraver = other.severity < weight.severity;
        const bool isSurer = other.severity == weight.severity && other.proof < weight.proof;
        if (isGraver || isSurer)
            weight = other;
    }
    return weight;
}

QString sentenceOf(const RoleRow &row, const Fault &fault)
{
    const RoleVerdict &verdict = *fault.verdict;
    QString text =
        Text::tr("%1, asked by %2: the table says \"%3\", and what came is %4 (status %5).")
            .arg(routeName(row.route), describeAsker(fault.cell->who()), labelOf(fault.cell->wanted.allowance),
                 labelOf(verdict.seen), QString::number(verdict.status));
    if (verdict.told && verdict.told->tookEffect.value_or(false))
        text += u' ' + Text::tr("The owner of the test record saw the change afterwards.");
    return text;
}

QString whatWeSaw(const RoleRow &row, const std::vector<Fault> &faults)
{
    QStringList sentences;
    for (std::size_t i = 0; i < std::min(faults.size(), kMostNamed); ++i)
        sentences << sentenceOf(row, faults[i]);
    if (faults.size() > kMostNamed)
        sentences << Text::tr("The same for %n more account(s).", nullptr,
                              static_cast<int>(faults.size() - kMostNamed));
    const bool isGuessed = std::ranges::all_of(faults, [](const Fault &one) { return one.cell->wanted.isGuessed; });
    if (isGuessed && faults.front().verdict->seen != CellSeen::ReadsOthers)
        sentences << Text::tr("This rule is guessed: say on the page \"Access\" whether it is right.");
    return sentences.join(u' ');
}

QString exceedsTitle(const std::vector<Fault> &faults)
{
    const QString role = faults.front().cell->actor->role;
    const bool isOne = std::ranges::all_of(faults, [&](const Fault &one) { return one.cell->actor->role == role; });
    return isOne ? Text::tr("The role \"%1\" can do what it should not").arg(role)
                 : Text::tr("Several roles can do what they should not");
}

QString titleOf(const std::vector<Fault> &faults, const RoleNames &names)
{
    const Fault &first = faults.front();
    if (first.verdict->seen == CellSeen::ReadsOthers)
        return Text::tr("One customer reaches another's data");
    if (fitOf(first.cell->wanted, *first.verdict) == CellFit::Lacks)
        return Text::tr("A role is refused what the table allows it");
    if (const QString &title = first.cell->actor ? names.exceedsTitle : names.openTitle; !title.isEmpty())
        return title;
    return first.cell->actor ? exceedsTitle(faults) : Text::tr("Whoever has not signed in gets what is private");
}

std::vector<Evidence> evidenceFor(const RoleLook &look, const std::vector<Fault> &faults)
{
    std::vector<Evidence> evidence;
    for (const Fault &fault : faults) {
        const RoleTry *told = fault.verdict->told;
        if (evidence.size() == kMostNamed || !told || !told->answer)
            continue;
        evidence.push_back(requestProof(told->request, *told->answer,
                                        {.actor = fault.cell->actor ? describeAsker(fault.cell->who()) : QString(),
                                         .markers = fault.verdict->markers,
                                         .known = look.known}));
    }
    return evidence;
}

Finding findingOf(const RoleLook &look, const RoleRow &row, const std::vector<Fault> &faults, const QString &code,
                  const RoleNames &names)
{
    const FaultWeight weight = weightOf(row, faults);
    const bool isLack = fitOf(faults.front().cell->wanted, *faults.front().verdict) == CellFit::Lacks;
    Finding finding =
        makeFinding(code, weight.severity, weight.proof, isLack ? Impact::Maintainability : Impact::DataExposure,
                    titleOf(faults, names), whatWeSaw(row, faults));
    if (!isLack)
        finding.effortMinutes = kEffortMinutes;
    finding.evidence = evidenceFor(look, faults);
    finding.subject = subjectOf(row);
    const RoleTry *told = faults.front().verdict->told;
    finding.host = told ? hostOf(told->request.url) : row.route.host;
    return finding;
}

} // namespace

QString subjectOf(const RoleRow &row)
{
    return routeName(row.route);
}

QString codeFor(const RoleCell &cell, const RoleVerdict &verdict, const RoleNames &names)
{
    switch (fitOf(cell.wanted, verdict)) {
    case CellFit::Fits:
    case CellFit::Unknown:
        return {};
    case CellFit::Lacks:
        return names.tellsLacks && !cell.wanted.isGuessed ? u"role_refused"_s : QString();
    case CellFit::Exceeds:
        break;
    }
    if (verdict.seen == CellSeen::ReadsOthers)
        return u"reads_others"_s;
    if (cell.actor)
        return names.exceeds.isEmpty() ? u"role_exceeds"_s : names.exceeds;
    return names.open.isEmpty() ? u"open_to_strangers"_s : names.open;
}

std::vector<Finding> findingsOf(const RoleLook &look, const RoleRow &row, const std::vector<RoleVerdict> &verdicts,
                                const RoleNames &names)
{
    std::vector<std::pair<QString, std::vector<Fault>>> byCode; // in the order of the cells
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const QString code = codeFor(row.cells[i], verdicts[i], names);
        if (code.isEmpty())
            continue;
        auto known = std::ranges::find(byCode, code, &std::pair<QString, std::vector<Fault>>::first);
        if (known == byCode.end())
            known = byCode.insert(byCode.end(), {code, {}});
        known->second.push_back({&row.cells[i], &verdicts[i]});
    }
    std::vector<Finding> findings;
    findings.reserve(byCode.size());
    for (const auto &[code, faults] : byCode)
        findings.push_back(findingOf(look, row, faults, code, names));
    return findings;
}

} // namespace cockpit
