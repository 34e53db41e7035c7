#include "checks/secrets/logread/namedvalues.h"

#include "checks/secrets/logread/escapedsigns.h"
#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr size_t kLongestName = 64;
constexpr size_t kMostBlanks = 3;
constexpr size_t kMostBefore = 40; // settings and plans are written in columns

bool isQuoteByte(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

// "%5B" or "%5D", by its last digit.
bool isEncodedBracket(std::string_view sign, char lowerDigit)
{
    return sign.starts_with("%5") && lowerByte(sign[2]) == lowerDigit;
}

bool endsPlainValue(char c)
{
    constexpr std::string_view ends = " \t\r\n,;&}])\"'`<>|\\";
    return ends.find(c) != std::string_view::npos;
}

// Where the value ends that begins at `start` behind `quote`: at the same quote with as many slashes. One with more of
// them is of the value.
size_t endOfQuoted(std::string_view text, size_t start, std::string_view quote)
{
    const size_t slashes = quote.find_first_not_of('\\');
    const std::string_view sign = quote.substr(slashes);
    size_t before = 0;
    for (size_t end = start; end < text.size(); ++end) {
        if (before == slashes && text.substr(end).starts_with(sign))
            return end - slashes;
        before = text[end] == '\\' ? before + 1 : 0;
    }
    return text.size();
}

} // namespace

bool NamedValues::isNameByte(char c)
{
    return isWordByte(c) || c == '_' || c == '-' || c == '.' || c == '$';
}

// Where the name that ends at `end` begins. The "5B" of an escaped bracket is none of it, nor the "u0026" of "\u0026".
size_t NamedValues::nameStart(size_t end) const
{
    size_t start = end;
    while (start > 0 && end - start < kLongestName && isNameByte(m_text[start - 1])) {
        if (m_forms == NamedForms::OfBodies && start > 2 && isEncodedBracket(m_text.substr(start - 3, 3), 'b'))
            break;
        --start;
    }
    const EscapedSign sign = start > 0 ? escapedSignAt(m_text, start - 1) : EscapedSign();
    const bool beginsWithSign = sign.size > 0 && start - 1 + sign.size <= end && !isNameByte(sign.sign);
    return m_forms == NamedForms::OfBodies && beginsWithSign ? start - 1 + sign.size : start;
}

// Of "user[password]" and "user%5Bpassword%5D" the name in the last brackets that are more than an index; `end` is
// behind them. Returns where the brackets begin.
size_t NamedValues::behindBrackets(size_t end, size_t &nameEnd) const
{
    constexpr int most = 4;
    for (int depth = 0; depth < most; ++depth) {
        const bool isPlain = end > 0 && m_text[end - 1] == ']';
        const bool isEncoded = end > 2 && isEncodedBracket(m_text.substr(end - 3, 3), 'd');
        if (!isPlain && !isEncoded)
            break;
        const size_t inside = end - (isPlain ? 1 : 3);
        const size_t start = nameStart(inside);
        const bool isOpen = isPlain ? start > 0 && m_text[start - 1] == '['
                                    : start > 2 && isEncodedBracket(m_text.substr(start - 3, 3), 'b');
        if (!isOpen)
            break;
        const std::string_view name = m_text.substr(start, inside - start);
        end = start - (isPlain ? 1 : 3);
        if (!std::ranges::all_of(name, isDigitByte)) {
            nameEnd = inside;
            return end;
        }
        nameEnd = end; // "a[]" and "a[0]" are named a
    }
    return end;
}

bool NamedValues::nameBefore(const Sign &sign, NamedValue &found) const
{
    const bool isOfBodies = m_forms == NamedForms::OfBodies;
    size_t end = sign.start;
    for (size_t blanks = 0; end > 0 && m_text[end - 1] == ' ' && blanks < kMostBefore; ++blanks)
        --end;
    if (isOfBodies && sign.byte == '=') {
        size_t nameEnd = end;
        behindBrackets(end, nameEnd);
        end = nameEnd;
    }
    if (end > 0 && isQuoteByte(m_text[end - 1])) {
        --end;
        while (end > 0 && m_text[end - 1] == '\\')
            --end;
    } else if (const EscapedSign quote = escapedSignBefore(m_text, end); isOfBodies && isQuoteByte(quote.sign)) {
        end -= quote.size;
    }
    const size_t start = nameStart(end);
    if (start == end)
        return false;
    const EscapedSign escaped = isOfBodies ? escapedSignBefore(m_text, start) : EscapedSign();
    const char before = escaped.size > 0 ? escaped.sign : byteBefore(m_text, start);
    found.isQuery = before == '?' || before == '&';
    found.name = m_text.substr(start, end - start);
    return true;
}

