// The addresses that edge.cache-leak asks: which pages, and in which spellings. Pure.
#pragma once

#include "checks/actors/routeaddress.h"
#include "checks/edge/cacheleak.h"

#include <vector>

namespace cockpit {

// "lc" and twelve random letters: no visitor asks for it.
QString newCacheWord();

// Reads that are not for everybody and can be asked without an id nobody has seen, those that show who somebody is
// first; kMostCachePages of them, and the names of the others.
struct PersonalPages
{
    std::vector<AskableRoute> asked = {};
    QStringList leftOut = {};
};
PersonalPages personalPages(const Target &target, const ProjectFacts &facts);

} // namespace cockpit
