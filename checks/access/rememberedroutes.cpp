#include "checks/access/rememberedroutes.h"

#include "checks/actors/routeaddress.h"
#include "models/routes/pathtemplate.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFound = "found"_L1;

// Earlier versions wrote down neither the template nor whether it is a guess. What they called allowed was open.
bool wasOpen(const QJsonValue &row)
{
    const bool isOld = !row["path"_L1].isString();
    return isOld ? row["verdict"_L1].toString() == "allowed"_L1 : row[kFound].toBool();
}

QString pathOf(const QUrl &url)
{
    return url.path(QUrl::FullyEncoded) + (url.hasQuery() ? u'?' + url.query(QUrl::FullyEncoded) : QString());
}

Route routeIn(const QJsonValue &row)
{
    const QUrl url(row["url"_L1].toString());
    Route route;
    route.method = row["method"_L1].toString();
    route.host = row["host"_L1].toString(url.host());
    route.path = row["path"_L1].toString(pathOf(url));
    if (hasHoles(route.path))
        route.seen = pathOf(url);
    route.access = fromWord<AccessClass>(row["access"_L1].toString()).value_or(AccessClass::SignedIn);
    route.isGuessed = row["guessed"_L1].toBool(true);
    return route;
}

} // namespace

void noteFound(QJsonObject &row)
{
    row.insert(kFound, true);
}

std::vector<Route> foundOpenBefore(const QJsonObject &observed)
{
    std::vector<Route> found;
    for (const auto key : {"asked"_L1, "not_tried"_L1}) {
        for (const QJsonValue row : observed.value(key).toArray()) {
            const Route route = routeIn(row);
            if (wasOpen(row) && !isAmong(found, route, route.host))
                found.push_back(route);
        }
    }
    return found;
}

bool isAmong(const std::vector<Route> &found, const Route &route, const QString &host)
{
    return std::ranges::any_of(found, [&](const Route &one) {
        return one.method == route.method && one.path == route.path && one.host == host;
    });
}

std::vector<Route> unnamedAmong(const std::vector<Route> &found, const std::vector<Route> &named, const Target &target)
{
    const auto isNamed = [&](const Route &one) {
        return std::ranges::any_of(named, [&](const Route &other) {
            const Host *host = hostFor(target, other);
            return one.method == other.method && host && host->name == one.host &&
                   (one.path == other.path || one.path == askablePath(other));
        });
    };
    std::vector<Route> unnamed;
    std::ranges::copy_if(found, std::back_inserter(unnamed),
                         [&](const Route &one) { return hostFor(target, one) && !isNamed(one); });
    return unnamed;
}

} // namespace cockpit
