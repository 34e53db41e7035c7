// What --only names has to be looked at: a release gate that could not look has proved nothing.
#pragma once

#include "models/checkresult.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

struct UnlookedCheck
{
    QString name; // "access.roles", or "tls.reachable@api.example.com" for one host
    QString reason;

    bool operator==(const UnlookedCheck &) const = default;
};

// Which patterns of --only have to lead to a look. Whoever lets the program attack names families that are to be tried;
// whoever does not often types several to see what strangers see, where one may have nothing to show.
enum class PatternRule { EachShows, OneShows };

// The results that ended not_run or error
// - of a check that `only` names by its id,
// - of a check in `expected` that a pattern of `only` matches: it had all that it needs of the project, and its look
//   found something to try there (checks/engine/nothingtotry.h),
// - of every check that a pattern matches, where no check of that pattern (OneShows: of none in `only`) was looked at.
// What a pattern brings along and the project has nothing for (no accounts, no routes) is not meant; nor is
// not_applicable, which is an answer. Pure.
std::vector<UnlookedCheck> unlookedNamed(const QStringList &only, const QStringList &expected,
                                         const std::vector<CheckResult> &results, PatternRule rule);

// A sentence for standard error with every name and why, those with the same reason together; empty without any.
QString unlookedText(const std::vector<UnlookedCheck> &unlooked);

} // namespace cockpit
