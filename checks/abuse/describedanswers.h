// Where a run finds what a product says of its own answers.
#pragma once

#include "checks/abuse/badinput.h"
#include "models/routes/apianswers.h"

#include <vector>

namespace cockpit {

// Documents that a host hands to everybody, as the last look of exposure.api-docs found them: each is one request that
// is announced with the others. None where a person brought a description. At most kMostShownDocuments.
constexpr int kMostShownDocuments = 2;
std::vector<QUrl> shownDocuments(const ProjectFacts &facts, const Target &target);
int shownDocumentsAtMost(const ProjectFacts &facts);
// As exposure.api-docs asks, so that it is asked once in a run: as a visitor, out of what the wire of this worker
// announced. Those that came.
std::vector<HttpResponse> readDocuments(const std::vector<QUrl> &urls, Observations &seen);

// Descriptions of the routes that the run asked: of the file that a person brought, else of the documents in the run.
std::vector<AnswerDescription> describedAnswers(const ProjectFacts &facts, const BadInputRun &run);
// Nobody brought a file, and no document is handed out any more: a look for documents found none, or each that it found
// is answered with 404 or 410 today. Where nobody could tell, there may be one.
bool isDescriptionGone(const ProjectFacts &facts, const BadInputRun &run);

} // namespace cockpit
