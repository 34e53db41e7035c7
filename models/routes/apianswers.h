// What an OpenAPI or Swagger document says of the answers of its operations.
#pragma once

#include "models/access/routesample.h"
#include "models/projectstate.h"

#include <QJsonObject>

#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

// One kind of content of an answer (OpenAPI 3 "Media Type Object"). Without a schema anything may stand in it.
struct DescribedContent
{
    QString type; // "application/json", or a range: "application/*", "*/*"
    QJsonObject schema = {};
};

struct DescribedAnswer
{
    QString status; // "200", "4XX", "default"
    std::vector<DescribedContent> contents = {};
};

struct AnswerDescription
{
    QString method, path, host; // of the Route
    std::vector<DescribedAnswer> answers;

    // The answer with this status: by its number, then its class, then the default (OpenAPI 3 "Responses Object").
    // Null where the document has none. Belongs to the description.
    const DescribedAnswer *at(int status) const;
};

// Operations that describe an answer; schemas without references (resolvedSchema). At most kMostSamples, and about
// kMostAnswerSchemas schemas: the document may be anybody's. isWanted: those of some routes alone.
constexpr std::size_t kMostAnswerSchemas = 4000;
std::vector<AnswerDescription> answersOfApiDocument(const QJsonObject &document,
                                                    const std::function<bool(const Route &)> &isWanted = {});
// Of one operation, or of the object that is stored for one; empty where it describes none.
std::optional<AnswerDescription> answersOfOperation(const Route &route, const QJsonObject &operation,
                                                    const QJsonObject &document);

// A description is kept with the samples of a project, as one without a body: its content type tells it (registered
// with IANA), and sampleFor() passes it over. Where it is longer than a sample may be, the schemas of errors go first,
// then all of them. Empty where even statuses and kinds are too long.
inline const QByteArray kAnswerDescription = "application/vnd.oai.openapi+json";
std::optional<RouteSample> sampleOfAnswers(const AnswerDescription &description);
std::optional<AnswerDescription> answersIn(const RouteSample &sample); // empty: a sample of a body

} // namespace cockpit
