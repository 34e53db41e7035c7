// Files with something packed in them, made when the test runs.
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <archive.h>
#include <archive_entry.h>

#include <utility>
#include <vector>

namespace cockpit::test {

using PackedFiles = std::vector<std::pair<QByteArray, QByteArray>>; // names and bytes

// format: of archive_write_set_format_by_name(); filter: of archive_write_add_filter_by_name(), or null.
inline QByteArray archiveMade(const char *format, const char *filter, const PackedFiles &files)
{
    QByteArray made;
    archive *writer = archive_write_new();
    archive_write_set_format_by_name(writer, format);
    if (filter)
        archive_write_add_filter_by_name(writer, filter);
    archive_write_set_bytes_in_last_block(writer, 1); // no padding
    const auto append = [](archive *, void *to, const void *bytes, size_t size) {
        static_cast<QByteArray *>(to)->append(static_cast<const char *>(bytes), static_cast<qsizetype>(size));
        return static_cast<la_ssize_t>(size);
    };
    archive_write_open(writer, &made, nullptr, append, nullptr);
    for (const auto &[name, bytes] : files) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.constData());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, bytes.size());
        archive_write_header(writer, entry);
        archive_write_data(writer, bytes.constData(), static_cast<size_t>(bytes.size()));
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return made;
}

// A package of Debian's: an ar of two tars.
inline QByteArray debMade(const QByteArray &script, const QByteArray &settings)
{
    return archiveMade("arbsd", nullptr,
                       {{"debian-binary", "2.0\n"},
                        {"control.tar.xz", archiveMade("pax", "xz", {{"./postinst", script}})},
                        {"data.tar.gz", archiveMade("pax", "gzip", {{"./etc/shop.env", settings}})}});
}

// Of Red Hat's: a lead, a header for signatures, one with what it runs, and a cpio.
inline QByteArray rpmMade(const QByteArray &script, const QByteArray &settings)
{
    const auto header = [](const QByteArray &store) {
        QByteArray bytes = QByteArray::fromHex("8eade80100000000");
        const quint32 counts[] = {qToBigEndian<quint32>(1), qToBigEndian(static_cast<quint32>(store.size()))};
        bytes.append(reinterpret_cast<const char *>(counts), sizeof counts);
        return bytes + QByteArray(16, '\0') + store;
    };
    QByteArray lead = QByteArray::fromHex("edabeedb0300");
    lead.resize(96, '\0');
    return lead + header(QByteArray(8, '\0')) + header(script + QByteArray(8, '\0')) +
           archiveMade("newc", "gzip", {{"./etc/shop.env", settings}});
}

// A stream of zlib.
inline QByteArray deflated(const QByteArray &bytes)
{
    return qCompress(bytes).sliced(4); // without the length that Qt puts before it
}

// The same, with nothing compressed (RFC 1951, 3.2.4).
inline QByteArray stored(const QByteArray &bytes)
{
    return qCompress(bytes, 0).sliced(4);
}

inline QByteArray pdfObject(const QByteArray &dictionary, const QByteArray &stream)
{
    return "7 0 obj\n<< " + dictionary + " /Length " + QByteArray::number(stream.size()) + " >>\nstream\r\n" + stream +
           "\nendstream\nendobj\n";
}

inline QByteArray pdfMade(const QByteArray &objects)
{
    return "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + objects + "trailer\n<< /Root 1 0 R >>\n%%EOF\n";
}

} // namespace cockpit::test
