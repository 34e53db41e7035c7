// The cells of a b-tree page of SQLite and the columns of a record (https://www.sqlite.org/fileformat2.html
// sections 1.6 and 2.1). No size that a page says is believed: what does not fit is left out. Internal to the folder.
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <string_view>
#include <vector>

namespace cockpit {

struct DatabaseCell
{
    size_t at = 0;        // of the payload, in the page
    size_t local = 0;     // bytes of it in the page
    size_t total = 0;     // of all of it
    quint32 overflow = 0; // the number of the page that it goes on in; 0: it ends here
};

// Those with a record: of the leaves of tables, and of all pages of indexes and of tables without a row id. Their local
// bytes are together no more than the page has. page: its usable bytes. header: where the b-tree's header begins.
std::vector<DatabaseCell> cellsOf(std::string_view page, size_t header);

struct DatabaseColumn
{
    size_t at = 0; // in the payload
    size_t size = 0;
    bool isText = false; // else bytes of any kind
};

// Those of texts and bytes, but empty ones. total: of the payload, of which not all need be there; its header must.
// Empty also for what is no record: its columns must take exactly what it has, and are no more than SQLite itself
// writes (https://www.sqlite.org/limits.html section 2). In the order of the payload, none over another.
std::vector<DatabaseColumn> columnsOf(std::string_view payload, size_t total);

} // namespace cockpit
