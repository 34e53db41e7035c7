#include "checks/secrets/outsidegit.h"

#include <set>

namespace cockpit {

std::map<QByteArray, GitStanding> fingerprintsOutsideGit(const QString &root, const std::vector<FoundSecret> &found,
                                                         const CancelToken &token)
{
    GitStandings standings(root, token);
    std::map<QByteArray, GitStanding> outside;
    std::set<QByteArray> inside;
    for (const FoundSecret &one : found) {
        const QByteArray &fingerprint = one.hit.fingerprint;
        if (inside.contains(fingerprint))
            continue;
        const GitStanding standing = token.isCancelled() ? GitStanding::Unknown : standings.of(one.path);
        if (standing == GitStanding::Untracked)
            outside.insert_or_assign(fingerprint, standing);
        else if (standing == GitStanding::Ignored)
            outside.try_emplace(fingerprint, standing);
        else
            inside.insert(fingerprint);
    }
    std::erase_if(outside, [&](const auto &one) { return inside.contains(one.first); });
    return outside;
}

} // namespace cockpit
