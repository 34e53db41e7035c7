// Owners of libgit2's objects, and how its failures are worded. Internal to the folder.
#pragma once

#include <git2.h>

#include <QString>

#include <memory>

namespace cockpit {

template<auto Free>
struct FreedBy
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using GitOdb = std::unique_ptr<git_odb, FreedBy<git_odb_free>>;
using GitOdbObject = std::unique_ptr<git_odb_object, FreedBy<git_odb_object_free>>;
using GitObject = std::unique_ptr<git_object, FreedBy<git_object_free>>;
using GitReference = std::unique_ptr<git_reference, FreedBy<git_reference_free>>;
using GitReflog = std::unique_ptr<git_reflog, FreedBy<git_reflog_free>>;
using GitIndex = std::unique_ptr<git_index, FreedBy<git_index_free>>;
using GitDiff = std::unique_ptr<git_diff, FreedBy<git_diff_free>>;
using GitWorktree = std::unique_ptr<git_worktree, FreedBy<git_worktree_free>>;
using GitHandle = std::unique_ptr<git_repository, FreedBy<git_repository_free>>;

// What libgit2 says about its last failure in this thread, for engineers.
inline QString lastGitError()
{
    const git_error *error = git_error_last();
    return error && error->message ? QString::fromUtf8(error->message) : QString();
}

// Forty hexadecimal digits.
inline QByteArray hexOf(const git_oid &id)
{
    QByteArray hex(GIT_OID_HEXSZ, Qt::Uninitialized);
    git_oid_fmt(hex.data(), &id);
    return hex;
}

} // namespace cockpit
