// How much of a repository's files is read: libgit2 takes most of them into memory whole. Internal to the folder.
#pragma once

#include <QtGlobal>

#include <filesystem>

namespace cockpit {

// What a folder of the repository is, by which it is known what is read of it.
enum class GitPart {
    Top,
    Objects,   // the folders of the three that follow
    Loose,     // one object a file
    Packs,     // many, with their indexes
    Borrowing, // from which stores
    Settings,  // what is ignored, and how files are treated
    Worktrees, // the folders of the next
    Worktree,  // a second one, with a HEAD, index and logs of its own
    References,
    Logs,
    Other,
};

// Of all branches together: their messages are kept.
constexpr qint64 kLargestLogs = qint64(256) << 20;

// Whether it is larger than any repository of people has it, and would be read whole all the same. Opens an object of
// more than 65 MiB alone, and reads its beginning.
bool isTooLarge(const std::filesystem::path &path, GitPart part, qint64 size);

} // namespace cockpit
