// What opens a comment, a text or another language, of CommentWalk: all that the tables say (commentsyntax.h).
#include "checks/secrets/commentwalk.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

bool isBlankByte(char c)
{
    return c == ' ' || c == '\t';
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

bool isOfWord(char c)
{
    return isWordByte(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool startsCaseless(std::string_view text, std::string_view lowerWord)
{
    return text.size() >= lowerWord.size() &&
           std::ranges::equal(text.substr(0, lowerWord.size()), lowerWord, {}, lowerByte);
}

} // namespace

bool CommentWalk::openComment()
{
    for (const CommentForm &form : syntax().comments) {
        const bool isHere =
            form.isWord ? startsCaseless(rest(), form.open) && !isOfWord(byteAt(m_text, m_at + form.open.size()))
                        : rest().starts_with(form.open);
        if (!isHere || !isCommentHere(form))
            continue;
        m_commentAt = m_at;
        std::string end(form.close);
        size_t length = form.open.size();
        const size_t bracket = endOfRun('=', m_at + length + 1);
        if (syntax().has(LongBrackets) && byteAt(m_text, m_at + length) == '[' && byteAt(m_text, bracket) == '[') {
            end = ']' + std::string(bracket - m_at - length - 1, '=') + ']';
            length = bracket + 1 - m_at;
        }
        const bool isOfLine = end.empty() && syntax().has(HasMarkup) && m_frames.size() == 1;
        if (isOfLine && (m_isMarkupLine || restOfLine().find("</"sv) != std::string_view::npos))
            lose(Lost::Line);
        open({.kind = Kind::Comment,
              .syntax = &syntax(),
              .end = std::move(end),
              .nestedMark = form.nests ? form.open : std::string_view()},
             length);
        return true;
    }
    return false;
}

bool CommentWalk::isCommentHere(const CommentForm &form) const
{
    const char before = byteBefore(m_text, m_at);
    const char behind = byteAt(m_text, m_at + form.open.size());
    const bool isDashes = form.open == "--"sv;
    if (isDashes && syntax().has(BlankBehind) && behind != '\0' && !isBlankByte(behind) && !isLineEnd(behind))
        return false;
    if (form.open == "#"sv && syntax().has(NoAttribute) && behind == '[')
        return false;
    switch (form.before) {
    case Before::Anything:
        return true;
    case Before::NoAddress:
        return before != ':' && before != '(';
    case Before::Blank: {
        if (syntax().has(RunLines) && !m_text.substr(m_lineStart).starts_with("RUN "sv))
            return false;
        const bool isBehindWord = syntax().has(EscapesInCode) && ";&|()"sv.find(before) != std::string_view::npos;
        return m_at == m_lineStart || isBlankByte(before) || isBehindWord;
    }
    case Before::LineStart:
        return isFirst();
    case Before::Statement: {
        std::string_view line = lineSoFar();
        line = line.substr(0, line.find_last_not_of(" \t@"sv) + 1);
        return line.empty() || line.ends_with('(') || (line.ends_with('&') && !line.ends_with("^&"sv));
    }
    }
    return false;
}

bool CommentWalk::openQuote()
{
    return std::ranges::any_of(syntax().quotes, [this](const QuoteForm &form) { return openForm(form); });
}

bool CommentWalk::openForm(const QuoteForm &form)
{
    if (!rest().starts_with(form.open))
        return false;
    if (syntax().has(ValueQuotes) && !isYamlValue())
        return false;
    if (syntax().has(EqualsQuotes)) {
        const std::string_view line = lineSoFar();
        const size_t before = line.find_last_not_of(" \t"sv);
        if (before == std::string_view::npos || line[before] != '=')
            return false;
        const size_t close = m_text.find(form.close, m_at + form.open.size());
        m_work += std::min(close, m_text.size()) - m_at;
        if (close == std::string_view::npos)
            return false;
    }
    Frame frame{.kind = Kind::Text,
                .syntax = &syntax(),
                .end = std::string(form.close),
                .escape = form.escape,
                .hole = form.hole,
                .spans = form.spans};
    const std::string_view word = wordBefore();
    constexpr size_t longestPrefix = 2;
    const auto isOfPrefix = [](char c) { return "rRbBuUfFtT"sv.find(c) != std::string_view::npos; };
    const bool isPrefix = word.size() <= longestPrefix && std::ranges::all_of(word, isOfPrefix);
    if (syntax().has(Prefixes) && isPrefix && word.find_first_of("fFtT"sv) != std::string_view::npos)
        frame.hole = "{"sv;
    const std::string_view before = m_text.substr(0, m_at);
    const std::string_view signs = before.substr(before.find_last_not_of("$@"sv) + 1); // of C#
    if (syntax().has(Prefixes) && signs.find('$') != std::string_view::npos)
        frame.hole = "{"sv;
    if (syntax().has(Prefixes) && signs.find('@') != std::string_view::npos) {
        frame.escape = Escape::Doubled;
        frame.spans = true;
    }
    open(std::move(frame), form.open.size());
    return true;
}

// "key: 'x'", "- 'x'", "[ 'x', 'y' ]", "!Sub 'x'". Within a plain text a quote is an apostrophe.
bool CommentWalk::isYamlValue() const
{
    std::string_view line = lineSoFar();
    const size_t last = line.find_last_not_of(" \t"sv);
    if (last == std::string_view::npos)
        return true;
    const bool isApart = last + 1 < line.size();
    line = line.substr(0, last + 1);
    if ("[{,"sv.find(line.back()) != std::string_view::npos)
        return true;
    if (isApart && ":-?"sv.find(line.back()) != std::string_view::npos)
        return true;
    constexpr size_t longest = 128; // of a tag; a line may be the whole file
    const std::string_view end = line.substr(line.size() - std::min(line.size(), longest));
    const std::string_view word = end.substr(end.find_last_of(" \t[{,"sv) + 1);
    return isApart && (word.starts_with('!') || word.starts_with('&'));
}

bool CommentWalk::openPart()
{
    for (const PartForm &part : syntax().parts) {
        const char behind = byteAt(m_text, m_at + part.open.size());
        const bool isTag = part.open != "<"sv || isLetterByte(behind) || behind == '/';
        if (!isTag || !rest().starts_with(part.open))
            continue;
        m_last = 0;
        ++m_parts;
        open({.syntax = &syntaxOf(part.language),
              .end = std::string(part.close),
              .isPart = true,
              .endsInTexts = part.endsInTexts},
             part.open.size());
        return true;
    }
    return false;
}

} // namespace cockpit
