// How alike two texts are, by SimHash over their words, so that a page that only echoes another path or time counts as
// the same page.
#pragma once

#include <QByteArrayView>

#include <cstdint>

namespace cockpit {

// Numbers, words with digits and markup are left out: they change between two answers of one page.
std::uint64_t simHash(QByteArrayView text);
// 0 (nothing in common) to 1 (the same); texts without words are alike only when both have none.
double similarity(std::uint64_t a, std::uint64_t b);

} // namespace cockpit
