// What can be wrong with the backend service (as AI builders use them), each a switch; row security is a switch for
// each table beside these.
#pragma once

#include "app/practice/shop/faultset.h"

#include <QString>

#include <span>

namespace cockpit {

enum class BackendFault {
    OpenSignUp,         // anybody gets a session at once
    SignedInReadsAll,   // a table's rule asks for a session only
    BucketListed,       // anybody may list the private bucket
    BucketPublic,       // its files are given out by their public address
    FunctionOpen,       // the edge function asks for no session
    RpcOpen,            // a database function may be called by anybody
    SchemaListed,       // the root gives its description to the public key
    RealtimeRootOpen,   // the realtime database's root can be read
    FirestoreOpen,      // a collection can be read
    FirebaseFilesOpen,  // the storage bucket can be listed
    FirebaseSignUpOpen, // accounts:signUp makes accounts
    PocketBaseOpen,     // the list rule of a collection is empty
    ConvexOpen,         // a query asks for no session
    HasuraNoSecret,     // no admin secret is set
    HasuraPublicRole,   // the role for strangers may read a table
    AppwriteOpen,       // a collection and a bucket are readable by any
    StrapiOpen,         // the role "public" may find customers and count users
    StrapiUnclaimed,    // nobody has made the first administrator
    DirectusOpen,       // the policy for strangers reads customers
    N8nUnclaimed,       // nobody owns the instance
    GraphQlListed,      // pg_graphql names the tables to the public key
    RowsStay,           // what strangers may add to a table they may not remove
    FilesWritable,      // anybody may put files into the private bucket
    RecordsWritable     // anybody may write below "feedback" in the realtime database, and read there
};

std::span<const FaultLine<BackendFault>> allBackendFaults();
QString sentenceOf(BackendFault fault); // translated
const char *nameOf(BackendFault fault); // "open_sign_up"

} // namespace cockpit
