// Answers beside what the product's own description (OpenAPI) says of them: is the status named, the kind of content,
// and does the JSON look as described (facts 20: conformance of status, content type and schema)? Pure.
#pragma once

#include "checks/abuse/answerexposure.h"
#include "checks/abuse/badinput.h"
#include "models/routes/apianswers.h"

namespace cockpit {

// A good answer, of a control or a read.
struct GoodAnswer
{
    Route route;
    ActiveRequest request; // shown with it
    HttpResponse answer;
};

struct AnswerComparison
{
    Route route;
    ActiveRequest request;
    HttpResponse answer;
    QStringList differences = {};            // in words, without a value
    std::vector<ExposedMember> exposed = {}; // what the description does not name
    bool isShapeKnown = false;               // a schema was there, and the JSON could be read as a whole
};

// The good answers of a run whose route is known: of the good bodies, of records read back, of searches and lists, also
// of those that were asked for nothing but themselves.
std::vector<GoodAnswer> goodAnswersOf(const BadInputRun &run);

// What a run's answers say about the descriptions. One for each answer that has one, and one for each 5xx that its
// description does not name, whatever the body was (once a route and status).
std::vector<AnswerComparison> compareAnswers(const BadInputRun &run, const std::vector<AnswerDescription> &described);

// Routes ("GET /notes") whose description shows the JSON of what they gave, or of what the read behind a good body
// gives, and of which no answer could be compared with that: another kind, cut off, a refusal, or none at all. Each
// once.
QStringList uncomparedRoutes(const BadInputRun &run, const std::vector<AnswerDescription> &described,
                             const std::vector<AnswerComparison> &compared);

// Reads ("GET /notes") that have a description, of whatever, and gave no good answer: what differed there before may
// differ still.
QStringList silentAnswers(const BadInputRun &run, const std::vector<AnswerDescription> &described);

// Empty where the route has no description. Belongs to `described`.
const AnswerDescription *descriptionOf(const Route &route, const QString &host,
                                       const std::vector<AnswerDescription> &described);

} // namespace cockpit
