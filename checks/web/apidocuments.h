// API documents that a host hands to anybody at the usual places.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

struct ApiDocument
{
    QString path;        // at which it was asked for
    HttpResponse answer; // whole
    std::vector<Route> routes;
};

struct ApiDocumentLook
{
    std::vector<ApiDocument> documents;
    // No answer, an obstacle, or a document that begins as one and cannot be read: broken, or longer than we read.
    QStringList untold;
};

// OpenAPI 3 and Swagger 2 in JSON or YAML. The content is the proof: it must read as such a document with paths. Each
// question is asked once a run, whoever asks.
ApiDocumentLook lookForApiDocuments(const Look &look, const Host &host);
// The documents alone: what does not answer is left out.
std::vector<ApiDocument> openApiDocuments(const Look &look, const Host &host);

// Where they are looked for.
const QStringList &apiDocumentPaths();

} // namespace cockpit
