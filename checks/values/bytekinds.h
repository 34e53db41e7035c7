// Kinds of ASCII characters, whatever the locale.
#pragma once

#include <string_view>

namespace cockpit {

constexpr bool isDigitByte(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isLetterByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool isWordByte(char c)
{
    return isDigitByte(c) || isLetterByte(c);
}

constexpr char lowerByte(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// NUL before the beginning and behind the end.
constexpr char byteAt(std::string_view text, size_t at)
{
    return at < text.size() ? text[at] : '\0';
}

constexpr char byteBefore(std::string_view text, size_t at)
{
    return at == 0 ? '\0' : text[at - 1];
}

} // namespace cockpit
