// The trial of access.session-expiry. One worker, one run.
#pragma once

#include "checks/access/sessionexpiry.h"

namespace cockpit {

class SessionExpiryRun
{
public:
    SessionExpiryRun(const Look &look, const TestActor &actor, Wire &wire);

    [[nodiscard]] Result<SessionExpiryLook> run(UndoList &undo);

private:
    void readLives();
    Result<void> tryFixation();
    Result<CookieJar> cookiesOfVisitor();
    Result<void> signInTwice();
    Result<void> compareWith(const Session &second);
    bool hasEnded(const Jwt &token, const QDateTime &now) const;
    Result<void> tryOwn();
    QString whyNotFollowed(const TestActor &actor) const;
    Result<void> tryPasted();
    Result<void> tryExpired(const TestActor &actor, const Secret &token);
    Result<void> trySession(const TestActor &actor, const Secret &value);
    Result<void> changePassword(UndoList &undo);
    Result<void> control();

    const Look &m_look;
    SessionTrial m_trial;
    Wire &m_wire;
    Session m_session; // of the first sign-in
    SessionExpiryLook m_result;
};

} // namespace cockpit
