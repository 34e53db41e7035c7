// OpenAPI and Swagger documents in JSON and YAML, and YAML itself.
#include "fuzz/routes.h"

#include "models/routes/apianswers.h"
#include "models/routes/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace cockpit;

namespace {

int depthOf(const QJsonValue &value, int depth = 0)
{
    int deepest = depth;
    for (const QJsonValue one : value.toArray())
        deepest = std::max(deepest, depthOf(one, depth + 1));
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        deepest = std::max(deepest, depthOf(it.value(), depth + 1));
    return deepest;
}

// What is kept of a description is read again as it was, but for what was too long.
void lookAtAnswers(const QJsonObject &document)
{
    for (const AnswerDescription &one : answersOfApiDocument(document)) {
        const auto sample = sampleOfAnswers(one);
        if (!sample)
            continue;
        const auto back = answersIn(*sample);
        promise(back && back->answers.size() == one.answers.size(), "a stored description keeps its statuses");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, size);
    look(routesOfApiDocument(QJsonDocument::fromJson(input).object()));
    lookAtAnswers(QJsonDocument::fromJson(input).object());
    const auto yaml = yamlToJson(input);
    if (!yaml) {
        promise(!yaml.error().message.isEmpty(), "text that is no YAML is told why");
        return 0;
    }
    // Aliases stand for what is as deep again: each level of the text may hold one.
    promise(depthOf(*yaml) <= kDeepestYaml * kDeepestYaml, "YAML has a bottom");
    look(routesOfApiDocument(yaml->toObject()));
    lookAtAnswers(yaml->toObject());
    return 0;
}
