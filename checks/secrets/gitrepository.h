// A git repository on this machine, opened for reading alone: nothing in it is ever written, and nothing is run.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

struct git_repository;

namespace cockpit {

class GitRepository
{
public:
    // The repository that path stands in (a folder or a file, at any depth) or is (bare, too). One whose settings name
    // a working tree that does not lead back to it is opened as a bare one: its history is read, and nothing there.
    // Fails with NotFound where there is none, NotPermitted where git's rule of safe.directory keeps it closed (the
    // sentence says what to do), where it leads out of its folder (gitfolder.h), and where it has pipes or devices,
    // Unsupported for a format that cannot be read, Protocol for a damaged one, Cancelled.
    [[nodiscard]] static Result<GitRepository> open(const QString &path, const CancelToken &cancel = CancelToken());
    // The same repository for another thread: a handle belongs to one thread at a time.
    [[nodiscard]] Result<GitRepository> openAgain() const;

    git_repository *handle() const { return m_handle.get(); }
    // Absolute. The first is shared by all worktrees; the second is empty where the repository is bare.
    QString commonFolder() const;
    QString workTree() const;
    // git's setting core.hooksPath, "~" expanded; relative to the top of the working tree. Empty: there is none.
    QString hooksPath() const;
    QString excludesPath() const; // core.excludesFile in the same way

    bool isBare() const;
    bool isEmpty() const;   // without any commit in a branch
    bool isShallow() const; // cloned with --depth: older commits are not here
    bool isPartial() const; // cloned with --filter: objects are fetched when they are needed

private:
    struct Close
    {
        void operator()(git_repository *handle) const;
    };
    explicit GitRepository(git_repository *handle) : m_handle(handle) {}
    QString pathSetting(const char *name) const;
    static Result<GitRepository> openAt(const QString &path, unsigned flags);

    std::unique_ptr<git_repository, Close> m_handle;
};

} // namespace cockpit
