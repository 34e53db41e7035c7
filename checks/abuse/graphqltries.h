// Many tries in one request of GraphQL: twenty aliases of the login in one question, or a list of twenty questions. Who
// counts requests sees one.
#pragma once

#include "checks/abuse/loginsiege.h"

#include <optional>

namespace cockpit {

struct GraphQlTries
{
    QString way;   // "aliases", "batch"
    QString route; // "POST /graphql"
    int asked = 0;
    int heard = 0; // that were answered like one by itself
    std::optional<AbuseTry> exchange = {};
    QString notTested = {}; // a sentence
    bool isFurther = false; // another address was tried before it
};

// The mutation that signs in, as an example body has it: login(email: …, password: …) { ok }, also with both in one
// object: login(input: …).
struct GraphQlLogin
{
    QString field, userArgument, passwordArgument, selection;
    QString input = {}; // the argument that holds both; empty without one

    // "a3: login(email: "…", password: "…") { ok }"
    QString call(int number, const QString &user) const;
    bool operator==(const GraphQlLogin &) const = default;
};
// Nothing when the body holds no such mutation.
std::optional<GraphQlLogin> graphQlLoginIn(const QByteArray &body);

// How many of a0, a1, … have a value in the answer; of a list of answers, in all of them.
int heardIn(const QByteArray &body);

constexpr int kGraphQlTries = 20;
// One try by itself, and one request for each way.
constexpr int kGraphQlRequests = 3;

// A route with such a login, by what the project knows.
struct GraphQlEntry
{
    Route route;
    QUrl url;
    GraphQlLogin login;
    bool isGuess = false; // the login of another address, where the project knows of no question
};
// Each address once: those with such a login, then further addresses of GraphQL in the list of routes, which may be an
// older version of it or one for administrators. kMostGraphQlLogins at most.
constexpr std::size_t kMostGraphQlLogins = 3;
std::vector<GraphQlEntry> graphQlEntriesOf(const Target &target, const ProjectFacts &facts);

// user: of an account that may be locked. Nothing for a guess that turns out to be no login.
std::vector<GraphQlTries> graphQlTriesOf(const GraphQlEntry &entry, const QString &user, Wire &wire);

} // namespace cockpit
