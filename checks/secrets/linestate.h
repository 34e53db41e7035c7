// Whether a place in a line stands in a comment, where nothing tells the language (commentwalk.h where it is known).
#pragma once

#include "checks/secrets/commentwalk.h"

#include <algorithm>
#include <string_view>

namespace cockpit {

// Goes over a line from its beginning. What opens a comment is known by its form and by what stands before it: an
// address has "//" in it, a colour "#". A quote that the line does not close opens nothing: it is an apostrophe. One
// that it does close opens a text, whatever stands before it: "return'x'", "f'x'".
class LineState
{
public:
    explicit LineState(std::string_view line);

    // Up to this place, which lies behind the last one.
    void goTo(size_t place);
    // The state stays as it is: a value is no code, whatever it looks like.
    void skipTo(size_t place) { m_at = std::max(m_at, place); }
    Stand stand() const;
    // That it took so far, no more than there are bytes: each asks for a bounded number of them, but for the next
    // quote.
    size_t steps() const { return m_steps; }

private:
    enum class In { Code, Quote, Comment };

    size_t stepInCode();
    size_t openComment();
    bool opensQuote() const;
    bool isAlone() const;                                // nothing that it could be a part of stands before
    bool isFirst() const { return m_at <= m_firstSign; } // nothing but blanks stands before
    bool isMarkNext();
    bool mayOpenRegex() const;
    char before() const { return m_at == 0 ? ' ' : m_line[m_at - 1]; }

    const std::string_view m_line;
    const size_t m_firstSign; // that is no blank
    const size_t m_slashesTo; // behind the last slash
    size_t m_endersTo = 0;    // the end of a run of blanks and of what ends statements, up to which it was looked at
    size_t m_steps = 0;
    size_t m_at = 0;
    In m_in = In::Code;
    char m_quote = 0;
    std::string_view m_end;       // of the comment; empty: the end of the line
    bool m_isBehindSlash = false; // which may open a regular expression: "/[#] …/"
};

} // namespace cockpit
