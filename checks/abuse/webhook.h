// abuse.webhook-signature: webhooks without a valid signature are refused (facts 15). Events go to the routes that are
// marked as safe: without a signature, with one that is none and, where the project has the key, with a good one, an
// old one, and twice. observed: "routes": [{"route","header": name or null,"has_key","tries": [{"way":
// nowhere|malformed|none|garbage|valid| old|again,"status","taken"}],"not_tested": sentence?}], "left_out": [routes],
// "not_asked": [routes], "broken_off": sentence?, "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/abuse/webhooksigning.h"
#include "checks/actors/wire.h"
#include "checks/engine/check.h"
#include "models/secret.h"

#include <optional>
#include <vector>

namespace cockpit {

enum class WebhookWay {
    Nowhere,   // at an invented address beside it
    Malformed, // no JSON, unsigned
    None,      // a good event, unsigned
    Garbage,   // with a signature that is none
    Valid,     // with a good one
    Old,       // good, and a day old
    Again,     // the same event once more, signed anew
};
QString toWord(WebhookWay value);

struct WebhookTry
{
    WebhookWay way = WebhookWay::None;
    ActiveRequest request;
    HttpResponse answer;
};

struct WebhookRun
{
    Route route;
    QByteArray headerName = {}; // empty: not known
    bool hasKey = false;
    std::vector<WebhookTry> tries = {};

    const HttpResponse *answerTo(WebhookWay way) const;
};

struct WebhookLook
{
    std::vector<WebhookRun> routes;
    QStringList leftOut = {}; // routes beyond kMostWebhooks
    QStringList notAsked =
        {}; // routes without an address that could be asked: an id that nobody has seen, another host
    QString brokenOff = {};
    std::vector<Secret> known = {};
    int requests = 0;
};

// Of one look.
constexpr int kMostWebhooks = 5;
Check webhookSignatureCheck();
Judged judgeWebhooks(const WebhookLook &look);

// The entry among the accounts that is no account: an API key for a header whose name ends in "Signature" is the key
// that events are signed with. Null without one for that header, or for any where it is not known.
const TestActor *signingKeyFor(const QByteArray &headerName, const std::vector<TestActor> &actors);

} // namespace cockpit
