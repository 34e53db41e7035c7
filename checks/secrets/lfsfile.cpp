#include "checks/secrets/lfsfile.h"

#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/openbelow.h"
#include "checks/secrets/piecedigest.h"

#include <algorithm>

#include <sys/stat.h>

namespace cockpit {

namespace {

constexpr QByteArrayView kFirstLine = "version https://git-lfs.github.com/spec/v1\n";
constexpr QByteArrayView kHash = "sha256:";
constexpr qsizetype kDigits = 64;
constexpr qsizetype kLongestName = 32; // of an extension
constexpr qint64 kPiece = qint64(1) << 20;

bool isHexadecimal(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// What stands behind the key; the line is taken from the rest. Nothing where it is another one.
std::optional<QByteArrayView> takeLine(QByteArrayView &rest, QByteArrayView key)
{
    if (!rest.startsWith(key))
        return std::nullopt;
    const qsizetype end = rest.indexOf('\n'); // a writer by hand may have left the last one out
    const QByteArrayView line = end < 0 ? rest : rest.first(end);
    rest = rest.sliced(end < 0 ? rest.size() : end + 1);
    return line.sliced(key.size());
}

// "sha256:" and 64 digits.
std::optional<QByteArrayView> idOf(QByteArrayView value)
{
    if (value.size() != kHash.size() + kDigits || !value.startsWith(kHash) ||
        !isHexadecimal(value.sliced(kHash.size())))
        return std::nullopt;
    return value.sliced(kHash.size());
}

std::optional<qint64> sizeOf(QByteArrayView value)
{
    const bool isPlain = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    bool isNumber = false;
    const qint64 size = value.toLongLong(&isNumber);
    const bool isCanonical = isPlain && (value.size() == 1 || !value.startsWith('0'));
    return isNumber && isCanonical ? std::optional(size) : std::nullopt;
}

// "ext-0-NAME sha256:…": what the file was before a program of the writer's changed it for the store.
bool isExtension(QByteArrayView value)
{
    const qsizetype blank = value.indexOf(' ');
    if (blank < 0 || !idOf(value.sliced(blank + 1)))
        return false;
    const QByteArrayView name = value.first(blank);
    constexpr qsizetype order = 2; // "0-"
    return name.size() > order && name.size() <= order + kLongestName && name[0] >= '0' && name[0] <= '9' &&
           name[1] == '-' && std::ranges::all_of(name.sliced(order), [](char c) { return c >= 'a' && c <= 'z'; });
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
    QByteArrayView rest = pointer.sliced(kFirstLine.size());
    while (const auto extension = takeLine(rest, "ext-")) {
        if (!isExtension(*extension))
            return std::nullopt;
    }
    const auto oid = takeLine(rest, "oid ");
    const auto id = oid ? idOf(*oid) : std::nullopt;
    const auto said = takeLine(rest, "size ");
    const auto size = said ? sizeOf(*said) : std::nullopt;
    if (!id || !size || !rest.isEmpty())
        return std::nullopt;
    return LfsPointer{.id = id->toByteArray(), .size = *size};
}

std::optional<WipedBytes> readLfsFile(const GitRepository &repository, const LfsPointer &pointer, qint64 most,
                                      const CancelToken &token)
{
    const QByteArray path = "lfs/objects/" + pointer.id.first(2) + '/' + pointer.id.sliced(2, 2) + '/' + pointer.id;
    const Descriptor file = openBelow(repository.commonFolder(), path);
    if (!file.isOpen() || !isFileOf(file.number(), pointer.size))
        return std::nullopt;
    const qint64 kept = std::min(most, pointer.size);
    WipedBytes bytes(static_cast<size_t>(kept), '\0');
    WipedBytes piece(static_cast<size_t>(std::min(kPiece, pointer.size - kept)), '\0');
    PieceDigest digest(EVP_sha256());
    for (qint64 at = 0; at < pointer.size;) {
        if (token.isCancelled())
            return std::nullopt;
        const bool isKept = at < kept;
        char *to = isKept ? bytes.data() + at : piece.data();
        const qint64 size = std::min(kPiece, (isKept ? kept : pointer.size) - at);
        const auto got = readFully(file.number(), to, size);
        if (!got || *got != size)
            return std::nullopt;
        digest.add({to, static_cast<size_t>(size)});
        at += size;
    }
    return digest.finish().toHex() == pointer.id ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace cockpit
