#include "models/routes/apischema.h"

#include <QJsonArray>
#include <QStringList>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 12;
constexpr int kMostParts = 600;
constexpr int kMostChoices = 8;

constexpr std::array kLimits{
    "type"_L1,
    "format"_L1,
    "enum"_L1,
    "const"_L1,
    "minimum"_L1,
    "maximum"_L1,
    "exclusiveMinimum"_L1,
    "exclusiveMaximum"_L1,
    "multipleOf"_L1,
    "minLength"_L1,
    "maxLength"_L1,
    "pattern"_L1,
    "minItems"_L1,
    "maxItems"_L1,
    "uniqueItems"_L1,
    "required"_L1,
    "nullable"_L1,
    "readOnly"_L1,
    "writeOnly"_L1,
    "default"_L1,
    "example"_L1,
    "examples"_L1,
    "minProperties"_L1,
    "maxProperties"_L1,
};

class Resolver
{
public:
    explicit Resolver(const QJsonObject &document) : m_document(document) {}

    QJsonObject resolve(const QJsonObject &schema, int depth)
    {
        if (depth > kDeepest || ++m_parts > kMostParts)
            return {};
        const QString reference = schema["$ref"_L1].toString();
        if (reference.isEmpty())
            return resolvePlain(schema, depth);
        if (m_open.contains(reference)) // a tree of categories, a comment with answers
            return {};
        m_open << reference;
        QJsonObject resolved = resolve(resolvedReference(schema, m_document), depth + 1);
        m_open.removeLast();
        return resolved;
    }

private:
    QJsonObject resolvePlain(const QJsonObject &schema, int depth)
    {
        QJsonObject plain;
        for (const QLatin1StringView name : kLimits) {
            if (schema.contains(name))
                plain[name] = schema[name];
        }
        if (const QJsonObject properties = schema["properties"_L1].toObject(); !properties.isEmpty())
            plain["properties"_L1] = resolveEach(properties, depth);
        if (schema["items"_L1].isObject())
            plain["items"_L1] = resolve(schema["items"_L1].toObject(), depth + 1);
        if (const QJsonValue more = schema["additionalProperties"_L1]; more.isBool())
            plain["additionalProperties"_L1] = more;
        for (const QLatin1StringView choice : {"oneOf"_L1, "anyOf"_L1}) {
            if (schema[choice].isArray())
                plain[choice] = resolveChoices(schema[choice].toArray(), depth);
        }
        for (const QJsonValue part : schema["allOf"_L1].toArray())
            putTogether(plain, resolve(part.toObject(), depth + 1));
        return plain;
    }

    QJsonObject resolveEach(const QJsonObject &properties, int depth)
    {
        QJsonObject resolved;
        for (auto it = properties.begin(); it != properties.end() && m_parts < kMostParts; ++it)
            resolved[it.key()] = resolve(it.value().toObject(), depth + 1);
        return resolved;
    }

    QJsonArray resolveChoices(const QJsonArray &choices, int depth)
    {
        QJsonArray resolved;
        for (const QJsonValue choice : choices) {
            if (resolved.size() < kMostChoices)
                resolved.append(resolve(choice.toObject(), depth + 1));
        }
        return resolved;
    }

    // All of them hold: members of one and the other.
    static void putTogether(QJsonObject &whole, const QJsonObject &part)
    {
        QJsonObject properties = whole["properties"_L1].toObject();
        const QJsonObject more = part["properties"_L1].toObject();
        for (auto it = more.begin(); it != more.end(); ++it)
            properties[it.key()] = it.value();
        QJsonArray required = whole["required"_L1].toArray();
        for (const QJsonValue name : part["required"_L1].toArray()) {
            if (!required.contains(name))
                required.append(name);
        }
        for (auto it = part.begin(); it != part.end(); ++it)
            whole[it.key()] = it.value();
        if (!properties.isEmpty())
            whole["properties"_L1] = properties;
        if (!required.isEmpty())
            whole["required"_L1] = required;
    }

    const QJsonObject &m_document;
    QStringList m_open;
    int m_parts = 0;
};

} // namespace

QJsonObject resolvedReference(const QJsonObject &item, const QJsonObject &document)
{
    const QString reference = item.value("$ref"_L1).toString();
    if (!reference.startsWith("#/"_L1))
        return item;
    QJsonObject found = document;
    for (QString step : reference.mid(2).split(u'/')) // RFC 6901: ~1 is a slash, ~0 a tilde
        found = found.value(step.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1)).toObject();
    return found;
}

QJsonObject resolvedSchema(const QJsonObject &schema, const QJsonObject &document)
{
    return Resolver(document).resolve(schema, 0);
}

} // namespace cockpit
