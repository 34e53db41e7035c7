// OpenAPI and Swagger documents in JSON and YAML, and YAML itself.
#include "fuzz/routes.h"

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

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, size);
    look(routesOfApiDocument(QJsonDocument::fromJson(input).object()));
    const auto yaml = yamlToJson(input);
    if (!yaml) {
        promise(!yaml.error().message.isEmpty(), "text that is no YAML is told why");
        return 0;
    }
    // Aliases stand for what is as deep again: each level of the text may hold one.
    promise(depthOf(*yaml) <= kDeepestYaml * kDeepestYaml, "YAML has a bottom");
    look(routesOfApiDocument(yaml->toObject()));
    return 0;
}
