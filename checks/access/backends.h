// Services that apps use as their backend straight from the browser (Supabase, Firebase, PocketBase, Convex, Hasura,
// Appwrite, Strapi, Directus, n8n, Retool), found in the code that a page hands out: where they are, the key that is
// made for browsers, and the names of what is kept there. Pure.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace cockpit {

enum class BackendKind { Supabase, Firebase, PocketBase, Convex, Hasura, Appwrite, Strapi, Directus, N8n, Retool };
QString toWord(BackendKind value);

struct BackendFound
{
    BackendKind kind = BackendKind::Supabase;
    QUrl origin;           // of the service; of Firebase its realtime database, where there is one
    QByteArray key;        // public by design: one with rights of its own is never used
    QString project;       // of Firebase and Appwrite
    QStringList tables;    // or collections; of Appwrite "database/collection"; of Convex queries ("messages:list")
    QStringList functions; // of the database
    QStringList services;  // edge functions, workflows: whoever calls one has it do what it does
    QStringList buckets;
    bool hasAppCheck = false; // of Firebase: the pages prove that they are the product's
    // Its address says by itself what it is. Else it has to show that before anything else is asked.
    bool isCertain = true;

    bool operator==(const BackendFound &) const = default;
};

// Names beyond these are left out: each is a request.
constexpr qsizetype kMostTables = 30;
constexpr qsizetype kMostBuckets = 6;
constexpr qsizetype kMostDatabaseFunctions = 6;

// One for each origin or project, kMostBackends at most; the files of one product say together what is there.
constexpr std::size_t kMostBackends = 10;
std::vector<BackendFound> backendsIn(const std::vector<QByteArray> &files);

// The key is one for browsers: Supabase's role "anon" or "sb_publishable_". Its service key is not.
bool isPublicSupabaseKey(const QByteArray &key);

} // namespace cockpit
