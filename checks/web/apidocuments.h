// API documents that a host hands to anybody at the usual places.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

struct ApiDocument
{
    QString path;        // at which it was asked for
    HttpResponse answer; // whole, up to the client's cap
    std::vector<Route> routes;
};

// OpenAPI 3 and Swagger 2 in JSON or YAML. The content is the proof: it must read as such a document with paths. What
// does not answer is left out. Each question is asked once a run, whoever asks.
std::vector<ApiDocument> openApiDocuments(const Look &look, const Host &host);

// Where they are looked for.
const QStringList &apiDocumentPaths();

} // namespace cockpit
