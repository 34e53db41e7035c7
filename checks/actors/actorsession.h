// A test account at work: asks as it, through one check's wire. All checks of a run share one sign-in per account.
#pragma once

#include "checks/actors/signin.h"
#include "checks/engine/netoptions.h"

#include <memory>
#include <mutex>

namespace cockpit {

// A session that several workers use: cookies that come back are kept for all.
struct SharedSession
{
    mutable std::mutex mutex;
    Session session; // guarded by mutex
};

// The sign-in that all checks of a run share: asked once, by whoever needs it first, and counted under the check id
// "sign-in" of that account, not against the check.
struct SignedIn
{
    using Answer = std::shared_ptr<SharedSession>;

    TestActor actor;

    QString key() const { return actor.id; }
    int roundTrips() const { return 2; }
};
// Errors: those of signIn(); NotPermitted without permission; NotFound when the keychain has no value for the account.
[[nodiscard]] Result<std::shared_ptr<SharedSession>> probe(const SignedIn &question, ProbeContext &context);

// Under which name the requests of an account's shared sign-in are counted and logged.
QString signInCheckId(const TestActor &actor);

// Who the product says that somebody is.
struct ActorHealth
{
    bool isSignedIn = false;
    QString name = {};     // as the product says it; empty when it does not tell
    QString sentence = {}; // "Signed in as anna@acme.test.", or why not

    bool operator==(const ActorHealth &) const = default;
};

// Belongs to the worker of its wire, which outlives it.
class ActorSession
{
public:
    // Nothing is sent before the first request.
    ActorSession(TestActor actor, Wire &wire);

    const TestActor &actor() const { return m_actor; }

    // Signs in if nobody has yet. The errors of SignedIn.
    [[nodiscard]] Result<void> signIn();
    // One request as that account: its cookies or token (and anti-forgery token, where something changes) are added
    // unless the request has such a header itself. Cookies of the answer are kept. A token that is about to expire is
    // refreshed before. An answer that says "signed out" is an answer: ask health() whether the session still lives.
    [[nodiscard]] Result<HttpResponse> ask(ActiveRequest request);
    // The same requests side by side (Wire::sendAll).
    [[nodiscard]] std::vector<Result<HttpResponse>> askAll(std::vector<ActiveRequest> requests, bool atOnce);
    // The request as ask() would send it, not sent: for checks that change its token.
    [[nodiscard]] Result<ActiveRequest> prepared(ActiveRequest request);

    // Who the product says that it is (TestActor::whoAmIUrl). NotFound when the account names no such address;
    // NotPermitted when the answer is that of a stranger.
    [[nodiscard]] Result<QString> whoAmI();
    // The same as a finding for people; an error only when nothing could be asked.
    [[nodiscard]] Result<ActorHealth> health();

    // A sign-in of its own, counted against the check, which other checks do not share: for what ends or bends a
    // session.
    [[nodiscard]] Result<ActorSession> freshSession();
    // Ends the session at the product (SignIn::logoutUrl; NotFound without one). The values that were sent stay known,
    // so that they can be tried again. Only for a fresh session: NotPermitted on the shared one.
    [[nodiscard]] Result<HttpResponse> signOut();
    [[nodiscard]] Result<void> refreshNow(); // of refresh(); only for a fresh session as well

    // A copy of what the session holds now; empty before the sign-in.
    Session session() const;
    void replaceSession(Session session); // of a fresh one: to try an older or a changed one

private:
    ActorSession(TestActor actor, Wire &wire, std::shared_ptr<SharedSession> own);
    Result<void> refreshIfDue();
    void dress(ActiveRequest &request) const;
    void keepCookies(const HttpResponse &answer);

    TestActor m_actor;
    Wire *m_wire;
    std::shared_ptr<SharedSession> m_session; // null before the sign-in
    bool m_isOwn = false;
};

// Signs in once and asks who that is, outside of a run: for the button beside an account. Blocking; sends
// kSignInRequests + 1 requests at most, to hosts of the terms. The errors of ActorSession; "not signed in" is an
// answer.
[[nodiscard]] Result<ActorHealth> tryActor(const TestActor &actor, ActiveTerms terms, const NetOptions &net,
                                           const CancelToken &token);

} // namespace cockpit
