// Endpoints of GraphQL, and whether they tell strangers their schema.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

enum class SchemaState {
    Open,   // the schema came back, twice
    Closed, // it speaks GraphQL and keeps its schema
    Locked, // it wants a login first
};

struct GraphQlEndpoint
{
    QString path;
    HttpResponse answer; // to the question for the schema
    SchemaState state = SchemaState::Closed;
    std::vector<Route> routes; // of an open schema; empty for one that is longer than we read
};

const QStringList &graphQlPaths();
// One POST with a query for the names of types and fields; it reads and changes nothing.
HttpGet schemaQuestion(const QUrl &url);

// Empty when the answer is not GraphQL's: any page, echo or other JSON. second: the same question once more.
std::optional<GraphQlEndpoint> graphQlEndpoint(const QString &path, const HttpResponse &first,
                                               const std::optional<HttpResponse> &second);

struct GraphQlLook
{
    std::vector<GraphQlEndpoint> endpoints;
    std::vector<HttpResponse> answers;
    QStringList silent = {}; // addresses without an answer, to the first question or the second
    int inventedStatus = 0;  // of the same question at an address that does not exist; 0 without an answer
    int asked = 0;           // addresses: the usual ones, and those of graphqlplaces.h
};
GraphQlLook lookForGraphQl(const Look &look, const Host &host);

} // namespace cockpit
