// Where the pages of an SQLite database stand in a file: in the database itself, in its write-ahead log and in its
// rollback journal (https://www.sqlite.org/fileformat2.html sections 1, 3 and 4).
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <optional>
#include <string_view>

namespace cockpit {

struct DatabasePages
{
    size_t size = 0;     // bytes of a page
    size_t usable = 0;   // of them for SQLite itself; the rest is for extensions
    qint64 first = 0;    // where the first page begins in the file
    size_t stride = 0;   // from one to the next
    size_t numberAt = 0; // so many bytes before a page its number stands; 0: they are in their order
};

// Whether it is one of the three, by the first bytes of a file.
bool isDatabase(std::string_view beginning);

// By the first bytes of a file; empty where it is none of the three, or has a size that no page has.
std::optional<DatabasePages> databasePages(std::string_view beginning);

} // namespace cockpit
