// A remark in a file that a secret on the same line may stay.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/commentwalk.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cockpit {

// Why a remark counts for nothing.
enum class MarkTrouble {
    None,
    NoReason,   // our own without the reason that it needs
    LongerWord, // "launch-cockpit:allowed"
    BeforeValue,
    InText, // of the program
    InCode, // in no comment of this language
    Undecided,
    TooFar, // behind the first MiB of a file, or more than 4 KiB behind the beginning of a line
};

struct AllowMark
{
    std::optional<QString> reason;           // empty text: of a mark of gitleaks, which asks for none
    MarkTrouble trouble = MarkTrouble::None; // there is one that counts for nothing

    bool isInVain() const { return trouble != MarkTrouble::None; }
    bool operator==(const AllowMark &) const = default;
};

// The line that a value stands on, or the lines of a value of several.
struct MarkedLine
{
    std::string_view text;
    size_t start = 0;      // of the line in its block
    size_t valueStart = 0; // in the line
    size_t valueEnd = 0;
    bool isCut = false; // its beginning is too far away to be looked at: what is quoted is not known
};

// What each language makes of the marks on a line, for as long as the language is not known. However many there are, it
// keeps those alone that a language goes by.
class MarkReading
{
public:
    // Of each language, or of the one that is known.
    explicit MarkReading(const std::vector<AllowMark> &ofLanguages);
    AllowMark in(Language language) const;
    bool operator==(const MarkReading &) const = default;

private:
    std::vector<AllowMark> m_marks;         // each once
    std::vector<std::uint8_t> m_ofLanguage; // which of them
};

// "launch-cockpit:allow REASON" or "gitleaks:allow" behind the value, in a comment: what stands in quotes is a part of
// the program, which nobody wrote for whoever reads it. The reason ends where a value begins, where the comment does,
// and at the end of its line.
//
// Of a block of text. The language, where it is not known, is each.
class BlockMarks
{
public:
    // values: by place. isFromStart: the block begins where the file does. mayHaveComments: it is a text, and no name.
    BlockMarks(std::string_view block, bool isFromStart, std::optional<Language> language,
               std::vector<ValueRange> values, bool mayHaveComments = true, CancelToken token = {});

    // Null: there is none on the line. Lines by place: the last one and what was made of it are kept for the next
    // value.
    std::shared_ptr<const MarkReading> on(const MarkedLine &line);
    // Some languages did not go over the block any more: what on() says of its remarks is not what they are.
    bool isStopped() const { return m_isStopped; }
    // Of all lines that were gone over where no language is known (LineState::steps()).
    size_t lineSteps() const { return m_lineSteps; }

private:
    struct Place
    {
        size_t at = 0; // in the block
        bool isOwn = false;
        bool isWhole = true;
        std::vector<Stand> stands = {};               // in each language, or in the one that is known
        Stand inLine = Stand::Undecided;              // by its line alone
        std::optional<QString> reason = std::nullopt; // once somebody asked for it

        size_t end() const;
    };
    using Places = std::span<Place>;
    static std::vector<Place> placesIn(std::string_view block);
    Places placesFrom(size_t from, size_t to);
    void readAll();
    void readLine(const MarkedLine &line);
    bool goesByLine() const;
    Stand standOf(const Place &place, size_t language, const MarkedLine &line) const;
    AllowMark markOf(Places behind, size_t language, const MarkedLine &line);
    std::vector<AllowMark> marksOf(Places behind, const MarkedLine &line);
    const QString &reasonOf(Place &place) const;

    const std::string_view m_block;
    const bool m_isFromStart;
    const std::optional<Language> m_language;
    const Language m_ofFirstLine; // of what has no ending
    const std::vector<ValueRange> m_values;
    const bool m_mayHaveComments;
    const CancelToken m_token;
    std::vector<Place> m_places; // of all marks in the block
    bool m_isRead = false;
    bool m_isStopped = false;
    ValueRange m_line; // the last that was gone over by itself
    size_t m_lineSteps = 0;
    std::shared_ptr<const MarkReading> m_last;
};

} // namespace cockpit
