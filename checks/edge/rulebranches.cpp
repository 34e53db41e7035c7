#include "checks/edge/rulebranches.h"

#include <algorithm>
#include <iterator>

namespace cockpit {

namespace {

// Both hold; empty optional: too many ways.
std::optional<RuleBranches> both(RuleBranches some, const RuleBranches &others)
{
    if (others.size() == 1) {
        for (RuleBranch &branch : some)
            branch.insert(branch.end(), others.front().begin(), others.front().end());
        return some;
    }
    if (some.size() * others.size() > kMostBranches)
        return std::nullopt;
    RuleBranches all;
    all.reserve(some.size() * others.size());
    for (const RuleBranch &one : some) {
        for (const RuleBranch &other : others) {
            all.push_back(one);
            all.back().insert(all.back().end(), other.begin(), other.end());
        }
    }
    return all;
}

// De Morgan: none of the branches holds, when of each one comparison does not.
std::optional<RuleBranches> negated(const RuleBranches &branches)
{
    std::optional<RuleBranches> all = everyRequest();
    for (const RuleBranch &branch : branches) {
        RuleBranches anyOf;
        anyOf.reserve(branch.size());
        for (const Comparison &one : branch) {
            anyOf.push_back({one});
            anyOf.back().front().isNot = !one.isNot;
        }
        all = both(std::move(*all), anyOf);
        if (!all)
            return all;
    }
    return all;
}

} // namespace

RuleBranches everyRequest()
{
    return {{}};
}

void RuleBrancher::open(bool isNot)
{
    m_open.push_back({isNot, {}, {}, false, false});
}

void RuleBrancher::close()
{
    if (m_open.size() == 1)
        return; // a parenthesis too many
    endTerm();
    const Group group = std::move(m_open.back());
    m_open.pop_back();
    if (!group.hasAny)
        return;
    const auto inside = group.isNot ? negated(group.any) : std::optional(group.any);
    m_isTooMuch = m_isTooMuch || !inside;
    add(inside ? *inside : everyRequest());
}

void RuleBrancher::add(const RuleBranches &operand)
{
    Group &group = m_open.back();
    auto term = group.hasTerm ? both(std::move(group.term), operand) : std::optional(operand);
    m_isTooMuch = m_isTooMuch || !term || term->size() > kMostBranches;
    if (m_isTooMuch)
        group.term = everyRequest();
    else
        group.term = std::move(*term);
    group.hasTerm = true;
}

void RuleBrancher::endTerm()
{
    Group &group = m_open.back();
    if (!group.hasTerm)
        return;
    std::ranges::move(group.term, std::back_inserter(group.any));
    m_isTooMuch = m_isTooMuch || group.any.size() > kMostBranches;
    if (m_isTooMuch)
        group.any.clear();
    group.hasAny = true;
    group.term.clear();
    group.hasTerm = false;
}

std::optional<RuleBranches> RuleBrancher::end()
{
    while (m_open.size() > 1)
        close();
    endTerm();
    return m_isTooMuch ? std::nullopt : std::optional(std::move(m_open.front().any));
}

} // namespace cockpit
