// What the backend service keeps in memory, and its two halves.
#pragma once

#include "app/practice/shop/backendservice.h"
#include "app/practice/shop/shopcall.h"

#include <map>
#include <mutex>

namespace cockpit::backend {

struct Row
{
    int owner = 0; // the account's id
    QJsonObject fields;
};

struct Store
{
    std::map<QString, std::vector<Row>> tables;
    std::map<QByteArray, int> sessions;       // account by access token
    QStringList uploads;                      // files that visitors put into the private bucket
    std::map<QByteArray, QByteArray> records; // of the realtime database, by path: what visitors wrote
    int lastAccount = 100;
};

Store newStore();

} // namespace cockpit::backend

namespace cockpit {

class BackendState
{
public:
    explicit BackendState(BackendSetup given);
    bool has(BackendFault fault) const { return setup.faults.has(fault); }

    std::mutex lock; // over setup and store
    BackendSetup setup;
    const std::vector<PracticeAccount> accounts;
    const QByteArray keySecret;
    const QByteArray publicKey;
    const QByteArray firebaseKey;
    backend::Store store;
    RequestJournal journal;
};

} // namespace cockpit

namespace cockpit::backend {

inline const QByteArray kBucket = "contracts";

// /rest/v1, /auth/v1, /storage/v1, /functions/v1; nothing when the path is none of these.
std::optional<PageReply> supabaseAnswer(BackendState &state, const PageRequest &request);
// Realtime database (*.json), Firestore (/v1/projects/…), storage (/v0/b/…), accounts (/v1/accounts:…).
std::optional<PageReply> firebaseAnswer(BackendState &state, const PageRequest &request);
// PocketBase (/api/collections), Convex (/api/query), Hasura (/v1/graphql), Appwrite (/v1/databases), Strapi
// (/api/<type>), Directus (/items), n8n (/rest/settings).
std::optional<PageReply> otherBackendAnswer(BackendState &state, const PageRequest &request);
QUrlQuery queryOf(const PageRequest &request);

} // namespace cockpit::backend
