// What opens an archive. Internal to the folder.
#pragma once

#include <QByteArray>

#include <archive.h>
#include <archive_entry.h>
#include <memory>

namespace cockpit {

struct FreeArchive
{
    void operator()(archive *opened) const { archive_read_free(opened); }
};
using ArchivePtr = std::unique_ptr<archive, FreeArchive>;

ArchivePtr newArchiveReader();

// Of a file in it, as the archive says it: it may lead anywhere.
QByteArray nameOf(archive_entry *entry);
bool isOddPath(QByteArrayView path);

// A package of Red Hat's kind: what it runs when it is installed stands before what is packed.
bool isRpm(QByteArrayView firstBytes);

} // namespace cockpit
