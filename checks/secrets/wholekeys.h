// The keys that the rows of a database have whole. What was deleted stands there once more without an end, beside
// whatever followed it: by these it is known as the same key. Internal to the folder.
#pragma once

#include "checks/secrets/textscanner.h"

#include <map>
#include <string_view>

namespace cockpit {

class WholeKeys
{
public:
    // letters: of the value.
    void add(const SecretHit &hit, size_t letters);
    // Where the value begins with one of them, the hit becomes that one. key: of the fingerprints.
    void shorten(SecretHit &hit, std::string_view value, const QByteArray &key) const;

private:
    static constexpr size_t kMostLengths = 32; // of a rule's keys: each costs a hash

    using Masks = std::map<QByteArray, QString>; // by fingerprint
    std::map<const LeakRule *, std::map<size_t, Masks>> m_keys;
};

} // namespace cockpit
