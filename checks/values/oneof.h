// Is a word one of a fixed list?
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace cockpit {

template<size_t Count>
bool isOneOf(std::string_view word, const std::array<std::string_view, Count> &words)
{
    return std::ranges::find(words, word) != words.end();
}

} // namespace cockpit
