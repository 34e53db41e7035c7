// The body of a request to a route, from which hostile ones are made by changing one member at a time. Of a WebSocket:
// what the page says on it.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

struct RouteSample
{
    QString method, path, host; // of the Route; path with its templates
    QByteArray contentType;     // "application/json", without parameters
    QByteArray body;            // recorded, typed or built from the schema: without secrets and names of people
    QString schemaJson;         // the schema of the body as OpenAPI describes it, references resolved; empty: not known

    bool operator==(const RouteSample &) const = default;
};

constexpr qsizetype kLongestSampleBody = 8192;
constexpr qsizetype kLongestSampleSchema = 16384;
constexpr std::size_t kMostSamples = 1000;

// The kind of body of a sample for GET at the address of a WebSocket: text messages in the order in which the page says
// them once it is open, one a line, at most so many. None where a page was seen to open it and say nothing: the sample
// then tells that a WebSocket is there, whatever its address is called.
inline const QByteArray kSocketMessages = "application/x-ndjson";
constexpr qsizetype kMostSocketMessages = 5;

// A body with the values of secrets, addresses of people and card numbers put out of it: in JSON and form bodies member
// by member ("<value>", "person@example.com"), so that it is still what the server can read; so in each line of
// kSocketMessages. Empty for what is too long and for other kinds of body that hold something like a secret.
std::optional<QByteArray> harmlessBody(const QByteArray &contentType, const QByteArray &body);

// The same sample, its body made harmless. BadInput with a sentence for what is no sample: a method that has no body
// (but GET of kSocketMessages, at most kMostSocketMessages of them), too long, or a schema that is no JSON object.
[[nodiscard]] Result<RouteSample> checkedSample(RouteSample sample);
// All of them; of two for one route and kind of body the later counts, unless they ask different questions of GraphQL
// (graphqlquestion.h). BadInput for more than kMostSamples.
[[nodiscard]] Result<std::vector<RouteSample>> checkedSamples(const std::vector<RouteSample> &samples);

// The first for this route, whatever its holes are called; null without. Belongs to the list.
const RouteSample *sampleFor(const QString &method, const QString &path, const QString &host,
                             const std::vector<RouteSample> &samples);

// The known ones, then those of `added` that no known one stands for; one with a schema goes before one without.
std::vector<RouteSample> mergedSamples(std::vector<RouteSample> known, const std::vector<RouteSample> &added);

// The stored form.
QJsonObject toJson(const RouteSample &sample);
std::optional<RouteSample> routeSampleFromJson(const QJsonObject &object);

} // namespace cockpit
