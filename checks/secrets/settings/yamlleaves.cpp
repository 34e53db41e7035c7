#include "checks/secrets/settings/leaves.h"

#include <algorithm>
#include <map>

namespace cockpit::env {

namespace {

using namespace std::string_view_literals;

constexpr size_t kMostAliases = 500; // each costs a look at every leaf

// Where the key of "key: value" ends, at its colon; npos: it is no mapping.
size_t colonOf(std::string_view content)
{
    size_t at = 0;
    if (!content.empty() && (content.front() == '"' || content.front() == '\'')) {
        at = content.find(content.front(), 1);
        if (at == std::string_view::npos)
            return at;
        ++at;
    } else if (!content.empty() && "{[&*!|>%@`#"sv.find(content.front()) != std::string_view::npos) {
        return std::string_view::npos;
    }
    for (; at < content.size(); ++at) {
        if (content[at] == '#' && at > 0 && content[at - 1] == ' ')
            return std::string_view::npos;
        if (content[at] == ':' && (at + 1 == content.size() || content[at + 1] == ' ' || content[at + 1] == '\r'))
            return at;
    }
    return std::string_view::npos;
}

class Yaml
{
public:
    explicit Yaml(std::string_view text) : m_text(text)
    {
        if (m_text.starts_with("\xef\xbb\xbf"sv))
            m_text.remove_prefix(3);
    }

    Leaves read()
    {
        while (m_at < m_text.size() && !m_read.isCut)
            readLine();
        endPending(-1);
        copyAliases();
        return std::move(m_read);
    }

private:
    struct Frame
    {
        int indent = 0;
        std::string key;
        bool isItem = false;
        int index = 0;
    };
    struct Alias
    {
        std::vector<std::string> path; // of what it stands for
        std::string name;
    };

    std::string_view takeLine()
    {
        const size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        const std::string_view line = m_text.substr(m_at, end - m_at);
        m_at = end + 1;
        ++m_line;
        return line;
    }

    std::vector<std::string> pathHere() const
    {
        std::vector<std::string> path{std::to_string(m_document)};
        for (const Frame &frame : m_frames)
            path.push_back(frame.isItem ? '#' + std::to_string(frame.index) : frame.key);
        return path;
    }

    void keep(WipedBytes value, LeafKind kind) { keepOf(m_line, std::move(value), kind); }

    void keepOf(int line, WipedBytes value, LeafKind kind)
    {
        if (m_read.leaves.size() >= Leaves::kMostLeaves || m_frames.size() >= Leaves::kDeepest) {
            m_read.isCut = true;
            return;
        }
        m_read.leaves.push_back({pathHere(), std::move(value), line, kind});
    }

    // "KEY:" with nothing below it.
    void endPending(int indent)
    {
        if (m_isPending && !m_frames.empty() && indent <= m_frames.back().indent) {
            keep({}, LeafKind::Null);
            if (!m_read.leaves.empty())
                m_read.leaves.back().line = m_pendingLine;
        }
        m_isPending = false;
    }

    void readLine()
    {
        const size_t start = m_at;
        const std::string_view line = takeLine();
        const size_t indent = std::min(line.find_first_not_of(' '), line.size());
        std::string_view content = withoutBlanks(line.substr(indent));
        if (content.empty() || content.front() == '#')
            return;
        if (indent == 0 && (content == "---"sv || content.starts_with("--- "sv) || content == "..."sv)) {
            endPending(-1);
            m_frames.clear();
            ++m_document;
            return;
        }
        int column = static_cast<int>(indent);
        const bool isItem = content == "-"sv || content.starts_with("- "sv);
        // A list may stand in the column of its key.
        endPending(isItem ? column + 1 : column);
        while (content == "-"sv || content.starts_with("- "sv)) {
            enterItem(column);
            const std::string_view rest = withoutBlanks(content.substr(1));
            column += static_cast<int>(rest.empty() ? 2 : static_cast<size_t>(rest.data() - content.data()));
            content = rest;
            if (m_frames.size() >= Leaves::kDeepest) {
                m_read.isCut = true;
                return;
            }
        }
        readContent(content, column, start);
    }

    void enterItem(int column)
    {
        int index = 0;
        while (!m_frames.empty() &&
               (m_frames.back().indent > column || (m_frames.back().indent == column && m_frames.back().isItem))) {
            if (m_frames.back().indent == column)
                index = m_frames.back().index + 1;
            m_frames.pop_back();
        }
        m_frames.push_back({column, {}, true, index});
    }

    void readContent(std::string_view content, int column, size_t lineStart)
    {
        const size_t colon = colonOf(content);
        if (colon == std::string_view::npos) {
            if (!m_frames.empty() && m_frames.back().isItem && !content.empty())
                readValue(content, column, lineStart);
            return;
        }
        while (!m_frames.empty() && m_frames.back().indent >= column)
            m_frames.pop_back();
        if (m_frames.size() >= Leaves::kDeepest) {
            m_read.isCut = true;
            return;
        }
        m_frames.push_back({column, keyOfText(content.substr(0, colon)), false, 0});
        readValue(withoutBlanks(content.substr(colon + 1)), column, lineStart);
    }

