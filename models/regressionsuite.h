// The agreed cases of a security regression suite: what has to hold after each release, and which check tries it.
// `launch-cockpit audit --project FILE --active --only ID,…` runs them all with one command.
#pragma once

#include "models/checkresult.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <vector>

namespace cockpit {

// From best to worst, but for the last: what several hosts or products give together is the worst of them.
enum class RegressionEnd {
    Holds,
    InPart,       // what was tried of it holds; the rest could not be tried, or a person should look
    NothingToTry, // the project has nothing for it (CheckResult::hasNothingToTry)
    NotTried,     // never, or the last look could not tell
    Fails,
    NotApplicable, // the product has nothing of the kind
};
QString toWord(RegressionEnd value);

struct RegressionCase
{
    QString id; // stable: "denied_role"
    QString checkId;
    QString name; // translated: "A role is refused what it may not do"
    // Of what the check observed: the best end that these facts can show, of Holds, InPart and NotTried. A check may
    // find nothing wrong where nothing of this case was there to be tried. Null: what passes, holds.
    std::function<RegressionEnd(const QJsonObject &observed)> atBest = {};
};
std::vector<RegressionCase> regressionCases();

// So many of them are wanted at least; a product without uploads or invitations has fewer.
constexpr int kWantedCases = 15;

// What one look of a check says about its cases.
struct CaseLook
{
    Outcome outcome = Outcome::NotRun;
    bool hasNothingToTry = false; // of NotRun
    QJsonObject observed = {};
    // Of warn and fail: one of its findings is proven or strong, and more than a matter of tidiness (low).
    bool isGrave = true;

    bool operator==(const CaseLook &) const = default;
};
// isAccepted: of a finding that somebody has accepted, which fails no case; null: none is.
CaseLook caseLookOf(const CheckResult &result, const std::function<bool(const Finding &)> &isAccepted = {});

// By check id: its last looks, one for each host that it was asked on.
using CaseLooks = std::map<QString, std::vector<CaseLook>>;
RegressionEnd endOf(const RegressionCase &one, const CaseLooks &looks);

// Ids for --only, each once.
QStringList regressionChecks();

} // namespace cockpit
