// The texts in the rows of an SQLite database, its log or its journal (databasepages.h): a row's columns, a line each.
// The file itself has nothing between them, so that only its records tell where a key ends. What is not part of a whole
// row, such as what was deleted, is left to whoever takes the runs of letters (programstrings.h).
#pragma once

#include "checks/secrets/databasecells.h"
#include "checks/secrets/databasepages.h"
#include "checks/secrets/programstrings.h"

#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace cockpit {

class DatabaseRows
{
public:
    using Place = ProgramStrings::Place;

    // A part of a file, which begins base bytes behind the file's start, and must outlive it. A text that goes on in a
    // page outside of the part is handed out up to the last word that is there whole.
    DatabaseRows(std::string_view bytes, const DatabasePages &pages, qint64 base);

    // False at the end.
    bool next();
    // A row each; until the next call.
    std::span<const std::string_view> pieces() const { return m_pieces; }
    // Of a part of a piece, in the bytes. Of what lies in several pages or columns the beginning.
    Place placeOf(size_t piece, size_t start, size_t end) const;
    // Parts of payloads that were looked at for where columns stand: what tests hold against columns and pages.
    size_t steps() const { return m_steps; }

private:
    struct Run
    {
        size_t at = 0; // in the bytes
        size_t length = 0;
    };
    // Letters that stand in a row in the bytes.
    struct Extent
    {
        size_t from = 0; // in m_text
        size_t at = 0;   // in the bytes
        size_t letters = 0;
        size_t width = 1; // bytes of a letter
    };
    struct Row
    {
        size_t from = 0; // in m_text
        size_t length = 0;
    };

    void takePage(size_t at);
    void takeCell(size_t page, const DatabaseCell &cell);
    std::string_view collect(size_t page, const DatabaseCell &cell);
    size_t pageOf(quint32 number) const;
    quint32 numberOf(size_t page) const;
    void addColumn(std::string_view payload, const DatabaseColumn &column, size_t rowFrom);
    void addExtents(size_t from, size_t columnAt, size_t bytes, size_t width);

    static constexpr size_t kBatch = 1 << 20;
    static constexpr size_t kNoPage = std::string_view::npos;

    const std::string_view m_bytes;
    const DatabasePages m_pages;
    const qint64 m_base;
    size_t m_next = 0;                    // the page to take, in the bytes
    std::map<quint32, size_t> m_numbered; // the last with a number, where the pages have them
    std::vector<bool> m_isTaken;          // as a page that a text goes on in, by m_bytes' stride: each belongs to one
    std::vector<Run> m_runs;              // of the payload in hand
    size_t m_run = 0;                     // the first with something of the columns to come…
    size_t m_runAt = 0;                   // …and where it begins in the payload
    size_t m_steps = 0;
    WipedBytes m_payload; // where it is in several pages
    WipedBytes m_text;
    std::vector<Extent> m_extents;
    std::vector<Row> m_rows;
    std::vector<std::string_view> m_pieces;
};

} // namespace cockpit
