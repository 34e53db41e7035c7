// Where a run finds what a product says of its own answers.
#pragma once

#include "checks/abuse/badinput.h"
#include "models/routes/apianswers.h"

#include <vector>

namespace cockpit {

// Descriptions of the routes that the run asked: of the file that a person brought, and, for a host of which that file
// says nothing, of a document that the host hands to everybody. That is read as a visitor, once a run with
// exposure.api-docs, and not where the run is over.
std::vector<AnswerDescription> describedAnswers(const Look &look, const BadInputRun &run);

} // namespace cockpit
