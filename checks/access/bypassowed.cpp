#include "checks/access/bypassowed.h"

#include "checks/access/bypassleft.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/inwords.h"
#include "checks/net/requesttarget.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BypassOwed)
};

constexpr auto kOwed = "not_tried_again"_L1;

// What it found, and what it owed itself.
std::vector<OwedWay> openIn(const QJsonObject &before)
{
    std::vector<OwedWay> all;
    const auto add = [&](const QJsonValue &row) {
        const OwedWay one{row["way"_L1].toString(), row["host"_L1].toString(), row["route"_L1].toString(),
                          row["role"_L1].toString(), row["path"_L1].toString()};
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

bool isOf(const BypassLook &look, const OwedWay &owed, const BypassTry &tried)
{
    const BypassTarget &target = look.targets[tried.target];
    return tried.way.code == owed.way && hostOf(tried.way.request.url) == owed.host &&
           routeName(target.route) == owed.route && roleOf(target.attackers[tried.attacker]) == owed.role;
}

// The ways of one code lead past different rules: that one is refused says nothing of another. A record's path may
// name another one today, and then each of them has to be refused.
bool isTold(const BypassLook &look, const OwedWay &owed)
{
    std::vector<BypassVerdict::Way> all;
    std::vector<BypassVerdict::Way> ofPath;
    for (const BypassTry &tried : look.tries) {
        if (!isOf(look, owed, tried))
            continue;
        all.push_back(verdictOf(look, tried).way);
        if (pathSent(tried.way.request) == owed.path)
            ofPath.push_back(all.back());
    }
    const std::vector<BypassVerdict::Way> &told = ofPath.empty() ? all : ofPath;
    const auto has = [](const auto &ways, BypassVerdict::Way way) {
        return std::ranges::find(ways, way) != ways.end();
    };
    return has(all, BypassVerdict::Way::Open) ||
           (!told.empty() &&
            std::ranges::all_of(told, [](BypassVerdict::Way way) { return way == BypassVerdict::Way::Refused; }));
}

bool isThere(const BypassLook &look, const QString &route)
{
    return std::ranges::find(look.gaps, route, &BypassGap::route) != look.gaps.end() ||
           std::ranges::any_of(look.targets,
                               [&](const BypassTarget &target) { return routeName(target.route) == route; });
}

// Whom nobody refuses there any more has no refusal to get around.
bool isLetIn(const BypassLook &look, const OwedWay &owed)
{
    return std::ranges::find(look.letIn, BypassLetIn{owed.route, owed.role}) != look.letIn.end();
}

bool isOfGoneHost(const BypassLook &look, const OwedWay &owed)
{
    return !look.hosts.isEmpty() && !owed.host.isEmpty() && !look.hosts.contains(owed.host, Qt::CaseInsensitive);
}

bool isOfGoneRole(const BypassLook &look, const OwedWay &owed)
{
    return !look.roles.isEmpty() && !owed.role.isEmpty() && !look.roles.contains(owed.role);
}

} // namespace

std::vector<OwedWay> owedWays(const BypassLook &look)
{
    return notAskedAgain(openIn(look.before), [&](const OwedWay &one) {
        return isTold(look, one) || isLetIn(look, one) || !isThere(look, one.route) || isOfGoneHost(look, one);
    });
}

QStringList whatIsGone(const BypassLook &look)
{
    QStringList hosts;
    for (const OwedWay &one : openIn(look.before)) {
        if (isOfGoneHost(look, one))
            hosts.append(one.host);
    }
    QStringList roles;
    for (const OwedWay &one : owedWays(look)) {
        if (isOfGoneRole(look, one))
            roles.append(one.role);
    }
    hosts.removeDuplicates();
    roles.removeDuplicates();
    QStringList sentences;
    if (!hosts.isEmpty())
        sentences.append(Text::tr("A way around a refusal was open before at %1, which is not among your addresses any "
                                  "more: it is not asked again. If anything answers there, add it again.")
                             .arg(namesInWords(hosts)));
    if (!roles.isEmpty())
        sentences.append(Text::tr("A way around a refusal was open before to a test account with the role %1, which no "
                                  "account has any more. Add one, so that it can be tried again.")
                             .arg(namesInWords(roles)));
    return sentences;
}

QStringList routesOpenIn(const QJsonObject &before)
{
    QStringList routes;
    for (const OwedWay &one : openIn(before))
        routes.append(one.route);
    routes.removeDuplicates();
    return routes;
}

QStringList rolesOpenIn(const QJsonObject &before, const QString &route)
{
    QStringList roles;
    for (const OwedWay &one : openIn(before)) {
        if (one.route == route && !one.role.isEmpty() && !roles.contains(one.role))
            roles.append(one.role);
    }
    return roles;
}

bool isOpenIn(const QJsonObject &before, const BypassLetIn &who)
{
    return std::ranges::any_of(openIn(before),
                               [&](const OwedWay &one) { return one.route == who.route && one.role == who.role; });
}

QString pathSent(const ActiveRequest &request)
{
    const auto target = targetIn(request.headers);
    return target ? QString::fromLatin1(target->split('?').constFirst()) : request.url.path(QUrl::FullyEncoded);
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
        rows.append(QJsonObject{{u"way"_s, one.way},
                                {u"host"_s, one.host},
                                {u"route"_s, one.route},
                                {u"role"_s, one.role},
                                {u"path"_s, one.path}});
    if (!rows.isEmpty())
        observed.insert(kOwed, rows);
}

Judged withOwed(Judged judged, const QJsonObject &before)
{
    noteOwed(openIn(before), judged.observed);
    noteLeftOut(leftOutBy(before), judged.observed);
    return judged;
}

} // namespace cockpit
