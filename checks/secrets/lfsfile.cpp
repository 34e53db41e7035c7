#include "checks/secrets/lfsfile.h"

#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/openbelow.h"

#include <algorithm>

#include <sys/stat.h>

namespace cockpit {

namespace {

constexpr QByteArrayView kFirstLine = "version https://git-lfs.github.com/spec/v1\n";
constexpr QByteArrayView kBeforeId = "oid sha256:";
constexpr QByteArrayView kBeforeSize = "size ";
constexpr qsizetype kDigits = 64;

bool isHexadecimal(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isFileOf(int file, qint64 size)
{
    struct stat status
    {
    };
    return ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == size;
}

} // namespace

bool isLfsPointer(QByteArrayView beginning, qint64 size)
{
    return size <= kLongestLfsPointer && beginning.startsWith(kFirstLine);
}

std::optional<LfsPointer> parseLfsPointer(QByteArrayView pointer)
{
    if (!isLfsPointer(pointer, pointer.size()))
        return std::nullopt;
    LfsPointer found;
    bool hasSize = false;
    for (QByteArrayView rest = pointer; !rest.isEmpty();) {
        const qsizetype end = rest.indexOf('\n');
        const QByteArrayView line = end < 0 ? rest : rest.first(end);
        rest = rest.sliced(end < 0 ? rest.size() : end + 1);
        if (line.startsWith(kBeforeId))
            found.id = line.sliced(kBeforeId.size()).toByteArray();
        else if (line.startsWith(kBeforeSize))
            found.size = line.sliced(kBeforeSize.size()).toLongLong(&hasSize);
    }
    const bool isWhole = found.id.size() == kDigits && isHexadecimal(found.id) && hasSize && found.size >= 0;
    return isWhole ? std::optional(found) : std::nullopt;
}

std::optional<WipedBytes> readLfsFile(const GitRepository &repository, const LfsPointer &pointer, qint64 most)
{
    const QByteArray path = "lfs/objects/" + pointer.id.first(2) + '/' + pointer.id.sliced(2, 2) + '/' + pointer.id;
    const Descriptor file = openBelow(repository.commonFolder(), path);
    if (!file.isOpen() || !isFileOf(file.number(), pointer.size))
        return std::nullopt;
    WipedBytes bytes(static_cast<size_t>(std::min(most, pointer.size)), '\0');
    const auto size = static_cast<qint64>(bytes.size());
    const auto got = readFully(file.number(), bytes.data(), size);
    return got && *got == size ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace cockpit
