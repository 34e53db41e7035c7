#include "checks/secrets/settings/leaves.h"

#include "checks/values/bytesofcode.h"

#include <algorithm>
#include <array>

namespace cockpit::env {

namespace {

using namespace std::string_view_literals;

class Flow
{
public:
    Flow(std::string_view text, size_t at, int line, std::vector<std::string> &path, Leaves &into, Quotes quotes)
        : m_text(text), m_at(at), m_line(line), m_path(path), m_into(into), m_quotes(quotes)
    {
    }

    size_t read()
    {
        readValue();
        return m_at;
    }

private:
    bool isAtEnd() const { return m_at >= m_text.size(); }
    char here() const { return m_text[m_at]; }

    void step()
    {
        m_line += here() == '\n' ? 1 : 0;
        ++m_at;
    }

    void skipSpace()
    {
        while (!isAtEnd()) {
            const std::string_view rest = m_text.substr(m_at);
            if (rest.front() == '#' || rest.starts_with("//"sv)) {
                while (!isAtEnd() && here() != '\n')
                    step();
            } else if (" \t\r\n"sv.find(rest.front()) != std::string_view::npos) {
                step();
            } else {
                return;
            }
        }
    }

    void readValue()
    {
        skipSpace();
        if (isAtEnd())
            return;
        if (here() == '{' || here() == '[')
            readCollection(here() == '{');
        else
            readScalar();
    }

    void readScalar()
    {
        const int line = m_line; // where it begins
        keep(takeScalar(), line);
    }

    void readCollection(bool isMap)
    {
        const char close = isMap ? '}' : ']';
        step();
        if (m_path.size() >= Leaves::kDeepest) {
            m_into.isCut = true;
            m_at = m_text.size();
            return;
        }
        for (size_t index = 0; !m_into.isCut; ++index) {
            skipSpace();
            while (!isAtEnd() && here() == ',') {
                step();
                skipSpace();
            }
            if (isAtEnd() || here() == close)
                break;
            const size_t before = m_at;
            if (!isMap)
                m_path.push_back('#' + std::to_string(index));
            else
                enterKey();
            if (!isMap || takesSign())
                readValue();
            else
                m_into.leaves.push_back({m_path, {}, m_line, LeafKind::Null}); // "{ A, B }": names alone
            m_path.pop_back();
            m_into.isCut = m_into.isCut || m_into.leaves.size() >= Leaves::kMostLeaves;
            if (m_at == before) // a bracket that fits nothing
                step();
        }
        if (!isAtEnd())
            step();
    }

    void enterKey()
    {
        const WipedBytes key = takeScalar();
        m_path.emplace_back(key.begin(), key.end());
    }

    bool takesSign()
    {
        skipSpace();
        const bool isSign = !isAtEnd() && (here() == ':' || here() == '=');
        if (isSign)
            step();
        return isSign;
    }

    WipedBytes takeScalar()
    {
        m_isQuoted = !isAtEnd() && (here() == '"' || here() == '\'');
        if (m_isQuoted)
            return takeQuoted();
        const size_t from = m_at;
        while (!isAtEnd()) {
            const char c = here();
            // TOML's inline tables: { NAME = "value" }
            const bool isSign = c == '=' && m_at > from && m_text[m_at - 1] == ' ';
            const bool isColon = c == ':' && (m_at + 1 >= m_text.size() ||
                                              " \t\r\n,{}[]\""sv.find(m_text[m_at + 1]) != std::string_view::npos);
            const bool isComment = c == '#' && m_at > from && m_text[m_at - 1] == ' ';
            if (isColon || isSign || isComment || ",{}[]\n"sv.find(c) != std::string_view::npos)
                break;
            step();
        }
        std::string_view plain = m_text.substr(from, m_at - from);
        while (!plain.empty() && " \t\r"sv.find(plain.back()) != std::string_view::npos)
            plain.remove_suffix(1);
        return wipedCopy(plain);
    }

