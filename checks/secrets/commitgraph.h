// The commits of a repository and their parents, read once: some 80 bytes a commit. Internal to the folder.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/oidset.h"

#include <QByteArrayView>

struct git_odb;

namespace cockpit {

// The parts of a commit that walks need, straight from its bytes: parsing it as libgit2 does takes three times as long.
struct CommitParts
{
    git_oid tree;
    std::vector<git_oid> parents;
    qint64 committedAt = 0; // seconds since 1970
};
std::optional<CommitParts> parseCommit(QByteArrayView bytes);

class CommitGraph
{
public:
    struct Commit
    {
        git_oid tree = {};
        qint64 committedAt = 0;
        quint32 firstParent = 0; // in the list of all parents
        quint32 parents = 0;
        quint8 group = kUnread;
    };
    static constexpr quint8 kUnread = 255;
    static constexpr quint8 kNotThere = 254; // missing (behind the end of a shallow clone), broken, or no commit

    CommitGraph(git_odb *odb, const CancelToken &cancel) : m_odb(odb), m_cancel(cancel) {}

    // Reads what can be reached from the heads, but not what an earlier call read: the new commits belong to this
    // group. Heads that are no commits are passed over. Returns false when cancelled.
    bool addReachable(const std::vector<git_oid> &heads, quint8 group);

    std::optional<quint32> find(const git_oid &id) const;
    const git_oid &id(quint32 number) const { return m_ids.at(number); }
    const Commit &at(quint32 number) const { return m_commits[number]; }
    bool isThere(quint32 number) const { return m_commits[number].group < kNotThere; }
    std::vector<quint32> parentsOf(quint32 number) const; // those that are there
    // All that are there, ancestors first, else by the committer's time.
    std::vector<quint32> oldestFirst() const;
    const std::vector<git_oid> &broken() const { return m_broken; } // there, and not readable

private:
    void read(quint32 number, quint8 group, std::vector<quint32> &pending);
    quint32 numberOf(const git_oid &id);

    git_odb *m_odb;
    CancelToken m_cancel;
    OidSet m_ids;
    std::vector<Commit> m_commits; // by number
    std::vector<quint32> m_parents;
    std::vector<git_oid> m_broken;
};

} // namespace cockpit
