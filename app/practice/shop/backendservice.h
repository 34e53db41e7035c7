// A backend service as AI builders wire one in, with the addresses of Supabase (/rest/v1, /auth/v1, /storage/v1,
// /functions/v1) and of Firebase (realtime database, Firestore, storage, accounts): three tables with row security on
// or off each, buckets, functions. Beside them, at addresses of their own, the same in the manner of PocketBase,
// Convex, Hasura, Appwrite, Strapi, Directus and n8n. All in memory.
#pragma once

#include "app/practice/shop/backendfault.h"
#include "app/practice/shop/practiceaccount.h"
#include "app/practice/shop/requestjournal.h"
#include "app/practice/webpage.h"

#include <QList>
#include <QStringList>

#include <memory>
#include <set>

namespace cockpit {

struct BackendSetup
{
    FaultSet<BackendFault> faults = {};
    std::set<QString> readableTables = {}; // row security is off for reading: "profiles", "orders", "messages"
    std::set<QString> writableTables = {}; // anybody may insert
    QByteArray host = "backend.harbor-ledger.example";
};

class BackendState;

class BackendService // any thread
{
public:
    explicit BackendService(BackendSetup setup = {});
    ~BackendService();
    Q_DISABLE_COPY_MOVE(BackendService)

    PageReply answer(const PageRequest &request);
    void setUp(const BackendSetup &setup); // from the next request on; the host stays
    void reset();

    QByteArray publicKey() const; // what stands in the bundle: a JWT with the role "anon"
    QByteArray firebaseKey() const;
    QStringList tables() const;
    QByteArray privateBucket() const; // its name
    const std::vector<PracticeAccount> &accounts() const;
    // A line of a script with the address and the key, as bundles have it.
    QByteArray bundleLine(const QByteArray &origin) const;
    // The same for the other services, each at an origin of its own under that domain: "pocket", "hasura", "appwrite",
    // "strapi", "directus", "n8n", and one of Convex.
    QByteArray otherBundleLine(const QByteArray &domain) const;
    static QList<QByteArray> otherHosts(const QByteArray &domain);

    RequestJournal &journal();

private:
    const std::unique_ptr<BackendState> m_state;
};

} // namespace cockpit
