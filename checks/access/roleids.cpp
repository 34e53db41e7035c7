#include "checks/access/roleids.h"

#include "models/routes/pathtemplate.h"

#include <QRegularExpression>

#include <algorithm>
#include <iterator>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const TestActor &actor)
{
    const QString tenant = actor.tenant.trimmed().toLower();
    return tenant.isEmpty() ? u"id:"_s + actor.id : u"tenant:"_s + tenant;
}

bool isGoodList(const RoleRow &row, const RoleCell &cell)
{
    return cell.actor && !hasHoles(row.route.path) && cell.own && cell.own->answer && cell.own->answer->status >= 200 &&
           cell.own->answer->status < 300;
}

} // namespace

RoleIds::RoleIds(const std::vector<RoleRow> &rows)
{
    std::map<QString, std::map<QString, std::vector<FoundId>>> given; // by tenant, by TestActor::id
    for (const RoleRow &row : rows) {
        for (const RoleCell &cell : row.cells) {
            if (isGoodList(row, cell))
                std::ranges::move(harvestIds(*cell.own->answer, resourceOf(row.route.path)),
                                  std::back_inserter(given[keyOf(*cell.actor)][cell.actor->id]));
        }
    }
    for (const auto &[tenant, accounts] : given) {
        std::vector<FoundId> others;
        for (const auto &[other, theirs] : given) {
            for (const auto &[id, ids] : theirs) {
                if (other != tenant)
                    std::ranges::copy(ids, std::back_inserter(others));
            }
        }
        for (const auto &[id, ids] : accounts)
            m_own[tenant].push_back(onlyIn(ids, others));
    }
}

QString RoleIds::idFor(const Route &route, const TestActor &actor) const
{
    static const QRegularExpression bare(u"/(?:_?id|uuid|guid|slug|key)$"_s);
    const auto own = m_own.find(keyOf(actor));
    if (own == m_own.end())
        return {};
    const QString shape = shapeOf(route.path);
    const QString resource = resourceOf(route.path);
    const auto isInPath = [&](const FoundId &id) { return id.place == IdPlace::Path && shapeOf(id.where) == shape; };
    const auto isInBody = [&](const FoundId &id) {
        return id.place == IdPlace::Body && id.resource == resource && bare.match(id.where).hasMatch();
    };
    for (const std::vector<FoundId> &ids : own->second) {
        if (const auto id = std::ranges::find_if(ids, isInPath); id != ids.end())
            return id->value;
        if (const auto id = std::ranges::find_if(ids, isInBody); id != ids.end())
            return id->value;
    }
    return {};
}

} // namespace cockpit
