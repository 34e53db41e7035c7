#include "checks/secrets/encodedparts.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace cockpit {

namespace {

constexpr size_t kShortestBase64 = 24;
constexpr size_t kTestedForText = 96;    // decoded bytes that tell whether text comes out
constexpr size_t kShortestFullLine = 60; // base64 in lines, as in mails and PEM, goes on behind one of these

constexpr std::array<signed char, 256> makeBase64Table()
{
    std::array<signed char, 256> table{};
    for (auto &value : table)
        value = -1;
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
    table['-'] = 62; // the alphabet for URLs
    table['_'] = 63;
    return table;
}

constexpr std::array<signed char, 256> kBase64 = makeBase64Table();

bool isBase64(char c)
{
    return kBase64[static_cast<unsigned char>(c)] >= 0;
}

int hexOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The number in so many hexadecimal digits, -1 when they are none.
int hexNumber(std::string_view digits)
{
    int number = 0;
    for (const char c : digits) {
        const int value = hexOf(c);
        if (value < 0)
            return -1;
        number = number * 16 + value;
    }
    return number;
}

void appendUtf8(WipedBytes &out, int code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else { // halves of surrogate pairs too: no key has them
        out += static_cast<char>(0xe0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

// Fills at most the room and says how many bytes. What is not of the alphabet, the end of a line, is passed over.
size_t decodeBase64(std::string_view encoded, std::span<char> room)
{
    size_t done = 0;
    unsigned bits = 0;
    int held = 0;
    for (const char c : encoded) {
        const signed char value = kBase64[static_cast<unsigned char>(c)];
        if (value < 0)
            continue;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffffff;
        held += 6;
        if (held >= 8) {
            if (done == room.size())
                break;
            held -= 8;
            room[done++] = static_cast<char>((bits >> held) & 0xff);
        }
    }
    return done;
}

void decodeBase64Into(std::string_view encoded, WipedBytes &out)
{
    out.resize(encoded.size() / 4 * 3 + 3);
    out.resize(decodeBase64(encoded, std::span(out)));
}

// Words, keys and lines, not what random bytes look like: letters of other scripts are few in what we look for.
bool isText(std::string_view bytes)
{
    size_t other = 0;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isControl = byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t';
        if (isControl || byte == 0x7f)
            return false;
        other += byte >= 0x80 ? 1 : 0;
    }
    return other * 8 <= bytes.size();
}

// The next escape of one kind at or after a place.
class EscapeFinder
{
public:
    explicit EscapeFinder(std::string_view text) : m_text(text) {}

    std::optional<EncodedPart> next(size_t from, char sign)
    {
        while (from < m_text.size()) {
            const void *found = std::memchr(m_text.data() + from, sign, m_text.size() - from);
            if (!found)
                return std::nullopt;
            const auto at = static_cast<size_t>(static_cast<const char *>(found) - m_text.data());
            if (const size_t length = sign == '%' ? percentLength(at) : backslashLength(at); length > 0)
                return EncodedPart{at, at + length, sign == '%' ? Through::UrlEncoded : Through::Escaped};
            // Of "\\u0041" the first backslash escapes the second one.
            from = at + (sign == '\\' ? 2 : 1);
        }
        return std::nullopt;
    }

private:
    size_t percentLength(size_t at) const { return isHex(at + 1, 2) ? 3 : 0; }

    size_t backslashLength(size_t at) const
    {
        if (at + 1 >= m_text.size())
            return 0;
        switch (m_text[at + 1]) {
        case 'u':
            return isHex(at + 2, 4) ? 6 : 0;
        case 'x':
            return isHex(at + 2, 2) ? 4 : 0;
        case '/':
        case '"':
        case 'n':
            return 2;
        default:
            return 0;
        }
    }

    bool isHex(size_t at, size_t digits) const
    {
        return at + digits <= m_text.size() && hexNumber(m_text.substr(at, digits)) >= 0;
    }

    const std::string_view m_text;
};

// Long runs of the alphabet. It hops by the shortest length: where the alphabet's last place of a run is not, none can
// be.
class Base64Finder
{
public:
    explicit Base64Finder(std::string_view text) : m_text(text) {}
    ~Base64Finder() { wipeMemory(m_beginning.data(), m_beginning.size()); }
    Q_DISABLE_COPY_MOVE(Base64Finder)

    std::optional<EncodedPart> next(size_t from)
    {
        for (size_t start = from; start + kShortestBase64 <= m_text.size();) {
            size_t last = start + kShortestBase64;
            while (last > start && isBase64(m_text[last - 1]))
                --last;
            if (last > start) {
                start = last; // the character before is outside the alphabet
                continue;
            }
            const size_t lineEnd = endOfLine(start + kShortestBase64);
            const size_t end = endOfRunAt(start, lineEnd);
            if (isWorthDecoding(start, end))
                return EncodedPart{start, endOfPadding(end), Through::Base64};
            // What follows may have been a line of words.
            if (end > lineEnd && isWorthDecoding(start, lineEnd))
                return EncodedPart{start, lineEnd, Through::Base64};
            start = end;
        }
        return std::nullopt;
    }

private:
    size_t endOfLine(size_t at) const
    {
        while (at < m_text.size() && isBase64(m_text[at]))
            ++at;
        return at;
    }

    // A run of which only the first line is text is asked about again at each of its lines, and walked once.
    size_t endOfRunAt(size_t start, size_t lineEnd)
    {
        if (start <= m_walkedLine || start >= m_walkedTo) {
            m_walkedLine = lineEnd;
            m_walkedTo = endOfRun(start, lineEnd);
        }
        return m_walkedTo;
    }

    // With the lines that follow, when these are as full as a mailer makes them and hold nothing else.
    size_t endOfRun(size_t lineStart, size_t end) const
    {
        for (;;) {
            size_t next = end;
            while (next < m_text.size() && (m_text[next] == '\r' || m_text[next] == '\n' || m_text[next] == ' '))
                ++next;
            const size_t length = end - lineStart;
            const bool goesOn = length >= kShortestFullLine && length % 4 == 0 && next > end && next - end < 40 &&
                                m_text.substr(end, next - end).find('\n') != std::string_view::npos;
            const size_t nextEnd = goesOn ? endOfLine(next) : next;
            if (nextEnd == next || !endsLine(endOfPadding(nextEnd)))
                return end;
            lineStart = next;
            end = nextEnd;
        }
    }

    bool endsLine(size_t at) const
    {
        return at == m_text.size() || std::string_view("\r\n\"'`\\<)").find(m_text[at]) != std::string_view::npos;
    }

    size_t endOfPadding(size_t at) const
    {
        constexpr size_t most = 2;
        size_t end = at;
        while (end < m_text.size() && m_text[end] == '=' && end < at + most)
            ++end;
        return end;
    }

    bool isWorthDecoding(size_t start, size_t end)
    {
        // Most runs are names and paths, which a few bytes tell.
        const std::string_view run = m_text.substr(start, std::min(end - start, 2 * kTestedForText));
        return isTextWithin(run, kShortestBase64 / 2) && isTextWithin(run, kTestedForText);
    }

    bool isTextWithin(std::string_view run, size_t bytes)
    {
        const size_t decoded = decodeBase64(run, std::span(m_beginning).first(bytes));
        return isText({m_beginning.data(), decoded});
    }

    const std::string_view m_text;
    std::array<char, kTestedForText> m_beginning{};
    size_t m_walkedLine = 0; // where the first line of the run that was walked last ends
    size_t m_walkedTo = 0;   // and where the run does
};

void decodeEscape(std::string_view escape, WipedBytes &out)
{
    if (escape.front() == '%')
        out += static_cast<char>(hexNumber(escape.substr(1)));
    else if (escape.size() == 2)
        out += escape[1] == 'n' ? '\n' : escape[1];
    else
        appendUtf8(out, hexNumber(escape.substr(2)));
}

} // namespace

struct EncodedParts::Finders
{
    explicit Finders(std::string_view text)
        : escapes(text), runs(text), percent(escapes.next(0, '%')), backslash(escapes.next(0, '\\')), run(runs.next(0))
    {
    }

    EscapeFinder escapes;
    Base64Finder runs;
    // The next of each kind.
    std::optional<EncodedPart> percent;
    std::optional<EncodedPart> backslash;
    std::optional<EncodedPart> run;
};

EncodedParts::EncodedParts(std::string_view text) : m_finders(std::make_unique<Finders>(text)) {}
EncodedParts::~EncodedParts() = default;

std::optional<EncodedPart> EncodedParts::next()
{
    // The first that begins; what overlaps it is not looked at.
    Finders &of = *m_finders;
    std::optional<EncodedPart> first;
    for (const auto *candidate : {&of.percent, &of.backslash, &of.run}) {
        if (*candidate && (!first || (*candidate)->start < first->start))
            first = *candidate;
    }
    if (!first)
        return first;
    if (of.percent && of.percent->start < first->end)
        of.percent = of.escapes.next(first->end, '%');
    if (of.backslash && of.backslash->start < first->end)
        of.backslash = of.escapes.next(first->end, '\\');
    if (of.run && of.run->start < first->end)
        of.run = of.runs.next(first->end);
    return first;
}

void decodePart(std::string_view encoded, Through through, WipedBytes &out)
{
    out.clear();
    if (through == Through::Base64)
        decodeBase64Into(encoded, out);
    else
        decodeEscape(encoded, out);
}

std::string_view lineOfBase64(std::string_view encoded)
{
    size_t end = 0;
    while (end < encoded.size() && isBase64(encoded[end]))
        ++end;
    return encoded.substr(0, end);
}

} // namespace cockpit