    static std::string_view takeWord(std::string_view &value)
    {
        const std::string_view word = value.substr(0, value.find(' '));
        value = withoutBlanks(value.substr(word.size()));
        return word;
    }

    void readValue(std::string_view value, int column, size_t lineStart)
    {
        bool isReference = false;
        while (!value.empty() && (value.front() == '&' || value.front() == '!')) {
            const std::string_view word = takeWord(value);
            if (word.front() == '&')
                m_anchors[std::string(word.substr(1))] = pathHere();
            else
                isReference = isReference || !word.starts_with("!!"sv);
        }
        if (isReference && !value.empty()) {
            const int line = m_line;
            if (value.front() == '|' || value.front() == '>')
                takeBlock(column, false);
            keepOf(line, {}, LeafKind::Reference);
            return;
        }
        if (value.empty() || value.front() == '#') {
            m_isPending = true;
            m_pendingLine = m_line;
            return;
        }
        if (value.front() == '*') {
            if (m_aliases.size() < kMostAliases)
                m_aliases.push_back({pathHere(), std::string(takeWord(value).substr(1))});
            return;
        }
        if (value.front() == '|' || value.front() == '>') {
            const bool isFolded = value.front() == '>';
            const int line = m_line; // where it begins
            WipedBytes block = takeBlock(column, isFolded);
            keepOf(line, std::move(block), LeafKind::Text);
            return;
        }
        if (value.front() == '{' || value.front() == '[' || value.front() == '"' || value.front() == '\'') {
            readFlowAt(static_cast<size_t>(value.data() - m_text.data()), lineStart);
            return;
        }
        if (const size_t comment = value.find(" #"sv); comment != std::string_view::npos)
            value = withoutBlanks(value.substr(0, comment));
        const bool isNull = value == "null"sv || value == "~"sv;
        keep(isNull ? WipedBytes() : wipedCopy(value), isNull ? LeafKind::Null : LeafKind::Text);
    }

    // May run over several lines.
    void readFlowAt(size_t at, size_t lineStart)
    {
        std::vector<std::string> path = pathHere();
        if (path.size() >= Leaves::kDeepest) {
            m_read.isCut = true;
            return;
        }
        const size_t end = readFlow(m_text, at, m_line, path, m_read);
        const std::string_view passed = m_text.substr(lineStart, std::min(end, m_text.size()) - lineStart);
        m_line += static_cast<int>(std::ranges::count(passed, '\n'));
        const size_t lineEnd = m_text.find('\n', std::min(end, m_text.size()));
        m_at = lineEnd == std::string_view::npos ? m_text.size() : lineEnd + 1;
    }

    WipedBytes takeBlock(int column, bool isFolded)
    {
        WipedBytes block = wipedCopy({});
        while (m_at < m_text.size()) {
            const size_t before = m_at;
            const std::string_view line = takeLine();
            const size_t indent = std::min(line.find_first_not_of(' '), line.size());
            const std::string_view content = withoutBlanks(line.substr(indent));
            if (!content.empty() && static_cast<int>(indent) <= column) {
                m_at = before;
                --m_line;
                break;
            }
            if (!block.empty())
                block += isFolded ? ' ' : '\n';
            block += content;
        }
        while (!block.empty() && block.back() == '\n')
            block.pop_back();
        return block;
    }

    static bool isBelow(const std::vector<std::string> &path, const std::vector<std::string> &root)
    {
        return path.size() >= root.size() && std::equal(root.begin(), root.end(), path.begin());
    }

    // Once: an alias in what an alias stands for is not followed, so that nothing grows without end.
    void copyAliases()
    {
        const size_t own = m_read.leaves.size();
        for (const Alias &alias : m_aliases) {
            const auto anchor = m_anchors.find(alias.name);
            if (anchor == m_anchors.end())
                continue;
            std::vector<std::string> to = alias.path;
            if (to.back() == "<<")
                to.pop_back();
            for (size_t i = 0; i < own; ++i) {
                if (!isBelow(m_read.leaves[i].path, anchor->second))
                    continue;
                if (m_read.leaves.size() >= Leaves::kMostLeaves) {
                    m_read.isCut = true;
                    return;
                }
                Leaf copy{m_read.leaves[i].path, {}, m_read.leaves[i].line, m_read.leaves[i].kind};
                std::vector<std::string> path = to;
                path.insert(path.end(), copy.path.begin() + static_cast<std::ptrdiff_t>(anchor->second.size()),
                            copy.path.end());
                copy.path = std::move(path);
                copy.value = wipedCopy(m_read.leaves[i].value);
                m_read.leaves.push_back(std::move(copy));
            }
        }
    }

    std::string_view m_text;
    size_t m_at = 0;
    int m_line = 0;
    int m_document = 0;
    std::vector<Frame> m_frames;
    bool m_isPending = false;
    int m_pendingLine = 0;
    std::map<std::string, std::vector<std::string>> m_anchors;
    std::vector<Alias> m_aliases;
    Leaves m_read;
};

} // namespace

Leaves yamlLeaves(std::string_view text)
{
    return Yaml(text).read();
}

} // namespace cockpit::env
