// Bodies of requests out of the files that people have (models/routes/routelist.h): a sample for each route that takes
// one. Small and bounded; what is too long or nested too deep is left out.
#pragma once

#include "models/access/routesample.h"
#include "models/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <vector>

namespace cockpit {

// OpenAPI 3 and Swagger 2: the example of the document, or else a body made from its schema (types, formats, enum,
// limits), and the schema with its references resolved.
std::vector<RouteSample> samplesOfApiDocument(const QJsonObject &document);
// HTTP Archive 1.2: the body that was sent, made harmless; the latest of each route, and of each question of GraphQL.
std::vector<RouteSample> samplesOfHttpArchive(const QJsonObject &document);
// Postman 2.0 and 2.1: raw and urlencoded bodies.
std::vector<RouteSample> samplesOfPostmanCollection(const QJsonObject &document);

// A body that fits a schema: an example or default where there is one, else the smallest value of its type that the
// limits allow. References are resolved in `document`. Any depth and any circle of references ends.
QJsonValue exampleOfSchema(const QJsonObject &schema, const QJsonObject &document);

// Whatever the file is that parseRoutes() reads: the samples in it; empty for those kinds that have none.
std::vector<RouteSample> parseSamples(const QByteArray &bytes);

} // namespace cockpit
