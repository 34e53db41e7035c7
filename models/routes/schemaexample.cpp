// A body that fits a schema (JSON Schema as OpenAPI uses it).
#include "models/routes/apischema.h"
#include "models/routes/routesamples.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 12;
constexpr int kMostItems = 5;
constexpr int kLongestText = 500;

QJsonValue exampleOf(const QJsonObject &schema, int depth);

// What the document itself gives as a value.
std::optional<QJsonValue> givenValue(const QJsonObject &schema)
{
    if (schema.contains("example"_L1))
        return schema["example"_L1];
    if (const QJsonArray examples = schema["examples"_L1].toArray(); !examples.isEmpty())
        return examples.at(0);
    for (const QLatin1StringView name : {"default"_L1, "const"_L1}) {
        if (schema.contains(name))
            return schema[name];
    }
    if (const QJsonArray words = schema["enum"_L1].toArray(); !words.isEmpty())
        return words.at(0);
    return std::nullopt;
}

QString typeOf(const QJsonObject &schema)
{
    QString type = schema["type"_L1].toString();
    for (const QJsonValue word : schema["type"_L1].toArray()) { // OpenAPI 3.1: ["string", "null"]
        if (type.isEmpty() && word.toString() != "null"_L1)
            type = word.toString();
    }
    if (!type.isEmpty())
        return type;
    if (schema.contains("properties"_L1))
        return u"object"_s;
    return schema.contains("items"_L1) ? u"array"_s : QString();
}

QString textOfFormat(const QString &format)
{
    static const QHash<QString, QString> texts{
        {u"date-time"_s, u"2030-01-01T00:00:00Z"_s},
        {u"date"_s, u"2030-01-01"_s},
        {u"time"_s, u"00:00:00Z"_s},
        {u"email"_s, u"person@example.com"_s},
        {u"uuid"_s, u"00000000-0000-4000-8000-000000000000"_s},
        {u"uri"_s, u"https://example.com/"_s},
        {u"url"_s, u"https://example.com/"_s},
        {u"hostname"_s, u"example.com"_s},
        {u"ipv4"_s, u"192.0.2.1"_s},   // RFC 5737
        {u"ipv6"_s, u"2001:db8::1"_s}, // RFC 3849
        {u"byte"_s, u"dGV4dA=="_s},
        {u"password"_s, u"<value>"_s},
    };
    return texts.value(format);
}

QJsonValue exampleText(const QJsonObject &schema)
{
    if (const QString known = textOfFormat(schema["format"_L1].toString()); !known.isEmpty())
        return known;
    QString text = u"text"_s;
    const int fewest = std::clamp(schema["minLength"_L1].toInt(), 0, kLongestText);
    while (text.size() < fewest)
        text += u" text"_s;
    const int most = std::clamp(schema["maxLength"_L1].toInt(kLongestText), 0, kLongestText);
    return text.left(std::max(fewest, std::min(most, static_cast<int>(text.size()))));
}

// The limits of a number; "exclusive" is a flag in OpenAPI 3.0, a limit of its own in 3.1.
double lowest(const QJsonObject &schema, double step)
{
    const QJsonValue exclusive = schema["exclusiveMinimum"_L1];
    if (exclusive.isDouble())
        return exclusive.toDouble() + step;
    return schema["minimum"_L1].toDouble(1) + (exclusive.toBool() ? step : 0);
}

double highest(const QJsonObject &schema, double step)
{
    const QJsonValue exclusive = schema["exclusiveMaximum"_L1];
    if (exclusive.isDouble())
        return exclusive.toDouble() - step;
    return schema["maximum"_L1].toDouble(1e9) - (exclusive.toBool() ? step : 0);
}

QJsonValue exampleNumber(const QJsonObject &schema, bool isWhole)
{
    const double step = isWhole ? 1 : 0.5;
    double number = std::min(lowest(schema, step), highest(schema, step));
    const double multiple = schema["multipleOf"_L1].toDouble();
    if (multiple > 0)
        number = std::ceil(number / multiple) * multiple;
    return isWhole ? std::ceil(number) : number;
}

QJsonValue exampleArray(const QJsonObject &schema, int depth)
{
    const int count = std::clamp(schema["minItems"_L1].toInt(1), 0, kMostItems);
    QJsonArray array;
    for (int i = 0; i < count; ++i)
        array.append(exampleOf(schema["items"_L1].toObject(), depth + 1));
    return array;
}

// What has to be there; everything where the schema does not say what has to.
QJsonValue exampleObject(const QJsonObject &schema, int depth)
{
    const QJsonObject properties = schema["properties"_L1].toObject();
    const QJsonArray required = schema["required"_L1].toArray();
    QJsonObject object;
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonObject property = it.value().toObject();
        const bool isWanted = required.isEmpty() || required.contains(it.key()) || property.contains("example"_L1);
        if (isWanted && !property["readOnly"_L1].toBool())
            object[it.key()] = exampleOf(property, depth + 1);
    }
    return object;
}

QJsonValue exampleOf(const QJsonObject &schema, int depth)
{
    if (depth > kDeepest)
        return {};
    if (const auto given = givenValue(schema))
        return *given;
    for (const QLatin1StringView choice : {"oneOf"_L1, "anyOf"_L1}) {
        if (const QJsonArray choices = schema[choice].toArray(); !choices.isEmpty())
            return exampleOf(choices.at(0).toObject(), depth + 1);
    }
    const QString type = typeOf(schema);
    if (type == "object"_L1)
        return exampleObject(schema, depth);
    if (type == "array"_L1)
        return exampleArray(schema, depth);
    if (type == "integer"_L1 || type == "number"_L1)
        return exampleNumber(schema, type == "integer"_L1);
    if (type == "boolean"_L1)
        return true;
    return type == "null"_L1 ? QJsonValue() : exampleText(schema);
}

} // namespace

QJsonValue exampleOfSchema(const QJsonObject &schema, const QJsonObject &document)
{
    return exampleOf(resolvedSchema(schema, document), 0);
}

} // namespace cockpit
