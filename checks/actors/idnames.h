// What the names of fields, parameters and parts of a path say about ids.
#pragma once

#include <QString>

namespace cockpit {

// "id", "_id", "uuid", "invoiceId", "invoice_id", "memberIds", "x-order-id".
bool isIdName(const QString &name);
// An id of something else than a record (a request, a session, a device), or a value that only looks like one: times,
// amounts, phone numbers, versions, hashes, tokens.
bool isNoIdName(const QString &name);
bool isSlugName(const QString &name); // "slug", "handle", "permalink"
bool isSlugText(const QString &text); // words as they stand in addresses; no sentence

// Members that only wrap what an answer is about: "data", "items", "results", "nodes".
bool isWrapperName(const QString &name);
// "v2", "oauth2": a part of a path that is a word although it has a digit.
bool isVersionWord(const QString &part);

// "invoice" for "invoiceId" and "invoice_uuid"; empty for a bare "id".
QString resourceOfName(const QString &name);

} // namespace cockpit
