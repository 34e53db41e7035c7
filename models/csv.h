// Tables as text (RFC 4180): read from files that strangers wrote, and written for spreadsheets.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

// A line of a file that is no entry.
struct BadLine
{
    int number = 0; // counted from 1
    QString text;   // cut
    QString why;

    bool operator==(const BadLine &) const = default;
};

struct CsvRecord
{
    int line = 0; // where it begins, counted from 1
    QStringList cells;

    bool operator==(const CsvRecord &) const = default;
};

struct CsvTable
{
    std::vector<CsvRecord> records;
    std::vector<BadLine> badLines; // each broken record; reading goes on with the line after the one where it began

    bool operator==(const CsvTable &) const = default;
};

// Grammar (RFC 4180 section 2): records end with CRLF (or LF, or CR); cells are parted by the separator; a cell in
// quotation marks may hold separators, line ends, and the mark itself twice. Blank lines and lines that begin with #
// are skipped, a byte order mark too. Cells come without blanks around them.
CsvTable parseCsv(QStringView text, QChar separator);

// Comma, semicolon or tab, whichever the first line holds most of outside quotation marks; the comma when none.
QChar csvSeparatorOf(QStringView text);

// One record with CRLF, every cell in quotation marks. A cell that a spreadsheet would take for a formula begins with
// an apostrophe.
QString csvRecord(const QStringList &cells);

} // namespace cockpit
