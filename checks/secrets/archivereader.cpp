#include "checks/secrets/archivereader.h"

#include "checks/secrets/archivewalk.h"
#include "checks/secrets/deflated.h"

#include <algorithm>

namespace cockpit {

ArchivePtr newArchiveReader()
{
    ArchivePtr reader(archive_read_new());
    // One by one: "all" would start programs for filters that the library lacks.
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_bzip2(reader.get());
    archive_read_support_filter_xz(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_filter_lzma(reader.get());
    archive_read_support_filter_rpm(reader.get());
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_cpio(reader.get()); // in an RPM
    archive_read_support_format_ar(reader.get());   // a .deb
    archive_read_support_format_raw(reader.get());  // a single compressed file
    return reader;
}

QByteArray nameOf(archive_entry *entry)
{
    // Which of the two there is depends on the archive and on the locale.
    for (const char *name : {archive_entry_pathname_utf8(entry), archive_entry_pathname(entry)}) {
        if (name)
            return name;
    }
    return {};
}

bool isOddPath(QByteArrayView path)
{
    const bool isAbsolute = path.startsWith('/') || path.startsWith('\\') || (path.size() > 1 && path[1] == ':');
    QByteArray slashes = path.toByteArray();
    slashes.replace('\\', '/');
    return isAbsolute || slashes == ".." || slashes.startsWith("../") || slashes.contains("/../") ||
           slashes.endsWith("/..");
}

bool isRpm(QByteArrayView firstBytes)
{
    return firstBytes.startsWith("\xed\xab\xee\xdb");
}

bool isArchive(QByteArrayView firstBytes, QStringView name)
{
    const QByteArrayView xz("\xfd"
                            "7zXZ"); // in two: "\xfd7" would be one number
    const QByteArrayView marks[] = {"PK\x03\x04", "PK\x05\x06", "\x1f\x8b\x08", "\x28\xb5\x2f\xfd", "BZh", xz};
    const auto starts = [&](QByteArrayView mark) { return firstBytes.startsWith(mark); };
    if (std::ranges::any_of(marks, starts))
        return true;
    // A library is an archive of the same kind as a .deb, whose files are no texts: its strings are looked at as they
    // are.
    if (firstBytes.startsWith("!<arch>\ndebian-binary") || isRpm(firstBytes) ||
        deflatedForm(firstBytes) != Deflated::No)
        return true;
    constexpr qsizetype tarMark = 257;
    if (firstBytes.size() >= tarMark + 5 && firstBytes.sliced(tarMark, 5) == "ustar")
        return true;
    constexpr qsizetype tarHeader = 512;
    return firstBytes.size() >= tarHeader && name.endsWith(u".tar", Qt::CaseInsensitive);
}

} // namespace cockpit
