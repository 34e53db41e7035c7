#include "checks/secrets/databasepages.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kDatabase = "SQLite format 3\0"sv;
constexpr std::array kLogs{"\x37\x7f\x06\x82"sv, "\x37\x7f\x06\x83"sv};
constexpr std::string_view kJournal = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"sv;

// Before it is on the disk for sure there are zeros in place of the mark and of the number of records.
constexpr std::string_view kUnmarkedJournal = "\0\0\0\0\0\0\0\0\0\0\0\0"sv;

constexpr size_t kDecides = 32;
constexpr size_t kSmallestPage = 512;
constexpr size_t kLargestPage = 65536;

bool isPageSize(size_t size)
{
    return size >= kSmallestPage && size <= kLargestPage && (size & (size - 1)) == 0;
}

size_t number32(std::string_view bytes, size_t at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

// Section 1.3: two bytes, in which the largest has no room and is a 1.
std::optional<DatabasePages> pagesOfDatabase(std::string_view beginning)
{
    constexpr size_t sizeAt = 16;
    constexpr size_t reservedAt = 20;
    const size_t written = qFromBigEndian<quint16>(beginning.data() + sizeAt);
    const size_t size = written == 1 ? kLargestPage : written;
    const auto reserved = static_cast<unsigned char>(beginning[reservedAt]);
    // No page has less than 480 usable bytes.
    constexpr size_t leastUsable = 480;
    if (!isPageSize(size) || size - reserved < leastUsable)
        return std::nullopt;
    return DatabasePages{.size = size, .usable = size - reserved, .first = 0, .stride = size, .numberAt = 0};
}

// Section 4.1: a header of 32 bytes, and one of 24 before each page. What is reserved in the pages the database alone
// says: it hardly ever is anything.
std::optional<DatabasePages> pagesOfLog(std::string_view beginning)
{
    constexpr size_t sizeAt = 8;
    constexpr size_t header = 32;
    constexpr size_t frameHeader = 24;
    const size_t size = number32(beginning, sizeAt);
    if (!isPageSize(size))
        return std::nullopt;
    return DatabasePages{.size = size,
                         .usable = size,
                         .first = header + frameHeader,
                         .stride = size + frameHeader,
                         .numberAt = frameHeader};
}

// Section 3: a header of a sector, then number, page and checksum.
std::optional<DatabasePages> pagesOfJournal(std::string_view beginning)
{
    constexpr size_t sectorAt = 20;
    constexpr size_t sizeAt = 24;
    constexpr size_t number = 4;
    constexpr size_t checksum = 4;
    const size_t sector = number32(beginning, sectorAt);
    const size_t size = number32(beginning, sizeAt);
    if (!isPageSize(size) || !isPageSize(sector)) // a sector has the same bounds
        return std::nullopt;
    return DatabasePages{.size = size,
                         .usable = size,
                         .first = static_cast<qint64>(sector + number),
                         .stride = number + size + checksum,
                         .numberAt = number};
}

bool isLog(std::string_view beginning)
{
    return std::ranges::any_of(kLogs, [&](std::string_view mark) { return beginning.starts_with(mark); });
}

} // namespace

bool isDatabase(std::string_view beginning)
{
    return beginning.starts_with(kDatabase) || isLog(beginning) || beginning.starts_with(kJournal) ||
           databasePages(beginning).has_value();
}

std::optional<DatabasePages> databasePages(std::string_view beginning)
{
    if (beginning.size() < kDecides)
        return std::nullopt;
    beginning = beginning.substr(0, kDecides);
    if (beginning.starts_with(kDatabase))
        return pagesOfDatabase(beginning);
    if (isLog(beginning))
        return pagesOfLog(beginning);
    const bool isJournal = beginning.starts_with(kJournal) || beginning.starts_with(kUnmarkedJournal);
    return isJournal ? pagesOfJournal(beginning) : std::nullopt;
}

} // namespace cockpit
