#include "checks/secrets/ciscan.h"

#include "checks/engine/personsays.h"
#include "checks/secrets/coderoots.h"
#include "checks/secrets/gitremotes.h"
#include "checks/secrets/guardreport.h"
#include "checks/web/report.h"
#include "models/hostguards.h"

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

bool isOn(const PushProtection &protection)
{
    return protection.said && protection.said->value == AnswerValue::Holds;
}

// Some keys of some pushes are stopped by it, if it is on.
GuardFault withPushProtection(GuardFault fault, const PushProtection &protection)
{
    if (protection.said && protection.said->value == AnswerValue::NotApplicable)
        return fault;
    fault.saw += u' ' + Text::tr("%1: %2").arg(pushProtectionName(), pushProtectionSaid(protection.said));
    if (!isOn(protection))
        return fault;
    fault.saw += u' ' + Text::tr("It covers %1.").arg(protection.covers);
    fault.severity = Severity::Low;
    return fault;
}

QJsonObject observedOf(const PushProtection &protection)
{
    QJsonValue on;
    if (protection.said && protection.said->value != AnswerValue::NotApplicable)
        on = isOn(protection);
    return {{u"on"_s, on}, {u"covers"_s, protection.covers}};
}

PushProtection protectionFor(const std::vector<SecretGuard> &guards, const Look &look)
{
    PushProtection protection;
    const auto answers = look.seen.ask(AnswersOfPeople{});
    if (*answers)
        protection.said = pushProtectionAnswer(**answers);
    const auto asked = std::ranges::find(guards, true, &SecretGuard::isAsked);
    protection.covers = asked == guards.end() ? QString() : asked->covers;
    return protection;
}

PipelinesOfCode pipelinesIn(const QString &folder, const std::vector<SecretGuard> &guards, const Look &look)
{
    PipelinesOfCode one{.folder = QFileInfo(folder).fileName(), .reading = readPipelines(folder, guards)};
    const auto repository = GitRepository::open(folder, look.seen.token());
    const bool hasWorkflows =
        std::ranges::any_of(one.reading.files, [](const QString &file) { return file.startsWith(".github/"_L1); });
    // Forgejo and Gitea read the same folder: it tells only where no remote does.
    const RemoteHost host = repository ? remoteHostOf(*repository) : RemoteHost::None;
    one.isOnGitHub = host == RemoteHost::GitHub || (host == RemoteHost::None && hasWorkflows);
    return one;
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
        code.push_back(pipelinesIn(folder, *guards, look));
    }
    return judgePipelines(code, roots.gaps, protectionFor(*guards, look));
}

} // namespace

Judged judgePipelines(const std::vector<PipelinesOfCode> &code, const QStringList &gaps,
                      const PushProtection &protection)
{
    if (code.empty())
        return notRun(gaps.join(u' '));
    QJsonArray observed;
    QStringList allGaps = gaps;
    std::vector<Finding> findings;
    for (const PipelinesOfCode &one : code) {
        observed.append(observedOf(one));
        allGaps += one.reading.gaps;
        auto fault = faultOf(one.reading);
        if (fault && one.isOnGitHub)
            fault = withPushProtection(*fault, protection);
        // What was not read may be the guard.
        const bool mayBeHidden = fault && one.reading.uses.empty() && !one.reading.gaps.isEmpty();
        if (fault && !mayBeHidden)
            findings.push_back(guardFinding(*fault, code.size() > 1 ? one.folder : QString(), one.reading.uses));
    }
    const bool isOnGitHub = std::ranges::any_of(code, &PipelinesOfCode::isOnGitHub);
    const bool isFaulty = !findings.empty();
    const bool isSilent = !isFaulty && !allGaps.isEmpty();
    Judged judged = concluded(std::move(findings),
                              isSilent ? Text::tr("The pipeline could be read in part") : summaryOf(code, isFaulty),
                              {{u"code"_s, observed}}, {});
    if (isOnGitHub)
        judged.observed.insert(u"push_protection"_s, observedOf(protection));
    if (judged.outcome == Outcome::Pass) {
        judged.reason =
            Text::tr("Whether a failed scan stops the merge is set where your code is hosted: make the scan "
                     "a required check there.");
        if (isOnGitHub)
            judged.reason += u' ' + Text::tr("%1: %2").arg(pushProtectionName(), pushProtectionSaid(protection.said));
    }
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
