// Recorded values made harmless: those of secrets and of people are replaced by ones of the same form.
#pragma once

#include <QJsonValue>
#include <QString>

namespace cockpit {

// What stands for a secret; the redactor knows that it is none.
QString placeholder();

// Whether a member, field or header of this name holds a secret or what nobody else is to know ("password",
// "access_token", "cvv").
bool isSecretName(const QString &name);
// The value of a member of this name, harmless: "<value>", "person@example.com", or as it was. Plain ids stay: numbers,
// UUIDs, ObjectIds. Of a question of GraphQL ("query") its values are replaced.
QString harmlessText(const QString &name, const QString &value);
// A number, UUID or ObjectId: it tells of a record, and lets nobody in.
bool isPlainId(const QString &text);
// Every text and number in it. What lies deeper than 32 levels goes.
QJsonValue harmlessJson(const QJsonValue &value, const QString &name = {}, int depth = 0);

} // namespace cockpit
