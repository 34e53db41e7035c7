#include "app/cli/namedchecks.h"

#include "checks/engine/nothingtotry.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

bool isUnlooked(const CheckResult &result)
{
    return result.outcome == Outcome::NotRun || result.outcome == Outcome::Error;
}

bool isPattern(const QString &name)
{
    return name.endsWith(".*"_L1);
}

// As the plan reads it: "mail.*" and nothing else is a pattern.
bool isNamedBy(const QString &name, const CheckResult &result)
{
    return isPattern(name) ? result.checkId.startsWith(QStringView(name).chopped(1)) : result.checkId == name;
}

// Not one of its checks said anything, and at least one could not.
bool isBlank(const QString &pattern, const std::vector<CheckResult> &results)
{
    return std::ranges::none_of(results, [&](const CheckResult &result) {
        return isNamedBy(pattern, result) && !isUnlooked(result) && result.outcome != Outcome::NotApplicable;
    });
}

} // namespace

std::vector<UnlookedCheck> unlookedNamed(const QStringList &only, const QStringList &expected,
                                         const std::vector<CheckResult> &results, PatternRule rule)
{
    const auto isBlankHere = [&](const QString &name) { return isBlank(name, results); };
    const bool mayBeBlank = rule == PatternRule::OneShows && !std::ranges::all_of(only, isBlankHere);
    QStringList whole; // names of which every check counts
    std::ranges::copy_if(only, std::back_inserter(whole),
                         [&](const QString &name) { return !isPattern(name) || (!mayBeBlank && isBlankHere(name)); });
    std::vector<UnlookedCheck> unlooked;
    for (const CheckResult &result : results) {
        const auto isNamed = [&](const QString &name) { return isNamedBy(name, result); };
        const bool isMeant =
            std::ranges::any_of(whole, isNamed) ||
            (expected.contains(result.checkId) && !hadNothingToTry(result) && std::ranges::any_of(only, isNamed));
        if (isUnlooked(result) && isMeant)
            unlooked.push_back({result.key(), result.reason});
    }
    return unlooked;
}

QString unlookedText(const std::vector<UnlookedCheck> &unlooked)
{
    if (unlooked.empty())
        return {};
    std::vector<std::pair<QString, QStringList>> byReason; // in the order of the run
    for (const UnlookedCheck &one : unlooked) {
        auto known = std::ranges::find(byReason, one.reason, &std::pair<QString, QStringList>::first);
        if (known == byReason.end())
            known = byReason.insert(known, {one.reason, {}});
        known->second << one.name;
    }
    QStringList parts;
    for (const auto &[reason, names] : byReason)
        parts << Text::tr("%1: %2", "names of checks: why").arg(names.join(u", "_s), reason);
    return Text::tr("--only names checks that could not be looked at. %1 What your product does not have is left out "
                    "by --skip.")
        .arg(parts.join(u' '));
}

} // namespace cockpit
