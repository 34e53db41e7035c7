// What the fuzzers share. A target is one file with LLVMFuzzerTestOneInput(): libFuzzer calls it with whatever it makes
// up (tests/fuzz/run), replay.cpp with the files of corpus/<target>, as an ordinary test.
#pragma once

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size);

namespace cockpit {

inline QByteArray inputOf(const std::uint8_t *bytes, std::size_t size)
{
    return {reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size)};
}

// A promise of a header that holds for any input. Broken, it counts as a crash, in every kind of build.
inline void promise(bool isKept, const char *what)
{
    if (isKept)
        return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

} // namespace cockpit
