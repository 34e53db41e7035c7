// Changing the password of a throw-away account, and changing it back: whether other sessions of the account end.
#pragma once

#include "checks/access/sessiontrial.h"
#include "checks/actors/undolist.h"
#include "models/access/routesample.h"

#include <optional>

namespace cockpit {

// A route that is marked as safe to write and whose recorded body names an old and a new password, and an account that
// may be spoilt.
struct PasswordChangePlan
{
    TestActor actor;
    Route route;
    RouteSample sample;
    QUrl url;
};
// Empty when the project has none of it.
std::optional<PasswordChangePlan> passwordChangePlan(const Outlook &look);

// The recorded body with both passwords in their fields; others keep what they had. Empty for a body that does not have
// both.
std::optional<QByteArray> passwordBody(const RouteSample &sample, const Secret &oldOne, const Secret &newOne);

struct PasswordChangeLook
{
    QString actor;
    ActiveRequest request;                 // for its address
    std::optional<HttpResponse> answer;    // to the change
    std::optional<SeenStanding> other;     // another session of the account, after the change
    std::optional<SessionStanding> before; // the same before it
    PrivateAnswer page;
};

// Changing it back: at once, or after a sign-in with the new password where the change ended every session.
constexpr int kPasswordUndoRequests = 1 + kSignInRequests + 1;
// Two sign-ins, the change, the question, what whoever changed it sees, and the way back.
constexpr int kPasswordChangeRequests = SessionTrial::kBeginRequests + kSignInRequests + 3 + kPasswordUndoRequests;

// The way back is on the list before the change is sent.
[[nodiscard]] Result<PasswordChangeLook> tryPasswordChange(const Look &look, const PasswordChangePlan &plan, Wire &wire,
                                                           UndoList &undo);

} // namespace cockpit
