// Bad bodies sent to every route that is marked as safe to write, once for all checks that look at what comes back. The
// requests are counted under abuse.schema, whoever asks first.
#pragma once

#include "checks/abuse/mutations.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/writetrial.h"
#include "checks/engine/probe.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

namespace cockpit {

struct TriedMutation
{
    Mutation mutation;
    TriedBody tried;
    bool isSlow = false;   // twice, and the good body is not
    bool tookDown = false; // the good body is answered with 5xx as well afterwards
};

struct PlaceRun
{
    WritePlace place;
    QByteArray goodBody = {};
    std::optional<TriedBody> control = {}; // the good body, before; empty: notTested says why
    std::vector<TriedMutation> tried = {};
    bool stillTakes = false;     // the good body, after all others
    int leftOut = 0;             // bodies for which no request was left, also in a later turn of the place
    int fieldsLeftOut = 0;       // of the good body: beyond those that a run tries (kMostFieldRules)
    QStringList unanswered = {}; // those that got no answer in time, in words
    // Mutation::name() of each that was left out, and of a vast one where the huge one was not refused, nor taken.
    QStringList notSent = {};
    QStringList notTold = {}; // likewise: it was sent, and no answer to judge by came
    QString notTested = {};   // a sentence

    // Its answers tell: the good body was taken before and after.
    bool isSound() const { return control && stillTakes && notTested.isEmpty(); }
};

// Reads that take words or a number from the address.
struct AskedRead
{
    Route route;
    ActiveRequest request;
    HttpResponse answer;
    HttpResponse control; // the same with plain words
};

struct AskedPageSize
{
    Route route;
    ActiveRequest request;
    HttpResponse usual, one, huge; // without a number, with limit=1, with kHugePage
};
constexpr int kHugePage = 100'000;

// What a read gave that was asked for nothing unusual, whether or not anything else was asked of it then.
struct PlainRead
{
    Route route;
    std::optional<HttpResponse> answer; // empty: none came
};

// Searches and lists that were not asked.
struct LeftReads
{
    std::vector<Route> beyond = {};  // of those that one look tries at most (badreads.h)
    std::vector<Route> without = {}; // a request being left for them
};

struct BadInputRun
{
    QString actor;                // who sent them
    std::vector<PlaceRun> places; // in turns: a place comes again where its first share was too small
    std::vector<UntriedWrite> notTried;
    std::vector<AskedRead> reads;
    std::vector<AskedPageSize> pages;
    std::vector<PlainRead> plain = {}; // of all reads that were asked
    // Of each request to read that gave no answer to judge by: none at all, a failure, too many requests.
    std::vector<Route> silentReads = {};
    LeftReads leftReads = {};
    std::vector<HttpResponse> documents = {}; // in which the product describes its answers (describedanswers.h)
    QString brokenOff = {};                   // a sentence: why the rest was not sent
    UndoReport undone = {};
    std::vector<Secret> known = {};
    int requests = 0;
    bool isCapped = false; // it could send kMostInputRequests, which no permission raises
};

// Of one place: the opening, the good body twice, a removal that has to be tried again, and whether all are gone.
constexpr int kInputPlaceRequests =
    kTrialOpening + 2 * kTrialRequests + kCanaryRemovalRequests + kRemovalControlRequests + 1;
// The most requests of one run, and of its budget.
constexpr int kFewestInputRequests = 100;
constexpr int kMostInputRequests = 1500;

struct BadInputTrials
{
    using Answer = std::shared_ptr<const BadInputRun>;

    Target target;
    std::vector<Route> routes;
    std::vector<RouteSample> samples;
    std::vector<TestActor> actors;
    std::vector<QUrl> documents = {}; // to be read as well
    QStringList readsFirst = {};      // names of routes: what an earlier look left out, or found there
    QStringList vastAgain = {};       // likewise: the bodies that are tried once in a run had told something there
    int most = 0;                     // announced at most (mayAnnounce)
    bool isLast = true;               // no other product is asked the same after it

    // One target and one project in a run: the accounts tell which of its products (checks/actors/products.h).
    QString key() const { return actors.empty() ? QString() : actors.front().id; }
    int roundTrips() const { return 3; }
};
// Errors: without permission, budget or sign-in. What ends it later is in the answer.
[[nodiscard]] Result<std::shared_ptr<const BadInputRun>> probe(const BadInputTrials &question, ProbeContext &context);

BadInputTrials badInputOf(const Look &look);
// What the probe announces; nothing where it would not begin.
RequestNeed badInputNeed(const ProjectFacts &facts);
// Who sends them: an administrator, who may take back what was made; null without accounts.
const TestActor *inputActorOf(const std::vector<TestActor> &actors);

} // namespace cockpit
