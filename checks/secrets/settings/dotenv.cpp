#include "checks/secrets/settings/dotenv.h"

#include <algorithm>
#include <map>

namespace cockpit::env {

namespace {

using namespace std::string_view_literals;

constexpr size_t kLongestValue = 64 << 10; // with what stands for other values put in

bool isNameByte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text)
    {
        if (m_text.starts_with("\xef\xbb\xbf"sv))
            m_text.remove_prefix(3);
    }

    RawSettings read()
    {
        while (m_at < m_text.size()) {
            readLine();
            skipRest();
        }
        return std::move(m_read);
    }

private:
    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }

    void skipRest()
    {
        while (m_at < m_text.size() && m_text[m_at] != '\n')
            ++m_at;
        m_line += m_at < m_text.size() ? 1 : 0;
        ++m_at;
    }

    std::string_view takeName()
    {
        const size_t from = m_at;
        while (m_at < m_text.size() && (isNameByte(m_text[m_at]) || m_text[m_at] == '.' || m_text[m_at] == '-'))
            ++m_at;
        return m_text.substr(from, m_at - from);
    }

    void readLine()
    {
        skipBlanks();
        std::string_view name = takeName();
        if (name == "export"sv && m_at < m_text.size() && isBlank(m_text[m_at])) {
            skipBlanks();
            name = takeName();
        }
        const size_t afterName = m_at;
        skipBlanks();
        if (!isSettingName(name) || m_at >= m_text.size())
            return;
        const char sign = m_text[m_at];
        const bool isColon = sign == ':' && m_at == afterName && m_at + 1 < m_text.size() &&
                             (isBlank(m_text[m_at + 1]) || m_text[m_at + 1] == '\n');
        if (sign != '=' && !isColon)
            return;
        ++m_at;
        skipBlanks();
        const int line = m_line;
        keep(name, takeValue(), line);
    }

    WipedBytes takeValue()
    {
        if (m_at < m_text.size()) {
            const char quote = m_text[m_at];
            if ((quote == '"' || quote == '\'' || quote == '`') && closing(quote) != std::string_view::npos)
                return takeQuoted(quote);
        }
        const size_t from = m_at;
        while (m_at < m_text.size() && m_text[m_at] != '\n') {
            const bool isComment = m_text[m_at] == '#' && (m_at == from || isBlank(m_text[m_at - 1]));
            if (isComment)
                break;
            ++m_at;
        }
        std::string_view value = m_text.substr(from, m_at - from);
        while (!value.empty() && (isBlank(value.back()) || value.back() == '\r'))
            value.remove_suffix(1);
        return expanded(value, false);
    }

    size_t closing(char quote) const
    {
        for (size_t at = m_at + 1; at < m_text.size(); ++at) {
            if (m_text[at] == '\\' && quote == '"')
                ++at;
            else if (m_text[at] == quote)
                return at;
        }
        return std::string_view::npos;
    }

    WipedBytes takeQuoted(char quote)
    {
        const size_t end = closing(quote);
        const std::string_view inside = m_text.substr(m_at + 1, end - m_at - 1);
        m_line += static_cast<int>(std::ranges::count(inside, '\n'));
        m_at = end + 1;
        return quote == '\'' ? wipedCopy(inside) : expanded(inside, quote == '"');
    }

    WipedBytes expanded(std::string_view value, bool hasEscapes) const
    {
        WipedBytes result = wipedCopy({});
        for (size_t at = 0; at < value.size() && result.size() < kLongestValue;) {
            if (value[at] == '\\' && at + 1 < value.size() && (hasEscapes || value[at + 1] == '$')) {
                result += unescaped(value[at + 1]);
                at += 2;
            } else if (value[at] == '$') {
                at = expandAt(value, at, result);
            } else {
                result += value[at++];
            }
        }
        return result;
    }

    static char unescaped(char c)
    {
        switch (c) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return c;
        }
    }

    // Appends what stands for the reference at this place, and returns where it ends.
    size_t expandAt(std::string_view value, size_t at, WipedBytes &result) const
    {
        size_t from = at + 1;
        const bool isBraced = from < value.size() && value[from] == '{';
        from += isBraced ? 1 : 0;
        size_t end = from;
        while (end < value.size() && isNameByte(value[end]))
            ++end;
        const auto known = m_places.find(std::string(value.substr(from, end - from)));
        const size_t brace = isBraced ? value.find('}', end) : end;
        if (end == from || brace == std::string_view::npos) {
            result += '$';
            return at + 1;
        }
        const std::string_view other = value.substr(end, brace - end);
        const size_t after = isBraced ? brace + 1 : end;
        if (known != m_places.end())
            result += m_read.settings[known->second].value;
        else if (other.starts_with(":-"sv) || other.starts_with("-"sv))
            result += other.substr(other.find('-') + 1);
        else
            result += value.substr(at, after - at);
        return after;
    }

    void keep(std::string_view name, WipedBytes value, int line)
    {
        const auto [place, isNew] = m_places.try_emplace(std::string(name), m_read.settings.size());
        if (!isNew) {
            m_read.settings[place->second].value = std::move(value);
            m_read.settings[place->second].line = line;
            return;
        }
        if (m_read.settings.size() >= kMostSettings) {
            m_places.erase(place);
            m_read.isCut = true;
            return;
        }
        m_read.settings.push_back({std::string(name), std::move(value), line});
    }

    std::string_view m_text;
    size_t m_at = 0;
    int m_line = 1;
    std::map<std::string, size_t> m_places; // in the settings
    RawSettings m_read;
};

} // namespace

RawSettings parseDotenv(std::string_view text)
{
    return Reader(text).read();
}

bool isSettingName(std::string_view name)
{
    return !name.empty() && !(name.front() >= '0' && name.front() <= '9') && name.front() != '.' &&
           name.front() != '-' &&
           std::ranges::all_of(name, [](char c) { return isNameByte(c) || c == '.' || c == '-'; });
}

} // namespace cockpit::env
