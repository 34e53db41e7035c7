#include "checks/secrets/linestate.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr auto kBlanks = " \t"sv;

// What may stand before each.
enum class Before {
    Anything,
    NoColon, // an address: "https://"
    Alone,   // a blank, a quote that ends, a bracket or the end of a statement: "#" is a part of colours and addresses
    OnlyBlanks // it begins the line
};

struct Opening
{
    std::string_view mark;
    std::string_view end; // empty: the end of the line
    Before before = Before::Anything;
    bool needsMark = false; // in other languages it ends a statement: only where a remark follows at once
};

// Of C and its like, shells, SQL, HTML, templates, ini files, TeX, batch files; a star goes on with a block of C.
constexpr std::array kOpenings{
    Opening{"{{!"sv, "}}"sv},
    Opening{"{#"sv, "#}"sv},
    Opening{"<%--"sv, "--%>"sv},
    Opening{"<!--"sv, "-->"sv},
    Opening{"/*"sv, "*/"sv},
    Opening{"//"sv, {}, Before::NoColon},
    Opening{"#"sv, {}, Before::Alone},
    Opening{"-- "sv, {}, Before::Alone},
    Opening{";"sv, {}, Before::Alone, true},
    Opening{"%"sv, {}, Before::Alone, true},
    Opening{"* "sv, {}, Before::OnlyBlanks},
    Opening{"REM "sv, {}, Before::OnlyBlanks},
    Opening{"rem "sv, {}, Before::OnlyBlanks},
};

bool isMarkNext(std::string_view rest)
{
    rest.remove_prefix(std::min(rest.find_first_not_of(";% \t"sv), rest.size()));
    return rest.starts_with("launch-cockpit:"sv) || rest.starts_with("gitleaks:"sv);
}

} // namespace

bool LineState::isFirst() const
{
    return m_line.substr(0, m_at).find_first_not_of(kBlanks) == std::string_view::npos;
}

bool LineState::isAlone() const
{
    return m_at == 0 || " \t\"'`,;)]}>"sv.find(before()) != std::string_view::npos;
}

// "don't", and a quote that stays open, open nothing.
bool LineState::opensQuote() const
{
    const char c = m_line[m_at];
    const bool isQuote = c == '"' || c == '\'' || c == '`';
    const bool isApostrophe = c == '\'' && isWordByte(before());
    return isQuote && !isApostrophe && m_line.find(c, m_at + 1) != std::string_view::npos;
}

// How much of the line opens it; 0: nothing.
size_t LineState::openComment()
{
    const std::string_view rest = m_line.substr(m_at);
    const auto opens = [&](const Opening &one) {
        if (!rest.starts_with(one.mark) || (one.needsMark && !isMarkNext(rest)))
            return false;
        switch (one.before) {
        case Before::Anything:
            return true;
        case Before::NoColon:
            return before() != ':';
        case Before::Alone:
            return isAlone();
        case Before::OnlyBlanks:
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
    if (opensQuote()) {
        m_in = In::Quote;
        m_quote = m_line[m_at];
    }
    return 1;
}

void LineState::goTo(size_t place)
{
    while (m_at < std::min(place, m_line.size())) {
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
