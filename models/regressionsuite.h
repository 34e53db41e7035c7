// The agreed cases of a security regression suite: what has to hold after each release, and which check tries it.
// `launch-cockpit audit --project FILE --active --only ID,…` runs them all with one command.
#pragma once

#include "models/vocabulary.h"

#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace cockpit {

struct RegressionCase
{
    QString id; // stable: "denied_role"
    QString checkId;
    QString name; // translated: "A role is refused what it may not do"
};
std::vector<RegressionCase> regressionCases();

// So many of them are wanted at least; a product without uploads or invitations has fewer.
constexpr int kWantedCases = 15;

enum class RegressionEnd {
    Holds,
    Fails,
    NotTried,      // never, or the last look could not tell
    NotApplicable, // the product has nothing of the kind
};
QString toWord(RegressionEnd value);

// outcomes: of the last looks, the worst over the hosts, by check.
RegressionEnd endOf(const RegressionCase &one, const std::map<QString, Outcome> &outcomes);

// Ids for --only, each once.
QStringList regressionChecks();

} // namespace cockpit
