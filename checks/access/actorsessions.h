// Who asks in a check of access: each test account, and nobody.
#pragma once

#include "checks/actors/actorsession.h"
#include "checks/actors/recordowner.h"
#include "checks/actors/undolist.h"
#include "checks/actors/wire.h"

#include <map>
#include <vector>

namespace cockpit {

// Belongs to the worker of its wire, which outlives it, as does the list of accounts.
class ActorSessions
{
public:
    ActorSessions(const std::vector<TestActor> &actors, Wire &wire);
    Q_DISABLE_COPY_MOVE(ActorSessions)

    // Signs in, if nobody in this run has yet. The errors of SignedIn.
    [[nodiscard]] Result<void> signIn(const TestActor &actor);
    // One request as that account, or as nobody (null). The errors of ActorSession::ask() and Wire::send().
    [[nodiscard]] Result<HttpResponse> ask(const TestActor *actor, const ActiveRequest &request);
    // The same with the session in it, as it goes out: for evidence. As it came where the account cannot sign in.
    ActiveRequest dressed(const TestActor *actor, const ActiveRequest &request);

    // Asks as that account. What is removed again goes out as the administrator of the same tenant where there is one:
    // who was able to make a record may not be able to remove it. Who made it looks whether it is gone, as an
    // administrator may never have seen it.
    Sender senderOf(const TestActor *actor);
    RecordOwner ownerOf(const TestActor *actor); // the same; it lives no longer than this

    // Whether an account still is who it was: by its own address for that. Nothing when it has none, or nobody could
    // ask.
    std::optional<bool> isStillSignedIn(const TestActor &actor);

    Wire &wire() const { return m_wire; }

private:
    ActorSession &sessionOf(const TestActor &actor);
    const TestActor *cleanerFor(const TestActor *actor) const;
    const TestActor *askerOf(const TestActor *actor, const ActiveRequest &request) const;

    const std::vector<TestActor> &m_actors;
    Wire &m_wire;
    std::map<QString, ActorSession> m_sessions; // by TestActor::id
};

// The judgement for a check that could not begin or was stopped: not run where that was not permitted, where an account
// has no value in the keychain, or where somebody stopped it; error where the product did not answer.
Judged couldNotAsk(const Error &error);
Judged stoppedAsking();

// "Anna (admin, Acme)"; "somebody who has not signed in".
QString describeAsker(const TestActor *actor);
bool isSameTenant(const TestActor &a, const TestActor &b); // both named, and alike

} // namespace cockpit
