#include "checks/access/roletenants.h"

#include "checks/access/actorsessions.h"
#include "checks/actors/tellinganswer.h"
#include "checks/actors/testtexts.h"

#include <algorithm>

namespace cockpit {

RoleTenants::RoleTenants(const RoleLook &look)
{
    std::vector<HttpResponse> publicAnswers;
    for (std::size_t at = 0; at < look.rows.size(); ++at)
        add(look.rows[at], at, publicAnswers);
    for (auto &[id, account] : m_accounts) {
        account.markers = withoutTestTexts(markersOf(account.actor, account.answers, publicAnswers), look.testTexts);
        for (const HttpResponse &answer : account.answers)
            account.texts.push_back(AnswerText::of(answer));
    }
}

void RoleTenants::add(const RoleRow &row, std::size_t at, std::vector<HttpResponse> &publicAnswers)
{
    for (const RoleCell &cell : row.cells) {
        if (cell.own && !tellsWhatIsThere(cell.own->answer))
            m_untold[cell.actor ? cell.actor->id : QString()].insert(at);
        if (!cell.own || !cell.own->answer)
            continue;
        if (cell.actor) {
            Account &account = m_accounts[cell.actor->id];
            account.actor = *cell.actor;
            account.answers.push_back(*cell.own->answer);
            account.rows.push_back(at);
        } else if (row.route.access == AccessClass::Public) {
            // What a stranger gets of a private route is a fault, and makes nothing public.
            publicAnswers.push_back(*cell.own->answer);
        }
    }
}

Markers RoleTenants::markersFor(const TestActor *asker, const TestActor &owner) const
{
    const auto owned = m_accounts.find(owner.id);
    if (owned == m_accounts.end())
        return {};
    const auto seen = asker ? m_accounts.find(asker->id) : m_accounts.end();
    const Markers unseen =
        seen == m_accounts.end() ? owned->second.markers : owned->second.markers.without(seen->second.answers);
    std::vector<Marker> told;
    std::ranges::copy_if(unseen.all(), std::back_inserter(told),
                         [&](const Marker &marker) { return isFromTold(owned->second, asker, marker); });
    return Markers(std::move(told));
}

bool RoleTenants::isUntold(const TestActor *asker, std::size_t row) const
{
    const auto untold = m_untold.find(asker ? asker->id : QString());
    return untold != m_untold.end() && untold->second.contains(row);
}

// What stands in no answer is of the account itself.
bool RoleTenants::isFromTold(const Account &owner, const TestActor *asker, const Marker &marker) const
{
    const std::set<std::size_t> &rows = rowsWith(owner, marker);
    return rows.empty() || std::ranges::any_of(rows, [&](std::size_t row) { return !isUntold(asker, row); });
}

const std::set<std::size_t> &RoleTenants::rowsWith(const Account &account, const Marker &marker)
{
    auto known = account.rowsWith.find(marker.text);
    if (known == account.rowsWith.end()) {
        std::set<std::size_t> rows;
        for (std::size_t i = 0; i < account.texts.size(); ++i) {
            if (account.texts[i].holds(marker.text))
                rows.insert(account.rows[i]);
        }
        known = account.rowsWith.insert(marker.text, rows);
    }
    return *known;
}

bool RoleTenants::hasElsewhere(const Account &account, std::size_t row, const Marker &marker)
{
    const std::set<std::size_t> &rows = rowsWith(account, marker);
    return rows.size() > (rows.contains(row) ? 1U : 0U);
}

bool RoleTenants::hasElsewhereTold(const Account &owner, const TestActor &asker, std::size_t row,
                                   const Marker &marker) const
{
    return std::ranges::any_of(rowsWith(owner, marker),
                               [&](std::size_t other) { return other != row && !isUntold(&asker, other); });
}

// A word of the product stands on pages that not every account may see.
bool RoleTenants::isKnownIn(const QString &tenant, std::size_t row, const Marker &marker) const
{
    return std::ranges::any_of(m_accounts, [&](const auto &entry) {
        const Account &account = entry.second;
        return account.actor.tenant.trimmed().compare(tenant.trimmed(), Qt::CaseInsensitive) == 0 &&
               hasElsewhere(account, row, marker);
    });
}

std::vector<Marker> RoleTenants::strangersIn(const TestActor &asker, std::size_t row, const HttpResponse &answer) const
{
    std::vector<Marker> found;
    if (asker.tenant.trimmed().isEmpty())
        return found;
    for (const auto &[id, owner] : m_accounts) {
        if (owner.actor.tenant.trimmed().isEmpty() || isSameTenant(owner.actor, asker))
            continue;
        for (Marker &marker : owner.markers.in(answer)) {
            if (hasElsewhereTold(owner, asker, row, marker) && !isKnownIn(asker.tenant, row, marker))
                found.push_back(std::move(marker));
        }
    }
    return found;
}

} // namespace cockpit
