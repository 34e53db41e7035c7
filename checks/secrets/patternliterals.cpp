#include "checks/secrets/patternliterals.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace cockpit {

namespace {

// Stands for text that the pattern does not give word for word.
constexpr char kGap = '\0';
// Stands for a wording that holds a keyword: what else is in it decides nothing.
constexpr char kHeld = '\1';
// Alternatives multiply; of what has more, nothing is said.
constexpr size_t kMostWordings = 256;

// All that a part of a pattern may read like, gaps included.
using Wordings = std::vector<std::string>;

const Wordings kAnything{std::string(1, kGap)};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isHeld(const std::string &wording)
{
    return wording.find(kHeld) != std::string::npos;
}

// Reads the subset that the rules are written in; whatever else it meets is a gap.
class Reader
{
public:
    Reader(std::string_view pattern, const std::vector<QByteArray> &keywords) : m_pattern(pattern), m_keywords(keywords)
    {
    }

    Wordings read()
    {
        Wordings all = alternatives();
        return m_at == m_pattern.size() && !m_isLost ? all : kAnything;
    }

private:
    bool holdsKeyword(const std::string &wording) const
    {
        return isHeld(wording) || std::ranges::any_of(m_keywords, [&](const QByteArray &keyword) {
                   return wording.find(keyword.constData(), 0, static_cast<size_t>(keyword.size())) !=
                          std::string::npos;
               });
    }

    // Each once, and those that hold a keyword as one: so alternatives in front of a name do not multiply with those
    // behind it.
    Wordings settled(Wordings all) const
    {
        for (std::string &wording : all) {
            if (holdsKeyword(wording))
                wording.assign(1, kHeld);
        }
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all.size() > kMostWordings ? kAnything : all;
    }

    Wordings joined(const Wordings &left, const Wordings &right) const
    {
        if (left.size() * right.size() > kMostWordings)
            return std::ranges::all_of(right, isHeld) ? right : joined(left, kAnything);
        Wordings all;
        for (const std::string &one : left) {
            for (const std::string &other : right)
                all.push_back(one + other);
        }
        return settled(std::move(all));
    }

    bool isAtEnd() const { return m_at >= m_pattern.size(); }
    char here() const { return m_pattern[m_at]; }
    bool takes(std::string_view text)
    {
        const bool isHere = m_at < m_pattern.size() && m_pattern.substr(m_at, text.size()) == text;
        m_at += isHere ? text.size() : 0;
        return isHere;
    }

    Wordings alternatives()
    {
        Wordings all = sequence();
        while (takes("|")) {
            const Wordings more = sequence();
            all.insert(all.end(), more.begin(), more.end());
        }
        return settled(std::move(all));
    }

    Wordings sequence()
    {
        Wordings all{std::string()};
        while (!isAtEnd() && !m_isLost && here() != '|' && here() != ')') {
            const Wordings part = atom();
            all = joined(all, repeated(part));
        }
        return all;
    }

    Wordings atom()
    {
        const char c = here();
        ++m_at;
        switch (c) {
        case '(':
            return group();
        case '[':
            return characterClass();
        case '\\':
            return escape();
        case '^':
        case '$':
            return {std::string()};
        case '.':
            return kAnything;
        default:
            return {std::string(1, lower(c))};
        }
    }

    Wordings group()
    {
        if (takes("?")) {
            for (; !isAtEnd() && ((here() >= 'a' && here() <= 'z') || here() == '-'); ++m_at)
                m_isLost = m_isLost || here() == 'x'; // blanks would mean nothing
            if (takes(")"))
                return {std::string()};
            // A look around holds nothing, a name or a condition is not of the subset.
            if (!takes(":"))
                m_isLost = true;
        }
        Wordings all = alternatives();
        m_isLost = m_isLost || !takes(")");
        return all;
    }

    // Of a few plain characters each; of any other class nothing is said.
    Wordings characterClass()
    {
        constexpr size_t few = 4;
        const size_t from = m_at;
        skipClass();
        if (m_isLost)
            return kAnything;
        const std::string_view inside = m_pattern.substr(from, m_at - from - 1);
        const bool isPlain = inside.size() <= few && std::ranges::all_of(inside, [&](const char &c) {
                                 const bool isRange = c == '-' && &c != &inside.front() && &c != &inside.back();
                                 return c != '^' && c != '\\' && c != '[' && !isRange;
                             });
        if (!isPlain)
            return kAnything;
        Wordings all;
        for (const char c : inside)
            all.emplace_back(1, lower(c));
        return all;
    }

    void skipClass()
    {
        takes("^");
        takes("]"); // as the first it is one of the class
        while (!isAtEnd() && here() != ']') {
            if (takes("[:"))
                m_at = std::min(m_pattern.find(":]", m_at), m_pattern.size() - 2) + 2;
            else
                m_at += here() == '\\' ? 2 : 1;
        }
        m_isLost = m_isLost || !takes("]");
    }

    Wordings escape()
    {
        if (isAtEnd()) {
            m_isLost = true;
            return kAnything;
        }
        const char c = here();
        ++m_at;
        const bool isLetterOrDigit = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
        if (!isLetterOrDigit)
            return {std::string(1, c)};
        if (c == 'b' || c == 'B')
            return {std::string()};
        if (c == 'x') // two digits; those in braces are not of the subset
            m_at += 2;
        m_isLost = m_isLost || m_at > m_pattern.size() ||
                   std::string_view("0123456789pPQEkgcuN").find(c) != std::string_view::npos;
        return kAnything;
    }

    // With the quantifier that follows.
    Wordings repeated(const Wordings &once)
    {
        if (isAtEnd())
            return once;
        const bool isOptional = takes("?");
        const bool isCounted = !isOptional && here() == '{' && m_at + 1 < m_pattern.size() &&
                               m_pattern[m_at + 1] >= '0' && m_pattern[m_at + 1] <= '9';
        const bool mayBeNone = isOptional || (!isCounted && takes("*")) || (isCounted && m_pattern[m_at + 1] == '0');
        const bool isMany = isCounted || (!mayBeNone && takes("+"));
        if (isCounted)
            m_at = std::min(m_pattern.find('}', m_at), m_pattern.size() - 1) + 1;
        if (!mayBeNone && !isMany)
            return once;
        if (!takes("?")) // as few as can be, or all at once: the same texts
            takes("+");
        if (isOptional) {
            Wordings all = once;
            all.emplace_back();
            return all;
        }
        return mayBeNone ? kAnything : joined(once, kAnything);
    }

    const std::string_view m_pattern;
    const std::vector<QByteArray> &m_keywords;
    size_t m_at = 0;
    bool m_isLost = false;
};

} // namespace

bool alwaysHolds(const QByteArray &pattern, const std::vector<QByteArray> &keywords)
{
    const std::string_view text(pattern.constData(), static_cast<size_t>(pattern.size()));
    return std::ranges::all_of(Reader(text, keywords).read(), isHeld);
}

} // namespace cockpit
