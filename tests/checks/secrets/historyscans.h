// Looks at the history of a repository, with keys of a few rules.
#pragma once

#include "checks/secrets/historyscan.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"

#include <algorithm>

namespace cockpit::test {

inline QByteArray keyLine(unsigned seed, const QByteArray &behind = {})
{
    return "key = '" + QByteArray::fromStdString(stripeKey(seed)) + "'" + behind + "\n";
}

enum class Part { Everything, Since, Staged };

inline Result<HistoryScan> scanOf(const GitFixture &fixture, Part part = Part::Everything, const QString &revision = {},
                                  const CancelToken &token = {})
{
    const GitRepository repository = GitRepository::open(fixture.root()).value();
    const Result<BlobWalk> walk = part == Part::Everything ? BlobWalk::history(repository, token)
                                  : part == Part::Since    ? BlobWalk::since(repository, revision, token)
                                                           : BlobWalk::staged(repository, {}, token);
    if (!walk)
        return tl::unexpected(walk.error());
    HistoryProgress progress;
    auto scan = scanHistory(repository, *walk, smallSet(), {.key = "key", .token = token}, progress);
    return scan;
}

// The one with the key of this seed under this path; a failed test otherwise.
inline FoundSecret secretAt(const HistoryScan &scan, unsigned seed, const QByteArray &path)
{
    const QString masked = maskedSecret(stripeKey(seed));
    std::vector<FoundSecret> all;
    std::ranges::copy_if(scan.found, std::back_inserter(all),
                         [&](const FoundSecret &each) { return each.hit.masked == masked && each.path == path; });
    if (all.size() != 1)
        qWarning("%zu secrets at %s", all.size(), path.constData());
    return all.size() == 1 ? all.front() : FoundSecret{.history = std::make_shared<HistoryPlace>()};
}

} // namespace cockpit::test
