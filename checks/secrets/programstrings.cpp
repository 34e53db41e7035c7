#include "checks/secrets/programstrings.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr std::array kMarks{
    "dex\n"sv, // Dalvik
    "\x7f"
    "ELF"sv, // Android's libraries, Flutter's libapp.so
    "\xfe\xed\xfa\xce"sv,
    "\xfe\xed\xfa\xcf"sv,
    "\xce\xfa\xed\xfe"sv,
    "\xcf\xfa\xed\xfe"sv,                 // Mach-O
    "\xca\xfe\xba\xbe"sv,                 // Mach-O for several processors, and Java classes
    "\0asm"sv,                            // WebAssembly
    "MZ"sv,                               // Windows, .NET
    "\xc6\x1f\xbc\x03\xc1\x03\x19\x1f"sv, // Hermes
    "\x02\x00\x0c\x00"sv,                 // resources.arsc
    "\x03\x00\x08\x00"sv,                 // AndroidManifest.xml and layouts, compiled
    "bplist00"sv,
};
constexpr std::string_view kHermes = "\xc6\x1f\xbc\x03\xc1\x03\x19\x1f"sv;

bool isPrintable(char c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
}

quint32 number32(std::string_view bytes, size_t at)
{
    return qFromLittleEndian<quint32>(bytes.data() + at);
}

size_t aligned(size_t at)
{
    return (at + 3) & ~size_t(3);
}

} // namespace

bool isProgram(std::string_view beginning)
{
    return std::ranges::any_of(kMarks, [&](std::string_view mark) { return beginning.starts_with(mark); });
}

bool ProgramStrings::isHermes(std::string_view beginning)
{
    return beginning.starts_with(kHermes);
}

ProgramStrings::ProgramStrings(std::string_view bytes) : m_bytes(bytes), m_hermes(hermesTable(bytes)) {}

// The sections follow each other in this order, each at a multiple of four, since version 70 (hermes:
// BytecodeFileFormat.h). Empty for another order: the runs are taken then.
std::optional<ProgramStrings::HermesTable> ProgramStrings::hermesTable(std::string_view bytes)
{
    constexpr size_t header = 128;
    constexpr size_t counts = 40; // of functions; the others follow
    constexpr size_t functionBytes = 16;
    if (!isHermes(bytes) || bytes.size() < header)
        return std::nullopt;
    const size_t functions = number32(bytes, counts);
    const size_t kinds = number32(bytes, counts + 4);
    const size_t identifiers = number32(bytes, counts + 8);
    HermesTable table;
    table.count = number32(bytes, counts + 12);
    table.overflowCount = number32(bytes, counts + 16);
    table.storageSize = number32(bytes, counts + 20);
    table.small = header + functionBytes * functions + 4 * kinds + 4 * identifiers;
    table.overflow = table.small + 4 * table.count;
    table.storage = aligned(table.overflow + 8 * table.overflowCount);
    const bool isWhole = table.storage + table.storageSize <= bytes.size();
    return isWhole && table.count > 0 ? std::optional(table) : std::nullopt;
}

bool ProgramStrings::next()
{
    m_strings.clear();
    m_pieces.clear();
    m_narrow.clear();
    m_held = 0;
    if (m_hermes)
        takeHermes();
    if (!m_hermes || m_nextString >= m_hermes->count)
        takeRuns(); // from the beginning where the table was not right
    m_pieces.reserve(m_strings.size());
    for (const String &string : m_strings)
        m_pieces.push_back(string.isWide ? std::string_view(m_narrow).substr(string.narrowAt, string.length)
                                         : m_bytes.substr(string.at, string.length));
    return !m_pieces.empty();
}

ProgramStrings::Place ProgramStrings::placeOf(size_t piece, size_t start, size_t end) const
{
    const String &string = m_strings[piece];
    const size_t width = string.isWide ? 2 : 1;
    return {string.at + width * start, string.at + width * end};
}

void ProgramStrings::takeHermes()
{
    for (; m_nextString < m_hermes->count && !isFull(); ++m_nextString) {
        const quint32 entry = number32(m_bytes, m_hermes->small + 4 * m_nextString);
        const bool isWide = (entry & 1) != 0;
        size_t offset = (entry >> 1) & 0x7fffff;
        size_t length = entry >> 24;
        if (length == 0xff) { // elsewhere, as it did not fit
            if (offset >= m_hermes->overflowCount)
                continue;
            const size_t at = m_hermes->overflow + 8 * offset;
            offset = number32(m_bytes, at);
            length = number32(m_bytes, at + 4);
        }
        const size_t bytes = isWide ? 2 * length : length;
        if (length < kShortest || offset + bytes > m_hermes->storageSize)
            continue;
        m_named += bytes;
        if (m_named > kMostShared * m_hermes->storageSize) {
            m_hermes.reset();
            return;
        }
        if (isWide)
            addNarrowed(m_hermes->storage + offset, length);
        else
            add(m_hermes->storage + offset, length);
    }
    // What stands behind the table, and before it, are no texts of the code, but may be some of its debugger.
    if (m_nextString >= m_hermes->count)
        m_at = std::max(m_at, m_hermes->storage + m_hermes->storageSize);
}

