// Signing in as a test account: the kinds of models/access/actor.h, and what comes back.
#pragma once

#include "checks/actors/session.h"
#include "checks/actors/wire.h"
#include "models/access/actor.h"

#include <optional>

namespace cockpit {

// Signs in by what actor.signIn says, through that wire, with the value that the keychain keeps; kSignInRequests at
// most. Redirects of the login are followed within the hosts that are covered. Errors: those of Wire::send; BadInput
// for a sign-in that lacks a part; NotPermitted when the product says no (with its status, never with what was sent);
// Protocol when an answer came that holds no session (a login page again, no token where it should be). The pasted
// kinds send nothing: that they are good is for whoIs() to tell.
[[nodiscard]] Result<Session> signIn(const TestActor &actor, const Secret &secret, Wire &wire);

// The same to take something back: also after Stop, each request within the deadline. NotPermitted for the pasted
// kinds.
[[nodiscard]] Result<Session> signInToUndo(const TestActor &actor, const Secret &secret, Wire &wire, Deadline deadline);

// Exchanges the refresh token (or the cookie that stands for it) for new ones. The session holds them then, and the old
// refresh token where the product did not send another. NotFound when the account has nothing to refresh with;
// Unreachable for a limit, a challenge or a broken server, which say nothing about the token; the other errors as
// above.
[[nodiscard]] Result<void> refresh(Session &session, const TestActor &actor, Wire &wire);

// Who the product says that this session is (TestActor::whoAmIUrl); empty when the answer is that of somebody signed in
// and names nobody. NotFound when the account has no such address; NotPermitted when the answer is that of a stranger.
// undoBy: asked to take something back, as above; Unreachable then for a limit and a broken server, which say nothing
// about the session.
[[nodiscard]] Result<QString> whoIs(Session &session, const TestActor &actor, Wire &wire,
                                    std::optional<Deadline> undoBy = {});

// Is this answer what somebody gets who is not signed in: 401, a redirect to a login, a login page under any status, an
// error object that says so. A 403 is not: it may be meant for this account.
bool looksSignedOut(const HttpResponse &answer);

} // namespace cockpit
