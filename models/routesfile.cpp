#include "models/routesfile.h"

#include "models/routes/apianswers.h"
#include "models/routes/importers.h"
#include "models/routes/routesamples.h"
#include "models/routes/yamljson.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RoutesFile)
};

// Browsers save pictures and scripts into a HAR file, too.
constexpr int kLargestMegabytes = 64;
constexpr qint64 kLargestFile = kLargestMegabytes * 1024LL * 1024;

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
    route.seen = entry.value("seen"_L1).toString();
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

Result<std::vector<Route>> eachOnce(const Result<std::vector<Route>> &routes)
{
    return routes ? mergedRoutes({}, *routes) : routes;
}

Result<std::vector<Route>> notEmpty(std::vector<Route> routes)
{
    if (routes.empty())
        return unreadable(Text::tr("There is no route in this file."));
    return routes;
}

tl::unexpected<Error> tooMany()
{
    return failure(ErrorKind::TooLarge, Text::tr("This file names %1 routes or more, which is more than a list can "
                                                 "hold. Import it in parts.")
                                            .arg(kMostImportedRoutes));
}

// The readers stop at a limit: half a list taken for the whole would hide routes.
Result<std::vector<Route>> notCut(std::vector<Route> routes)
{
    if (routes.size() >= kMostImportedRoutes)
        return tooMany();
    return notEmpty(std::move(routes));
}

Result<std::vector<Route>> archiveRoutes(const QJsonObject &document)
{
    ArchiveRead read = routesOfHttpArchive(document);
    if (read.isCut)
        return tooMany();
    return notCut(std::move(read.routes));
}

Result<std::vector<Route>> routesOf(const QJsonObject &document)
{
    if (isApiDocument(document))
        return eachOnce(notCut(routesOfApiDocument(document)));
    if (isHttpArchive(document))
        return archiveRoutes(document);
    if (isPostmanCollection(document))
        return eachOnce(notCut(routesOfPostmanCollection(document)));
    if (isGraphQlSchema(document))
        return eachOnce(notCut(routesOfGraphQlSchema(document, u"/graphql"_s)));
    if (document.contains("requests"_L1) && document.contains("order"_L1))
        return unreadable(Text::tr("This is a Postman collection of format 1. Export it again as Collection v2.1."));
    return unreadable(
        Text::tr("This is neither an OpenAPI or Swagger document, nor a HAR file, a Postman collection, a "
                 "GraphQL schema, a sitemap or a list of routes."));
}

Result<std::vector<Route>> sitemapRoutes(const QByteArray &xml)
{
    const auto read = readSitemap(xml);
    if (!read)
        return tl::unexpected(read.error());
    if (read->isCut)
        return tooMany();
    if (read->routes.empty() && !read->sitemaps.isEmpty())
        return unreadable(
            Text::tr("This sitemap only names others. Import those, for example %1.").arg(read->sitemaps.front()));
    return notCut(collapsedNeighbours(read->routes));
}

// A byte order mark is no part of a text.
QByteArray textOf(const QByteArray &bytes)
{
    return bytes.startsWith("\xef\xbb\xbf") ? bytes.sliced(3) : bytes;
}

bool looksLikeJson(const QByteArray &text)
{
    const QByteArray start = text.left(1024).trimmed();
    return start.startsWith('{') || start.startsWith('[');
}

Result<std::vector<Route>> jsonRoutes(const QByteArray &bytes)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(Text::tr("The list of routes is not JSON: %1.").arg(error.errorString()));
    return document.isArray() ? ownList(document.array()) : routesOf(document.object());
}

Result<std::vector<Route>> yamlRoutes(const QByteArray &bytes)
{
    const auto document = yamlToJson(bytes);
    if (!document)
        return tl::unexpected(document.error());
    return document->isArray() ? ownList(document->toArray()) : routesOf(document->toObject());
}

} // namespace

Result<std::vector<Route>> parseRoutes(const QByteArray &bytes)
{
    const QByteArray text = textOf(bytes);
    const QByteArray start = text.left(1024).trimmed();
    if (start.isEmpty())
        return unreadable(Text::tr("The list of routes is empty."));
    if (start.startsWith('<'))
        return sitemapRoutes(text);
    return looksLikeJson(text) ? jsonRoutes(text) : yamlRoutes(text);
}

namespace {

// Bodies first: without them nothing can be tried.
std::vector<RouteSample> withAnswers(std::vector<RouteSample> samples, const QJsonObject &document)
{
    for (const AnswerDescription &one : answersOfApiDocument(document)) {
        if (samples.size() >= kMostSamples)
            break;
        if (auto sample = sampleOfAnswers(one))
            samples.push_back(std::move(*sample));
    }
    return samples;
}

} // namespace

std::vector<RouteSample> parseSamples(const QByteArray &bytes)
{
    const QByteArray text = textOf(bytes);
    if (text.left(1024).trimmed().startsWith('<'))
        return {};
    const QJsonObject document = looksLikeJson(text) ? QJsonDocument::fromJson(text).object()
                                                     : yamlToJson(text).value_or(QJsonValue()).toObject();
    if (isApiDocument(document))
        return withAnswers(samplesOfApiDocument(document), document);
    if (isHttpArchive(document))
        return samplesOfHttpArchive(document);
    return isPostmanCollection(document) ? samplesOfPostmanCollection(document) : std::vector<RouteSample>();
}

namespace {

Result<QByteArray> contentOf(const QString &path)
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
        return failure(
            ErrorKind::TooLarge,
            Text::tr("The list of routes %1 is larger than %2 MB.").arg(path, QString::number(kLargestMegabytes)));
    return bytes;
}

} // namespace

Result<std::vector<Route>> readRoutesFile(const QString &path)
{
    const auto bytes = contentOf(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return parseRoutes(*bytes);
}

Result<ImportedRoutes> importRoutesFile(const QString &path)
{
    const auto bytes = contentOf(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto routes = parseRoutes(*bytes);
    if (!routes)
        return tl::unexpected(routes.error());
    return ImportedRoutes{std::move(*routes), parseSamples(*bytes)};
}

} // namespace cockpit
