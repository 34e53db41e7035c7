// Whose a test record is, for whoever takes it away again: asks as that account, and knows whether the account is still
// signed in. A product that says "not found" to strangers says so to an account that it has signed out, too.
#pragma once

#include "checks/actors/undolist.h"
#include "checks/actors/undonotes.h"
#include "checks/engine/canceltoken.h"

#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <set>

namespace cockpit {

class ActorSession;

// A read that showed nothing of the record, and when its answer had come.
struct EmptyRead
{
    const ActiveRequest &request;
    const HttpResponse &answer;
    Clock::time_point at;
};

// Functions that are empty know nothing: the record's list is then all that can tell, and taken for one that strangers
// do not get.
struct RecordOwner
{
    Sender send;
    QString name = {}; // of the account that removes it, for people; empty: nobody has to sign in
    // Whether the account was signed in when that answer came, by what the product says since: false when it was not,
    // or another session has taken its place meanwhile. NotFound when nothing tells, a stranger's answer at the same
    // address neither. Two requests at most, and none where another removal has shown it after that time.
    std::function<Result<bool>(const EmptyRead &read, Deadline deadline)> wasSignedIn = {};
    // What a stranger gets there (ActorSession::askAsStranger): one request.
    std::function<Result<HttpResponse>(const ActiveRequest &read, Deadline deadline)> asStranger = {};
    // After a refusal of that request, sent at `sent`, as of somebody signed out: signs in once more, unless somebody
    // has done so since.
    std::function<Result<void>(const ActiveRequest &refused, Clock::time_point sent, Deadline deadline)> signInAgain =
        {};
    // Waits; shorter when the run ends meanwhile.
    std::function<void(std::chrono::milliseconds)> pause = {};
    // The list showed that it was signed in when that was asked for (ActorSession::noteSignedIn).
    std::function<void(Clock::time_point asked)> noteSignedIn = {};
    // ActorSession::askedInVain(); null: each record asks for itself.
    std::shared_ptr<std::set<QString>> askedInVain = {};
    // Requests that were announced and not sent yet (Wire::left()): what is no more than a further look keeps to them.
    // Empty: there is none for that.
    std::function<int()> left = {};
    UndoNotes notes = {}; // where its records are written down before they are made
};

// Beside the removals, once for all of one account: who is signed in; where that is not told, what a stranger gets in
// its place; and the list, as the account and as a stranger.
constexpr int kRemovalControlRequests = 4;

// The session outlives it.
RecordOwner recordOwner(ActorSession &session);

} // namespace cockpit
