#include "checks/actors/productturns.h"

#include "checks/engine/activegate.h"

#include <algorithm>

namespace cockpit {

namespace {

const RequestNeed *needOf(const QString &account, const std::vector<RequestNeed> &needs)
{
    const auto need = std::ranges::find(needs, account, &RequestNeed::account);
    return need == needs.end() || need->most <= 0 ? nullptr : &*need;
}

} // namespace

RequestsOf needsOfAll(RequestsOf ofOne)
{
    return [ofOne = std::move(ofOne)](const Outlook &outlook) {
        std::vector<RequestNeed> all;
        for (const Product &product : productsOf(outlook.target, outlook.facts)) {
            for (const RequestNeed &need : ofOne({outlook.target, product.facts})) {
                const auto known = std::ranges::find(all, need.account, &RequestNeed::account);
                if (known == all.end()) {
                    all.push_back(need);
                    continue;
                }
                known->fewest = known->atLeast() + need.atLeast();
                known->most += need.most;
                known->parts = std::min(known->parts, need.parts);
                known->waits += need.waits; // one product after the other
            }
        }
        return all;
    };
}

ProductTurns::ProductTurns(const RequestsOf &requestsOf, const Look &look)
    : m_look(look), m_products(productsOf(look.target, look.facts)), m_turns(m_products.size())
{
    for (const Product &product : m_products)
        m_needs.push_back(requestsOf ? requestsOf({look.target, product.facts}) : std::vector<RequestNeed>());
    for (std::size_t at = 0; at < m_products.size(); ++at) {
        m_turns[at].hosts = m_products[at].hosts;
        for (std::size_t later = at + 1; later < m_products.size(); ++later) {
            for (const RequestNeed &need : m_needs[later]) {
                if (need.most > 0)
                    m_turns[at].awaited.append(need.account);
            }
        }
    }
}

// left: of what the plan keeps for the account, the requests that were not sent.
int ProductTurns::shareOf(std::size_t at, const RequestNeed &need, int left) const
{
    int least = 0;
    qint64 more = 0;
    for (std::size_t one = at; one < m_needs.size(); ++one) {
        if (const RequestNeed *each = needOf(need.account, m_needs[one])) {
            least += each->atLeast();
            more += each->most - each->atLeast();
        }
    }
    const qint64 beyond = std::max(0, left - least);
    const int mine = need.most - need.atLeast();
    return need.atLeast() + (more > 0 ? static_cast<int>(std::min<qint64>(mine, beyond * mine / more)) : 0);
}

void ProductTurns::setShares(std::size_t at)
{
    const ActiveGate *gate = m_look.seen.active();
    for (const RequestNeed &need : m_needs[at]) {
        if (const auto granted = gate ? gate->grantedTo(need.account) : std::nullopt)
            m_turns[at].most[need.account] = shareOf(at, need, *granted - gate->sentBy(need.account));
    }
}

Look ProductTurns::lookAt(std::size_t at)
{
    if (m_products.size() > 1)
        setShares(at);
    return {.seen = m_look.seen,
            .target = m_look.target,
            .host = m_look.host,
            .policy = m_look.policy,
            .facts = m_products[at].facts,
            .startedAt = m_look.startedAt,
            .turn = m_products.size() > 1 ? &m_turns[at] : nullptr};
}

} // namespace cockpit
