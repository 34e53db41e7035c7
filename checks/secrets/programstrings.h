// The texts in a program and in compiled resources: what a compiler left of the strings in the code. A key in an app's
// code is in everybody's hands, whatever it was compiled to.
#pragma once

#include "checks/secrets/wipedmemory.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cockpit {

// By the first bytes (16 tell all): Dalvik, ELF, Mach-O, Java classes, WebAssembly, Windows programs, Hermes bytecode
// of React Native, Android's compiled resources and binary property lists.
bool isProgram(std::string_view beginning);

// All runs of printable characters, of a byte or of two (UTF-16), a megabyte of them at a time. Where the form of the
// file puts a length before or a mark behind a text that happens to be a letter, the text is handed out without it,
// too, after the whole run: a key that is part of a longer word is none.
class ProgramStrings
{
public:
    static constexpr size_t kShortest = 6; // characters

    static bool isHermes(std::string_view beginning);

    // The bytes must outlive it.
    explicit ProgramStrings(std::string_view bytes);

    // False at the end.
    bool next();
    // Until the next call.
    std::span<const std::string_view> pieces() const { return m_pieces; }

    struct Place
    {
        size_t start = 0;
        size_t end = 0;
    };
    // Of a part of a piece, in the program's bytes.
    Place placeOf(size_t piece, size_t start, size_t end) const;

private:
    struct String
    {
        size_t at = 0;     // in the bytes
        size_t length = 0; // in characters
        bool isWide = false;
        size_t narrowAt = 0; // of a wide one: where m_narrow has it
    };
    enum class Order { LowFirst, HighFirst }; // of the bytes of a letter of two
    // Letters with a NUL between each two of them.
    struct WideRun
    {
        size_t first = 0; // where the first letter stands
        size_t letters = 0;
        bool hasNulBefore = false;
        bool hasNulBehind = false;
    };
    // Hermes keeps all texts in one row, without an end between them, and a table of where each stands. Texts may share
    // bytes; a table whose entries together name kMostShared times the row is nobody's, and its runs are taken instead.
    struct HermesTable
    {
        size_t small = 0; // offsets in the bytes
        size_t count = 0;
        size_t overflow = 0;
        size_t overflowCount = 0;
        size_t storage = 0;
        size_t storageSize = 0;
    };

    static std::optional<HermesTable> hermesTable(std::string_view bytes);
    void takeRuns();
    void takeHermes();
    void addRun(size_t from, size_t to);
    WideRun wideRunAt(size_t first) const;
    void takeRun();
    void addWide(const WideRun &run);
    void addLetters(size_t first, size_t letters, Order order);
    void add(size_t at, size_t length);
    void addNarrowed(size_t at, size_t characters, Order order = Order::LowFirst);
    void addPrefixed(std::string_view text, size_t at, size_t step);
    bool isFull() const { return m_held >= kBatch; }

    static constexpr size_t kBatch = 1 << 20;
    static constexpr size_t kMostShared = 8;

    const std::string_view m_bytes;
    std::optional<HermesTable> m_hermes;
    size_t m_at = 0;                            // of the runs: looked at up to here
    size_t m_doubtful = std::string_view::npos; // the letter there may be of the wide run that ends with it
    size_t m_nextString = 0;                    // of Hermes' table
    size_t m_named = 0;                         // bytes that its entries so far are of
    size_t m_held = 0;                          // characters of this batch
    std::vector<String> m_strings;
    std::vector<std::string_view> m_pieces;
    WipedBytes m_narrow;
};

} // namespace cockpit
