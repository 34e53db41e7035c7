#include "checks/secrets/precommit.h"

#include "checks/secrets/coderoots.h"
#include "checks/secrets/gitrepository.h"
#include "checks/secrets/guardreport.h"
#include "checks/web/report.h"
#include "models/jsonfields.h"

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

std::vector<GuardUse> usesOf(const HookReading &reading)
{
    std::vector<GuardUse> uses;
    for (const HookUse &one : reading.uses)
        uses.push_back(one.use);
    return uses;
}

template<typename Fits>
const HookUse *firstOf(const HookReading &reading, const Fits &fits)
{
    const auto found = std::ranges::find_if(reading.uses, fits);
    return found == reading.uses.end() ? nullptr : &*found;
}

GuardFault noGuard(const HooksOfCode &code)
{
    const QString files = code.reading.files.join(", "_L1);
    return {u"no_guard"_s, Severity::Medium, Text::tr("Nothing stops a commit that carries a secret"),
            files.isEmpty()
                ? Text::tr("Your code brings no guard along, and git on this computer calls none. Wanted: a "
                           "hook that looks for secrets before each commit.")
                : Text::tr("None of the hooks in %1 looks for secrets. Wanted: one that does so before each "
                           "commit.")
                      .arg(files)};
}

GuardFault weakGuard(const HookReading &reading)
{
    const HookUse *const narrow =
        firstOf(reading, [](const HookUse &one) { return one.use.stops && one.use.isOnEachChange; });
    if (narrow)
        return {u"narrow_guard"_s, Severity::Low, Text::tr("The guard at commits looks for one kind of secret alone"),
                describedGuard(narrow->use)};
    return {u"does_not_block"_s, Severity::Medium, Text::tr("The guard at commits stops nothing"),
            reading.uses.front().use.weakness};
}

// Nothing: one at least comes with the code and is called here.
std::optional<GuardFault> faultOf(const HooksOfCode &code)
{
    const HookReading &reading = code.reading;
    if (reading.uses.empty())
        return noGuard(code);
    const auto isFull = [](const HookUse &one) { return one.use.isFull(); };
    const HookUse *const full = firstOf(reading, isFull);
    if (!full)
        return weakGuard(reading);
    if (firstOf(reading, [&](const HookUse &one) {
            return isFull(one) && one.isShared && (one.isInstalled || !code.isRepository);
        }))
        return std::nullopt;
    const HookUse *const shared = firstOf(reading, [&](const HookUse &one) { return isFull(one) && one.isShared; });
    if (shared)
        return GuardFault{u"not_installed"_s, Severity::Low, Text::tr("The guard at commits is not switched on here"),
                          Text::tr("%1 But git on this computer does not call it: each clone has to switch it on once.")
                              .arg(describedGuard(shared->use))};
    return GuardFault{u"not_shared"_s, Severity::Low, Text::tr("Only this computer has a guard at commits"),
                      Text::tr("%1 It is a setting of this computer: who else works on the code has none.")
                          .arg(describedGuard(full->use))};
}

QJsonObject observedOf(const HooksOfCode &one)
{
    QJsonArray guards;
    for (const HookUse &use : one.reading.uses) {
        QJsonObject guard = observedGuard(use.use);
        guard.insert(u"shared"_s, use.isShared);
        guard.insert(u"installed"_s, use.isInstalled);
        guards.append(guard);
    }
    QStringList files = one.reading.files;
    files.removeDuplicates();
    return {{u"folder"_s, one.folder},
            {u"is_repository"_s, one.isRepository},
            {u"hooks_path"_s, json::textOrNull(one.reading.installed.folder)},
            {u"files"_s, QJsonArray::fromStringList(files)},
            {u"guards"_s, guards}};
}

QString summaryOf(const std::vector<HooksOfCode> &code)
{
    QStringList described;
    for (const HooksOfCode &one : code) {
        for (const HookUse &use : one.reading.uses) {
            if (use.use.isFull())
                described += describedGuard(use.use);
        }
    }
    described.removeDuplicates();
    return described.join(u' ');
}

Judged lookAtHooks(const Look &look)
{
    const auto guards = loadSecretGuards();
    if (!guards)
        return couldNotLook(guards.error());
    const CodeRoots roots = codeRootsOf(look.facts.sources, look.seen.token());
    std::vector<HooksOfCode> code;
    for (const QString &folder : roots.folders) {
        if (look.seen.isOver())
            return couldNotLook({ErrorKind::Cancelled, Text::tr("Stopped.")});
        const bool isRepository = GitRepository::open(folder, look.seen.token()).has_value();
        code.push_back({QFileInfo(folder).fileName(), isRepository, readHooks(folder, *guards, look.seen.token())});
    }
    return judgeHooks(code, roots.gaps);
}

} // namespace

Judged judgeHooks(const std::vector<HooksOfCode> &code, const QStringList &gaps)
{
    if (code.empty())
        return notRun(gaps.join(u' '));
    QJsonArray observed;
    QStringList allGaps = gaps;
    std::vector<Finding> findings;
    for (const HooksOfCode &one : code) {
        observed.append(observedOf(one));
        allGaps += one.reading.gaps;
        const auto fault = faultOf(one);
        // What was not read may be the guard.
        const bool mayBeHidden = fault && one.reading.uses.empty() && !one.reading.gaps.isEmpty();
        if (fault && !mayBeHidden)
            findings.push_back(guardFinding(*fault, code.size() > 1 ? one.folder : QString(), usesOf(one.reading)));
    }
    QString summary = summaryOf(code);
    if (!findings.empty())
        summary = Text::tr("A commit that carries a secret may get through");
    else if (summary.isEmpty())
        summary = Text::tr("The hooks could be read in part");
    return withGaps(concluded(std::move(findings), summary, {{u"code"_s, observed}}, {}), allGaps);
}

Check preCommitCheck()
{
    return {.id = u"secrets.pre-commit"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = lookAtHooks};
}

} // namespace cockpit
