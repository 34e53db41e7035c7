// What a run may send at most, and what a smaller budget is too little for.
#include "checks/engine/plan.h"

#include <numeric>

namespace cockpit {

std::vector<Allotment> RequestForecast::within(int budget) const
{
    return allot(m_claims, budget - keptForSignIns(budget, m_accounts));
}

int RequestForecast::sum() const
{
    const auto lines = within(0);
    if (lines.empty())
        return 0;
    return std::accumulate(lines.begin(), lines.end(), signIns(),
                           [](int sum, const Allotment &one) { return sum + one.wanted; });
}

int RequestForecast::enough() const
{
    return m_claims.empty() ? 0 : budgetFor(sum() - signIns(), m_accounts);
}

QStringList RequestForecast::cutWithin(int budget) const
{
    QStringList ids;
    for (const Allotment &one : within(budget)) {
        if (one.isCut())
            ids.append(one.account);
    }
    return ids;
}

QStringList RequestForecast::waitingWithin(int budget) const
{
    QStringList ids;
    for (const Allotment &one : within(budget)) {
        if (one.getsLeftovers())
            ids.append(one.account);
    }
    return ids;
}

RequestForecast requestForecast(PlanRequest request, const CheckCatalog &catalog, const CheckRegistry &registry)
{
    ActiveTerms terms = request.active.value_or(ActiveTerms());
    for (const TestActor &actor : request.facts.actors)
        terms.secrets.try_emplace(actor.id);
    const auto accounts = static_cast<int>(terms.secrets.size());
    request.active = std::move(terms);
    auto plan = makePlan(request, catalog, registry);
    return plan ? RequestForecast(std::move(plan->claims), accounts) : RequestForecast();
}

} // namespace cockpit
