// App packages, made when the test runs.
#pragma once

#include <QByteArray>

#include <archive.h>
#include <archive_entry.h>
#include <utility>
#include <vector>

namespace cockpit::test {

inline la_ssize_t appendPacked(archive *, void *made, const void *bytes, size_t size)
{
    static_cast<QByteArray *>(made)->append(static_cast<const char *>(bytes), static_cast<qsizetype>(size));
    return static_cast<la_ssize_t>(size);
}

// files: names and bytes. passphrase: nobody but the test knows it.
inline QByteArray zipMade(const std::vector<std::pair<QByteArray, QByteArray>> &files, const char *passphrase = nullptr)
{
    QByteArray made;
    archive *writer = archive_write_new();
    archive_write_set_format_zip(writer);
    if (passphrase) {
        archive_write_set_options(writer, "zip:encryption=traditional");
        archive_write_set_passphrase(writer, passphrase);
    }
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(writer, &made, nullptr, appendPacked, nullptr);
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

} // namespace cockpit::test
