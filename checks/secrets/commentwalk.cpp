#include "checks/secrets/commentwalk.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

constexpr size_t kDeepest = 64; // texts in holes of texts; a file that has more is none that people wrote

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

char partnerOf(char bracket)
{
    switch (bracket) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case '<':
        return '>';
    default:
        return bracket;
    }
}

} // namespace

CommentWalk::CommentWalk(std::string_view text, Language language, std::span<const ValueRange> values)
    : m_text(text), m_values(values)
{
    // Pages of Django and Jinja are called like any other; what they are filled with tells.
    const bool isFilled = language == Language::Html && text.find("{%"sv) != std::string_view::npos;
    m_frames.push_back({.syntax = &syntaxOf(isFilled ? Language::Twig : language)});
    if (const size_t last = text.rfind("|]"sv); syntax().has(QuasiQuotes) && last != std::string_view::npos)
        m_lastQuasiEnd = last;
    beginLine();
}

Stand CommentWalk::stand() const
{
    if (m_lost != Lost::No)
        return Stand::Undecided;
    switch (m_frames.back().kind) {
    case Kind::Code:
        return Stand::Code;
    case Kind::Text:
        return Stand::Text;
    case Kind::Comment:
        return Stand::Comment;
    }
    return Stand::Undecided;
}

void CommentWalk::goTo(size_t place)
{
    place = std::min(place, m_text.size());
    while (m_at < place && m_lost != Lost::File) {
        while (m_nextValue < m_values.size() && m_values[m_nextValue].end <= m_at)
            ++m_nextValue;
        if (m_nextValue < m_values.size() && m_values[m_nextValue].start <= m_at) {
            m_at = std::min(m_values[m_nextValue].end, m_text.size());
            m_last = 'v';
            continue;
        }
        step();
    }
}

void CommentWalk::step()
{
    ++m_work;
    if (endPart())
        return;
    switch (m_frames.back().kind) {
    case Kind::Code:
        return stepCode();
    case Kind::Text:
        return stepText();
    case Kind::Comment:
        return stepComment();
    }
}

// The innermost part whose end stands here, unless a text or a comment hides it.
bool CommentWalk::endPart()
{
    bool isHidden = false;
    if (m_parts == 0)
        return false;
    for (size_t i = m_frames.size(); i-- > 1;) {
        const Frame &frame = m_frames[i];
        if (frame.isPart && (frame.endsInTexts || !isHidden) && rest().starts_with(frame.end)) {
            m_at += frame.end.size();
            m_frames.resize(i);
            m_parts = static_cast<size_t>(std::ranges::count_if(m_frames, &Frame::isPart));
            m_last = 0;
            return true;
        }
        const bool isLineComment = frame.kind == Kind::Comment && frame.end.empty();
        isHidden = isHidden || (!frame.isPart && !isLineComment);
    }
    return false;
}

void CommentWalk::open(Frame frame, size_t length)
{
    m_at += length;
    if (m_frames.size() >= kDeepest)
        return lose(Lost::File);
    m_frames.push_back(std::move(frame));
}

void CommentWalk::openText(std::string end, Escape escape, bool spans, size_t length)
{
    open({.kind = Kind::Text, .syntax = &syntax(), .end = std::move(end), .escape = escape, .spans = spans}, length);
}

// What a sign of the writer's choice encloses: it stands here.
void CommentWalk::openDelimited(size_t at)
{
    const char sign = m_text[at];
    const char partner = partnerOf(sign);
    open({.kind = Kind::Text,
          .syntax = &syntax(),
          .end = std::string(1, partner),
          .escape = Escape::Backslash,
          .nested = partner == sign ? '\0' : sign},
         at + 1 - m_at);
}

void CommentWalk::stepComment()
{
    Frame &top = m_frames.back();
    if (!top.end.empty() && rest().starts_with(top.end)) {
        if (top.depth > 0) {
            --top.depth;
            m_at += top.end.size();
            return;
        }
        m_at += top.end.size();
        m_frames.pop_back();
    } else if (!top.nestedMark.empty() && rest().starts_with(top.nestedMark)) {
        ++top.depth;
        m_at += top.nestedMark.size();
    } else if (isLineEnd(m_text[m_at])) {
        passLineEnd(top);
    } else {
        ++m_at;
    }
}

// An end of its own that begins with a new line is looked for between the two bytes of Windows.
void CommentWalk::passLineEnd(const Frame &top)
{
    if (top.end.starts_with('\n') && rest().starts_with("\r\n"sv))
        ++m_at;
    else
        endLine();
}

