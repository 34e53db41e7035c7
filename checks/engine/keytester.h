// What the window asks for to learn whether a key still works; app/ passes the real one.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/result.h"
#include "models/secret.h"

#include <functional>
#include <optional>

namespace cockpit {

enum class KeyStanding {
    Live,    // the provider took it
    Dead,    // the provider does not know it any more: proof that it was revoked
    Unknown, // nobody could tell
};
QString toWord(KeyStanding value);

struct KeyAnswer
{
    KeyStanding standing = KeyStanding::Unknown;
    QString what; // one sentence for people: what the provider said
};

struct KeyTester
{
    // What would be sent, with dots for the key; nothing where there is no test for this kind (LeakRule::id).
    std::function<std::optional<QString>(const QString &ruleId)> request;
    // Sends it. Blocks, on a worker. Errors: of the way there; BadInput for what is no key of this kind.
    std::function<Result<KeyAnswer>(const QString &ruleId, const Secret &key, const NetOptions &, const CancelToken &)>
        ask;

    bool isComplete() const { return request && ask; }
};

} // namespace cockpit
