// Where in a repository's history an object stands: paths, commits, authors, and whether HEAD still has it.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/gitrepository.h"

#include <QDateTime>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

// What leads to an object. Only what references lead to is pushed and cloned; the rest is on this machine: a stash
// until it is dropped, the others until git collects its garbage (and on a server that once received it).
enum class Reach { References, Stash, Reflog, Unreachable };

QString toWord(Reach value); // references, stash, reflog, unreachable

// The same to more depth, the strongest first: a commit that a pushed branch has is not said to be of a tag, too.
enum class Holder : quint8 { PushedBranch, Branch, Tag, Note, OtherReference, Stash, Reflog, Nothing };
constexpr int kHolders = 8;

constexpr Reach reachOf(Holder holder)
{
    return holder < Holder::Stash     ? Reach::References
           : holder == Holder::Stash  ? Reach::Stash
           : holder == Holder::Reflog ? Reach::Reflog
                                      : Reach::Unreachable;
}

// Those of all commits that have something.
struct Holders
{
    quint8 bits = 0;

    bool has(Holder holder) const { return (bits & bitOf(holder)) != 0; }
    void add(Holder holder) { bits = static_cast<quint8>(bits | bitOf(holder)); }
    void add(Holders others) { bits = static_cast<quint8>(bits | others.bits); }
    bool operator==(const Holders &) const = default;

private:
    static constexpr quint8 bitOf(Holder holder) { return static_cast<quint8>(1U << static_cast<quint8>(holder)); }
};

// pushed_branch, branch, tag, note, reference, stash, reflog, nothing: in this order.
QStringList toWords(Holders holders);

struct CommitNote
{
    QByteArray id; // 40 hexadecimal digits
    QString author;
    QString mail;
    QDateTime authoredAt; // with the author's offset from UTC

    bool operator==(const CommitNote &) const = default;
};

struct BlobPlace
{
    static constexpr size_t kMostPaths = 20; // kept: a file that moves a thousand times needs no thousand lines

    QByteArray id = {};
    QByteArray name = {}; // of files and folders that have it, instead of an id
    Reach reach = Reach::Unreachable;
    Holders holders;               // of the commits with this reach; none of what stands in no commit
    std::vector<QByteArray> paths; // bytes, as git has them (shownPath); HEAD's first, then as they came
    bool hasMorePaths = false;
    // Of the commits with the strongest reach: the first by ancestry, then time, and the last that still has it. Of a
    // commit or an annotated tag itself: that, and who made it. None of what stands in no commit.
    std::optional<CommitNote> first;
    std::optional<CommitNote> last;
    // Where they stand in the order of the walk: of two places of one report with the same reach, the lower came first.
    qint64 firstOrder = 0;
    qint64 lastOrder = 0;
    qint64 commits = 0; // that have it in their tree
    bool isInHead = false;
};

struct PlaceReport
{
    std::vector<BlobPlace> places; // one for each id and name, in their order
    qint64 commits = 0;            // looked at
    qint64 unreadable = 0;         // commits and folders that are broken: their places may be missing
    bool isWhole = true;           // else a limit was met: some paths may be missing
};

// ids: of blobs, commits and annotated tags, as in BlobText::id. names: of files and folders, wherever they stand;
// their places come behind those of the ids. otherCommits: commits that nothing leads to any more (BlobWalk::commits),
// which may still name who wrote a blob. One walk over all commits, whatever the number of ids; folders that did not
// change are read once. In the thread that owns the repository. Fails with Cancelled, or Protocol where the objects
// cannot be opened at all.
[[nodiscard]] Result<PlaceReport> findPlaces(const GitRepository &repository, const std::vector<QByteArray> &ids,
                                             const std::vector<QByteArray> &otherCommits, const CancelToken &cancel,
                                             const std::vector<QByteArray> &names = {});

} // namespace cockpit
