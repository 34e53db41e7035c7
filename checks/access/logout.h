// access.logout: signing out ends the session at the product, and not only in the browser (facts 16). A sign-in of its
// own signs out, and what it had is sent again: the token, the cookies, the refresh token. The private text of the
// account in the answer is the proof. At the end the account signs in again, so that a locked one is no pass.
// observed: "actor", "page", "sign_out": status, "clears_cookies": bool, "replays": [{"form":
// token|cookies|both|refresh, "status","standing"}], "token_left": seconds that the token would still have lived?,
// "requests".
#pragma once

#include "checks/access/sessiontrial.h"

namespace cockpit {

struct LogoutReplay
{
    QString form; // "token", "cookies", "both", "refresh"
    SeenStanding seen;
};

struct LogoutLook
{
    QString actor;
    PrivateAnswer page;
    ActiveRequest signOutRequest; // for its address and method
    HttpResponse signOut;
    bool clearsCookies = false;
    bool hasRefresh = false;
    std::vector<LogoutReplay> replays;         // of what opened the page before
    std::optional<qint64> tokenLeft = {};      // seconds
    std::optional<SessionStanding> afterwards; // of a sign-in at the end
    std::vector<Secret> known;
    int requests = 0;
};

Judged judgeLogout(const LogoutLook &look);
Check logoutCheck();

// A first sign-in, the forms that it may be taken in, signing out, the same again, a renewal, a second sign-in.
constexpr int kLogoutCeiling = SessionTrial::kBeginRequests + 3 + 1 + 3 + 2 + kSignInRequests + 1;

// The address to sign out at: of the account, else a route of the project that is named so. The account as it was when
// there is none.
TestActor withSignOut(const TestActor &actor, const Look &look);

} // namespace cockpit
