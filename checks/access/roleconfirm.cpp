// The end of a run over the table: what went beyond a rule, once more.
#include "checks/access/roleplan.h"
#include "checks/access/rolerun.h"
#include "checks/actors/tellinganswer.h"

#include <algorithm>

namespace cockpit {

namespace {

// A product at which more than these go beyond is in no such moment.
constexpr int kMostConfirmed = 20;

ActiveRequest plainRead(const Route &route, const QUrl &url)
{
    ActiveRequest request;
    request.method = route.method.toLatin1();
    request.url = url;
    request.routeName = route.path;
    return request;
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
            const RoleTry again = tryAs(cell.who(), plainRead(row.route, told.request.url));
            ++asked;
            told.isFleeting = tellsWhatIsThere(again.answer) && again.answer->status != told.answer->status;
        }
    }
}

} // namespace cockpit
