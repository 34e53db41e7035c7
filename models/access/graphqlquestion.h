// Questions of GraphQL as bodies carry them ("query", beside "variables" and "operationName"): all of a product go to
// one address, so that their own text is what tells one from another (GraphQL specification of October 2021, section
// 2).
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

struct RouteSample;

// Whether the whole text is tokens of GraphQL with a selection in them. What else may be called "query" is not: words
// to search for, SQL.
bool isGraphQlDocument(const QString &text);

// The same document, harmless: without comments, its literal values replaced where they are of a secret or of a person.
// What it is made of stays, "password: $password" as well: a variable is no value. Nothing where a secret could stand
// without quotes, and for what is no document.
std::optional<QString> harmlessDocument(const QString &document);

// What is asked for by this body, the same for each time it is asked: the name of the operation, else the document
// without what does not count (commas, blanks). Empty where it asks no GraphQL.
QString questionIn(const QByteArray &body);

// The examples of a route in their order: where it takes questions of GraphQL, one of each. They belong to the list.
std::vector<const RouteSample *> samplesAt(const QString &method, const QString &path, const QString &host,
                                           const std::vector<RouteSample> &samples);

} // namespace cockpit
