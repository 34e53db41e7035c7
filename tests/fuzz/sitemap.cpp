// Sitemaps, and answers to the introspection query of GraphQL.
#include "fuzz/routes.h"

#include <QJsonDocument>

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, size);
    if (const auto read = readSitemap(input))
        look(read->routes, kMostReadRoutes);
    else
        promise(!read.error().message.isEmpty(), "what is no sitemap is told so");
    look(routesOfGraphQlSchema(QJsonDocument::fromJson(input).object(), QStringLiteral("/graphql")));
    return 0;
}
