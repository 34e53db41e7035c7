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

size_t indentOf(std::string_view line)
{
    return std::min(line.find_first_not_of(" \t"sv), line.size());
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
        if (m_frames[i].isBlock && m_indent <= m_frames[i].indent) {
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
    const size_t indent = top.isLoose ? indentOf(line) : 0;
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
