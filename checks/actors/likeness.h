// Do two answers say the same? By what stands in them, never by their length (facts 15).
#pragma once

#include "checks/net/httpclient.h"

#include <QJsonValue>
#include <QSet>
#include <QString>

#include <optional>

namespace cockpit {

enum class Likeness {
    Same,      // the same content but for what changes by itself
    SameShape, // the same kind of answer about something else: the same fields, the same page with other values
    Different,
    Unclear, // one of them was cut, or is of a kind that cannot be read
};
QString toWord(Likeness value);

// Statuses are compared as well: a 200 and a 404 are Different whatever they say.
Likeness likenessOf(const HttpResponse &a, const HttpResponse &b);

// By its name: times, nonces, request and trace ids, tokens, counters of requests, signatures.
bool isVolatileKey(const QString &name);
// By its form: a time, a date with a time, a token, a signed address.
bool isVolatileText(const QString &text);

// The value without members that change from answer to answer. Lists keep their order; likenessOf() does not mind it.
QJsonValue withoutVolatile(const QJsonValue &value);

// "/items/*/customer/id": the paths of all members, whatever the lists' lengths; at most a few thousand.
QSet<QString> keyPathsOf(const QJsonValue &value);

// The body as JSON by its content, whatever its type claims; empty when it is none.
std::optional<QJsonValue> jsonOf(const HttpResponse &answer);

} // namespace cockpit
