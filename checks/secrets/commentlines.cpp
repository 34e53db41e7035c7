// What begins and ends with lines, of CommentWalk.
#include "checks/secrets/commentwalk.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

// Of which a pipeline makes lines for a shell: "#" begins a comment in them, too.
constexpr std::array kScriptKeys{"run"sv,  "script"sv,       "before_script"sv, "after_script"sv,
                                 "bash"sv, "inlineScript"sv, "cmd"sv,           "cmds"sv};

constexpr size_t kLongestGap = 64; // of blanks before the word of a here-document

bool isOfWord(char c)
{
    return isWordByte(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool isBlankOrEnd(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

// Of an unquoted word of a shell; any other sign is a part of it: "END-OF-FILE".
bool endsShellWord(char c)
{
    return "\0 \t\n\r;&|()<>`"sv.find(c) != std::string_view::npos;
}

size_t indentOf(std::string_view line, std::string_view blanks = " \t"sv)
{
    return std::min(line.find_first_not_of(blanks), line.size());
}

// Of what stands in "((" before "<<": "cat <<2", "cat -n <<2", "/bin/cat<<2"; not "x = 1 << 2" and "x <<= 1".
bool mayBeCommand(std::string_view inner, std::string_view shift)
{
    inner.remove_prefix(indentOf(inner));
    if (inner.empty() || isDigitByte(inner.front()) || "($!~+-"sv.find(inner.front()) != std::string_view::npos)
        return false;
    const auto word = static_cast<size_t>(std::ranges::find_if_not(inner, isOfWord) - inner.begin());
    const std::string_view behind = inner.substr(word);
    const std::string_view next = behind.substr(indentOf(behind));
    if (word == 0)
        return true;
    if (next.empty())
        return !shift.starts_with("<<="sv);
    if (next.size() == behind.size())
        return false;
    const bool isOption = next.front() == '-' && (isLetterByte(byteAt(next, 1)) || byteAt(next, 1) == '-');
    return isOption || isOfWord(next.front()) || "$/.~"sv.find(next.front()) != std::string_view::npos;
}

std::string_view withoutBlanksBehind(std::string_view line)
{
    return line.substr(0, line.find_last_not_of(" \t"sv) + 1);
}

} // namespace

void CommentWalk::endLine()
{
    const size_t length = rest().starts_with("\r\n"sv) ? 2 : 1;
    while (m_frames.size() > 1) {
        const Frame &top = m_frames.back();
        const bool ends = (top.kind == Kind::Comment && top.end.empty()) || (top.kind == Kind::Text && !top.spans);
        if (!ends)
            break;
        m_frames.pop_back();
    }
    const bool isCode = m_frames.back().kind == Kind::Code;
    if (isCode && syntax().has(BlockScalars))
        openBlock();
    m_at += length;
    if (isCode)
        beginHeredoc();
    beginLine();
}

// "<<EOF", "<<-'EOF'", "<<~SQL", "<<<'EOT'". What follows in this line is code.
bool CommentWalk::openHeredoc()
{
    const bool isPhp = syntax().has(HeredocsOfPhp);
    const std::string_view mark = isPhp ? "<<<"sv : "<<"sv;
    if ((!isPhp && !syntax().has(Heredocs)) || !rest().starts_with(mark))
        return false;
    size_t at = m_at + mark.size();
    if (!isPhp && byteAt(m_text, at) == '<') { // a text for a command: "<<<"
        m_at += 3;
        m_last = '<';
        return true;
    }
    const Sum sum = isShell() ? sumHere() : Sum::No;
    if (sum == Sum::Undecided)
        lose(Lost::File);
    if (sum != Sum::No)
        return false;
    const bool isLoose = isPhp || byteAt(m_text, at) == '-' || byteAt(m_text, at) == '~';
    at += isLoose && !isPhp ? 1 : 0;
    const bool mayBeApart = !hasOwnDelimiters();
    const std::string_view behind = m_text.substr(std::min(at, m_text.size()));
    const size_t quoted = at + indentOf(behind.substr(0, kLongestGap)); // Perl lets blanks stand before a quote alone
    if (mayBeApart || (syntax().has(QuoteWords) && "\"'`"sv.find(byteAt(m_text, quoted)) != std::string_view::npos))
        at = quoted;
    const char quote = byteAt(m_text, at);
    if (quote == '"' || quote == '\'' || quote == '`')
        return openQuotedHeredoc(at, isLoose);
    at += quote == '\\' ? 1 : 0;
    const size_t from = at;
    const bool isOfShell = syntax().has(Heredocs) && mayBeApart;
    while (isOfShell ? !endsShellWord(byteAt(m_text, at)) : isOfWord(byteAt(m_text, at)))
        ++at;
    const std::string_view word = m_text.substr(from, at - from);
    // "list <<item" of Ruby and "1 << 3", "1<<$n", "x <<= 1" are none.
    const bool isWord = !word.empty() && !isDigitByte(word.front()) && word.front() != '$' && word.front() != '=' &&
                        (mayBeApart || quote == '\\' || (word.front() >= 'A' && word.front() <= 'Z'));
    // Whatever a shell has there is a word, and how "$X" or one that a line ends in reads is not followed.
    if (!isWord && isShell())
        lose(Lost::File);
    if (!isWord)
        return false;
    if (word.find_first_of("'\"\\$"sv) != std::string_view::npos)
        lose(Lost::File); // "END'-OF-'FILE": its parts are not put together here
    beginNextLine(word, isLoose, at);
    return true;
}

// Whether a shell shifts here: "$((1<<$n))", "((x<<=1))". A shell that has sums takes "((" for one if what closes the
// inner bracket is followed by ")", and for two others in each other if it is not. To one that has none "((" is never
// a sum, so where a command may stand in it, it is left open; so is one that does not end in this line.
CommentWalk::Sum CommentWalk::sumHere()
{
    if (m_sumAt <= m_lineStart)
        return Sum::No;
    constexpr size_t longest = 1024;
    const std::string_view line = m_text.substr(m_sumAt, longest);
    size_t depth = 0;
    size_t end = 0;
    while (end < line.size() && (line[end] != ')' || depth > 0) &&
           "\n\r'\"`\\"sv.find(line[end]) == std::string_view::npos) {
        depth += line[end] == '(' ? 1 : 0;
        depth -= line[end] == ')' ? 1 : 0;
        ++end;
    }
    m_work += end;
    const size_t here = m_at - m_sumAt;
    if (end < line.size() && line[end] == ')' && (end < here || byteAt(line, end + 1) != ')'))
        return Sum::No;
    const char before = byteBefore(m_text, m_sumAt - 2);
    const bool isBeforeCommand = m_sumAt - 2 == m_lineStart || " \t;&|"sv.find(before) != std::string_view::npos;
    const bool isSum =
        byteAt(line, end) == ')' && (before == '$' || (isBeforeCommand && !mayBeCommand(line.substr(0, here), rest())));
    return isSum ? Sum::Yes : Sum::Undecided;
}

// "'END-OF-FILE'", "\"A B\"": whatever stands in its quotes. at: of the first of them.
bool CommentWalk::openQuotedHeredoc(size_t at, bool isLoose)
{
    const char quote = m_text[at];
    const std::array ends{quote, '\n', '\r'};
    const size_t end =
        std::min(m_text.find_first_of(std::string_view(ends.data(), ends.size()), at + 1), m_text.size());
    m_work += end - at;
    const std::string_view word = m_text.substr(at + 1, end - at - 1);
    const bool isPlain = !word.empty() && !isDigitByte(word.front()) && std::ranges::all_of(word, isOfWord);
    const bool isRuby = syntax().has(PercentTexts);
    // "list<<'a b'" of Ruby adds a text; "list <<'a b'" does so, or gives a here-document to a command.
    if (!isPlain && isRuby && isValueBefore() && !isBlankOrEnd(byteBefore(m_text, m_at)))
        return false;
    const bool isApartInPerl = syntax().has(QuoteWords) && isBlankOrEnd(byteBefore(m_text, at)); // or a shift by a text
    const bool isUnclear = !isPlain && (syntax().has(HeredocsOfPhp) || isApartInPerl || (isRuby && isValueBefore()));
    const bool isOfShell = syntax().has(Heredocs) && !hasOwnDelimiters();
    const bool goesOn = isOfShell && !endsShellWord(byteAt(m_text, end + 1));
    const bool isEscaped = quote != '\'' && word.find('\\') != std::string_view::npos;
    if (byteAt(m_text, end) != quote || isUnclear || goesOn || isEscaped) {
        lose(Lost::File);
        return false;
    }
    beginNextLine(word, isLoose, end + 1);
    return true;
}

void CommentWalk::beginNextLine(std::string_view word, bool isLoose, size_t behind)
{
    m_heredocs.push_back({std::string(word), isLoose});
    m_at = behind;
    m_last = '"';
}

void CommentWalk::beginHeredoc()
{
    if (m_heredocs.empty())
        return;
    const Heredoc next = m_heredocs.front();
    m_heredocs.pop_front();
    open({.kind = Kind::Text, .syntax = &syntax(), .end = next.word, .isHeredoc = true, .isLoose = next.isLoose}, 0);
}

void CommentWalk::beginLine()
{
    m_lineStart = m_at;
    m_commentAt = std::string_view::npos;
    if (m_lost == Lost::Line)
        m_lost = Lost::No;
    // "<p>" and then a line: it is text between tags, or code behind a type.
    m_isMarkupLine = m_frames.size() == 1 && syntax().has(HasMarkup) && m_last == '>' && m_beforeLast != '=';
    const std::string_view line = restOfLine();
    m_indent = indentOf(line);
    for (size_t i = 1; i < m_frames.size() && m_indent < line.size(); ++i) {
        Frame &frame = m_frames[i];
        if (frame.isBlock && m_indent > frame.indent && frame.linesIndent == 0)
            frame.linesIndent = m_indent;
        if (frame.isBlock && m_indent <= frame.indent) {
            m_frames.resize(i);
            m_heredocs.clear();
        }
    }
    endHeredoc();
}

// Its word alone in a line; the next one begins behind it.
void CommentWalk::endHeredoc()
{
    const Frame &top = m_frames.back();
    if (!top.isHeredoc)
        return;
    std::string_view line = restOfLine();
    // YAML takes the indent of a script's lines away before a shell sees it; of what is left "<<-" passes tabs alone.
    const auto block = std::find_if(m_frames.rbegin(), m_frames.rend(), [](const Frame &one) { return one.isBlock; });
    size_t indent = block == m_frames.rend() ? 0 : std::min(block->linesIndent, indentOf(line));
    if (top.isLoose)
        indent += indentOf(line.substr(indent), isShell() ? "\t"sv : " \t"sv);
    line.remove_prefix(indent);
    const bool isPhp = syntax().has(HeredocsOfPhp); // "EOT);"
    const char behind = byteAt(line, top.end.size());
    const bool ends = isPhp ? line.starts_with(top.end) && !isWordByte(behind) && behind != '_' : line == top.end;
    if (!ends)
        return;
    m_at += indent + top.end.size();
    m_frames.pop_back();
    beginHeredoc();
}

// "key: |", "- >-": the lines that are indented more are its value.
void CommentWalk::openBlock()
{
    const std::string_view line = m_text.substr(m_lineStart, std::min(m_at, m_commentAt) - m_lineStart);
    std::string_view code = withoutBlanksBehind(line);
    std::string_view text = code;
    size_t indent = indentOf(text);
    text.remove_prefix(indent);
    size_t listIndent = indent;
    while (text.starts_with("- "sv)) {
        listIndent = indent;
        const size_t more = std::min(text.find_first_not_of(' ', 1), text.size());
        indent += more;
        text.remove_prefix(more);
    }
    const size_t colon = text.find(':');
    const std::string_view key = colon == std::string_view::npos ? m_listKey : text.substr(0, colon);
    if (code.ends_with(':'))
        m_listKey = key;
    code = code.substr(0, code.find_last_not_of("+-0123456789"sv) + 1);
    const bool isMark = code.ends_with('|') || code.ends_with('>');
    code = code.substr(0, code.empty() ? 0 : code.size() - 1);
    if (!isMark || (!code.ends_with(' ') && !code.empty()))
        return;
    const bool isItem = colon == std::string_view::npos;
    const bool isScript = std::ranges::find(kScriptKeys, key) != kScriptKeys.end();
    open({.kind = isScript ? Kind::Code : Kind::Text,
          .syntax = &syntaxOf(isScript ? Language::Shell : Language::Yaml),
          .isBlock = true,
          .indent = isItem ? listIndent : indent},
         0);
}

} // namespace cockpit
