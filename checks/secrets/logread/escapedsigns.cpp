#include "checks/secrets/logread/escapedsigns.h"

#include "checks/values/bytekinds.h"

namespace cockpit {

namespace {

constexpr size_t kSize = 6; // "\u003c"

// -1: it is none.
int hexDigit(char c)
{
    const char lower = lowerByte(c);
    if (isDigitByte(c))
        return c - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

EscapedSign escapedSignAt(std::string_view text, size_t at)
{
    if (!text.substr(at < text.size() ? at : text.size(), kSize).starts_with("\\u00"))
        return {};
    const int high = hexDigit(byteAt(text, at + 4));
    const int low = hexDigit(byteAt(text, at + 5));
    const bool isPrintable = low >= 0 && high >= 2 && high <= 7;
    return isPrintable ? EscapedSign{static_cast<char>(high * 16 + low), kSize} : EscapedSign();
}

EscapedSign escapedSignBefore(std::string_view text, size_t end)
{
    if (end < kSize)
        return {};
    EscapedSign found = escapedSignAt(text, end - kSize);
    while (found.size > 0 && found.size < end && text[end - found.size - 1] == '\\')
        ++found.size;
    return found;
}

} // namespace cockpit
