#include "checks/access/bypassowed.h"

#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"

#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kOwed = "not_tried_again"_L1;

// What it found, and what it owed itself.
std::vector<OwedWay> openIn(const QJsonObject &before)
{
    std::vector<OwedWay> all;
    const auto add = [&](const QJsonValue &row) {
        const OwedWay one{row["way"_L1].toString(), row["host"_L1].toString(), row["route"_L1].toString(),
                          row["role"_L1].toString()};
        if (std::ranges::find(all, one) == all.end())
            all.push_back(one);
    };
    for (const QJsonValue tried : before.value("tries"_L1).toArray()) {
        if (tried["seen"_L1].toString() == "open"_L1)
            add(tried);
    }
    for (const QJsonValue owed : before.value(kOwed).toArray())
        add(owed);
    return all;
}

QString roleOf(const BypassAttacker &attacker)
{
    return attacker.actor ? attacker.actor->role : QString();
}

bool isTold(const BypassLook &look, const OwedWay &owed)
{
    return std::ranges::any_of(look.tries, [&](const BypassTry &tried) {
        const BypassTarget &target = look.targets[tried.target];
        const bool isSame = tried.way.code == owed.way && hostOf(tried.way.request.url) == owed.host &&
                            routeName(target.route) == owed.route &&
                            roleOf(target.attackers[tried.attacker]) == owed.role;
        const auto way = isSame ? verdictOf(look, tried).way : BypassVerdict::Way::NotAsked;
        return way == BypassVerdict::Way::Refused || way == BypassVerdict::Way::Open;
    });
}

// Whom nobody refuses there any more has no refusal to get around; who could not sign in is not known to be let in.
bool mayBeRefused(const BypassLook &look, const OwedWay &owed)
{
    return std::ranges::any_of(look.targets, [&](const BypassTarget &target) {
        return routeName(target.route) == owed.route &&
               (!look.problems.isEmpty() ||
                std::ranges::find(target.attackers, owed.role, roleOf) != target.attackers.end());
    });
}

} // namespace

std::vector<OwedWay> owedWays(const BypassLook &look)
{
    return notAskedAgain(openIn(look.before), [&](const OwedWay &one) {
        const bool isGap = std::ranges::find(look.gaps, one.route, &BypassGap::route) != look.gaps.end();
        return isTold(look, one) || !(isGap || mayBeRefused(look, one));
    });
}

QStringList routesOpenIn(const QJsonObject &before)
{
    QStringList routes;
    for (const OwedWay &one : openIn(before))
        routes.append(one.route);
    routes.removeDuplicates();
    return routes;
}

LookGap gapOf(const std::vector<OwedWay> &owed)
{
    LookGap gap;
    QStringList routes;
    for (const OwedWay &one : owed) {
        gap.hides.push_back({.subject = {}, .code = one.way, .host = one.host});
        routes.append(one.route);
    }
    routes.removeDuplicates();
    gap.sentence = notAskedAgainText(routes);
    return gap;
}

void noteOwed(const std::vector<OwedWay> &owed, QJsonObject &observed)
{
    QJsonArray rows;
    for (const OwedWay &one : owed)
        rows.append(
            QJsonObject{{u"way"_s, one.way}, {u"host"_s, one.host}, {u"route"_s, one.route}, {u"role"_s, one.role}});
    if (!rows.isEmpty())
        observed.insert(kOwed, rows);
}

Judged withOwed(Judged judged, const QJsonObject &before)
{
    noteOwed(openIn(before), judged.observed);
    return judged;
}

} // namespace cockpit
