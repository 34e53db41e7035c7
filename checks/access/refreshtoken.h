// access.refresh-token: refresh tokens change on use, work once, and die at sign-out (facts 16, RFC 9700 section 4.14).
// Sign-ins of its own renew, renew again with what was used, sign out and renew once more; the private text of the
// account, seen with the token that came back, is the proof. Good renewals before, between and after show that refusals
// mean something. A product may take a used token for a few seconds more, as answers get lost on the way.
// observed: "actor", "page", "kept_in": token|cookies, "rotates": bool, "reuse": refused|within_leeway|taken|not_tried,
// "family_ends": bool?, "after_sign_out": refused|taken|not_tried, "as_access": standing?, "invented": refused|taken,
// "life": seconds?, "requests".
#pragma once

#include "checks/access/sessiontrial.h"

#include <chrono>

namespace cockpit {

enum class RenewalEnd { NotTried, Refused, Taken };

struct Renewal
{
    RenewalEnd end = RenewalEnd::NotTried;
    SeenStanding seen = {}; // the page with the token that came; only when Taken
};

struct RefreshTokenLook
{
    QString actor;
    PrivateAnswer page;
    bool inCookies = false;
    bool rotates = false;
    Renewal reused;      // the used token at once
    Renewal reusedLater; // and after the leeway, where it was taken at once
    Renewal family;      // the newest token, after the used one was refused
    Renewal afterSignOut;
    QString noSignOut = {}; // a sentence: why signing out could not be tried
    Renewal invented;
    std::optional<SeenStanding> asAccess = {}; // the refresh token in the place of the access token
    Renewal control;                           // of a new sign-in in between
    Renewal lastControl;
    std::optional<qint64> life = {}; // of the refresh token, where it tells
    std::vector<Secret> known;
    int requests = 0;
};

// Longer than the 10 seconds that providers leave by default for answers that got lost.
constexpr std::chrono::milliseconds kReuseLeeway{12'000};

Judged judgeRefreshToken(const RefreshTokenLook &look);
Check refreshTokenCheck(std::chrono::milliseconds leeway = kReuseLeeway);

// Three sign-ins; nine renewals, each looked at; the refresh token as an access token; signing out.
constexpr int kRefreshTokenCeiling = SessionTrial::kBeginRequests + 2 * kSignInRequests + 2 * 9 + 2;

} // namespace cockpit
