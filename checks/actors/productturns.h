// The looks of one check at each product of a project: each with its accounts, its hosts, and its part of the requests.
#pragma once

#include "checks/actors/products.h"

#include <functional>
#include <vector>

namespace cockpit {

using RequestsOf = std::function<std::vector<RequestNeed>(const Outlook &outlook)>;

// What a check needs for all of them: each account once, with the sum.
RequestsOf needsOfAll(RequestsOf ofOne);

// Lives as long as the looks that it gives. Of an account that gets less than it wants each product has a part: what it
// needs at least, and of the rest in the proportion of what it could use; what one did not send is for those after it.
class ProductTurns
{
public:
    // requestsOf: of one product; may be empty. The look outlives this.
    ProductTurns(const RequestsOf &requestsOf, const Look &look);
    Q_DISABLE_COPY_MOVE(ProductTurns)

    std::size_t size() const { return m_products.size(); }
    const QString &name(std::size_t at) const { return m_products[at].name; }
    const ProjectFacts &facts(std::size_t at) const { return m_products[at].facts; }
    // Its shares are as of now.
    Look lookAt(std::size_t at);

private:
    int shareOf(std::size_t at, const RequestNeed &need, int left) const;
    void setShares(std::size_t at);

    const Look &m_look;
    std::vector<Product> m_products;
    std::vector<std::vector<RequestNeed>> m_needs; // of each
    std::vector<ProductTurn> m_turns;
};

} // namespace cockpit
