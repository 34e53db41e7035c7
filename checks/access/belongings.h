// What two customers and a stranger get at the same addresses, before anything is attacked: whose is what.
#pragma once

#include "checks/access/crossings.h"
#include "checks/actors/actorsession.h"
#include "checks/actors/canary.h"

#include <map>
#include <optional>
#include <vector>

namespace cockpit {

// The three who ask, through one wire.
struct Askers
{
    Wire &wire;
    ActorSession &owner;
    ActorSession &outsider;
};

// A question that somebody got a good answer to, and that a stranger was refused: that it is answered shows that the
// session lives.
struct GoodQuestion
{
    ActiveRequest request;
    HttpResponse answer;
};
// Whether that answer is as good as the one before: for the same account, later.
bool isStillGood(const GoodQuestion &question, const HttpResponse &answer);

// An answer to the outsider in which the owner's own mail address stands: nobody has to have planted anything.
struct ForeignMail
{
    QString routeName;
    ActiveRequest request;
    HttpResponse owners, outsiders;
    std::optional<HttpResponse> strangers = {};
};

// What was learnt of whom. Belongs to one look.
struct Belongings
{
    // Only good answers. Of the owner those alone to which the outsider's at the same address tells something: what
    // nobody can compare belongs to nobody in particular.
    std::vector<HttpResponse> owners, outsiders, strangers;
    QStringList shownBy;                          // of each of `owners`, the name of the route
    std::vector<FoundId> ownersIds, outsidersIds; // each only that one's, as addresses take them
    std::vector<FoundId> ownersInQuestions;       // the same as GraphQL writes them
    std::vector<FoundId> allInQuestions;          // of anybody: how they are written
    std::vector<TenantSwitch> tenants;
    std::map<QString, HttpResponse> lists; // of the owner, by the name of the route
    std::vector<ForeignMail> foreignMails;
    bool hasGaps = false; // a read of the owner gave no answer, or a failure
    // Reads of which nothing is among `owners`, by the name of the route: refused, without an answer that tells, or not
    // asked, as no address is known or there are too many.
    QStringList unread;
    QStringList shared;                                    // lists that are the same for both, by the name of the route
    std::optional<GoodQuestion> ownersGood, outsidersGood; // empty where nothing was answered to that one alone
};

// Asks every read as all three; at most kMostReads routes. An error when nobody can be asked any more, or the owner
// cannot sign in.
constexpr std::size_t kMostReads = 16;
[[nodiscard]] Result<Belongings> learnBelongings(const CrossingRoutes &routes, const Target &target, Askers &askers);

// What the owner gets of that resource, or what the outsider has of it.
std::optional<FoundId> idOf(const std::vector<FoundId> &ids, const QString &resource);

// An error that ends the look: stopped, out of time or budget, killed.
bool endsTheLook(const Error &error);

} // namespace cockpit
