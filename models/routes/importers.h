// Routes out of the files that people have: each reader is a pure function of the parsed document. All of them are
// lenient with what they do not know and strict with what they return: methods are those of HTTP, paths begin with a
// slash and carry templates, hosts are normalised. Nothing of a request but its method, address and kind is kept;
// bodies are read on their own (routesamples.h).
#pragma once

#include "models/projectstate.h"
#include "models/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <vector>

namespace cockpit {

constexpr size_t kMostImportedRoutes = 20000;
// Of pages before neighbours become one: as many as sitemaps.org allows in a file.
constexpr size_t kMostReadRoutes = 50000;

// OpenAPI 3.0 to 3.2 and Swagger 2.0. Where the document speaks of security, its word counts (an operation without any
// is public); where it never does, the access class is a guess.
bool isApiDocument(const QJsonObject &document);
std::vector<Route> routesOfApiDocument(const QJsonObject &document);

// HTTP Archive 1.2, as the network tools of browsers save it. Scripts, styles, pictures and addresses that were not
// found are left out; each address stands once, calls first.
bool isHttpArchive(const QJsonObject &document);
struct ArchiveRead
{
    std::vector<Route> routes;
    bool isCut = false; // there were more than kMostReadRoutes addresses, each counted once
};
ArchiveRead routesOfHttpArchive(const QJsonObject &document);

// Postman collections, formats 2.0 and 2.1.
bool isPostmanCollection(const QJsonObject &document);
std::vector<Route> routesOfPostmanCollection(const QJsonObject &document);

// The answer to an introspection query, with or without its "data". Each field of a root type is one route,
// "/graphql#query.invoices": all share an address, who may call them differs.
bool isGraphQlSchema(const QJsonObject &document);
std::vector<Route> routesOfGraphQlSchema(const QJsonObject &document, const QString &endpoint);

// sitemaps.org 0.9. BadInput for what is not XML or another kind of XML; a document type is refused, too.
struct SitemapRead
{
    std::vector<Route> routes; // pages
    QStringList sitemaps;      // addresses of further sitemaps
    bool isCut = false;        // there were more than kMostReadRoutes
};
[[nodiscard]] Result<SitemapRead> readSitemap(const QByteArray &xml);

} // namespace cockpit
