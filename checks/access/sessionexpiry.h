// access.session-expiry: sessions end when they should (facts 16): tokens and cookies say how long they live, what has
// expired is refused, an id from before the sign-in is worth nothing after it (fixation), two sign-ins differ, and a
// changed password ends the other sessions. Whether a session that a person pasted lives on for weeks is seen over
// several runs: only a fingerprint of it is kept, and when it was met. How long it was left alone in between is what
// this program knows: the person may have used it elsewhere.
// observed: "actor", "page", "token_life": seconds|null, "token_form": jwt|opaque|none, "cookies": [{"name","life":
// seconds|null}], "expired": [{"what","standing"}], "fixation": standing|"not_tried", "two_sign_ins": different|same,
// "concurrent": bool, "password_change": standing|"not_tried", "pasted": [{"account","mark","since","standing","seen":
// when it last worked|null,"idle": seconds from then to now|null}], "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/access/passwordchange.h"
#include "checks/access/sessiontrial.h"
#include "checks/tokens/jwt.h"

#include <QJsonObject>

#include <chrono>

namespace cockpit {

struct CookieLife
{
    QString name;
    std::optional<qint64> seconds; // empty: until the browser is closed
};

struct ExpiredTry
{
    QString what; // "a pasted token of Anna", for people
    SeenStanding seen;
};

// A session that a person pasted, over several runs.
struct PastedSession
{
    QString account; // TestActor::id
    QString name;
    QByteArray mark; // fingerprint
    QDateTime since; // of the first run that met it
    QDateTime seen;  // of the last run before this one in which it worked; null: none
    bool isAdmin = false;
    SessionStanding standing = SessionStanding::Unclear;
    ActiveRequest request = {};
    HttpResponse answer = {};
};

// A pasted session of which nobody can say how long it lives, and why.
struct UnfollowedSession
{
    QString account; // TestActor::id
    QString why;     // a sentence
};

struct SessionExpiryLook
{
    QString actor;
    bool isAdmin = false;
    PrivateAnswer page;
    bool hasToken = false;
    std::optional<Jwt> jwt;          // of the access token
    std::optional<qint64> tokenLife; // seconds, by the token itself
    std::vector<CookieLife> cookies; // those that hold a session
    std::vector<ExpiredTry> expired;
    std::optional<SeenStanding> fixed; // with the cookies from before the sign-in; empty: there were none
    bool wasPlanted = false;           // they were of our making
    bool isSameTwice = false;          // two sign-ins got the same value
    bool isConcurrent = false;
    std::optional<PasswordChangeLook> password;
    std::vector<PastedSession> pasted;
    std::vector<UnfollowedSession> unfollowed = {};
    std::optional<SessionStanding> control; // of a new sign-in at the end
    QDateTime at;
    std::vector<Secret> known;
    int requests = 0;
};

// An access token opens everything without a question to the server: a day is long (facts 16).
constexpr qint64 kLongestAccessLife = 24LL * 3600;
// NIST SP 800-63B section 4.1.3 asks people to sign in again after 30 days at the latest.
constexpr qint64 kLongestSessionLife = 30LL * 24 * 3600;
// Nothing tells how long people leave a session alone on purpose. NIST SP 800-63B (revision 4, section 2.2.3) asks for
// an hour at most where two factors are wanted; what nobody used for a week belongs to nobody who is there. Who
// administers a product comes back after a night.
constexpr qint64 kLongestIdle = 7LL * 24 * 3600;
constexpr qint64 kLongestIdleOfAdmin = 24LL * 3600;
// What libraries let a token live beyond its end, as clocks differ: 5 minutes at several of them. Only a token that
// ended earlier is to be refused.
constexpr std::chrono::minutes kUsualLeeway{5};
// Long enough for the times in a token to be others.
constexpr std::chrono::milliseconds kNextSecond{1100};
constexpr int kMostPastedTries = 4;

constexpr int kSessionExpiryCeiling = SessionTrial::kBeginRequests + 1 + kSignInRequests + 2 // fixation
                                      + 2 * kSignInRequests + 2  // a second sign-in, and one in another second
                                      + 1 + 3 * kMostPastedTries // expired and pasted ones
                                      + kSignInRequests + 1;     // the control

Judged judgeSessionExpiry(const SessionExpiryLook &look);
Check sessionExpiryCheck();

// What earlier runs noted of a pasted session; empty when it is another value, or none was noted.
struct PastedBefore
{
    QDateTime since; // of the first run that met it
    QDateTime seen;  // of the last run in which it worked; null: it never did, or nobody noted it

    bool operator==(const PastedBefore &) const = default;
};
std::optional<PastedBefore> pastedBefore(const QJsonObject &before, const QString &account, const QByteArray &mark);

// Seconds from when it last worked to this run; empty on the first meeting.
std::optional<qint64> idleOf(const PastedSession &pasted, const QDateTime &at);

} // namespace cockpit
