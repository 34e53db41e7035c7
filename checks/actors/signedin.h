// The sign-in that all checks of a run share: each account signs in once, whoever needs it first.
#pragma once

#include "checks/actors/session.h"
#include "checks/actors/wire.h"
#include "checks/engine/canceltoken.h"
#include "checks/engine/probe.h"
#include "models/access/actor.h"

#include <QDateTime>

#include <memory>
#include <mutex>

namespace cockpit {

// A session that several workers use: cookies that come back are kept for all.
struct SharedSession
{
    mutable std::mutex mutex;
    Session session;                                   // guarded by mutex, as the next one
    QDateTime since = QDateTime::currentDateTimeUtc(); // when its token came
    std::mutex refreshing; // held by who renews it, so that two do not spend the same refresh token
    // How often another token of a program was asked for, and how often of that as one was refused as ended. Guarded by
    // refreshing.
    int askedAnew = 0;
    int askedAsRefused = 0;
    int signedInToUndo = 0; // how often, after the product had signed it out; guarded by refreshing
    // For undoing, guarded by mutex: when another session or token took its place, and when the last question was sent
    // whose answer showed that it was signed in.
    Clock::time_point anewAt = Clock::time_point::min();
    Clock::time_point shownAt = Clock::time_point::min();
};

// Whether a token that came at `since` is to be renewed before the next request: shortly before its end, and of one
// that does not live long when half of its life is over, so that there is no renewal for each request. Never where it
// does not say when it ends.
bool isRenewalDue(const QDateTime &since, const QDateTime &expiresAt, const QDateTime &now);

// Its requests are counted and logged under kSignInCheck, not against the check that needed it first. Where the account
// has an address that tells who is signed in, it is asked: nobody goes on with a session that is none.
struct SignedIn
{
    using Answer = std::shared_ptr<SharedSession>;

    TestActor actor;

    QString key() const { return actor.id; }
    int roundTrips() const { return 3; }
};
// Errors: those of signIn() and whoIs(); NotPermitted without permission; NotFound when the keychain has no value for
// the account.
[[nodiscard]] Result<std::shared_ptr<SharedSession>> probe(const SignedIn &question, ProbeContext &context);

// The same through a wire of a check, for that check alone.
[[nodiscard]] Result<Session> sessionOf(const TestActor &actor, Wire &wire);

} // namespace cockpit
