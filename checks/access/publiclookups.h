// Routes by which strangers can look people up: "is there an account of that address?", pictures and profiles by an
// address or a name, GraphQL questions that take one (facts 21). Only what the project knows of its product is asked
// for, nothing is guessed. Pure.
#pragma once

#include "checks/actors/wire.h"

#include <QString>

#include <vector>

namespace cockpit {

enum class LookupPlace {
    Query,   // GET /users?email=
    Path,    // GET /users/by-email/{email}
    Hash,    // GET /avatars/{hash}: MD5 of the address, as Gravatar has it
    GraphQl, // query($email: String!) { userByEmail(email: $email) { id } }
};

struct PublicLookup
{
    LookupPlace place = LookupPlace::Query;
    Route route;
    QUrl url;      // of Query and GraphQl
    QString field; // of Query: "email"
    RouteSample sample = {};
    bool byMail = true; // else by the name that people sign in with, which profiles often show on purpose
    Target target = {}; // of all but Query
};

// How many routes are asked, how often each: a known and an unknown name in turn.
constexpr std::size_t kMostLookups = 6;
constexpr int kLookupPairs = 3;
constexpr int kLookupRequests = 2 * kLookupPairs + 1; // and an address beside it

// All of them, of which kMostLookups are asked: the public ones first; none that is for administrators alone, as
// access.unauthenticated tells of those.
std::vector<PublicLookup> publicLookupsOf(const Target &target, const ProjectFacts &facts);

// For that address or name; its url is empty where that cannot be put in.
ActiveRequest lookupRequest(const PublicLookup &lookup, const QString &name);

// The same question at an address that nobody has: what is answered alike there says nothing about people.
ActiveRequest besideLookup(const PublicLookup &lookup, const QString &name, const QString &word);

// "GET /users?email=", "POST /graphql (userByEmail)"
QString lookupName(const PublicLookup &lookup);

} // namespace cockpit
