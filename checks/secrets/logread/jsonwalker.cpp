#include "checks/secrets/logread/jsonwalker.h"

namespace cockpit {

void JsonWalker::skipBlanks()
{
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == ',' || m_text[m_at] == '\t' ||
                                    m_text[m_at] == '\n' || m_text[m_at] == '\r'))
        ++m_at;
}

// From behind its first quote; a text that was cut off ends with the line.
std::string_view JsonWalker::takeText()
{
    const size_t start = ++m_at;
    while (m_at < m_text.size() && m_text[m_at] != '"')
        m_at += m_text[m_at] == '\\' ? 2 : 1;
    const size_t end = m_at < m_text.size() ? m_at : m_text.size();
    m_at = end + 1;
    return m_text.substr(start, end - start);
}

std::string_view JsonWalker::takeScalar()
{
    const size_t start = m_at;
    const size_t end = m_text.find_first_of(",}] \t\r\n", m_at);
    m_at = end == std::string_view::npos ? m_text.size() : end;
    return m_text.substr(start, m_at - start);
}

bool JsonWalker::open(std::string_view name)
{
    if (m_levels.size() >= kDeepest)
        return false;
    m_levels.push_back({name, m_text[m_at] == '{'});
    ++m_at;
    return true;
}

bool JsonWalker::takeValue(std::string_view name, JsonMember &member, bool &isMember)
{
    const char c = m_text[m_at];
    if (c == '{' || c == '[')
        return open(name);
    member.isText = c == '"';
    member.name = name;
    member.value = member.isText ? takeText() : takeScalar();
    member.parent = m_levels.empty() ? std::string_view() : m_levels.back().name;
    isMember = member.isText || !member.value.empty();
    return isMember;
}

bool JsonWalker::next(JsonMember &member)
{
    for (bool isMember = false; !isMember;) {
        skipBlanks();
        if (m_at >= m_text.size())
            return false;
        const char c = m_text[m_at];
        if (c == '}' || c == ']') {
            if (m_levels.empty())
                return false;
            m_levels.pop_back();
            ++m_at;
            if (m_levels.empty())
                return false; // what follows the outermost is no part of it
            continue;
        }
        if (m_levels.empty() || !m_levels.back().isObject) {
            if (m_levels.empty() && c != '{' && c != '[')
                return false;
            if (!takeValue(m_levels.empty() ? std::string_view() : m_levels.back().name, member, isMember))
                return false;
            continue;
        }
        if (c != '"')
            return false;
        const std::string_view name = takeText();
        skipBlanks();
        if (m_at >= m_text.size() || m_text[m_at] != ':')
            return false;
        ++m_at;
        skipBlanks();
        if (m_at >= m_text.size() || !takeValue(name, member, isMember))
            return false;
    }
    return true;
}

} // namespace cockpit
