// The types of JSON by the words of JSON Schema, and in words for people. Pure.
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace cockpit {

// "integer" for a number without a fraction (draft 2020-12, section 6.1.1); empty for no value.
QString jsonTypeOf(const QJsonValue &value);
// "a whole number"; "nothing" for a word that JSON Schema does not have.
QString describeJsonType(const QString &type);
// The word or words of the schema's "type"; empty where it has none.
QStringList jsonTypesIn(const QJsonObject &schema);

} // namespace cockpit
