// The lines that a change brings into a file: what it touched, where the rest of the file is older. Internal to the
// folder.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/wipedmemory.h"

#include <QByteArrayView>

#include <git2/oid.h>
#include <git2/types.h>

#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

// What stood in the place of a file before it came there.
struct EarlierVersions
{
    static constexpr size_t kMostPlaces =
        8; // of one file: a history that moves it about more often names it as a whole

    bool isNew = false; // in one place at least nothing stood: all of it was brought
    // Of each place, the versions in all parents of the commit.
    std::vector<std::vector<git_oid>> places;

    void add(std::vector<git_oid> versions)
    {
        isNew = isNew || versions.empty() || places.size() == kMostPlaces;
        if (!isNew)
            places.push_back(std::move(versions));
    }
};

class BroughtLines
{
public:
    // A version of more bytes or lines is not compared: each line costs some hundred bytes beside its own.
    static constexpr qint64 kMostBytes = qint64(64) << 20;
    static constexpr size_t kMostLines = 1'000'000;
    // Of those beyond one of these, two are in memory at a time, however many threads compare.
    static constexpr qint64 kManyBytes = qint64(8) << 20;
    static constexpr size_t kManyLines = 64'000;

    // What it takes from the repository, and from the machine.
    struct Means
    {
        git_repository *repository = nullptr;
        std::function<bool()> waitForRoom; // for more than is many; false when stopped
        // Of a file that Git LFS keeps: the file that an earlier pointer stands for, where it is here. Else empty.
        std::function<std::optional<WipedBytes>(QByteArrayView pointer)> readLfs;
        CancelToken token;
    };

    // All lines: what cannot be compared is new.
    BroughtLines() = default;
    // Once stopped, nothing more is compared, and all lines count as brought.
    BroughtLines(const Means &means, const EarlierVersions &earlier, QByteArrayView now);

    // Whether one of the lines that the bytes stand on, from 0, was brought.
    bool bring(qsizetype start, qsizetype end) const;

private:
    struct Range
    {
        qint64 first = 0; // line, from 1
        qint64 last = 0;
    };
    using Ranges = std::vector<Range>;
    class Comparison;

    bool countLines(QByteArrayView now);
    bool isBrought(qint64 line) const;
    qint64 lineOf(qsizetype at) const; // from 1

    bool m_isAll = true;
    std::vector<qsizetype> m_lineEnds;         // of the file as it is now
    std::vector<std::vector<Ranges>> m_places; // of each place, what is new beside each parent; by line
};

} // namespace cockpit
