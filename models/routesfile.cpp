#include "models/routesfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RoutesFile)
};

constexpr qint64 kLargestFile = 20LL * 1024 * 1024;

tl::unexpected<Error> unreadable(const QString &sentence)
{
    return failure(ErrorKind::BadInput, sentence);
}

Result<Route> ownRoute(const QJsonValue &value, int number)
{
    const QJsonObject entry = value.toObject();
    Route route;
    route.method = entry.value("method"_L1).toString(u"GET"_s).toUpper();
    route.path = entry.value("path"_L1).toString();
    const auto access = fromWord<AccessClass>(entry.value("access"_L1).toString(u"signed_in"_s));
    if (!route.path.startsWith(u'/'))
        return unreadable(Text::tr("Route %1 has no \"path\" that begins with a slash.").arg(number));
    if (!routeMethods().contains(route.method))
        return unreadable(Text::tr("Route %1 has an unknown \"method\".").arg(number));
    if (!access)
        return unreadable(Text::tr("Route %1: \"access\" must be public, signed_in or admin.").arg(number));
    route.access = *access;
    route.host = entry.value("host"_L1).toString().toLower();
    route.safeToWrite = entry.value("safe_to_write"_L1).toBool(false);
    route.source = Text::tr("typed");
    return route;
}

Result<std::vector<Route>> ownList(const QJsonArray &list)
{
    std::vector<Route> routes;
    for (const QJsonValue value : list) {
        auto route = ownRoute(value, static_cast<int>(routes.size()) + 1);
        if (!route)
            return tl::unexpected(route.error());
        routes.push_back(std::move(*route));
    }
    return routes;
}

// The first server's host and base path hold for every operation (OpenAPI 3.0, "Server Object").
QUrl serverOf(const QJsonObject &document)
{
    return QUrl(document.value("servers"_L1).toArray().at(0).toObject().value("url"_L1).toString());
}

// An operation's own "security" overrides the document's; an empty object in it makes signing in optional.
AccessClass accessOf(const QJsonObject &operation, const QJsonObject &document)
{
    const QJsonObject &owner = operation.contains("security"_L1) ? operation : document;
    const QJsonArray security = owner.value("security"_L1).toArray();
    const bool optional = std::ranges::any_of(security, [](const QJsonValue &v) { return v.toObject().isEmpty(); });
    return security.isEmpty() || optional ? AccessClass::Public : AccessClass::SignedIn;
}

std::vector<Route> openApiRoutes(const QJsonObject &document)
{
    const QUrl server = serverOf(document);
    QString base = server.path();
    if (base.endsWith(u'/'))
        base.chop(1);
    std::vector<Route> routes;
    const QJsonObject paths = document.value("paths"_L1).toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const QJsonObject operations = path->toObject();
        for (auto operation = operations.begin(); operation != operations.end(); ++operation) {
            if (!routeMethods().contains(operation.key().toUpper()))
                continue; // "parameters", "summary" and the like
            routes.push_back({.method = operation.key().toUpper(),
                              .path = base + path.key(),
                              .access = accessOf(operation->toObject(), document),
                              .host = server.host().toLower(),
                              .safeToWrite = false,
                              .source = u"OpenAPI"_s});
        }
    }
    return routes;
}

std::tuple<QString, QString, QString> identityOf(const Route &route)
{
    return {route.method, route.path, route.host};
}

} // namespace

const QStringList &routeMethods()
{
    static const QStringList all{u"GET"_s,    u"POST"_s, u"PUT"_s,     u"PATCH"_s,
                                 u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s, u"TRACE"_s};
    return all;
}

Result<Route> checkedRoute(Route route)
{
    route.method = route.method.toUpper();
    if (!routeMethods().contains(route.method))
        return unreadable(Text::tr("%1 is no method of HTTP.").arg(route.method));
    if (!route.path.startsWith(u'/'))
        return unreadable(Text::tr("A path begins with a slash, for example /invoices/{id}."));
    if (route.host.isEmpty())
        return route;
    const auto host = normaliseHostName(route.host);
    if (!host)
        return tl::unexpected(host.error());
    route.host = *host;
    return route;
}

std::vector<Route> mergedRoutes(std::vector<Route> known, const std::vector<Route> &added)
{
    // Files of ten thousand routes exist: no list is searched for each of them.
    std::set<std::tuple<QString, QString, QString>> identities;
    for (const Route &route : known)
        identities.insert(identityOf(route));
    for (const Route &route : added) {
        if (identities.insert(identityOf(route)).second)
            known.push_back(route);
    }
    return known;
}

Result<std::vector<Route>> parseRoutes(const QByteArray &bytes)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(Text::tr("The list of routes is not JSON: %1.").arg(error.errorString()));
    if (document.isArray())
        return ownList(document.array());
    const QJsonObject object = document.object();
    if (object.value("openapi"_L1).toString().startsWith("3."_L1))
        return openApiRoutes(object);
    if (object.value("log"_L1).toObject().contains("entries"_L1))
        return unreadable(Text::tr("Reading HAR files is not built yet. Give an OpenAPI 3 document or a route list."));
    if (object.value("info"_L1).toObject().contains("_postman_id"_L1))
        return unreadable(
            Text::tr("Reading Postman collections is not built yet. Give an OpenAPI 3 document or a route list."));
    return unreadable(Text::tr("This is neither an OpenAPI 3 document in JSON nor a route list."));
}

Result<std::vector<Route>> readRoutesFile(const QString &path)
{
    QFile file(path);
    // Devices and pipes have no size that could be judged before they are read, and no end.
    if (QFileInfo::exists(path) && !QFileInfo(path).isFile())
        return failure(ErrorKind::BadInput, Text::tr("The list of routes %1 is not a file.").arg(path));
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::NotFound,
                       Text::tr("The list of routes %1 cannot be read: %2").arg(path, file.errorString()));
    }
    const QByteArray bytes = file.read(kLargestFile + 1);
    if (bytes.size() > kLargestFile)
        return failure(ErrorKind::TooLarge, Text::tr("The list of routes %1 is larger than 20 MB.").arg(path));
    return parseRoutes(bytes);
}

} // namespace cockpit
