// abuse.callback-url: callback addresses that point at private hosts are refused (OWASP API7:2023, facts 20). A desktop
// cannot be called back, so that an address which is taken is a lead; what the inside says in the answer is a proof.
// observed: "actor", "routes": [{"route","field","addresses": [{"kind","url","status","taken": bool,"kept": bool}],
// "not_tested": sentence?}], "not_tried": [{"route","why"}], "left_out": [routes], "broken_off": sentence?, "requests",
// not_seen (models/unseen.h).
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

struct CallbackRun
{
    WritePlace place;
    QString field;
    std::optional<TriedBody> control = {}; // with a public address; empty: notTested says why
    std::vector<TriedAddress> tried = {};
    bool stillTakes = false;
    QString notTested = {};
};

struct CallbackLook
{
    QString actor;
    std::vector<CallbackRun> routes;
    std::vector<UntriedWrite> notTried;
    QStringList leftOut = {}; // routes beyond kMostCallbacks
    QString brokenOff = {};
    std::vector<Secret> known = {};
    int requests = 0;
};

// Of one look.
constexpr int kMostCallbacks = 3;
Check callbackUrlCheck();
Judged judgeCallbacks(const CallbackLook &look);

} // namespace cockpit
