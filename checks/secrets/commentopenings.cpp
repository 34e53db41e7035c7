// What opens a text in code beside quotes, of CommentWalk.
#include "checks/secrets/commentwalk.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

bool isOfWord(char c)
{
    return isWordByte(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool isBlankOrEnd(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

template<size_t Count>
bool isOneOf(std::string_view word, const std::array<std::string_view, Count> &words)
{
    return std::ranges::find(words, word) != words.end();
}

// Behind them a value begins, not an operator.
constexpr std::array kBeforeValues{"return"sv, "typeof"sv, "case"sv,  "in"sv,   "of"sv,    "delete"sv,
                                   "void"sv,   "throw"sv,  "new"sv,   "do"sv,   "else"sv,  "if"sv,
                                   "unless"sv, "when"sv,   "and"sv,   "or"sv,   "not"sv,   "while"sv,
                                   "until"sv,  "yield"sv,  "await"sv, "then"sv, "elsif"sv, "instanceof"sv};
constexpr std::array kPerlQuotes{"q"sv, "qq"sv, "qw"sv, "qr"sv, "qx"sv, "m"sv, "s"sv, "tr"sv, "y"sv};

} // namespace

std::string_view CommentWalk::restOfLine()
{
    const std::string_view line = rest().substr(0, rest().find_first_of("\r\n"sv));
    m_work += line.size();
    return line;
}

// Of a division: what stands before is a value.
bool CommentWalk::isValueBefore() const
{
    if (m_last == 'a')
        return !isOneOf(m_word, kBeforeValues);
    if (m_last == ')')
        return !m_isAfterControl;
    return m_last == '"' || m_last == 'v' || m_last == ']' || m_last == '$';
}

bool CommentWalk::openSpecial()
{
    return openRaw() || openHeredoc() || openSigil() || openCharacter() || passDashes();
}

// Texts in which nothing is escaped, and whose end the writer chose.
bool CommentWalk::openRaw()
{
    const char c = m_text[m_at];
    const std::string_view word = wordBefore();
    if (c == '"' && syntax().has(RawOfCpp) && word.ends_with('R')) {
        constexpr size_t longest = 16; // [lex.string]
        const std::string_view tag = rest().substr(0, longest + 2);
        const size_t open = tag.find('(');
        m_work += std::min(open, tag.size());
        if (open == std::string_view::npos)
            return false;
        openText(')' + std::string(rest().substr(1, open - 1)) + '"', Escape::None, true, open + 1);
        return true;
    }
    if ((c == '#' || c == '"') && syntax().has(HashedQuotes)) {
        const size_t quote = endOfRun('#', m_at);
        const bool isOfRust = word == "r"sv || word == "br"sv || word == "cr"sv;
        if (byteAt(m_text, quote) != '"' && quote > m_at) {
            passSigns(quote);
            return true;
        }
        if (quote == m_at && !isOfRust)
            return false;
        const bool isTriple = m_text.substr(quote).starts_with("\"\"\""sv);
        openText(std::string(isTriple ? 3 : 1, '"') + std::string(quote - m_at, '#'), Escape::None, true,
                 quote + (isTriple ? 3 : 1) - m_at);
        return true;
    }
    if (c == '[' && syntax().has(LongBrackets)) {
        const size_t second = endOfRun('=', m_at + 1);
        if (byteAt(m_text, second) != '[')
            return false;
        openText(']' + std::string(second - m_at - 1, '=') + ']', Escape::None, true, second + 1 - m_at);
        return true;
    }
    if (c == '[' && syntax().has(QuasiQuotes)) {
        const auto *const bar = std::ranges::find_if_not(rest().substr(1), isOfWord);
        const auto at = static_cast<size_t>(bar - m_text.begin());
        m_work += at - m_at;
        if (byteAt(m_text, at) != '|' || at >= m_lastQuasiEnd) // "[x|x<-list]" is a list
            return false;
        openText("|]", Escape::None, true, at + 1 - m_at);
        return true;
    }
    if (c == '$' && syntax().has(DollarTags)) {
        const auto *const end = std::ranges::find_if_not(rest().substr(1), isOfWord);
        const auto at = static_cast<size_t>(end - m_text.begin());
        m_work += at - m_at;
        if (byteAt(m_text, at) != '$' || isDigitByte(byteAt(m_text, m_at + 1)))
            return false;
        openText(std::string(m_text.substr(m_at, at + 1 - m_at)), Escape::None, true, at + 1 - m_at);
        return true;
    }
    return false;
}

// %q(…), %w[…], q{…}, ~s|…|, and the one character behind a question mark.
bool CommentWalk::openSigil()
{
    if (!hasOwnDelimiters() && !syntax().has(Sigils))
        return false;
    const char c = m_text[m_at];
    const char next = byteAt(m_text, m_at + 1);
    if (c == '?' && "\"'#`"sv.find(next) != std::string_view::npos) {
        lose(Lost::Line); // a character, or the choice between two values
        m_at += 2;
        return true;
    }
    const bool isBefore = isBlankOrEnd(byteBefore(m_text, m_at)) && !isBlankOrEnd(next);
    if (c == '%' && syntax().has(PercentTexts) && (!isValueBefore() || isBefore)) {
        const size_t sign = m_at + (isLetterByte(next) ? 2 : 1);
        const char delimiter = byteAt(m_text, sign);
        if (isOfWord(delimiter) || isBlankOrEnd(delimiter) || delimiter == '=')
            return false;
        openDelimited(sign);
        return true;
    }
    if (c == '~' && syntax().has(Sigils) && isLetterByte(next)) {
        size_t sign = m_at + 1;
        while (isLetterByte(byteAt(m_text, sign)))
            ++sign;
        const std::string_view triple = m_text.substr(sign, 3);
        if (triple == "\"\"\""sv || triple == "'''"sv)
            openText(std::string(triple), Escape::Backslash, true, sign + 3 - m_at);
        else if (!isBlankOrEnd(byteAt(m_text, sign)))
            openDelimited(sign);
        else
            return false;
        return true;
    }
    const bool isQuoteWord = syntax().has(QuoteWords) && m_last == 'a' && isOneOf(m_word, kPerlQuotes) && !isOfWord(c);
    if (!isQuoteWord || ",;=)}.\"'"sv.find(c) != std::string_view::npos ||
        "$@%&>-."sv.find(m_beforeWord) != std::string_view::npos)
        return false;
    const bool isOfTwo = m_word == "s"sv || m_word == "tr"sv || m_word == "y"sv;
    if (isOfTwo)
        lose(Lost::Line); // how the second half ends is not followed
    openDelimited(m_at);
    return true;
}

// 'x' and '\'' where an apostrophe alone is a part of a name, and $" of Erlang.
bool CommentWalk::openCharacter()
{
    const char c = m_text[m_at];
    if (c == '$' && syntax().has(DollarChars)) {
        m_at += byteAt(m_text, m_at + 1) == '\\' ? 3 : 2;
        m_last = 'v';
        return true;
    }
    if (c != '\'' || !syntax().has(CharLiterals))
        return false;
    if (byteAt(m_text, m_at + 1) == '\\') {
        openText("'", Escape::Backslash, false, 1);
        return true;
    }
    constexpr size_t longest = 4; // of UTF-8
    const size_t end = m_text.find('\'', m_at + 1);
    size_t length = 1;
    while (length <= longest && (static_cast<unsigned char>(byteAt(m_text, m_at + 1 + length)) & 0xC0U) == 0x80U)
        ++length;
    m_at += end == m_at + 1 + length ? length + 2 : 1;
    m_last = 'v';
    return true;
}

// Where a value may begin, a slash begins a regular expression; the comments are known by then.
bool CommentWalk::openRegex()
{
    if (m_text[m_at] != '/' || !syntax().has(Regexes))
        return false;
    if (m_last == '}')
        lose(Lost::Line); // of a block or of an object
    const bool isArgument =
        hasOwnDelimiters() && isBlankOrEnd(byteBefore(m_text, m_at)) && !isBlankOrEnd(byteAt(m_text, m_at + 1));
    if (isValueBefore()) {
        if (isArgument)
            lose(Lost::Line); // "puts /x/" of Ruby, or half of "a /b"
        return false;
    }
    open({.kind = Kind::Text,
          .syntax = &syntax(),
          .end = "/",
          .escape = Escape::Backslash,
          .spans = false,
          .isRegex = true},
         1);
    return true;
}

// Signs of one kind, of which all are known to open nothing: not each of them is to look over those that follow.
void CommentWalk::passSigns(size_t end)
{
    m_at = end - 1;
    passBracket(m_text[m_at]);
}

// "-->" and "--|" are operators of Haskell; "--" alone, or before anything else, begins a comment.
bool CommentWalk::passDashes()
{
    if (!syntax().has(DashesNoSign) || !rest().starts_with("--"sv))
        return false;
    const size_t next = endOfRun('-', m_at);
    if (next == m_text.size() || "!#$%&*+./<=>?@\\^|~:"sv.find(m_text[next]) == std::string_view::npos)
        return false;
    passSigns(next);
    return true;
}

// \begin{verbatim} … \end{verbatim}, \verb|…|.
bool CommentWalk::passLatex()
{
    if (m_text[m_at] != '\\' || !syntax().has(Verbatim))
        return false;
    for (const std::string_view name : {"verbatim"sv, "Verbatim"sv, "lstlisting"sv, "minted"sv, "alltt"sv}) {
        const std::string opening = "\\begin{" + std::string(name);
        if (rest().starts_with(opening)) {
            openText("\\end{" + std::string(name), Escape::None, true, opening.size());
            return true;
        }
    }
    for (const std::string_view name : {"\\verb"sv, "\\lstinline"sv, "\\mintinline"sv, "\\url"sv, "\\href"sv}) {
        if (rest().starts_with(name))
            lose(Lost::Line);
    }
    return false;
}

} // namespace cockpit
