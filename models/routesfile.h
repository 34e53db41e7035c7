// Reads the routes of a product from whatever file a person has: OpenAPI 3 or Swagger 2 (JSON or YAML), a HAR file, a
// Postman collection, a GraphQL schema, a sitemap, or the cockpit's own JSON list.
#pragma once

#include "models/projectstate.h"
#include "models/result.h"
#include "models/routes/routelist.h"

#include <vector>

namespace cockpit {

// Own list: [{"method","path","access": public|signed_in|admin,"host"?,"safe_to_write"?,"seen"?}].
// Each route stands once, with templates for what differs. BadInput says what the file is instead;
// TooLarge that it names more routes than kMostImportedRoutes.
[[nodiscard]] Result<std::vector<Route>> parseRoutes(const QByteArray &bytes);
[[nodiscard]] Result<std::vector<Route>> readRoutesFile(const QString &path);

// The routes, and bodies for those that take one (models/routes/routesamples.h).
struct ImportedRoutes
{
    std::vector<Route> routes;
    std::vector<RouteSample> samples;
};
[[nodiscard]] Result<ImportedRoutes> importRoutesFile(const QString &path);

} // namespace cockpit
