// The end of a run over the table: what went beyond a rule, once more.
#include "checks/access/roleplan.h"
#include "checks/access/rolerun.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/tellinganswer.h"

#include <algorithm>

namespace cockpit {

namespace {

// A product at which more than these go beyond is in no such moment.
constexpr int kMostConfirmed = 20;

// Whether what was told does not come a second time. The status alone does not say it: some products show the login
// page, a refusal in words or an empty list with 200.
bool isGone(const RoleTry &again, const RoleTry &told, const RoleVerdict &verdict, const InventedAnswers &invented)
{
    if (!tellsWhatIsThere(again.answer))
        return false;
    if (again.answer->status != told.answer->status)
        return true;
    const Markers privateTexts(verdict.markers); // by which it was told
    if (!privateTexts.isEmpty() && !privateTexts.areIn(*again.answer, again.request.url.toEncoded()))
        return true;
    const Yardstick yardstick{.question = ReachOf::Route, .good = &*told.answer, .invented = &invented};
    const ActorReach reach = reachOf(*again.answer, yardstick).reach;
    return reach == ActorReach::Refused || reach == ActorReach::Filtered;
}

} // namespace

int confirmingCeiling(const std::vector<Route> &routes, int actors)
{
    return std::min(kMostConfirmed, static_cast<int>(std::ranges::count_if(routes, isAskableRead)) * actors);
}

// Another test of the same run may have had the account in another role for a moment (access.mass-assignment): what an
// account may do by its own role it may do a second time. What gets no answer that tells stays as it was.
void RoleRun::confirmExceeding()
{
    const std::vector<std::vector<RoleVerdict>> verdicts = verdictsOf(m_result);
    const InventedAnswers invented(m_result.baselines);
    int asked = 0;
    for (std::size_t at = 0; at < m_result.rows.size(); ++at) {
        RoleRow &row = m_result.rows[at];
        for (std::size_t i = 0; isAskableRead(row.route) && i < row.cells.size(); ++i) {
            RoleCell &cell = row.cells[i];
            const RoleVerdict &verdict = verdicts[at][i];
            const bool isBeyond = cell.actor && verdict.told && fitOf(cell.wanted, verdict) == CellFit::Exceeds;
            if (!isBeyond || asked >= kMostConfirmed || !mayGoOn())
                continue;
            RoleTry &told = cell.own && verdict.told == &*cell.own ? *cell.own : *cell.foreign;
            const RoleTry again = tryAs(cell.who(), requestAt(row.route, told.request.url));
            ++asked;
            told.isFleeting = isGone(again, told, verdict, invented);
        }
    }
}

} // namespace cockpit
