// What the tests of hostile repositories share: one that is made once and copied, and what a look at its history says.
#pragma once

#include "checks/secrets/historyscan.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/hostilelab.h"

#include <filesystem>

namespace cockpit::test {

inline Result<HistoryScan> historyOf(const QString &root, const CancelToken &token = {})
{
    const auto repository = GitRepository::open(root);
    if (!repository)
        return tl::unexpected(repository.error());
    const auto walk = BlobWalk::history(*repository, token);
    if (!walk)
        return tl::unexpected(walk.error());
    HistoryProgress progress;
    return scanHistory(*repository, *walk, smallSet(), {.key = "key", .token = token}, progress);
}

// Each command of git is a process: what all rows begin with is made once.
inline void copyTo(const GitFixture &fixture, const GitFixture &made)
{
    std::filesystem::copy(made.root().toStdString(), fixture.root().toStdString(),
                          std::filesystem::copy_options::recursive);
}

inline void makeOneCommit(const GitFixture &fixture)
{
    static const GitFixture made;
    [[maybe_unused]] static const bool isMade = [] {
        made.init();
        made.commitAll(QStringLiteral("one"));
        return true;
    }();
    copyTo(fixture, made);
}

} // namespace cockpit::test
