// Is a file of the program as its schema says? For tests of data.
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace cockpit::test {

inline QJsonObject jsonIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

// Empty when it is.
inline QString schemaProblems(const QJsonValue &value, const QJsonValue &schemaJson)
{
    valijson::Schema schema;
    valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(schemaJson), schema);
    valijson::ValidationResults errors;
    valijson::Validator().validate(schema, valijson::adapters::QtJsonAdapter(value), &errors);
    QString problems;
    for (const auto &error : errors) {
        for (const auto &part : error.context)
            problems += QString::fromStdString(part);
        problems += QStringLiteral(": ") + QString::fromStdString(error.description) + QLatin1Char('\n');
    }
    return problems;
}

inline QString schemaProblems(const QString &file, const QString &schemaFile)
{
    const QJsonObject schema = jsonIn(schemaFile);
    const QJsonObject value = jsonIn(file);
    if (schema.isEmpty() || value.isEmpty())
        return QStringLiteral("one of the files is not there, or is no JSON object");
    return schemaProblems(QJsonValue(value), QJsonValue(schema));
}

} // namespace cockpit::test
