#include "checks/secrets/linestate.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr auto kBlanks = " \t"sv;

// What may stand before each.
enum class Ahead {
    Anything,
    NoColon, // an address: "https://"
    Alone,   // a blank, a quote that ends, a bracket or the end of a statement: "#" is a part of colours and addresses
    OnlyBlanks // it begins the line
};

struct Opening
{
    std::string_view mark;
    std::string_view end; // empty: the end of the line
    Ahead before = Ahead::Anything;
    bool needsMark = false; // in other languages it ends a statement: only where a remark follows at once
};

// Of C and its like, shells, SQL, HTML, templates, ini files, TeX, batch files; a star goes on with a block of C.
constexpr std::array kOpenings{
    Opening{"{{!"sv, "}}"sv},
    Opening{"{{--"sv, "--}}"sv},
    Opening{"<%#"sv, "%>"sv},
    Opening{"{#"sv, "#}"sv},
    Opening{"<%--"sv, "--%>"sv},
    Opening{"<!--"sv, "-->"sv},
    Opening{"/*"sv, "*/"sv},
    Opening{"//"sv, {}, Ahead::NoColon},
    Opening{"#"sv, {}, Ahead::Alone},
    Opening{"-- "sv, {}, Ahead::Alone},
    Opening{";"sv, {}, Ahead::Alone, true},
    Opening{"%"sv, {}, Ahead::Alone, true},
    Opening{"* "sv, {}, Ahead::OnlyBlanks},
    Opening{"REM "sv, {}, Ahead::OnlyBlanks},
    Opening{"rem "sv, {}, Ahead::OnlyBlanks},
};

} // namespace

LineState::LineState(std::string_view line)
    : m_line(line),
      m_firstSign(std::min(line.find_first_not_of(kBlanks), line.size())),
      m_slashesTo(line.rfind('/') + 1) // 0: there is none
{
}

// In a run of them each asks for the same place.
bool LineState::isMarkNext()
{
    if (m_at >= m_endersTo)
        m_endersTo = std::min(m_line.find_first_not_of(";% \t"sv, m_at), m_line.size());
    const std::string_view next = m_line.substr(m_endersTo);
    return next.starts_with("launch-cockpit:"sv) || next.starts_with("gitleaks:"sv);
}

bool LineState::isAlone() const
{
    return m_at == 0 || " \t\"'`,;)]}>"sv.find(before()) != std::string_view::npos;
}

// A quote that stays open opens nothing.
bool LineState::opensQuote() const
{
    const char c = m_line[m_at];
    const bool isQuote = c == '"' || c == '\'' || c == '`';
    return isQuote && m_line.find(c, m_at + 1) != std::string_view::npos;
}

// Of "x = /[#]/", and not of "12 / 3" or "/usr/bin".
bool LineState::mayOpenRegex() const
{
    return m_line[m_at] == '/' && !isWordByte(before()) &&
           " \t=(,:[!&|?{;"sv.find(before()) != std::string_view::npos && m_at + 1 < m_line.size() &&
           kBlanks.find(m_line[m_at + 1]) == std::string_view::npos;
}

// In a language that knows them, what stands between two slashes is no comment.
Stand LineState::stand() const
{
    switch (m_in) {
    case In::Code:
        return Stand::Code;
    case In::Quote:
        return Stand::Text;
    case In::Comment:
        return m_isBehindSlash && m_at < m_slashesTo ? Stand::Undecided : Stand::Comment;
    }
    return Stand::Undecided;
}

// How much of the line opens it; 0: nothing.
size_t LineState::openComment()
{
    const std::string_view rest = m_line.substr(m_at);
    const auto opens = [&](const Opening &one) {
        if (!rest.starts_with(one.mark) || (one.needsMark && !isMarkNext()))
            return false;
        switch (one.before) {
        case Ahead::Anything:
            return true;
        case Ahead::NoColon:
            return before() != ':';
        case Ahead::Alone:
            return isAlone();
        case Ahead::OnlyBlanks:
            return isFirst();
        }
        return false;
    };
    const auto *const opening = std::ranges::find_if(kOpenings, opens);
    if (opening == kOpenings.end())
        return 0;
    m_in = In::Comment;
    m_end = opening->end;
    return opening->mark.size();
}

size_t LineState::stepInCode()
{
    if (m_line[m_at] == '\\')
        return 2;
    if (const size_t opened = openComment(); opened > 0)
        return opened;
    m_isBehindSlash = m_isBehindSlash || mayOpenRegex();
    if (opensQuote()) {
        m_in = In::Quote;
        m_quote = m_line[m_at];
    }
    return 1;
}

void LineState::goTo(size_t place)
{
    while (m_at < std::min(place, m_line.size())) {
        ++m_steps;
        const char c = m_line[m_at];
        switch (m_in) {
        case In::Code:
            m_at += stepInCode();
            break;
        case In::Quote:
            if (c == m_quote)
                m_in = In::Code;
            m_at += c == '\\' ? 2 : 1;
            break;
        case In::Comment: {
            const bool ends = !m_end.empty() && m_line.substr(m_at).starts_with(m_end);
            if (ends)
                m_in = In::Code;
            m_at += ends ? m_end.size() : 1;
            break;
        }
        }
    }
}

} // namespace cockpit
