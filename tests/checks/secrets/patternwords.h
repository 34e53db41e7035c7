// Texts that a pattern matches, made from the pattern: of each alternative, with what may be missing and without it.
#pragma once

#include "checks/values/bytekinds.h"

#include <QByteArray>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cockpit::test {

// Reads the subset that the rules are written in (patternliterals.h). The same seed makes the same texts. Where any
// blank may stand there is a space: that is how people write, and how the keywords are written.
class PatternWords
{
public:
    PatternWords(const QByteArray &pattern, quint32 seed) : m_pattern(pattern.toStdString()), m_random(seed) {}

    // Empty where the pattern cannot be read.
    QByteArray next()
    {
        m_at = 0;
        m_isLost = false;
        const std::string text = alternatives();
        return m_isLost || m_at != m_pattern.size() ? QByteArray() : QByteArray::fromStdString(text);
    }

private:
    size_t anyBelow(size_t count) { return m_random() % count; }
    bool isAtEnd() const { return m_at >= m_pattern.size(); }
    bool takes(std::string_view text)
    {
        const bool isHere = std::string_view(m_pattern).substr(m_at).starts_with(text);
        m_at += isHere ? text.size() : 0;
        return isHere;
    }

    std::string alternatives()
    {
        std::vector<std::string> all{sequence()};
        while (takes("|"))
            all.push_back(sequence());
        return all[anyBelow(all.size())];
    }

    std::string sequence()
    {
        std::string text;
        while (!isAtEnd() && !m_isLost && m_pattern[m_at] != '|' && m_pattern[m_at] != ')')
            text += repeated();
        return text;
    }

    std::string repeated()
    {
        const size_t from = m_at;
        std::string text = atom();
        const size_t end = m_at;
        auto [fewest, more] = count();
        const size_t behind = m_at;
        const size_t times = fewest + (more ? anyBelow(2) : 0);
        if (times == 0)
            return {};
        for (size_t time = 1; time < times; ++time) { // each time another one
            m_at = from;
            text += atom();
            m_isLost = m_isLost || m_at != end;
        }
        m_at = behind;
        return text;
    }

    // How often at least, and whether more is allowed.
    std::pair<size_t, bool> count()
    {
        std::pair<size_t, bool> found{1, false};
        const std::string_view rest = std::string_view(m_pattern).substr(m_at);
        if (takes("?") || takes("*")) {
            found = {0, true};
        } else if (takes("+")) {
            found = {1, true};
        } else if (rest.size() > 1 && rest[0] == '{' && rest[1] >= '0' && rest[1] <= '9') {
            const size_t end = rest.find('}');
            const std::string inside(rest.substr(1, end - 1));
            found = {std::stoul(inside), inside.find(',') != std::string::npos};
            if (found.second && inside.back() != ',' && std::stoul(inside.substr(inside.find(',') + 1)) == found.first)
                found.second = false;
            m_at += end + 1;
        } else {
            return found;
        }
        if (!takes("?"))
            takes("+");
        return found;
    }

    std::string atom()
    {
        const char c = m_pattern[m_at++];
        switch (c) {
        case '(':
            return group();
        case '[':
            return characterClass();
        case '\\':
            return std::string(1, escaped().front());
        case '^':
        case '$':
            return {};
        case '.':
            return "~";
        default:
            return std::string(1, c);
        }
    }

    std::string group()
    {
        if (takes("?")) {
            while (!isAtEnd() && ((m_pattern[m_at] >= 'a' && m_pattern[m_at] <= 'z') || m_pattern[m_at] == '-'))
                ++m_at;
            if (takes(")"))
                return {};
            m_isLost = m_isLost || !takes(":");
        }
        std::string text = alternatives();
        m_isLost = m_isLost || !takes(")");
        return text;
    }

    // The characters that an escape stands for; "\b" is none, and the letter beside it is.
    std::string escaped()
    {
        const char c = isAtEnd() ? '\0' : m_pattern[m_at++];
        switch (c) {
        case 's':
            return " ";
        case 'd':
            return "0123456789";
        case 'w':
            return "abcxyzABCXYZ0189_";
        case 'S':
            return "abcxyzABCXYZ0189_";
        case 'n':
            return "\n";
        case 'r':
            return "\r";
        case 't':
            return "\t";
        case 'x': {
            const std::string digits = m_pattern.substr(m_at, 2);
            m_at += 2;
            return std::string(1, static_cast<char>(std::stoi(digits, nullptr, 16)));
        }
        case 'b':
            return " ";
        default:
            return std::string(1, c);
        }
    }

    std::string characterClass()
    {
        const bool isOther = takes("^");
        std::string named;
        for (bool isFirst = true; !isAtEnd() && (isFirst || m_pattern[m_at] != ']'); isFirst = false)
            named += element();
        m_isLost = m_isLost || !takes("]");
        std::string all;
        for (char c = ' '; c <= '~'; ++c) {
            if (isOther ? c != ' ' && !isCaseless(named, c) : named.find(c) != std::string::npos)
                all += c;
        }
        if (all.empty()) // line ends alone
            all = named;
        if (!isOther && all.find(' ') != std::string::npos && all.size() < 3)
            return " ";
        m_isLost = m_isLost || all.empty();
        return m_isLost ? std::string() : std::string(1, all[anyBelow(all.size())]);
    }

    // What is refused in one letter case may be refused in both.
    static bool isCaseless(std::string_view named, char c)
    {
        return std::ranges::any_of(named, [c](char one) { return lowerByte(one) == lowerByte(c); });
    }

    // One character, or all of a range.
    std::string element()
    {
        const char first = m_pattern[m_at++];
        const std::string one = first == '\\' ? escaped() : std::string(1, first);
        const bool isRange = m_at + 1 < m_pattern.size() && m_pattern[m_at] == '-' && m_pattern[m_at + 1] != ']';
        if (!isRange || one.size() != 1)
            return one;
        ++m_at;
        const char sign = m_pattern[m_at++];
        const char last = sign == '\\' ? escaped().front() : sign;
        std::string all;
        for (char c = one.front(); c <= last && c > 0; ++c)
            all += c;
        return all;
    }

    const std::string m_pattern;
    std::mt19937 m_random;
    size_t m_at = 0;
    bool m_isLost = false;
};

} // namespace cockpit::test
