// What the bad bodies of abuse.schema told of each route, and what they did not.
#pragma once

#include "checks/abuse/schemafindings.h"
#include "checks/actors/casetally.h"

#include <vector>

namespace cockpit {

struct SchemaTally
{
    CaseTally cases;
    QStringList spokenOf = {}; // names of routes: a sentence says that not all was told there
};

// All turns of one route. It is tested where one of them told. What an earlier look found there by a body that was not
// told again is not looked for here (schematold.h); where nothing told, nothing that may be there was seen.
void countRoute(const std::vector<const PlaceRun *> &turns, const BadInputRun &run, SchemaTally &whole,
                SchemaFindings &findings);

} // namespace cockpit
