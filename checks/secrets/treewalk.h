// The regular files below a folder, visited by several threads, and nothing else: no link is followed, no pipe, device
// or socket is opened, and nothing outside the folder is reached, even when names are exchanged while the walk goes on.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <functional>
#include <vector>

namespace cockpit {

struct WalkedFile
{
    QByteArray path;     // below the root, as the system has it: any bytes but NUL
    int descriptor = -1; // open for reading, at its start; closed after the visit
    qint64 size = 0;     // as the system says; a file may grow
};

struct WalkProblem
{
    QString place; // shown, below the root
    QString why;   // a sentence
};

struct WalkTotals
{
    qint64 files = 0; // visited
    qint64 folders = 0;
    qint64 links = 0;                  // symbolic ones, not followed
    qint64 special = 0;                // pipes, devices, sockets, and the kernel's own file systems (/proc)
    qint64 unreadable = 0;             // files and folders
    std::vector<WalkProblem> problems; // the first of the unreadable ones, kMostProblems at most
    bool isStopped = false;

    static constexpr size_t kMostProblems = 50;
};

struct WalkSettings
{
    int threads = 1;
    CancelToken token;
    QList<QByteArray> passedOver = {}; // names of folders that are not entered, beside .git
    // Told of each link, by its path below the root; by any of the threads.
    std::function<void(const QByteArray &path)> sawLink = {};
    // Told of each folder and regular file called .git, by the path of the folder that it stands in; by any of them.
    std::function<void(const QByteArray &folder)> sawGit = {};
    // Asked whether a folder that is not passed over is entered, by its path below the root; null: all are. By any of
    // them.
    std::function<bool(const QByteArray &folder)> enters = {};
};

// worker: from 0, below WalkSettings::threads; one visit at a time for each. An Error makes the file an unreadable one.
// Without a visitor the folders alone are read: no file is opened or counted.
using FileVisitor = std::function<Result<void>(const WalkedFile &file, size_t worker)>;

// The root is a folder, a regular file or a link to one of them, which whoever named it meant. Folders called .git are
// passed over: history is looked at by its own means. Other file systems below the root belong to it. NotFound and
// NotPermitted are of the root alone; what is below is counted. Returns when all visits have ended.
[[nodiscard]] Result<WalkTotals> walkTree(const QString &root, const WalkSettings &settings, const FileVisitor &visit);

// A path for people and reports, of a walk or of git: UTF-8 where it is some, other bytes, control characters and those
// that turn the direction of a text as \xNN, two lower-case digits for a byte.
QString shownPath(QByteArrayView path);

} // namespace cockpit
