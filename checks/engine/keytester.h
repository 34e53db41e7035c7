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
std::optional<KeyStanding> keyStandingFromWord(QStringView word);

struct KeyAnswer
{
    KeyStanding standing = KeyStanding::Unknown;
    QString what; // one sentence for people: what the provider said
};

// Which key is asked about.
struct TriedKey
{
    QString rule;        // by which it was recognised, of the code or of what browsers get
    QString fingerprint; // its first digits, by which it is known again; empty: what is typed cannot be compared

    bool operator==(const TriedKey &) const = default;
};

struct KeyTester
{
    // What would be sent, with dots for the key; nothing where there is no test for this kind.
    std::function<std::optional<QString>(const QString &rule)> request;
    // Sends it. Blocks, on a worker. Errors: of the way there; BadInput for what is no key of this kind, NotFound when
    // it is not the one that was found; nothing is sent then.
    std::function<Result<KeyAnswer>(const TriedKey &which, const Secret &key, const NetOptions &, const CancelToken &)>
        ask;

    bool isComplete() const { return request && ask; }
};

} // namespace cockpit
