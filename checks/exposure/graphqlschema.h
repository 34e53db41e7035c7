// exposure.graphql: a GraphQL schema is not handed to strangers.
// observed: "endpoints": [{"path","status","schema": open|closed|locked,"operations"}], "consoles": [paths], "asked":
// how many addresses: the usual ones, and those that the project and the code of the pages name.
#pragma once

#include "checks/exposure/pathlook.h"
#include "checks/web/graphql.h"

namespace cockpit {

Check graphQlCheck();
// paths: the pages of resources/rules/api-consoles.json.
Judged judgeGraphQl(const GraphQlLook &look, const PathLook &paths);

} // namespace cockpit
