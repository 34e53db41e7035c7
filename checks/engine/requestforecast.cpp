// What a run may send at most, and what a smaller budget is too little for.
#include "checks/engine/plan.h"

#include <numeric>

namespace cockpit {

namespace {

// By account. Two checks may share one, as what one of them sends is of use to both.
std::map<QString, QStringList> spendersIn(const Plan &plan, const PlanRequest &request, const CheckRegistry &registry)
{
    std::map<QString, QStringList> spenders;
    for (const PlannedCheck &planned : plan.checks) {
        const Check *check = planned.runs ? registry.find(planned.checkId) : nullptr;
        if (!check || !check->requests)
            continue;
        for (const RequestNeed &need : check->requests({request.target, request.facts})) {
            QStringList &ids = spenders[need.account];
            if (need.most > 0 && !ids.contains(check->id))
                ids.insert(check->id == need.account ? 0 : ids.size(), check->id);
        }
    }
    return spenders;
}

} // namespace

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

QStringList RequestForecast::checksOf(const QString &account) const
{
    const auto it = m_spenders.find(account);
    return it == m_spenders.end() || it->second.isEmpty() ? QStringList(account) : it->second;
}

// One that gets nothing of one account and something of another begins, and looks at less.
QStringList RequestForecast::cutWithin(int budget) const
{
    const QStringList begin = idsWithin(budget, [](const Allotment &one) { return one.granted > 0; });
    QStringList ids = idsWithin(budget, [](const Allotment &one) { return one.isCut() || one.getsLeftovers(); });
    ids.removeIf([&](const QString &id) { return !begin.contains(id); });
    return ids;
}

QStringList RequestForecast::waitingWithin(int budget) const
{
    const QStringList begin = idsWithin(budget, [](const Allotment &one) { return one.granted > 0; });
    QStringList ids = idsWithin(budget, &Allotment::getsLeftovers);
    ids.removeIf([&](const QString &id) { return begin.contains(id); });
    return ids;
}

QStringList RequestForecast::idsWithin(int budget, const std::function<bool(const Allotment &)> &isMeant) const
{
    QStringList ids;
    for (const Allotment &one : within(budget)) {
        if (isMeant(one))
            ids.append(checksOf(one.account));
    }
    ids.removeDuplicates();
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
    if (!plan)
        return {};
    auto spenders = spendersIn(*plan, request, registry);
    return {std::move(plan->claims), accounts, std::move(spenders)};
}

} // namespace cockpit
