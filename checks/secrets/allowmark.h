// A remark in a file that a secret on the same line may stay.
#pragma once

#include "checks/secrets/commentwalk.h"

#include <QString>

#include <memory>
#include <optional>
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
};

// The line that a value stands on, or the lines of a value of several.
struct MarkedLine
{
    std::string_view text;
    size_t start = 0;      // of the line in its block
    size_t valueStart = 0; // in the line
    size_t valueEnd = 0;
    std::vector<size_t> values = {}; // where each value on it begins: a reason ends there
    bool isCut = false;              // its beginning is too far away to be looked at: what is quoted is not known
};

// What each language makes of the marks on a line, for as long as the language is not known.
class MarkReading
{
public:
    struct Mark
    {
        bool isOwn = false;
        QString reason;
        std::vector<Stand> stands; // in each language, or in the one that is known
    };

    MarkReading(std::vector<Mark> marks, MarkTrouble otherwise) : m_marks(std::move(marks)), m_otherwise(otherwise) {}
    AllowMark in(Language language) const;

private:
    std::vector<Mark> m_marks;
    MarkTrouble m_otherwise; // where no mark stands behind the value
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
               std::vector<ValueRange> values, bool mayHaveComments = true);

    // Null: there is none on the line.
    std::shared_ptr<const MarkReading> on(const MarkedLine &line);

private:
    struct Place
    {
        size_t at = 0; // in the block
        std::vector<Stand> stands;
    };
    void readAll();
    std::vector<Stand> standsIn(const MarkedLine &line, size_t mark);

    const std::string_view m_block;
    const bool m_isFromStart;
    const std::optional<Language> m_language;
    const Language m_ofFirstLine; // of what has no ending
    const std::vector<ValueRange> m_values;
    const bool m_mayHaveComments;
    bool m_isRead = false;
    std::vector<Place> m_places; // of all marks in the block
};

} // namespace cockpit
