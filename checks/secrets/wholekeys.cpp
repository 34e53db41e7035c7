#include "checks/secrets/wholekeys.h"

#include "checks/secrets/fingerprintkey.h"

namespace cockpit {

void WholeKeys::add(const SecretHit &hit, size_t letters)
{
    auto &byLength = m_keys[hit.rule];
    if (byLength.size() < kMostLengths || byLength.contains(letters))
        byLength[letters][hit.fingerprint] = hit.masked;
}

void WholeKeys::shorten(SecretHit &hit, std::string_view value, const QByteArray &key) const
{
    const auto ofRule = m_keys.find(hit.rule);
    if (ofRule == m_keys.end())
        return;
    for (const auto &[letters, masks] : ofRule->second) {
        if (letters >= value.size())
            return;
        const auto same = masks.find(fingerprintOf(value.substr(0, letters), key));
        if (same == masks.end())
            continue;
        hit.length = static_cast<qint64>(letters);
        hit.fingerprint = same->first;
        hit.masked = same->second;
        return;
    }
}

} // namespace cockpit
