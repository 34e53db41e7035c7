// The body that an operation of an OpenAPI or Swagger document takes.
#include "models/routes/apischema.h"
#include "models/routes/routesamples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A kind of body, what it is made of, and the example of the document.
struct DescribedBody
{
    QByteArray contentType;
    QJsonObject schema;
    QJsonValue example = QJsonValue(QJsonValue::Undefined);
};

bool isJsonType(const QString &type)
{
    const QString plain = type.section(u';', 0, 0).trimmed().toLower();
    return plain == "application/json"_L1 || plain.endsWith("+json"_L1);
}

bool isFormType(const QString &type)
{
    return type.section(u';', 0, 0).trimmed().toLower() == "application/x-www-form-urlencoded"_L1;
}

QJsonValue exampleIn(const QJsonObject &media, const QJsonObject &document)
{
    if (media.contains("example"_L1))
        return media["example"_L1];
    const QJsonObject examples = media["examples"_L1].toObject();
    if (examples.isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    return resolvedReference(examples.begin().value().toObject(), document)["value"_L1];
}

// OpenAPI 3: JSON is what services of today read; a form, where there is no JSON.
std::optional<DescribedBody> requestBody(const QJsonObject &operation, const QJsonObject &document)
{
    const QJsonObject body = resolvedReference(operation["requestBody"_L1].toObject(), document);
    const QJsonObject content = body["content"_L1].toObject();
    for (const auto &isWanted : {isJsonType, isFormType}) {
        for (auto it = content.begin(); it != content.end(); ++it) {
            const QJsonObject media = it.value().toObject();
            if (isWanted(it.key()))
                return DescribedBody{it.key().section(u';', 0, 0).trimmed().toLower().toLatin1(),
                                     media["schema"_L1].toObject(), exampleIn(media, document)};
        }
    }
    return std::nullopt;
}

bool isForm(const QJsonArray &consumes)
{
    for (const QJsonValue type : consumes) {
        if (isJsonType(type.toString()))
            return false;
    }
    return !consumes.isEmpty() && isFormType(consumes.at(0).toString());
}

// Swagger 2: one parameter "in body", or several "in formData".
std::optional<DescribedBody> bodyOfParameters(const QJsonArray &parameters, const QJsonObject &document)
{
    QJsonObject fields;
    QJsonArray required;
    for (const QJsonValue value : parameters) {
        const QJsonObject parameter = resolvedReference(value.toObject(), document);
        if (parameter["in"_L1].toString() == "body"_L1)
            return DescribedBody{"application/json", parameter["schema"_L1].toObject(),
                                 QJsonValue(QJsonValue::Undefined)};
        if (parameter["in"_L1].toString() != "formData"_L1 || parameter["type"_L1].toString() == "file"_L1)
            continue;
        fields[parameter["name"_L1].toString()] = parameter;
        if (parameter["required"_L1].toBool())
            required.append(parameter["name"_L1]);
    }
    if (fields.isEmpty())
        return std::nullopt;
    QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, fields}};
    if (!required.isEmpty())
        schema["required"_L1] = required;
    return DescribedBody{"application/x-www-form-urlencoded", schema, QJsonValue(QJsonValue::Undefined)};
}

std::optional<DescribedBody> describedBody(const QJsonObject &operation, const QJsonObject &pathItem,
                                           const QJsonObject &document)
{
    if (auto body = requestBody(operation, document))
        return body;
    if (auto body = bodyOfParameters(operation["parameters"_L1].toArray(), document)) {
        const QJsonObject &owner = operation.contains("consumes"_L1) ? operation : document;
        if (isForm(owner["consumes"_L1].toArray()))
            body->contentType = "application/x-www-form-urlencoded";
        return body;
    }
    return bodyOfParameters(pathItem["parameters"_L1].toArray(), document);
}

QByteArray asForm(const QJsonObject &object)
{
    QByteArrayList items;
    for (auto it = object.begin(); it != object.end(); ++it)
        items << QUrl::toPercentEncoding(it.key()) + '=' + QUrl::toPercentEncoding(it.value().toVariant().toString());
    return items.join('&');
}

QByteArray asBytes(const QJsonValue &value, const QByteArray &contentType)
{
    if (value.isString()) // an example that is written as text
        return value.toString().toUtf8();
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    if (isFormType(QString::fromLatin1(contentType)))
        return asForm(value.toObject());
    return value.isObject() ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact) : QByteArray();
}

} // namespace

std::optional<RouteSample> sampleOfOperation(const Route &route, const QJsonObject &operation,
                                             const QJsonObject &pathItem, const QJsonObject &document)
{
    if (route.method == "GET"_L1 || route.method == "HEAD"_L1)
        return std::nullopt;
    const auto described = describedBody(operation, pathItem, document);
    if (!described)
        return std::nullopt;
    const QJsonObject schema = resolvedSchema(described->schema, document);
    const QJsonValue value = described->example.isUndefined() ? exampleOfSchema(schema, document) : described->example;
    RouteSample sample{
        route.method, route.path, route.host, described->contentType, asBytes(value, described->contentType), {}};
    sample.schemaJson =
        schema.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(schema).toJson(QJsonDocument::Compact));
    if (sample.schemaJson.size() > kLongestSampleSchema)
        sample.schemaJson.clear();
    const auto checked = checkedSample(std::move(sample));
    return checked ? std::optional(*checked) : std::nullopt;
}

} // namespace cockpit
