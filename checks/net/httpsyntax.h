// Pieces of grammar that several headers share.
#pragma once

#include <QtGlobal>

#include <string_view>

namespace cockpit {

// tchar (RFC 9110 section 5.6.2): what names and other tokens are made of.
constexpr bool isTokenChar(char c)
{
    const bool isWord = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return isWord || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// The longest life in seconds that a recipient must be able to hold; anything longer is as good as for ever (RFC 9111
// section 1.2.2).
constexpr qint64 kLongestLife = 2147483648LL;

} // namespace cockpit
