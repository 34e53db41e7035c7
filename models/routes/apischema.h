// Schemas and bodies of an OpenAPI or Swagger document, on their own.
#pragma once

#include "models/access/routesample.h"
#include "models/projectstate.h"

#include <QJsonObject>

#include <optional>

namespace cockpit {

// "#/components/pathItems/Orders": a reference inside the document (RFC 6901), one step deep. What has none comes back
// as it is; empty for one that leads nowhere.
QJsonObject resolvedReference(const QJsonObject &item, const QJsonObject &document);

// The schema without references: what limits values and nothing else (types, formats, limits, names), "allOf" put
// together. Circles, and what is past 12 levels or 600 parts, become {} (anything).
QJsonObject resolvedSchema(const QJsonObject &schema, const QJsonObject &document);

// The body that an operation takes: its example, or one made from its schema. Empty for one that takes none, or only
// files. pathItem: whose parameters count for all of its operations (Swagger 2).
std::optional<RouteSample> sampleOfOperation(const Route &route, const QJsonObject &operation,
                                             const QJsonObject &pathItem, const QJsonObject &document);

} // namespace cockpit
