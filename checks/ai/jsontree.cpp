#include "checks/ai/jsontree.h"

#include "checks/values/bytesofcode.h"

#include <QString>

#include <algorithm>

namespace cockpit {

class JsonTree::Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    bool run(std::vector<Node> &nodes)
    {
        const bool isValue = value({}, 0) != kNone;
        skipBlanks();
        nodes = std::move(m_nodes);
        return isValue && m_at == m_text.size();
    }

private:
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipBlanks()
    {
        while (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t')
            ++m_at;
    }

    bool text(std::string_view &raw)
    {
        const size_t start = ++m_at;
        // From sign to sign: a message may be all of the file.
        size_t quote = m_text.find('"', m_at);
        while (quote != std::string_view::npos) {
            const size_t slash = m_text.substr(0, quote).find('\\', m_at);
            if (slash == std::string_view::npos) {
                raw = m_text.substr(start, quote - start);
                m_at = quote + 1;
                return true;
            }
            m_at = slash + 2;
            if (quote < m_at)
                quote = m_text.find('"', m_at);
        }
        return false;
    }

    size_t value(std::string_view name, int depth)
    {
        skipBlanks();
        if (m_nodes.size() >= kMostNodes || depth > kDeepest)
            return kNone;
        const size_t index = m_nodes.size();
        m_nodes.push_back({Kind::Other, name, m_text.substr(std::min(m_at, m_text.size()))});
        switch (here()) {
        case '{':
            m_nodes[index].kind = Kind::Object;
            return members(index, '}', depth) ? index : kNone;
        case '[':
            m_nodes[index].kind = Kind::Array;
            return members(index, ']', depth) ? index : kNone;
        case '"': {
            m_nodes[index].kind = Kind::Text;
            std::string_view raw;
            const bool isWhole = text(raw);
            m_nodes[index].value = raw;
            return isWhole ? index : kNone;
        }
        default:
            break;
        }
        const size_t start = m_at;
        while (m_at < m_text.size() && std::string_view(",]} \n\r\t").find(here()) == std::string_view::npos)
            ++m_at;
        m_nodes[index].value = m_text.substr(start, m_at - start);
        return isScalar(m_nodes[index].value) ? index : kNone;
    }

    static bool isScalar(std::string_view value)
    {
        if (value == "true" || value == "false" || value == "null")
            return true;
        return !value.empty() && value.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
    }

    bool members(size_t parent, char end, int depth)
    {
        ++m_at;
        size_t last = kNone;
        for (;;) {
            skipBlanks();
            if (here() == end && last == kNone)
                break;
            std::string_view name;
            if (end == '}') {
                if (here() != '"' || !text(name))
                    return false;
                skipBlanks();
                if (here() != ':')
                    return false;
                ++m_at;
            }
            const size_t child = value(name, depth + 1);
            if (child == kNone)
                return false;
            (last == kNone ? m_nodes[parent].firstChild : m_nodes[last].next) = child;
            last = child;
            skipBlanks();
            if (here() == end)
                break;
            if (here() != ',')
                return false;
            ++m_at;
        }
        ++m_at;
        return true;
    }

    const std::string_view m_text;
    size_t m_at = 0;
    std::vector<Node> m_nodes;
};

std::optional<JsonTree> JsonTree::parse(std::string_view text)
{
    JsonTree tree;
    if (!Parser(text).run(tree.m_nodes))
        return std::nullopt;
    return tree;
}

const JsonTree::Node *JsonTree::member(const Node &object, std::string_view name) const
{
    if (object.kind != Kind::Object)
        return nullptr;
    for (size_t child = object.firstChild; child != kNone; child = m_nodes[child].next) {
        if (m_nodes[child].name == name)
            return &m_nodes[child];
    }
    return nullptr;
}

WipedBytes plainJsonText(std::string_view raw)
{
    WipedBytes plain;
    plain.reserve(raw.size());
    for (size_t i = 0; i < raw.size(); ++i) {
        const size_t slash = std::min(raw.find('\\', i), raw.size());
        plain += raw.substr(i, slash - i);
        i = slash + 1;
        if (i >= raw.size()) {
            plain += raw.substr(slash); // of a text that was cut
            break;
        }
        const char c = raw[i];
        if (c == 'n' || c == 'r') {
            plain += '\n';
        } else if (c == 't' || c == 'b' || c == 'f') {
            plain += ' ';
        } else if (c == 'u' && i + 4 < raw.size()) {
            unsigned code = 0;
            for (size_t digit = 1; digit <= 4; ++digit)
                code = code * 16 + static_cast<unsigned>(std::max(0, hexDigit(raw[i + digit])));
            appendUtf8(code, plain); // halves of a pair stay halves: what is looked for here is ASCII
            i += 4;
        } else {
            plain += c;
        }
    }
    return plain;
}

} // namespace cockpit
