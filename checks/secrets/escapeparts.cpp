#include "checks/secrets/escapeparts.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace cockpit {

namespace {

constexpr unsigned kLastCode = 0x10ffff; // of Unicode

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

bool areDigits(std::string_view text, int base)
{
    return !text.empty() && std::ranges::all_of(text, [base](char c) { return digitOf(c) < base; });
}

// At most eight of them.
unsigned numberIn(std::string_view digits, unsigned base)
{
    unsigned number = 0;
    for (const char c : digits)
        number = number * base + static_cast<unsigned>(digitOf(c));
    return number;
}

void appendUtf8(WipedBytes &out, unsigned code)
{
    const auto tail = [&out, code](unsigned shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) { // halves of surrogate pairs too: no key has them
        out += static_cast<char>(0xe0 | (code >> 12));
        tail(6);
        tail(0);
    } else if (code <= kLastCode) {
        out += static_cast<char>(0xf0 | (code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

} // namespace

bool EscapeFinder::isSign(size_t at) const
{
    const char c = m_text[at];
    return c == '%' || c == '\\' || (c == '&' && at + 1 < m_text.size() && m_text[at + 1] == '#');
}

// All signs in one pass, rows of bytes at a time, in what GCC and Clang make of any machine: it goes over each byte of
// what is searched. Code is full of & alone.
size_t EscapeFinder::nextSign(size_t from) const
{
    constexpr size_t wide = 16;
    using Row [[gnu::vector_size(wide)]] = unsigned char;
    const auto signsAt = [this](size_t at) {
        Row row;
        Row behind;
        std::memcpy(&row, m_text.data() + at, wide);
        std::memcpy(&behind, m_text.data() + at + 1, wide);
        return (row == '%') | (row == '\\') | ((row == '&') & (behind == '#'));
    };
    size_t at = from;
    for (; at + 2 * wide < m_text.size(); at += 2 * wide) {
        const auto signs = signsAt(at) | signsAt(at + wide);
        std::array<quint64, 2> halves{};
        static_assert(sizeof(halves) == sizeof(signs));
        std::memcpy(halves.data(), &signs, wide);
        if ((halves[0] | halves[1]) != 0)
            break;
    }
    while (at < m_text.size() && !isSign(at))
        ++at;
    return at;
}

std::optional<EncodedPart> EscapeFinder::next(size_t from) const
{
    for (size_t at = nextSign(from); at < m_text.size(); at = nextSign(at)) {
        if (const auto escape = escapeAt(at))
            return escape;
        // Of "\\u0041" the first backslash escapes the second one.
        at += m_text.substr(at).starts_with("\\\\") ? 2 : 1;
    }
    return std::nullopt;
}

std::optional<EncodedPart> EscapeFinder::escapeAt(size_t at) const
{
    const char sign = m_text[at];
    const size_t length = sign == '%'    ? (isHex(at + 1, 2) ? 3 : 0)
                          : sign == '\\' ? backslashLength(at)
                                         : referenceLength(at);
    if (length == 0)
        return std::nullopt;
    return EncodedPart{at, at + length, sign == '%' ? Through::UrlEncoded : Through::Escaped};
}

size_t EscapeFinder::backslashLength(size_t at) const
{
    if (at + 1 >= m_text.size())
        return 0;
    constexpr size_t octalDigits = 3;
    const std::string_view digits = m_text.substr(at + 1, octalDigits);
    switch (m_text[at + 1]) {
    case 'u':
        if (isHex(at + 2, 4))
            return 6;
        return m_text.substr(at + 2, 1) == "{" ? bracedLength(at, 3, '}', true) : 0;
    case 'x':
        return isHex(at + 2, 2) ? 4 : 0;
    case '0':
    case '1':
        return digits.size() == octalDigits && areDigits(digits, 8) ? 1 + octalDigits : 0;
    case '/':
    case '"':
    case 'n':
        return 2;
    default:
        return 0;
    }
}

// Of HTML and XML, by number: those by name stand for what no key has.
size_t EscapeFinder::referenceLength(size_t at) const
{
    const bool isHexadecimal = m_text.substr(at + 2, 1) == "x" || m_text.substr(at + 2, 1) == "X";
    return bracedLength(at, isHexadecimal ? 3 : 2, ';', isHexadecimal);
}

// head: bytes before the digits.
size_t EscapeFinder::bracedLength(size_t at, size_t head, char end, bool isHexadecimal) const
{
    constexpr size_t mostDigits = 7; // 1114111; zeros in front are allowed
    const std::string_view rest = m_text.substr(std::min(m_text.size(), at + head), mostDigits + 1);
    const size_t close = rest.find(end);
    if (close == std::string_view::npos || !areDigits(rest.substr(0, close), isHexadecimal ? 16 : 10))
        return 0;
    return head + close + 1;
}

bool EscapeFinder::isHex(size_t at, size_t digits) const
{
    return at + digits <= m_text.size() && areDigits(m_text.substr(at, digits), 16);
}

void decodeEscapeInto(std::string_view escape, WipedBytes &out)
{
    const auto inside = [escape](size_t from) { return escape.substr(from, escape.size() - from - 1); };
    if (escape.front() == '%')
        out += static_cast<char>(numberIn(escape.substr(1), 16));
    else if (escape.starts_with("&#"))
        appendUtf8(out, digitOf(escape[2]) < 10 ? numberIn(inside(2), 10) : numberIn(inside(3), 16));
    else if (escape.starts_with("\\u{"))
        appendUtf8(out, numberIn(inside(3), 16));
    else if (escape.size() == 2)
        out += escape[1] == 'n' ? '\n' : escape[1];
    else if (escape[1] == 'u' || escape[1] == 'x')
        appendUtf8(out, numberIn(escape.substr(2), 16));
    else
        appendUtf8(out, numberIn(escape.substr(1), 8));
}

} // namespace cockpit