ProgramStrings::WideRun ProgramStrings::wideRunAt(size_t first) const
{
    WideRun run{.first = first, .hasNulBefore = first > 0 && m_bytes[first - 1] == '\0'};
    size_t at = first;
    while (at < m_bytes.size() && isPrintable(m_bytes[at])) {
        ++run.letters;
        run.hasNulBehind = at + 1 < m_bytes.size() && m_bytes[at + 1] == '\0';
        if (!run.hasNulBehind)
            break;
        at += 2;
    }
    return run;
}

void ProgramStrings::takeRuns()
{
    while (m_at < m_bytes.size() && !isFull()) {
        if (isPrintable(m_bytes[m_at]))
            takeRun();
        else
            ++m_at;
    }
}

// Nothing need stand between texts of a byte and of two, so that the letter where they meet may be of either.
void ProgramStrings::takeRun()
{
    size_t end = m_at;
    while (end < m_bytes.size() && isPrintable(m_bytes[end]))
        ++end;
    const WideRun wide = wideRunAt(end - 1);
    const bool isWide = wide.letters >= kShortest;
    if (end - m_at >= kShortest)
        addRun(m_at, end);
    if (end - m_at > kShortest && m_at == m_doubtful)
        add(m_at + 1, end - m_at - 1);
    if (end - m_at > kShortest && isWide)
        add(m_at, end - m_at - 1);
    m_at = end;
    if (!isWide)
        return;
    addWide(wide);
    m_at = wide.first + 2 * wide.letters - 1;
    if (!wide.hasNulBehind)
        m_doubtful = --m_at;
}

void ProgramStrings::add(size_t at, size_t length)
{
    m_strings.push_back({at, length});
    m_held += length;
}

void ProgramStrings::addNarrowed(size_t at, size_t characters, Order order)
{
    const size_t low = order == Order::LowFirst ? 0 : 1;
    const size_t begin = m_narrow.size();
    for (size_t i = 0; i < characters; ++i)
        m_narrow += m_bytes[at + 2 * i + 1 - low] == '\0' ? m_bytes[at + 2 * i + low] : '\x80';
    m_strings.push_back({at, characters, true, begin});
    m_held += characters;
}

// Dalvik, classes, resources and property lists say the length of a text right before it, resources twice, and a length
// of 107 is a "k". step: the bytes of a character.
void ProgramStrings::addPrefixed(std::string_view text, size_t at, size_t step)
{
    const auto first = static_cast<unsigned char>(text[0]);
    const size_t prefix = text[0] == text[1] ? 2 : 1;
    for (size_t skipped = 1; skipped <= prefix; ++skipped) {
        if (first < kShortest || first + skipped > text.size())
            continue;
        if (step == 1)
            add(at + skipped, first);
        else
            addNarrowed(at + step * skipped, first);
    }
}

void ProgramStrings::addRun(size_t from, size_t to)
{
    add(from, to - from);
    addPrefixed(m_bytes.substr(from, to - from), from, 1);
    // Dart writes the length of the next text in groups of seven bits, of which the last alone has its highest bit set.
    constexpr size_t shortestKey = 16;
    const bool isBeforeLength = to < m_bytes.size() && static_cast<unsigned char>(m_bytes[to]) >= 0x80;
    if (isBeforeLength && to - from > shortestKey)
        add(from, to - from - 1);
}

// Which byte of a letter comes first is told by the NULs at the ends: with the high byte first one stands before the
// first letter, with the low one first behind the last. With both it is the same text; where one is missing, the letter
// there may be of the text beside it, or of this one in the other order: the likelier is handed out first, then the
// other. Without either the first letter is the length that property lists have before their texts, high byte first.
void ProgramStrings::addWide(const WideRun &run)
{
    const auto lowFirst = [&] { addLetters(run.first, run.letters - (run.hasNulBehind ? 0 : 1), Order::LowFirst); };
    const auto highFirst = [&] {
        const size_t skipped = run.hasNulBefore ? 0 : 1;
        addLetters(run.first + 2 * skipped, run.letters - skipped, Order::HighFirst);
    };
    if (run.hasNulBehind) {
        lowFirst();
        if (!run.hasNulBefore)
            highFirst();
    } else {
        highFirst();
        lowFirst();
    }
}

// first: where the byte with the letter stands.
void ProgramStrings::addLetters(size_t first, size_t letters, Order order)
{
    if (letters < kShortest)
        return;
    addNarrowed(order == Order::LowFirst ? first : first - 1, letters, order);
    if (order == Order::HighFirst)
        return;
    const size_t begin = m_strings.back().narrowAt;
    const WipedBytes text(std::string_view(m_narrow).substr(begin, letters)); // adding more moves the memory
    addPrefixed(text, first, 2);
}

} // namespace cockpit
