// Is a word one of a fixed list?
#pragma once

#include <QString>

#include <algorithm>
#include <array>

namespace cockpit {

template<size_t Count>
bool isOneOf(const QString &word, const std::array<QLatin1StringView, Count> &words)
{
    return std::ranges::find(words, word) != words.end();
}

} // namespace cockpit
