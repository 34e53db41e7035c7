// What each backend service is asked: never for a record, never for something that writes. Pure.
#pragma once

#include "checks/access/backendreads.h"

#include <optional>

namespace cockpit {

// Of a service that is recognised by a library's words alone: the question whose answer shows what it is.
std::optional<HttpGet> fingerprintOf(const BackendFound &found);
bool isFingerprint(BackendKind kind, const HttpResponse &answer);
// Kinds that a host of the product may be without a word about it in its pages.
std::span<const BackendKind> kindsByFingerprint();

// Beside Supabase and Firebase.
std::vector<BackendAsk> otherBackendAsks(const BackendFound &found, const QString &madeUp);
// Counts the rows of one table. total: the service has a function that counts (Hasura).
BackendAsk tableAskOf(const BackendFound &found, const QString &table, bool total = false);
// Of Firebase: can anybody make an account by address and password?
BackendAsk signUpAsk(const BackendFound &found);
// Of Hasura, by its description: what can be counted.
std::vector<BackendAsk> describedTables(const BackendFound &found, const HttpResponse &description);

} // namespace cockpit
