#include "checks/secrets/logread/namedvalues.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr size_t kLongestName = 64;
constexpr size_t kMostBlanks = 3;
constexpr size_t kMostBefore = 40; // settings and plans are written in columns

bool isNameByte(char c)
{
    return isWordByte(c) || c == '_' || c == '-' || c == '.' || c == '$';
}

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

} // namespace

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
        size_t start = inside;
        while (start > 0 && inside - start < kLongestName && isNameByte(m_text[start - 1]))
            --start;
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

bool NamedValues::nameBefore(size_t sign, NamedValue &found) const
{
    size_t end = sign;
    for (size_t blanks = 0; end > 0 && m_text[end - 1] == ' ' && blanks < kMostBefore; ++blanks)
        --end;
    if (m_forms == NamedForms::OfBodies && m_text[sign] == '=') {
        size_t nameEnd = end;
        behindBrackets(end, nameEnd);
        end = nameEnd;
    }
    if (end > 0 && isQuoteByte(m_text[end - 1])) {
        --end;
        while (end > 0 && m_text[end - 1] == '\\')
            --end;
    }
    size_t start = end;
    while (start > 0 && end - start < kLongestName && isNameByte(m_text[start - 1]))
        --start;
    if (start == end)
        return false;
    const char before = byteBefore(m_text, start);
    found.isQuery = before == '?' || before == '&';
    found.name = m_text.substr(start, end - start);
    return true;
}

void NamedValues::valueBehind(size_t sign, NamedValue &found) const
{
    size_t start = sign + 1;
    if (m_text[sign] == '=' && byteAt(m_text, start) == '>')
        ++start;
    for (size_t blanks = 0; byteAt(m_text, start) == ' ' && blanks < kMostBlanks; ++blanks)
        ++start;
    size_t slashes = 0;
    while (byteAt(m_text, start + slashes) == '\\')
        ++slashes;
    const char quote = byteAt(m_text, start + slashes);
    found.isQuoted = isQuoteByte(quote);
    if (found.isQuoted)
        start += slashes + 1;
    const size_t most = std::min(m_text.size(), start + kLongestValue);
    size_t end = std::min(start, most);
    if (!found.isQuoted) {
        while (end < most && !endsPlainValue(m_text[end]))
            ++end;
    } else {
        // The end is a quote with as many slashes as the first: one with more of them is of the value.
        for (size_t before = 0; end < most; ++end) {
            if (m_text[end] == '\\') {
                ++before;
                continue;
            }
            if (m_text[end] == quote && before == slashes) {
                end -= slashes;
                break;
            }
            before = 0;
        }
    }
    found.valueStart = start;
    found.value = m_text.substr(std::min(start, m_text.size()), end - std::min(start, end));
}

// "<ns:Password Type="…">value</": the sign is the end of the tag, also where the text is escaped ("&gt;").
bool NamedValues::takeTag(size_t sign, NamedValue &found) const
{
    constexpr std::string_view cdata = "<![CDATA[";
    constexpr size_t longestTag = 256;
    const bool isEscaped = m_text[sign] == ';';
    const size_t end = isEscaped ? sign - 3 : sign;
    const std::string_view before = m_text.substr(end - std::min(end, longestTag), std::min(end, longestTag));
    const size_t open = isEscaped ? before.rfind("&lt;") : before.find_last_of("<>");
    if (open == std::string_view::npos || before[open] == '>' || before.ends_with('/'))
        return false;
    std::string_view name = before.substr(open + (isEscaped ? 4 : 1));
    name = name.substr(0, name.find_first_of(" \t\r\n"));
    if (const size_t colon = name.rfind(':'); colon != std::string_view::npos)
        name.remove_prefix(colon + 1);
    if (name.empty() || !std::ranges::all_of(name, isNameByte))
        return false;
    const std::string_view rest = m_text.substr(sign + 1, kLongestValue);
    const bool isCdata = rest.starts_with(cdata);
    const size_t length = isCdata ? rest.find("]]>") : rest.find(isEscaped ? "&lt;/" : "</");
    const size_t skipped = isCdata ? cdata.size() : 0;
    if (length == std::string_view::npos)
        return false;
    found = {name, rest.substr(skipped, length - skipped), sign + 1 + skipped, true, false, '>'};
    // An element with others in it has no value of its own.
    return isCdata || found.value.find('<') == std::string_view::npos;
}

bool NamedValues::next(NamedValue &found)
{
    const bool isOfBodies = m_forms == NamedForms::OfBodies;
    for (size_t sign = m_at; sign < m_text.size(); ++sign) {
        const bool endsTag = isOfBodies && (m_text[sign] == '>' ||
                                            (m_text[sign] == ';' && sign > 3 && m_text.substr(sign - 3, 4) == "&gt;"));
        if (endsTag && takeTag(sign, found)) {
            m_at = sign + 1;
            return true;
        }
        if (m_text[sign] != ':' && m_text[sign] != '=')
            continue;
        found = {};
        found.sign = m_text[sign];
        if (!nameBefore(sign, found))
            continue;
        valueBehind(sign, found);
        m_at = sign + 1;
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