void CommentWalk::stepText()
{
    Frame &top = m_frames.back();
    const char c = m_text[m_at];
    const bool ends = !top.isHeredoc && !top.end.empty() && !top.isInClass && rest().starts_with(top.end);
    if (!top.hole.empty() && rest().starts_with(top.hole)) {
        const bool isDoubled = top.hole == "{"sv && byteAt(m_text, m_at + 1) == '{';
        if (isDoubled) {
            m_at += 2;
            return;
        }
        const char bracket = top.hole.front() == '{' ? '{' : top.hole.back();
        m_last = '(';
        open({.syntax = top.syntax, .end = std::string(1, partnerOf(bracket)), .nested = bracket}, top.hole.size());
    } else if ((top.escape == Escape::Backslash && c == '\\') || (top.escape == Escape::Backtick && c == '`')) {
        m_at += m_text.substr(m_at + 1).starts_with("\r\n"sv) ? 3 : 2;
    } else if (ends && top.escape == Escape::Doubled && m_text.substr(m_at + top.end.size()).starts_with(top.end)) {
        m_at += 2 * top.end.size();
    } else if (ends && top.depth > 0) {
        --top.depth;
        ++m_at;
    } else if (ends) {
        m_at += top.end.size();
        m_last = '"';
        m_frames.pop_back();
    } else if (isLineEnd(c)) {
        passLineEnd(top);
    } else {
        top.depth += top.nested != 0 && c == top.nested ? 1 : 0;
        top.isInClass = top.isRegex && (c == '[' || (top.isInClass && c != ']'));
        if (c == '\\' && top.syntax->has(LostByBackslash) && m_text.substr(m_at + 1).starts_with(top.end))
            lose(Lost::File);
        ++m_at;
    }
}

void CommentWalk::stepCode()
{
    const char c = m_text[m_at];
    if (isLineEnd(c))
        return endLine();
    if (isBlankByte(c)) {
        ++m_at;
        return;
    }
    const bool mayOpen = syntax().openers.test(static_cast<unsigned char>(c)) ||
                         (syntax().has(QuoteWords) && m_last == 'a' && !isOfWord(c));
    if (!mayOpen)
        return isOfWord(c) ? passWord() : passBracket(c);
    if (passLatex())
        return;
    if ((c == '\\' && syntax().has(EscapesInCode)) || (c == '`' && syntax().has(BackticksInCode))) {
        const bool takesLineEnd = isLineEnd(byteAt(m_text, m_at + 1));
        if (takesLineEnd && byteBefore(m_text, m_at) == '<' && isShell())
            lose(Lost::File); // the two signs of a here-document, in two lines
        m_last = c;
        m_at += takesLineEnd ? 1 : 2;
        return;
    }
    if (openSpecial() || openComment() || openQuote() || openPart() || openRegex())
        return;
    if (isOfWord(c))
        return passWord();
    passBracket(c);
}

void CommentWalk::passWord()
{
    const size_t from = m_at;
    m_beforeWord = m_last;
    while (m_at < m_text.size() && isOfWord(m_text[m_at]))
        ++m_at;
    m_word = m_text.substr(from, m_at - from);
    m_wordEnd = m_at;
    m_beforeLast = m_last;
    m_last = 'a';
}

void CommentWalk::passBracket(char c)
{
    Frame &top = m_frames.back();
    ++m_at;
    m_isAfterControl = false;
    if (c == '(') {
        const bool isControl =
            m_last == 'a' && (m_word == "if"sv || m_word == "while"sv || m_word == "for"sv || m_word == "with"sv);
        m_parentheses.push_back(isControl);
        const std::string_view before = m_text.substr(0, m_at);
        if (m_last == '(' && before.ends_with("(("sv) && !before.ends_with("((("sv))
            m_sumAt = m_at;
    } else if (c == ')' && !m_parentheses.empty()) {
        m_isAfterControl = m_parentheses.back();
        m_parentheses.pop_back();
    }
    m_beforeLast = m_last;
    m_last = c;
    if (top.nested == 0)
        return;
    if (c == top.nested) {
        ++top.depth;
    } else if (c == top.end.front() && top.depth > 0) {
        --top.depth;
    } else if (c == top.end.front()) {
        m_frames.pop_back();
    }
}

size_t CommentWalk::endOfRun(char sign, size_t from)
{
    const size_t end = std::min(m_text.find_first_not_of(sign, from), m_text.size());
    m_work += end - std::min(from, end);
    return end;
}

} // namespace cockpit
