// Answers to the introspection query of GraphQL (https://spec.graphql.org/October2021/#sec-Introspection).
#include "models/routes/importers.h"
#include "models/routes/routebuild.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonObject schemaIn(const QJsonObject &document)
{
    const QJsonValue direct = document.value("__schema"_L1);
    return direct.isObject() ? direct.toObject() : document.value("data"_L1)["__schema"_L1].toObject();
}

QJsonArray fieldsOf(const QJsonObject &schema, const QString &typeName)
{
    for (const QJsonValue type : schema.value("types"_L1).toArray()) {
        if (!typeName.isEmpty() && type["name"_L1].toString() == typeName)
            return type["fields"_L1].toArray();
    }
    return {};
}

void addFields(std::vector<Route> &routes, const QJsonObject &schema, const QString &root, const QString &endpoint,
               const QString &kind)
{
    static const QRegularExpression name(u"^[A-Za-z]\\w{0,80}$"_s); // "__typename" and the like are of the language
    const QString type = schema.value(root)["name"_L1].toString();
    for (const QJsonValue field : fieldsOf(schema, type)) {
        const QString called = field["name"_L1].toString();
        if (!name.match(called).hasMatch() || routes.size() >= kMostImportedRoutes)
            continue;
        const QString path = endpoint + u'#' + kind + u'.' + called;
        if (auto route = metRoute(u"POST"_s, path, {}, u"GraphQL"_s, AddressKind::Call))
            routes.push_back(std::move(*route));
    }
}

} // namespace

bool isGraphQlSchema(const QJsonObject &document)
{
    return schemaIn(document).value("types"_L1).isArray();
}

std::vector<Route> routesOfGraphQlSchema(const QJsonObject &document, const QString &endpoint)
{
    const QJsonObject schema = schemaIn(document);
    std::vector<Route> routes;
    addFields(routes, schema, u"queryType"_s, endpoint, u"query"_s);
    addFields(routes, schema, u"mutationType"_s, endpoint, u"mutation"_s);
    addFields(routes, schema, u"subscriptionType"_s, endpoint, u"subscription"_s);
    return routes;
}

} // namespace cockpit
