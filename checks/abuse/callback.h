// abuse.callback-url: callback addresses that point at private hosts are refused (OWASP API7:2023, facts 20). A desktop
// cannot be called back, so that an address which is taken is a lead; what the inside says in the answer is a proof.
// One that alone gets no answer in time is a lead, too: a server that calls it waits for it.
// observed: "actor", "routes": [{"route","field","addresses": [{"kind","url","status" (0: no answer),"taken": bool,
// "kept": bool}], "not_tested": sentence?}], "not_tried": [{"route","why"}], "left_out": [routes], "broken_off":
// sentence?, "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/abuse/callbackaddresses.h"
#include "checks/actors/writetrial.h"
#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

struct TriedAddress
{
    CallbackAddress address;
    TriedBody tried;
};

// A body may have several addresses; each is a place of its own.
struct CallbackPlace
{
    WritePlace write;
    QString field;
    bool isFurther = false; // not the first of its body

    QString name() const; // "POST /hooks", "POST /hooks (retry_url)"
};

struct CallbackRun
{
    CallbackPlace place;
    std::optional<TriedBody> control = {}; // with a public address; empty: notTested says why
    std::vector<TriedAddress> tried = {};
    std::vector<TriedAddress> unanswered = {}; // asked twice, and nothing came in time; without an answer
    std::vector<TriedAddress> hungUp = {};     // no answer either: hung up on, or late where it was asked once
    bool stillTakes = false;
    QString notTested = {};
};

struct CallbackLook
{
    QString actor;
    std::vector<CallbackRun> routes;
    std::vector<UntriedWrite> notTried;
    QStringList leftOut = {}; // CallbackPlace::name() of those beyond kMostCallbacks
    QString brokenOff = {};
    std::vector<Secret> known = {};
    int requests = 0;
};

// Places of one look.
constexpr int kMostCallbacks = 3;
// Addresses of one place that may keep us waiting before it is plain enough; each is asked twice.
constexpr std::size_t kMostUnanswered = 2;
Check callbackUrlCheck();
Judged judgeCallbacks(const CallbackLook &look);

} // namespace cockpit
