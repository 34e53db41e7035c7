#include "checks/secrets/databasecells.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

namespace {

struct PageKind
{
    bool isTable = false;
    size_t headerBytes = 8;
    size_t childBytes = 0; // of a page's number before each cell
};

std::optional<PageKind> kindOf(char flag)
{
    switch (flag) {
    case 0x0d:
        return PageKind{.isTable = true};
    case 0x0a:
        return PageKind{};
    case 0x02:
        return PageKind{.headerBytes = 12, .childBytes = 4};
    default:
        return std::nullopt; // pages between those of a table have no texts, and other pages are none of a tree
    }
}

size_t number16(std::string_view bytes, size_t at)
{
    return qFromBigEndian<quint16>(bytes.data() + at);
}

// Seven bits a byte, the highest first; of a ninth byte all eight. Empty where the bytes end before it does.
std::optional<quint64> takeNumber(std::string_view bytes, size_t &at)
{
    constexpr int longest = 9;
    quint64 value = 0;
    for (int taken = 1; at < bytes.size(); ++taken) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        if (taken == longest)
            return value << 8 | byte;
        value = value << 7 | (byte & 0x7fU);
        if (byte < 0x80)
            return value;
    }
    return std::nullopt;
}

// As section 1.6 computes it, for U usable bytes and a payload of P.
size_t localBytes(size_t total, size_t usable, bool isTable)
{
    const size_t most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23;
    const size_t least = (usable - 12) * 32 / 255 - 23;
    if (total <= most)
        return total;
    const size_t wanted = least + (total - least) % (usable - 4);
    return wanted <= most ? wanted : least;
}

std::optional<DatabaseCell> cellAt(std::string_view page, size_t at, const PageKind &kind)
{
    constexpr quint64 longest = 0x7fffffff; // SQLite's own limit
    constexpr size_t numberBytes = 4;
    at += kind.childBytes;
    const auto total = takeNumber(page, at);
    if (!total || *total > longest || (kind.isTable && !takeNumber(page, at)))
        return std::nullopt;
    DatabaseCell cell{.at = at, .total = static_cast<size_t>(*total)};
    cell.local = localBytes(cell.total, page.size(), kind.isTable);
    const bool isLonger = cell.local < cell.total;
    if (at + cell.local + (isLonger ? numberBytes : 0) > page.size())
        return std::nullopt;
    if (isLonger)
        cell.overflow = qFromBigEndian<quint32>(page.data() + at + cell.local);
    return cell;
}

// By the serial type of section 2.1; empty for the two that are kept for SQLite itself.
std::optional<quint64> bytesOf(quint64 type)
{
    constexpr std::array<quint64, 10> ofNumbers{0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    constexpr quint64 firstOfBytes = 12;
    if (type < ofNumbers.size())
        return ofNumbers[type];
    return type < firstOfBytes ? std::nullopt : std::optional((type - firstOfBytes) / 2);
}

} // namespace

std::vector<DatabaseCell> cellsOf(std::string_view page, size_t header)
{
    constexpr size_t countAt = 3;
    constexpr size_t pointerBytes = 2;
    std::vector<DatabaseCell> cells;
    const auto kind = header < page.size() ? kindOf(page[header]) : std::nullopt;
    if (!kind || header + kind->headerBytes > page.size())
        return cells;
    const size_t pointers = header + kind->headerBytes;
    const size_t count = number16(page, header + countAt);
    const size_t pointersEnd = pointers + pointerBytes * count;
    if (pointersEnd > page.size())
        return cells;
    size_t taken = 0;
    for (size_t i = 0; i < count; ++i) {
        const size_t at = number16(page, pointers + pointerBytes * i);
        const auto cell = at >= pointersEnd ? cellAt(page, at, *kind) : std::nullopt;
        if (!cell)
            continue;
        // Pointers may name one cell again and again: a small file that would take hours.
        taken += cell->local;
        if (taken > page.size())
            break;
        cells.push_back(*cell);
    }
    return cells;
}

std::vector<DatabaseColumn> columnsOf(std::string_view payload, size_t total)
{
    constexpr quint64 firstOfBytes = 12;
    constexpr size_t most = 32'767 + 1; // SQLite's own limit, and the row's id behind the columns of an index
    std::vector<DatabaseColumn> columns;
    size_t at = 0;
    const auto headerSize = takeNumber(payload, at);
    if (!headerSize || *headerSize < at || *headerSize > payload.size())
        return {};
    const std::string_view header = payload.substr(0, static_cast<size_t>(*headerSize));
    size_t body = header.size();
    for (size_t count = 1; at < header.size(); ++count) {
        const auto type = takeNumber(header, at);
        const auto size = type ? bytesOf(*type) : std::nullopt;
        if (count > most || !size || *size > total - body)
            return {};
        const bool isText = *type % 2 == 1;
        if (*type >= firstOfBytes && *size > 0)
            columns.push_back({body, static_cast<size_t>(*size), isText});
        body += static_cast<size_t>(*size);
    }
    if (body != total)
        columns.clear();
    return columns;
}

} // namespace cockpit
