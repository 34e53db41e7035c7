// Where a product is asked by GraphQL, as far as its project and the code of its pages tell: beside the usual addresses
// many have another one, for administrators or for an older version.
#pragma once

#include "checks/engine/check.h"

#include <QByteArray>
#include <QStringList>
#include <QUrl>

namespace cockpit {

// Beyond the usual ones; each is asked twice.
constexpr qsizetype kMostFurtherGraphQl = 6;

// The path is called like one: "/internal/graphql", "/v2/gql". Not a page for people ("/graphiql").
bool isGraphQlPath(const QString &path);

// Paths of that host, each once, without the usual ones (graphQlPaths()): of routes with operations or such a name, and
// of samples that carry a question. usual: the host of what has none.
QStringList graphQlPathsKnown(const ProjectFacts &facts, const QString &host, const QString &usual);
// Quoted in code of a page at `page`: "/internal/graphql", "https://api.example.com/gql". Of that host alone.
QStringList graphQlPathsNamedIn(const QByteArray &code, const QUrl &page, const QString &host);

// Both, of all pages of the product, and where exposure.graphql found a schema open before. Reads what other checks
// have read in this run.
QStringList furtherGraphQlPaths(const Look &look, const Host &host);

} // namespace cockpit