// Behind the quote that the value at `start` has, and as many backslashes as stand before it; `start` where it has
// none.
size_t NamedValues::takeQuote(size_t start, NamedValue &found) const
{
    size_t quote = start;
    while (byteAt(m_text, quote) == '\\')
        ++quote;
    size_t behind = quote + 1;
    found.isQuoted = isQuoteByte(byteAt(m_text, quote));
    if (!found.isQuoted && quote > start && m_forms == NamedForms::OfBodies) {
        const EscapedSign escaped = escapedSignAt(m_text, quote - 1);
        found.isQuoted = escaped.size > 0 && isQuoteByte(escaped.sign);
        behind = quote - 1 + escaped.size;
    }
    return found.isQuoted ? behind : start;
}

void NamedValues::valueBehind(const Sign &sign, NamedValue &found) const
{
    size_t start = sign.end;
    if (sign.byte == '=') {
        const Sign arrow = m_forms == NamedForms::OfBodies ? signAt(start) : Sign();
        const bool isArrow = byteAt(m_text, start) == '>' || (arrow.byte == '>' && arrow.start == start);
        start += isArrow ? std::max<size_t>(arrow.end - arrow.start, 1) : 0;
    }
    for (size_t blanks = 0; byteAt(m_text, start) == ' ' && blanks < kMostBlanks; ++blanks)
        ++start;
    const size_t inside = takeQuote(start, found);
    const std::string_view quote = m_text.substr(std::min(start, m_text.size()), inside - start);
    start = inside;
    const size_t most = std::min(m_text.size(), start + kLongestValue);
    size_t end = std::min(start, most);
    if (!found.isQuoted) {
        while (end < most && !endsPlainValue(m_text[end]))
            ++end;
    } else {
        end = endOfQuoted(m_text.substr(0, most), start, quote);
    }
    found.valueStart = start;
    found.value = m_text.substr(std::min(start, m_text.size()), end - std::min(start, end));
}

// At `at` its last byte, or the backslash of one that is written as a number.
NamedValues::Sign NamedValues::signAt(size_t at) const
{
    const char c = byteAt(m_text, at);
    if (c == ':' || c == '=')
        return {c, at, at + 1};
    if (m_forms != NamedForms::OfBodies)
        return {};
    if (c == '>')
        return {c, at, at + 1};
    if (c == ';' && at > 3 && m_text.substr(at - 3, 4) == "&gt;")
        return {'>', at - 3, at + 1};
    if (c != '\\')
        return {};
    const EscapedSign escaped = escapedSignAt(m_text, at);
    if (escaped.sign != '=' && escaped.sign != '>')
        return {};
    size_t start = at;
    while (start > 0 && m_text[start - 1] == '\\')
        --start;
    return {escaped.sign, start, at + escaped.size};
}

bool NamedValues::next(NamedValue &found)
{
    for (size_t at = m_at; at < m_text.size(); ++at) {
        const Sign sign = signAt(at);
        if (sign.byte == '\0')
            continue;
        if (sign.byte == '>') {
            if (!takeTag(sign, found))
                continue;
        } else {
            found = {};
            found.sign = sign.byte;
            if (!nameBefore(sign, found))
                continue;
            valueBehind(sign, found);
        }
        m_at = sign.end;
        return true;
    }
    m_at = m_text.size();
    return false;
}

std::string plainName(std::string_view name)
{
    std::string plain;
    plain.reserve(name.size());
    for (const char c : name) {
        if (isWordByte(c))
            plain += lowerByte(c);
    }
    return plain;
}

} // namespace cockpit
