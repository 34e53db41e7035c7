#include "checks/access/roletenants.h"

#include "checks/access/actorsessions.h"

#include <algorithm>

namespace cockpit {

RoleTenants::RoleTenants(const RoleLook &look)
{
    std::vector<HttpResponse> publicAnswers;
    for (std::size_t at = 0; at < look.rows.size(); ++at)
        add(look.rows[at], at, publicAnswers);
    for (auto &[id, account] : m_accounts) {
        account.markers = markersOf(account.actor, account.answers, publicAnswers);
        for (const HttpResponse &answer : account.answers)
            account.texts.push_back(AnswerText::of(answer));
    }
}

void RoleTenants::add(const RoleRow &row, std::size_t at, std::vector<HttpResponse> &publicAnswers)
{
    for (const RoleCell &cell : row.cells) {
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
    return seen == m_accounts.end() ? owned->second.markers : owned->second.markers.without(seen->second.answers);
}

bool RoleTenants::hasElsewhere(const Account &account, std::size_t row, const Marker &marker)
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
    return known->size() > (known->contains(row) ? 1U : 0U);
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
            if (hasElsewhere(owner, row, marker) && !isKnownIn(asker.tenant, row, marker))
                found.push_back(std::move(marker));
        }
    }
    return found;
}

} // namespace cockpit
