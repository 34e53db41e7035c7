#include "checks/secrets/ciscan.h"

#include "checks/secrets/coderoots.h"
#include "checks/secrets/guardreport.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

bool isAny(const std::vector<GuardUse> &uses, bool (*fits)(const GuardUse &))
{
    return std::ranges::any_of(uses, fits);
}

QString weaknessesOf(const std::vector<GuardUse> &uses)
{
    QStringList sentences;
    for (const GuardUse &use : uses)
        sentences += use.weakness.isEmpty() ? describedGuard(use) : use.weakness;
    sentences.removeDuplicates();
    return sentences.join(u' ');
}

GuardFault noScan(const GuardedPipelines &reading)
{
    return {u"no_scan"_s, Severity::Medium, Text::tr("No pipeline looks for secrets in your changes"),
            reading.files.isEmpty()
                ? Text::tr("Your code has no pipeline. Wanted: a job that looks for secrets in each change.")
                : Text::tr("None of the steps in %1 looks for secrets. Wanted: a job that does so in each change.")
                      .arg(reading.files.join(", "_L1))};
}

// Nothing: one at least does all that is wanted.
std::optional<GuardFault> faultOf(const GuardedPipelines &reading)
{
    const std::vector<GuardUse> &uses = reading.uses;
    if (isAny(uses, [](const GuardUse &use) { return use.isFull(); }))
        return std::nullopt;
    if (uses.empty())
        return noScan(reading);
    const QString saw = weaknessesOf(uses);
    if (isAny(uses, [](const GuardUse &use) { return use.stops && use.isOnEachChange; }))
        return GuardFault{u"narrow_scan"_s, Severity::Low, Text::tr("The pipeline looks for one kind of secret alone"),
                          saw};
    if (isAny(uses, [](const GuardUse &use) { return use.stops && !use.guard.isNarrow; }))
        return GuardFault{u"not_each_change"_s, Severity::Medium,
                          Text::tr("The pipeline looks for secrets when it is too late"), saw};
    return GuardFault{u"does_not_stop"_s, Severity::Medium, Text::tr("The pipeline finds secrets and lets them pass"),
                      saw};
}

QJsonObject observedOf(const PipelinesOfCode &one)
{
    QJsonArray guards;
    for (const GuardUse &use : one.reading.uses)
        guards.append(observedGuard(use));
    return {{u"folder"_s, one.folder},
            {u"pipelines"_s, QJsonArray::fromStringList(one.reading.files)},
            {u"guards"_s, guards}};
}

QString summaryOf(const std::vector<PipelinesOfCode> &code, bool isFaulty)
{
    if (isFaulty)
        return Text::tr("Not each change is stopped when it carries a secret");
    QStringList described;
    for (const PipelinesOfCode &one : code) {
        for (const GuardUse &use : one.reading.uses) {
            if (use.isFull())
                described += describedGuard(use);
        }
    }
    described.removeDuplicates();
    return described.join(u' ');
}

Judged lookAtPipelines(const Look &look)
{
    const auto guards = loadSecretGuards();
    if (!guards)
        return couldNotLook(guards.error());
    const CodeRoots roots = codeRootsOf(look.facts.sources, look.seen.token());
    std::vector<PipelinesOfCode> code;
    for (const QString &folder : roots.folders) {
        if (look.seen.isOver())
            return couldNotLook({ErrorKind::Cancelled, Text::tr("Stopped.")});
        code.push_back({QFileInfo(folder).fileName(), readPipelines(folder, *guards)});
    }
    return judgePipelines(code, roots.gaps);
}

} // namespace

Judged judgePipelines(const std::vector<PipelinesOfCode> &code, const QStringList &gaps)
{
    if (code.empty())
        return notRun(gaps.join(u' '));
    QJsonArray observed;
    QStringList allGaps = gaps;
    std::vector<Finding> findings;
    for (const PipelinesOfCode &one : code) {
        observed.append(observedOf(one));
        allGaps += one.reading.gaps;
        const auto fault = faultOf(one.reading);
        // What was not read may be the guard.
        const bool mayBeHidden = fault && one.reading.uses.empty() && !one.reading.gaps.isEmpty();
        if (fault && !mayBeHidden)
            findings.push_back(guardFinding(*fault, code.size() > 1 ? one.folder : QString(), one.reading.uses));
    }
    const bool isFaulty = !findings.empty();
    const bool isSilent = !isFaulty && !allGaps.isEmpty();
    Judged judged = concluded(std::move(findings),
                              isSilent ? Text::tr("The pipeline could be read in part") : summaryOf(code, isFaulty),
                              {{u"code"_s, observed}}, {});
    if (judged.outcome == Outcome::Pass)
        judged.reason =
            Text::tr("Whether a failed scan stops the merge is set where your code is hosted: make the scan "
                     "a required check there.");
    return withGaps(std::move(judged), allGaps);
}

Check ciScanCheck()
{
    return {.id = u"secrets.ci-scan"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = lookAtPipelines};
}

} // namespace cockpit
