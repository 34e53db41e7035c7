// What an answer to a write shows. Pure.
#pragma once

#include "checks/net/httpclient.h"

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace cockpit {

// The first member of that name in the answer's JSON, outside of lists, at most four objects deep; empty without.
std::optional<QJsonValue> memberIn(const HttpResponse &answer, const QString &name);

// Of a list, the record alone: the innermost object with that id, or with the text in one of its members. Empty where
// none is.
std::optional<HttpResponse> recordInList(const HttpResponse &list, const QString &id, const QString &text);

// A 2xx that says in its JSON that it did not: {"error": …}, {"success": false}.
bool saysNo(const HttpResponse &answer);

// The fields of the body that the answer shows, with the values that it shows, as a body of the same kind; those that
// an account signs in with are left out. Empty when it shows none. JSON; and a form, whose fields stand on a page.
QByteArray currentJson(const QByteArray &body, const HttpResponse &shown);
QByteArray currentForm(const QByteArray &body, const HttpResponse &shown);

} // namespace cockpit
