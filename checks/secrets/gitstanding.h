// What git says of a file that lies on this machine: is it part of the code that others get?
#pragma once

#include "checks/engine/canceltoken.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace cockpit {

enum class GitStanding {
    Tracked,      // git has it, whatever .gitignore says
    Ignored,      // and not tracked: no `git add` of all files takes it in
    Untracked,    // and not ignored: the next one does
    NoRepository, // there is no working tree of git, or the whole folder is ignored by one around it
    Unknown,      // git cannot be asked, or it is no file of its own (one in an archive)
};

// For one walk: repositories inside of others answer for their own files. Belongs to one thread.
class GitStandings
{
public:
    // root: the folder or the file that was named. After a stop, no further repository is opened.
    explicit GitStandings(const QString &root, const CancelToken &cancel = CancelToken());
    ~GitStandings();
    GitStandings(const GitStandings &) = delete;
    GitStandings &operator=(const GitStandings &) = delete;

    // path: below the root, in bytes, as a walk gives it (treewalk.h).
    GitStanding of(const QByteArray &path);

private:
    struct WorkTree;
    struct Found
    {
        WorkTree *tree = nullptr;
        GitStanding otherwise = GitStanding::Unknown; // where there is no tree
    };
    Found found(const QByteArray &folder);

    QByteArray m_root; // absolute, a folder
    CancelToken m_cancel;
    std::vector<std::unique_ptr<WorkTree>> m_trees;
    QHash<QByteArray, Found> m_byFolder;
};

} // namespace cockpit
