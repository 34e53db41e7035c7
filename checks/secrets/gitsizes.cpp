#include "checks/secrets/gitsizes.h"

#include "checks/secrets/blobwalk.h"
#include "checks/secrets/githandles.h"
#include "checks/secrets/gitlibrary.h"

#include <git2/odb_backend.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cockpit {

namespace {

// libgit2 reads these whole, and of a pack's index it keeps a list: more than this no repository of people has.
constexpr qint64 kLargestSetting = qint64(16) << 20;     // config, HEAD and their like have kilobytes
constexpr qint64 kLargestReference = qint64(64) << 10;   // one in a file of its own: 41 bytes
constexpr qint64 kLargestReferences = qint64(128) << 20; // packed-refs: some 70 bytes a branch, of as many as entries
constexpr qint64 kLargestLog = qint64(64) << 20;         // some 150 bytes for each move of a branch
constexpr qint64 kLargestIndex = qint64(256) << 20;      // some 100 bytes a file
constexpr qint64 kLargestPackIndex = qint64(1) << 30;    // 28 bytes an object, of 35 million
// Below, a loose object is read; of a larger one the beginning says first whether what is in it is as large.
constexpr size_t kLooseName = GIT_OID_HEXSZ - 2;
constexpr qint64 kLargeLooseObject = qint64(BlobWalk::kLargestBlob) + (qint64(1) << 20);

// ORIG_HEAD, FETCH_HEAD and whatever else git takes for the name of a commit there.
bool isHeadName(std::string_view name)
{
    return std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; });
}

// Of a file that is read whole; nothing for one that is not read, or piece by piece.
std::optional<qint64> largestOf(std::string_view name, GitPart part)
{
    constexpr std::array<std::string_view, 5> settings{"config", "config.worktree", "commondir", "gitdir", "shallow"};
    switch (part) {
    case GitPart::Top:
    case GitPart::Worktree:
        if (name == "packed-refs")
            return kLargestReferences;
        if (name == "index")
            return kLargestIndex;
        if (name == "FETCH_HEAD") // a line for each branch of the server
            return kLargestLog;
        return std::ranges::find(settings, name) != settings.end() || isHeadName(name) ? std::optional(kLargestSetting)
                                                                                       : std::nullopt;
    case GitPart::Loose: // others are left over from a git that was stopped
        return name.size() == kLooseName ? std::optional(kLargeLooseObject) : std::nullopt;
    case GitPart::Packs:
        return name.ends_with(".idx") || name == "multi-pack-index" ? std::optional(kLargestPackIndex) : std::nullopt;
    case GitPart::Borrowing:
        return name == "commit-graph" ? kLargestPackIndex : kLargestSetting;
    case GitPart::Settings:
        return kLargestSetting;
    case GitPart::References:
        return kLargestReference;
    case GitPart::Logs:
        return kLargestLog;
    case GitPart::Objects:
    case GitPart::Worktrees:
    case GitPart::Other:
        break;
    }
    return std::nullopt;
}

// A file of many bytes may hold an object of few, and is read whole before that is seen.
bool isFilledWithItself(const std::filesystem::path &path, qint64 size)
{
    startGitLibrary(); // nobody opened the repository yet
    git_oid id;
    const std::string hex = path.parent_path().filename().string() + path.filename().string();
    git_odb *made = nullptr;
    git_odb_backend *loose = nullptr;
    if (hex.size() != GIT_OID_HEXSZ || git_oid_fromstrn(&id, hex.data(), hex.size()) < 0 || git_odb_new(&made) < 0)
        return false;
    const GitOdb odb(made);
    if (git_odb_backend_loose(&loose, path.parent_path().parent_path().c_str(), -1, 0, 0, 0) < 0 ||
        git_odb_add_backend(made, loose, 1) < 0)
        return false;
    size_t inside = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&inside, &type, made, &id) < 0)
        return false;
    constexpr size_t grows = 1000; // what zlib cannot press together grows by less than a thousandth
    return static_cast<size_t>(size) <= inside + inside / grows + (size_t(1) << 16);
}

} // namespace

bool isTooLarge(const std::filesystem::path &path, GitPart part, qint64 size)
{
    const auto largest = largestOf(path.filename().native(), part);
    if (!largest || size <= *largest)
        return false;
    return part != GitPart::Loose || !isFilledWithItself(path, size);
}

} // namespace cockpit
