// Whether a place in a file stands in a comment of its language. Internal to the folder.
#pragma once

#include "checks/secrets/commentsyntax.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit {

enum class Stand : std::uint8_t { // there is one for each language and remark
    Code,
    Text, // of the program: nobody wrote it for whoever reads the code
    Comment,
    Undecided, // the language leaves it open, or what stands before it is not followed here
    TooFar,    // the beginning of the file is not at hand
};

// From, to: bytes.
struct ValueRange
{
    size_t start = 0;
    size_t end = 0;
};

// Goes over a file from its beginning. What it takes for a comment is one; of what it cannot follow it says so.
class CommentWalk
{
public:
    // values: what stands in them is no code, whatever it looks like; by place. Text and values must outlive it.
    CommentWalk(std::string_view text, Language language, std::span<const ValueRange> values);

    // Up to this place, which lies behind the last one.
    void goTo(size_t place);
    Stand stand() const;
    // Steps taken, and bytes looked at ahead of them: it grows with the text, not with the text's square.
    size_t work() const { return m_work; }

private:
    enum class Kind { Code, Text, Comment };
    enum class Lost { No, Line, File };
    enum class Sum { No, Yes, Undecided };

    struct Frame
    {
        Kind kind = Kind::Code;
        const Syntax *syntax = nullptr;
        std::string end = {}; // empty: the end of the line, or of what is told below
        Escape escape = Escape::None;
        std::string_view hole = {};
        char nested = 0;                  // the bracket that its end is the partner of
        std::string_view nestedMark = {}; // the same of comments
        size_t depth = 0;
        bool spans = true;
        bool isPart = false;
        bool endsInTexts = false;
        bool isRegex = false;
        bool isInClass = false; // of a regex: "[/]"
        bool isHeredoc = false; // its end is a line
        bool isLoose = false;   // which may be indented
        bool isBlock = false;   // of YAML: ends with its indentation
        size_t indent = 0;
        size_t linesIndent = 0; // of the first of its lines; 0: there was none yet
    };
    struct Heredoc
    {
        std::string word;
        bool isLoose = false;
    };

    void step();
    void stepCode();
    void stepText();
    void stepComment();
    bool endPart();
    void endLine();
    void passLineEnd(const Frame &top);
    void beginLine();
    void beginHeredoc();
    void endHeredoc();
    void openBlock();
    void open(Frame frame, size_t length);
    void openText(std::string end, Escape escape, bool spans, size_t length);
    void openDelimited(size_t at);
    bool openComment();
    bool isCommentHere(const CommentForm &form) const;
    bool openQuote();
    bool openForm(const QuoteForm &form);
    bool openPart();
    bool openSpecial();
    bool openRaw();
    bool openHeredoc();
    bool openQuotedHeredoc(size_t at, bool isLoose);
    Sum sumHere();
    void beginNextLine(std::string_view word, bool isLoose, size_t behind);
    bool openSigil();
    bool openCharacter();
    bool openRegex();
    bool passLatex();
    bool passDashes();
    void passSigns(size_t end);
    void passWord();
    void passBracket(char c);
    size_t endOfRun(char sign, size_t from);
    bool isValueBefore() const;
    bool isFirst() const { return m_at <= m_lineStart + m_indent; }
    bool isYamlValue() const;
    std::string_view lineSoFar() const { return m_text.substr(m_lineStart, m_at - m_lineStart); }
    std::string_view restOfLine(); // its bytes are looked at, and count as work
    std::string_view wordBefore() const { return m_wordEnd == m_at ? m_word : std::string_view(); }
    std::string_view rest() const { return m_text.substr(m_at); }
    const Syntax &syntax() const { return *m_frames.back().syntax; }
    bool isShell() const { return syntax().has(Heredocs) && syntax().has(EscapesInCode); }
    bool hasOwnDelimiters() const { return syntax().has(PercentTexts) || syntax().has(QuoteWords); }
    void lose(Lost how) { m_lost = std::max(m_lost, how); }

    const std::string_view m_text;
    const std::span<const ValueRange> m_values;
    size_t m_nextValue = 0;
    size_t m_at = 0;
    std::vector<Frame> m_frames;
    std::deque<Heredoc> m_heredocs; // that begin with the next line
    Lost m_lost = Lost::No;
    size_t m_lineStart = 0;
    size_t m_indent = 0; // of this line: the bytes of its blanks
    size_t m_work = 0;
    std::string_view m_listKey;                  // of YAML: the last that has its value in the lines behind it
    size_t m_commentAt = std::string_view::npos; // in this line
    // What came last: a letter for words, a quote for texts.
    char m_last = 0;
    char m_beforeLast = 0;
    std::string_view m_word;
    size_t m_wordEnd = 0;
    char m_beforeWord = 0;
    std::vector<bool> m_parentheses; // whether each is of "if (", "while ("
    size_t m_sumAt = 0;              // behind the last "((" of a shell's code; 0: there was none
    bool m_isAfterControl = false;
    bool m_isMarkupLine = false;
    size_t m_parts = 0;        // of the frames
    size_t m_lastQuasiEnd = 0; // "|]", of the whole text
};

} // namespace cockpit
