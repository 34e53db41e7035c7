// The part of GraphQL that the desk speaks: fields with aliases, arguments, variables and inline fragments, one or more
// operations' first (GraphQL specification of October 2021, section 2).
#pragma once

#include <QJsonObject>

#include <optional>
#include <vector>

namespace cockpit::desk {

struct GraphQlField
{
    QString alias; // the name when there is none
    QString name;
    QJsonObject arguments;
    std::vector<GraphQlField> fields; // those of inline fragments among them
};

struct GraphQlQuery
{
    bool isMutation = false;
    std::vector<GraphQlField> fields;
};

constexpr int kDeepestQuery = 8;

// Nothing when the text is not understood.
std::optional<GraphQlQuery> parseGraphQl(const QString &text, const QJsonObject &variables);

} // namespace cockpit::desk
