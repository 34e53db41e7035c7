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

bool endsPlainValue(char c)
{
    constexpr std::string_view ends = " \t\r\n,;&}])\"'`<>|\\";
    return ends.find(c) != std::string_view::npos;
}

} // namespace

bool NamedValues::nameBefore(size_t sign, NamedValue &found) const
{
    size_t end = sign;
    for (size_t blanks = 0; end > 0 && m_text[end - 1] == ' ' && blanks < kMostBefore; ++blanks)
        --end;
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

bool NamedValues::next(NamedValue &found)
{
    for (size_t sign = m_at; sign < m_text.size(); ++sign) {
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
