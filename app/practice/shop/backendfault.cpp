#include "app/practice/shop/backendfault.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

const std::array kLines{
    FaultLine<BackendFault>{BackendFault::OpenSignUp, "open_sign_up",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Anybody gets a session at once by signing up.")},
    FaultLine<BackendFault>{
        BackendFault::SignedInReadsAll, "signed_in_reads_all",
        QT_TRANSLATE_NOOP("PracticeBackend", "The tables' rules ask for a session and nothing else.")},
    FaultLine<BackendFault>{BackendFault::BucketListed, "bucket_listed",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Anybody may list the private bucket.")},
    FaultLine<BackendFault>{
        BackendFault::BucketPublic, "bucket_public",
        QT_TRANSLATE_NOOP("PracticeBackend", "Files of the private bucket are given by their public address.")},
    FaultLine<BackendFault>{BackendFault::FunctionOpen, "function_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "The edge function asks for no session.")},
    FaultLine<BackendFault>{BackendFault::RpcOpen, "rpc_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "A database function may be called by anybody.")},
    FaultLine<BackendFault>{
        BackendFault::SchemaListed, "schema_listed",
        QT_TRANSLATE_NOOP("PracticeBackend", "The description of all tables is given to the public key.")},
    FaultLine<BackendFault>{
        BackendFault::RealtimeRootOpen, "realtime_root_open",
        QT_TRANSLATE_NOOP("PracticeBackend", "The root of the realtime database can be read by anybody.")},
    FaultLine<BackendFault>{BackendFault::FirestoreOpen, "firestore_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "A collection of documents can be read by anybody.")},
    FaultLine<BackendFault>{BackendFault::FirebaseFilesOpen, "firebase_files_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "The storage bucket can be listed by anybody.")},
    FaultLine<BackendFault>{BackendFault::FirebaseSignUpOpen, "firebase_sign_up_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Anybody may make an account by the public key.")},
    FaultLine<BackendFault>{BackendFault::PocketBaseOpen, "pocketbase_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "A collection of PocketBase has no rule for lists.")},
    FaultLine<BackendFault>{BackendFault::ConvexOpen, "convex_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "A query of Convex asks for no session.")},
    FaultLine<BackendFault>{BackendFault::HasuraNoSecret, "hasura_no_secret",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Hasura has no admin secret.")},
    FaultLine<BackendFault>{BackendFault::HasuraPublicRole, "hasura_public_role",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Hasura's role for strangers may read a table.")},
    FaultLine<BackendFault>{
        BackendFault::AppwriteOpen, "appwrite_open",
        QT_TRANSLATE_NOOP("PracticeBackend", "A collection and a bucket of Appwrite can be read by anybody.")},
    FaultLine<BackendFault>{
        BackendFault::StrapiOpen, "strapi_open",
        QT_TRANSLATE_NOOP("PracticeBackend", "Strapi's public role may read customers and count users.")},
    FaultLine<BackendFault>{BackendFault::StrapiUnclaimed, "strapi_unclaimed",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Strapi waits for its first administrator.")},
    FaultLine<BackendFault>{BackendFault::DirectusOpen, "directus_open",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Directus lets strangers read customers.")},
    FaultLine<BackendFault>{BackendFault::N8nUnclaimed, "n8n_unclaimed",
                            QT_TRANSLATE_NOOP("PracticeBackend", "n8n waits for its owner.")},
    FaultLine<BackendFault>{
        BackendFault::GraphQlListed, "graphql_listed",
        QT_TRANSLATE_NOOP("PracticeBackend", "The names of all tables are given to the public key by GraphQL.")},
    FaultLine<BackendFault>{
        BackendFault::RowsStay, "rows_stay",
        QT_TRANSLATE_NOOP("PracticeBackend", "Rows that anybody may add can be removed by nobody but their owner.")},
    FaultLine<BackendFault>{BackendFault::FilesWritable, "files_writable",
                            QT_TRANSLATE_NOOP("PracticeBackend", "Anybody may put files into the private bucket.")},
    FaultLine<BackendFault>{
        BackendFault::RecordsWritable, "records_writable",
        QT_TRANSLATE_NOOP("PracticeBackend", "Anybody may write into a part of the realtime database.")},
};

const FaultLine<BackendFault> &lineOf(BackendFault fault)
{
    return *std::find_if(kLines.begin(), kLines.end(), [&](const auto &line) { return line.fault == fault; });
}

} // namespace

std::span<const FaultLine<BackendFault>> allBackendFaults()
{
    return kLines;
}

QString sentenceOf(BackendFault fault)
{
    return QCoreApplication::translate("PracticeBackend", lineOf(fault).what);
}

const char *nameOf(BackendFault fault)
{
    return lineOf(fault).name;
}

} // namespace cockpit
