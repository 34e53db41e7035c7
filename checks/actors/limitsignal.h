// How a product says "enough for now", and what it tells of its limits (facts 19).
#pragma once

#include "checks/net/httpclient.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace cockpit {

enum class LimitKind {
    TooMany,   // 429 (RFC 6585), or a problem that says so (RFC 9457)
    Locked,    // 423, or a refusal that says that the account is locked
    Challenge, // a test for robots
    Edge,      // a firewall's refusal: Cloudflare 1015 and its kind
};
QString toWord(LimitKind value);

struct LimitSignal
{
    LimitKind kind = LimitKind::TooMany;
    int status = 0;
    std::optional<std::chrono::seconds> retryAfter = {}; // Retry-After, or the reset that the headers name

    bool operator==(const LimitSignal &) const = default;
};

// Nothing when the answer is an ordinary one. A bare 403 or 503 is no signal here: whether it is one, only the answers
// before it tell. A redirect is one when its query says so ("/login?error=RateLimited"). now: for dates in Retry-After
// (RFC 9110 section 10.2.3).
std::optional<LimitSignal> limitIn(const HttpResponse &answer, const QDateTime &now);

// What the text says, whatever the status: many a form shows "too many attempts" with status 200. Pages write about
// limits as well, so that it counts only where the same answer did not say it before.
std::optional<LimitKind> limitNoticeIn(const HttpResponse &answer);

// What the headers announce, refused or not.
struct AnnouncedLimit
{
    QString name = {}; // of the policy; empty: none
    std::optional<qint64> quota = {};
    std::optional<qint64> remaining = {};
    std::optional<std::chrono::seconds> window = {};
    std::optional<std::chrono::seconds> reset = {}; // from now

    bool operator==(const AnnouncedLimit &) const = default;
};

// RateLimit and RateLimit-Policy as lists of structured fields (draft-ietf-httpapi-ratelimit-headers), the dictionary
// of its seventh revision, RateLimit-Limit, -Remaining and -Reset before that, and X-RateLimit-*, whose reset may be a
// time in seconds or milliseconds or a span. What breaks the grammar is left out.
std::vector<AnnouncedLimit> announcedLimitsIn(const HttpResponse &answer, const QDateTime &now);

// "8 per 60 s"; empty when nothing of it is known.
QString describe(const AnnouncedLimit &limit);

} // namespace cockpit
