// What a question of GraphQL is called, in findings and in what a look did not see. Pure.
#pragma once

#include "models/access/routesample.h"

#include <QString>

namespace cockpit {

// By its operation where the address names one ("POST /graphql#query.own"), else by the operation's name and the way to
// what it asks for ("POST /graphql Own viewer.invoices", "POST /graphql invoices"), of several in one body by all: one
// address answers many questions, and what was not seen of one of them hides no finding of another.
QString questionName(const RouteSample &sample);

} // namespace cockpit
