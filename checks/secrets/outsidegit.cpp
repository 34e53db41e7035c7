#include "checks/secrets/outsidegit.h"

#include "checks/secrets/gitstanding.h"

namespace cockpit {

std::set<QByteArray> fingerprintsOutsideGit(const QString &root, const std::vector<FoundSecret> &found,
                                            const CancelToken &token)
{
    GitStandings standings(root, token);
    std::set<QByteArray> outside;
    std::set<QByteArray> inside;
    for (const FoundSecret &one : found) {
        if (inside.contains(one.hit.fingerprint))
            continue;
        const GitStanding standing = token.isCancelled() ? GitStanding::Unknown : standings.of(one.path);
        const bool isOutside = standing == GitStanding::Ignored || standing == GitStanding::Untracked;
        (isOutside ? outside : inside).insert(one.hit.fingerprint);
    }
    std::erase_if(outside, [&](const QByteArray &fingerprint) { return inside.contains(fingerprint); });
    return outside;
}

} // namespace cockpit
