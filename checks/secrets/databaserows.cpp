#include "checks/secrets/databaserows.h"

#include "checks/secrets/textform.h"

#include <QtEndian>

#include <algorithm>
#include <optional>

namespace cockpit {

namespace {

constexpr size_t kNumberBytes = 4;

quint32 number32(std::string_view bytes, size_t at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

// A database of UTF-16 says so on its first page alone, of which the part at hand may have nothing. In UTF-8 SQLite
// itself writes no NUL.
std::optional<TextForm> wideFormOf(std::string_view text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    size_t even = 0;
    size_t odd = 0;
    for (size_t i = 0; i < text.size(); i += 2) {
        even += text[i] == '\0' ? 1 : 0;
        odd += text[i + 1] == '\0' ? 1 : 0;
    }
    if (std::max(even, odd) * 4 < text.size() || even == odd)
        return std::nullopt;
    return odd > even ? TextForm::Utf16LittleEndian : TextForm::Utf16BigEndian;
}

// Texts that a program keeps as bytes.
bool isLikeText(std::string_view bytes)
{
    return std::ranges::all_of(bytes, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || c == '\n' || c == '\r' || c == '\t';
    });
}

// The rest of the last word stands elsewhere: half a key has another fingerprint than all of it.
std::string_view upToLastWord(std::string_view text)
{
    const size_t end = text.find_last_of(" \t\r\n\"',;<>(){}[]");
    return text.substr(0, end == std::string_view::npos ? 0 : end);
}

} // namespace

DatabaseRows::DatabaseRows(std::string_view bytes, const DatabasePages &pages, qint64 base)
    : m_bytes(bytes), m_pages(pages), m_base(base)
{
    const auto stride = static_cast<qint64>(m_pages.stride);
    const qint64 behind = std::max<qint64>(0, m_base - m_pages.first);
    const qint64 gone = (behind + stride - 1) / stride; // pages that begin before the part
    m_next = static_cast<size_t>(m_pages.first + gone * stride - m_base);
    m_isTaken.resize(m_bytes.size() / m_pages.stride + 1);
    // The header of a page, too, must be in the part.
    if (m_next < m_pages.numberAt)
        m_next += m_pages.stride;
    for (size_t at = m_next; m_pages.numberAt > 0 && at + m_pages.size <= m_bytes.size(); at += m_pages.stride)
        m_numbered[numberOf(at)] = at;
}

bool DatabaseRows::next()
{
    m_text.clear();
    m_extents.clear();
    m_rows.clear();
    m_pieces.clear();
    for (; m_next + m_pages.size <= m_bytes.size() && m_text.size() < kBatch; m_next += m_pages.stride)
        takePage(m_next);
    m_pieces.reserve(m_rows.size());
    for (const Row &row : m_rows)
        m_pieces.push_back(std::string_view(m_text).substr(row.from, row.length));
    return !m_pieces.empty();
}

DatabaseRows::Place DatabaseRows::placeOf(size_t piece, size_t start, size_t end) const
{
    const size_t from = m_rows[piece].from + start;
    const Extent &extent = *std::prev(std::ranges::upper_bound(m_extents, from, {}, &Extent::from));
    const size_t skipped = std::min(from - extent.from, extent.letters);
    const size_t letters = std::min(end - start, extent.letters - skipped);
    const size_t at = extent.at + extent.width * skipped;
    return {at, std::min(at + extent.width * letters, m_bytes.size())};
}

quint32 DatabaseRows::numberOf(size_t page) const
{
    if (m_pages.numberAt > 0)
        return number32(m_bytes, page - m_pages.numberAt);
    const auto before = (m_base + static_cast<qint64>(page) - m_pages.first) / static_cast<qint64>(m_pages.stride);
    return static_cast<quint32>(before + 1);
}

// kNoPage: not in the part.
size_t DatabaseRows::pageOf(quint32 number) const
{
    if (m_pages.numberAt > 0) {
        const auto found = m_numbered.find(number);
        return found == m_numbered.end() ? kNoPage : found->second;
    }
    const qint64 at = m_pages.first + (qint64(number) - 1) * static_cast<qint64>(m_pages.stride) - m_base;
    const bool isHere = number > 0 && at >= 0 && static_cast<size_t>(at) + m_pages.size <= m_bytes.size();
    return isHere ? static_cast<size_t>(at) : kNoPage;
}

void DatabaseRows::takePage(size_t at)
{
    constexpr quint32 first = 1;
    constexpr size_t fileHeader = 100; // before the tree of the first page
    const std::string_view page = m_bytes.substr(at, m_pages.usable);
    for (const DatabaseCell &cell : cellsOf(page, numberOf(at) == first ? fileHeader : 0))
        takeCell(at, cell);
}

// All of it that is in the part.
std::string_view DatabaseRows::collect(size_t page, const DatabaseCell &cell)
{
    m_runs = {{page + cell.at, cell.local}};
    m_run = 0;
    m_runAt = 0;
    m_payload.clear();
    size_t held = cell.local;
    for (quint32 number = cell.overflow; held < cell.total;) {
        const size_t at = pageOf(number);
        if (at == kNoPage || m_isTaken[at / m_pages.stride])
            break;
        m_isTaken[at / m_pages.stride] = true;
        const size_t length = std::min(m_pages.usable - kNumberBytes, cell.total - held);
        m_runs.push_back({at + kNumberBytes, length});
        held += length;
        number = number32(m_bytes, at);
    }
    if (m_runs.size() == 1)
        return m_bytes.substr(page + cell.at, cell.local);
    for (const Run &run : m_runs)
        m_payload += m_bytes.substr(run.at, run.length);
    return m_payload;
}

void DatabaseRows::takeCell(size_t page, const DatabaseCell &cell)
{
    const std::string_view payload = collect(page, cell);
    const Row row{.from = m_text.size()};
    const size_t extents = m_extents.size();
    for (const DatabaseColumn &column : columnsOf(payload, cell.total))
        addColumn(payload, column, row.from);
    const size_t length = m_text.size() - row.from;
    if (length >= ProgramStrings::kShortest) {
        m_rows.push_back({row.from, length});
        return;
    }
    m_text.resize(row.from);
    m_extents.resize(extents);
}

void DatabaseRows::addColumn(std::string_view payload, const DatabaseColumn &column, size_t rowFrom)
{
    std::string_view text = payload.substr(std::min(column.at, payload.size()), column.size);
    const bool isCut = text.size() < column.size;
    const auto form = column.isText ? wideFormOf(text) : std::nullopt;
    if (isCut && !form)
        text = upToLastWord(text);
    // Of what is cut in the middle of a letter nobody knows the form.
    if (text.empty() || (isCut && form) || (!column.isText && !isLikeText(text)))
        return;
    if (m_text.size() > rowFrom)
        m_text += '\n';
    const size_t from = m_text.size();
    m_text += text;
    if (form)
        m_text.resize(from + narrowUtf16(m_text.data() + from, text.size(), *form));
    addExtents(from, column.at, text.size(), form ? 2 : 1);
}

// A letter of two bytes that lies in two pages is where it begins. Columns come in the order of the payload: a run that
// ends before this one has nothing of those behind it, and is not looked at again.
void DatabaseRows::addExtents(size_t from, size_t columnAt, size_t bytes, size_t width)
{
    for (; m_run < m_runs.size() && m_runAt + m_runs[m_run].length <= columnAt; ++m_run, ++m_steps)
        m_runAt += m_runs[m_run].length;
    size_t runAt = m_runAt;
    for (size_t i = m_run; i < m_runs.size() && runAt < columnAt + bytes; ++i, ++m_steps) {
        const Run &run = m_runs[i];
        size_t begin = std::max(runAt, columnAt);
        const size_t end = std::min(runAt + run.length, columnAt + bytes);
        if (begin < end)
            begin += (begin - columnAt) % width;
        if (begin < end)
            m_extents.push_back({.from = from + (begin - columnAt) / width,
                                 .at = run.at + begin - runAt,
                                 .letters = (end - begin + width - 1) / width,
                                 .width = width});
        runAt += run.length;
    }
}

} // namespace cockpit
