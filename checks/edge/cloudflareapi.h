// Cloudflare's API, read only (developers.cloudflare.com/api): GET with a token, JSON in an envelope of "success",
// "errors", "result" and "result_info".
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "models/secret.h"

#include <QJsonArray>
#include <QJsonValue>

namespace cockpit {

constexpr auto kCloudflareApi = "https://api.cloudflare.com/client/v4";

enum class CloudflareAnswer {
    Ok,
    WrongToken,   // not a token, expired, deleted
    NoPermission, // a token that may not read this
    NotFound,     // no such thing: also a ruleset that was never made
    TooMany,      // asked to wait
    Outage,       // the API itself is broken (5xx)
    NotTheApi,    // a page, or garbage: something else answered
    Refused,      // anything else that the API does not like
};
QString toWord(CloudflareAnswer answer);

struct CloudflareReply
{
    CloudflareAnswer answer = CloudflareAnswer::NotTheApi;
    int status = 0;
    QJsonValue result = {};
    int page = 1;
    int totalPages = 1;
    std::optional<int> retryAfter = {}; // seconds, of TooMany
    QStringList words = {};             // the API's own: "10000: Authentication error"; masked and cut

    bool isOk() const { return answer == CloudflareAnswer::Ok; }
    bool operator==(const CloudflareReply &) const = default;
};

// Any bytes are an answer. secret: what must not stand in `words`.
CloudflareReply readCloudflareReply(const HttpResponse &response, const Secret &secret);

// One page. The token is no part of the key, so that the memory of the run does not hold it; it is sent over a
// connection with a good certificate, or not at all. Errors: those of HttpGet; BadInput for a token that no header can
// carry.
struct CloudflareGet
{
    using Answer = CloudflareReply;

    QString path; // "/zones?name=example.com"
    Secret token;
    QString key() const { return path; }
    int roundTrips() const { return 2; }
};
[[nodiscard]] Result<CloudflareReply> probe(const CloudflareGet &question, ProbeContext &context);

// All pages of a list, one after the other; path without "page". A page that is no good ends it.
struct CloudflareList
{
    CloudflareReply last; // of the last page that was asked for
    QJsonArray items = {};
    bool isCut = false; // there were more than kMostCloudflarePages
};
constexpr int kMostCloudflarePages = 20;
[[nodiscard]] Result<CloudflareList> askCloudflareList(Observations &seen, const Secret &token, const QString &path);

} // namespace cockpit
