#include "checks/web/similarity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>

namespace cockpit {

namespace {

constexpr int kBits = 64;
constexpr qsizetype kLongestWord = 40; // longer runs are tokens, not words

// FNV-1a, 64 bits: spreads short words well and needs no library.
std::uint64_t hashWord(QByteArrayView word)
{
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : word) {
        hash ^= static_cast<unsigned char>(std::tolower(static_cast<unsigned char>(c)));
        hash *= 1099511628211ULL;
    }
    return hash;
}

bool isWordByte(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}

// Past a tag or comment that begins at `at`; `at` itself when none does. The same few tags fill every page of a site
// and would outweigh its words.
qsizetype pastMarkup(QByteArrayView text, qsizetype at)
{
    constexpr qsizetype kLongestTag = 4096;
    if (text[at] != '<' || at + 1 >= text.size())
        return at;
    const char next = text[at + 1];
    if (!std::isalpha(static_cast<unsigned char>(next)) && next != '/' && next != '!')
        return at;
    const qsizetype length = text.sliced(at, std::min(kLongestTag, text.size() - at)).indexOf('>');
    return length < 0 ? at : at + length + 1;
}

void count(std::array<int, kBits> &weights, QByteArrayView word)
{
    const std::uint64_t hash = hashWord(word);
    for (int bit = 0; bit < kBits; ++bit)
        weights[static_cast<size_t>(bit)] += (hash >> bit) & 1 ? 1 : -1;
}

} // namespace

std::uint64_t simHash(QByteArrayView text)
{
    std::array<int, kBits> weights{};
    bool any = false;
    for (qsizetype i = 0; i < text.size();) {
        if (const qsizetype past = pastMarkup(text, i); past > i) {
            i = past;
            continue;
        }
        if (!isWordByte(text[i])) {
            ++i;
            continue;
        }
        const qsizetype start = i;
        bool hasDigit = false;
        for (; i < text.size() && isWordByte(text[i]); ++i)
            hasDigit = hasDigit || std::isdigit(static_cast<unsigned char>(text[i]));
        if (hasDigit || i - start > kLongestWord)
            continue;
        any = true;
        count(weights, text.sliced(start, i - start));
    }
    if (!any)
        return 0;
    std::uint64_t result = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        if (weights[static_cast<size_t>(bit)] > 0)
            result |= std::uint64_t{1} << bit;
    }
    return result;
}

double similarity(std::uint64_t a, std::uint64_t b)
{
    if (a == 0 || b == 0)
        return a == b ? 1.0 : 0.0;
    return 1.0 - std::popcount(a ^ b) / static_cast<double>(kBits);
}

} // namespace cockpit
