#include "checks/secrets/largefile.h"

#include "checks/secrets/archivewalk.h"
#include "checks/secrets/githandles.h"
#include "checks/secrets/mediaform.h"
#include "checks/secrets/openbelow.h"
#include "checks/secrets/ownsettings.h"
#include "checks/secrets/piecedigest.h"
#include "checks/secrets/textform.h"
#include "checks/secrets/wipedmemory.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

namespace {

constexpr qsizetype kDecidesArchive = 512;
constexpr size_t kPiece = size_t(1) << 20;
constexpr size_t kMostPaths = 3; // of one file: copies of it

using GitOdbStream = std::unique_ptr<git_odb_stream, FreedBy<git_odb_stream_free>>;

// Of an object in a file of its own; libgit2 opens no other one as a stream.
std::optional<WipedBytes> beginningOfLoose(const git_oid &id, git_odb *objects)
{
    git_odb_stream *opened = nullptr;
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_open_rstream(&opened, &size, &type, objects, &id) < 0)
        return std::nullopt;
    const GitOdbStream stream(opened);
    if (type != GIT_OBJECT_BLOB)
        return std::nullopt;
    WipedBytes bytes(std::min(size, kDecidesForm), '\0');
    size_t filled = 0;
    while (filled < bytes.size()) {
        const int got = git_odb_stream_read(opened, bytes.data() + filled, bytes.size() - filled);
        if (got <= 0)
            return std::nullopt;
        filled += static_cast<size_t>(got);
    }
    return bytes;
}

std::vector<QByteArray> pathsInIndex(const git_oid &id, const GitRepository &repository)
{
    std::vector<QByteArray> paths;
    git_index *opened = nullptr;
    if (repository.isBare() || git_repository_index(&opened, repository.handle()) < 0)
        return paths;
    const GitIndex index(opened);
    for (size_t i = 0; i < git_index_entrycount(opened) && paths.size() < kMostPaths; ++i) {
        const git_index_entry *entry = git_index_get_byindex(opened, i);
        const bool isFile = (entry->mode & S_IFMT) == S_IFREG;
        if (isFile && git_oid_equal(&entry->id, &id) != 0)
            paths.emplace_back(entry->path);
    }
    return paths;
}

bool isRegular(int file, qint64 size)
{
    struct stat status
    {
    };
    return ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == size;
}

// Counts as git does: the SHA-1 of "blob SIZE", a NUL and the bytes.
PieceDigest blobDigest(qint64 size)
{
    PieceDigest digest(EVP_sha1());
    const std::string head = "blob " + std::to_string(size);
    digest.add(std::string_view(head.c_str(), head.size() + 1)); // the NUL is part of it
    return digest;
}

bool isOf(const git_oid &id, const QByteArray &digest)
{
    return std::ranges::equal(digest, id.id,
                              [](char one, unsigned char other) { return static_cast<unsigned char>(one) == other; });
}

// Of the file in the working tree, if it is the same.
std::optional<WipedBytes> beginningOfSame(const LargeFile &file, const QString &top, const CancelToken &token)
{
    const Descriptor opened = openBelow(top, file.path);
    if (!opened.isOpen() || !isRegular(opened.number(), file.size))
        return std::nullopt;
    PieceDigest digest = blobDigest(file.size);
    WipedBytes beginning;
    WipedBytes piece(kPiece, '\0');
    for (qint64 left = file.size; left > 0;) {
        if (token.isCancelled())
            return std::nullopt;
        const ssize_t got = ::read(opened.number(), piece.data(), std::min(piece.size(), static_cast<size_t>(left)));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return std::nullopt;
        const std::string_view bytes(piece.data(), static_cast<size_t>(got));
        beginning.append(bytes.substr(0, kDecidesForm - std::min(kDecidesForm, beginning.size())));
        digest.add(bytes);
        left -= got;
    }
    return isOf(file.id, digest.finish()) ? std::optional(std::move(beginning)) : std::nullopt;
}

} // namespace

bool isPassedOver(std::string_view beginning, const QByteArray &path)
{
    const QByteArrayView bytes(beginning.data(), static_cast<qsizetype>(beginning.size()));
    return formOf(beginning).form == TextForm::Binary && isMedia(beginning) &&
           !isArchive(bytes.first(std::min(kDecidesArchive, bytes.size())), {}) &&
           !(!path.isEmpty() && mayBeOwnSettings(path));
}

LargeFile lookAtLargeFile(LargeFile file, git_odb *objects, const GitRepository &repository, const CancelToken &token)
{
    std::vector<QByteArray> paths =
        file.path.isEmpty() ? pathsInIndex(file.id, repository) : std::vector<QByteArray>{file.path};
    if (!paths.empty())
        file.path = paths.front();
    std::optional<WipedBytes> beginning = beginningOfLoose(file.id, objects);
    for (size_t i = 0; i < paths.size() && !beginning && !repository.isBare(); ++i) {
        file.path = paths[i];
        beginning = beginningOfSame(file, repository.workTree(), token);
    }
    file.isMedia = beginning && isPassedOver(*beginning, file.path);
    return file;
}

} // namespace cockpit
