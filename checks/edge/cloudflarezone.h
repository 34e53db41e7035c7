// The domain in Cloudflare: which zone it is, and what to say when the settings cannot be read. Shared by the checks
// that need the token.
#pragma once

#include "checks/edge/cloudflareapi.h"
#include "checks/engine/check.h"

namespace cockpit {

struct CloudflareZone
{
    QString id; // 32 hex digits
    QString name;
    QString plan;          // "Free Website", may be empty
    QString status;        // "active"; "pending" until its name servers are used
    bool isPaused = false; // DNS only: nothing that is set there has an effect

    bool isInForce() const { return status == QLatin1String("active") && !isPaused; }
    bool operator==(const CloudflareZone &) const = default;
};

// Empty for what no zone is: the id goes into addresses.
std::optional<CloudflareZone> readZone(const QJsonValue &zone);

// Why what is set there does not show yet, a sentence; none where it is in force.
QStringList doubtsAbout(const CloudflareZone &zone);

struct ZoneAccess
{
    std::optional<CloudflareZone> zone;
    Judged instead; // when there is none: why, in words, and what to do
};

// Asks with the token of the facts; where it is refused, it asks what is wrong with it.
ZoneAccess cloudflareZoneOf(const Look &look);

Result<CloudflareReply> askCloudflare(const Look &look, const QString &path);
// Its path: "/zones/<id>" + tail.
Result<CloudflareReply> askZone(const Look &look, const CloudflareZone &zone, const QString &tail);

// Why a part could not be read: a sentence. part: "the firewall rules"; permission: as Cloudflare's page for tokens
// calls it ("Zone WAF: Read").
QString whyUnread(const Result<CloudflareReply> &reply, const QString &part, const QString &permission);
// The same as a whole judgement: not_run for what the founder can give, error for what has to pass by itself.
Judged couldNotRead(const Result<CloudflareReply> &reply, const QString &part, const QString &permission);

// "status" of /user/tokens/verify: active, disabled, expired. The sentence for a token that is not active, else empty.
QString tokenProblem(const Result<CloudflareReply> &verified);

// For the page of credentials: does the token work, and for which domains? A sentence for people. Blocking. Errors:
// those of CloudflareGet; NotPermitted for a token that Cloudflare refuses; Protocol for an answer that says nothing.
[[nodiscard]] Result<QString> tryCloudflareToken(const Secret &token, const NetOptions &net, const CancelToken &cancel);

} // namespace cockpit