    bool isThreeTimes(char quote) const
    {
        const std::string_view three = quote == '"' ? "\"\"\""sv : "'''"sv;
        return m_text.substr(m_at, three.size()) == three;
    }

    // Of TOML: between three quotes, over several lines, of which the end of an empty first one is no part.
    WipedBytes takeLong(char quote)
    {
        WipedBytes value = wipedCopy({});
        for (int quotes = 0; quotes < 3; ++quotes)
            step();
        while (!isAtEnd() && (here() == '\r' || here() == '\n')) {
            const bool isLast = here() == '\n';
            step();
            if (isLast)
                break;
        }
        while (!isAtEnd() && !isThreeTimes(quote)) {
            if (here() == '\\' && quote == '"' && m_at + 1 < m_text.size()) {
                step();
                takeEscape(value);
                continue;
            }
            value += here();
            step();
        }
        for (int quotes = 0; quotes < 3 && !isAtEnd(); ++quotes)
            step();
        return value;
    }

    WipedBytes takeQuoted()
    {
        const char quote = here();
        // Three single quotes begin an ordinary text in YAML; three double ones are nothing there, and none in JSON.
        if (isThreeTimes(quote) && (quote == '"' || m_quotes == Quotes::OfToml))
            return takeLong(quote);
        WipedBytes value = wipedCopy({});
        step();
        while (!isAtEnd()) {
            const char c = here();
            if (c == quote) {
                step();
                if (quote == '\'' && !isAtEnd() && here() == '\'') { // '' is one
                    value += '\'';
                    step();
                    continue;
                }
                return value;
            }
            if (c == '\\' && quote == '"' && m_at + 1 < m_text.size()) {
                step();
                takeEscape(value);
                continue;
            }
            value += c;
            step();
        }
        return value;
    }

    void takeEscape(WipedBytes &value)
    {
        const char c = here();
        step();
        constexpr auto from = "nrtbf0"sv;
        constexpr auto to = "\n\r\t\b\f\0"sv;
        if (const size_t simple = from.find(c); simple != std::string_view::npos) {
            value += to[simple];
            return;
        }
        if (c == '\n' || c == '\r') { // the text goes on in the next line
            while (!isAtEnd() && " \t\r\n"sv.find(here()) != std::string_view::npos)
                step();
            return;
        }
        if (c != 'u' && c != 'x') {
            value += c;
            return;
        }
        unsigned code = 0;
        for (int digits = c == 'u' ? 4 : 2; digits > 0 && !isAtEnd() && hexDigit(here()) >= 0; --digits) {
            code = code * 16 + static_cast<unsigned>(hexDigit(here()));
            step();
        }
        appendUtf8(code, value);
    }

    void keep(WipedBytes value, int line)
    {
        if (m_into.leaves.size() >= Leaves::kMostLeaves) {
            m_into.isCut = true;
            return;
        }
        const bool isNull = !m_isQuoted && (value.empty() || value == "null" || value == "~");
        m_into.leaves.push_back(
            {m_path, isNull ? WipedBytes() : std::move(value), line, isNull ? LeafKind::Null : LeafKind::Text});
    }

    std::string_view m_text;
    size_t m_at;
    int m_line;
    std::vector<std::string> &m_path;
    Leaves &m_into;
    const Quotes m_quotes;
    bool m_isQuoted = false;
};

} // namespace

size_t readFlow(std::string_view text, size_t at, int line, std::vector<std::string> &path, Leaves &into, Quotes quotes)
{
    return Flow(text, at, line, path, into, quotes).read();
}

Leaves jsonLeaves(std::string_view text)
{
    Leaves leaves;
    std::vector<std::string> path{"0"};
    readFlow(text, text.starts_with("\xef\xbb\xbf"sv) ? 3 : 0, 1, path, leaves);
    return leaves;
}

} // namespace cockpit::env
