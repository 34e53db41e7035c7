// What was asked for the table route × account, and what each cell turned out to be. Plain values.
#pragma once

#include "checks/actors/refusal.h"
#include "checks/actors/wire.h"
#include "models/access/accessmatrix.h"
#include "models/secret.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct RoleTry
{
    ActiveRequest request; // as it went out
    std::optional<HttpResponse> answer;
    QString problem = {}; // why no answer came
    // Of a write: whether the owner sees the change afterwards. Empty: nobody could look.
    std::optional<bool> tookEffect = {};
    bool isFleeting = false; // a read that was answered otherwise at the end: what it told is of that moment alone
};

// Why a cell was not asked for.
enum class CellGap { None, Writes, NoSeenId, NoCanary, OtherHost, Budget, Limited, NoSession };
QString toWord(CellGap value);

struct RoleCell
{
    std::optional<TestActor> actor = {}; // empty: signed out
    AccessCell wanted = {};
    std::optional<RoleTry> own = {};     // the route as it is, or with a record of the asker's own tenant
    std::optional<RoleTry> foreign = {}; // with a record of another tenant
    CellGap gap = CellGap::None;

    const TestActor *who() const { return actor ? &*actor : nullptr; }
};

struct RoleRow
{
    Route route;
    std::vector<RoleCell> cells; // signed out first, then each account
};

struct RoleLook
{
    std::vector<RoleRow> rows;
    std::vector<HttpResponse> baselines;      // of invented addresses on the same hosts
    std::vector<HttpResponse> testTexts = {}; // what tests write (checks/actors/testtexts.h)
    QStringList lost = {};                    // TestActor::id of those whose session had ended when all was asked
    std::vector<Secret> known = {};           // masked in evidence
    QStringList problems = {};                // of accounts that could not sign in, each a sentence
    QStringList leftOut = {};                 // routes beyond kMostRoleRoutes
};

enum class CellSeen {
    Allowed,
    OwnOnly, // its own records, and another tenant's were refused
    Denied,
    ReadsOthers, // another tenant's records came, or were changed
    Public,      // what anybody gets
    Unclear,
    NotAsked,
};
QString toWord(CellSeen value);

struct RoleVerdict
{
    CellSeen seen = CellSeen::NotAsked;
    // Stable words: of ReachWhy, of CellGap, "changed", "not_changed", "session_lost", "one_tenant", "needs_input",
    // "nobody_could", "fleeting".
    QString why = {};
    int status = 0; // of the answer that told
    std::vector<Marker> markers = {};
    std::optional<Proof> proof = {};
    const RoleTry *told = nullptr; // which of the two tries; belongs to the cell
};

// The verdicts of all cells, in their order. Pure; what is compared with what is explained in rolereach.cpp.
std::vector<std::vector<RoleVerdict>> verdictsOf(const RoleLook &look);

// How the verdict stands to the rule.
enum class CellFit { Fits, Exceeds, Lacks, Unknown };
CellFit fitOf(const AccessCell &wanted, const RoleVerdict &verdict);

// "GET /invoices/{id} as Anna (admin, Acme)": unique within a run, the same in each.
QString cellName(const RoleRow &row, const RoleCell &cell);

} // namespace cockpit
