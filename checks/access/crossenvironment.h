// access.cross-environment: what signs in at staging is refused by production, and the reverse (facts 16). Each of two
// test accounts signs in where it lives (stagingaccount.h), and its token or cookie is put in the place of the other's.
// observed: "production", "staging": names of the accounts, "crossings": [{"from": staging|production,"status",
// "standing"}], "requests".
#pragma once

#include "checks/access/privateanswer.h"
#include "checks/actors/session.h"
#include "checks/engine/check.h"

#include <optional>

namespace cockpit {

enum class CrossingFrom { Staging, Production };
QString toWord(CrossingFrom value);

// One side's credential at the other side's private address.
struct EnvironmentCrossing
{
    CrossingFrom from = CrossingFrom::Staging;
    QString owner;      // whose address it is
    PrivateAnswer page; // of the owner
    ActiveRequest request;
    HttpResponse answer;
    Markers senders;                      // private texts of who sent it, found in this answer and not in a stranger's
    std::optional<HttpResponse> invented; // the same with a value that nobody made
    std::optional<HttpResponse> goodLast; // the owner's own, at the end
};

struct CrossEnvironmentLook
{
    QString production, staging;
    std::vector<EnvironmentCrossing> crossings;
    QStringList notTried; // sentences
    std::vector<Secret> known;
    int requests = 0;
};

// The owner's session with the sender's values in their places: the token, and cookies of the same name. Empty when the
// sender has nothing that fits.
std::optional<Session> withValuesOf(const Session &sender, const Session &owner);

Judged judgeCrossEnvironment(const CrossEnvironmentLook &look);
Check crossEnvironmentCheck();

// Both sign in and are asked for; in each direction a crossing, an invented value, and the owner's own again.
constexpr int kCrossEnvironmentCeiling = 2 * (kSignInRequests + kPrivateAnswerRequests + 3);

} // namespace cockpit
