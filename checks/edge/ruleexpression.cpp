#include "checks/edge/ruleexpression.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kJoints{"and"_L1, "or"_L1, "xor"_L1, "&&"_L1, "||"_L1, "^^"_L1};
constexpr std::array kExact{"eq"_L1, "=="_L1, "in"_L1, "ne"_L1, "!="_L1};
constexpr std::array kNots{"not"_L1, "!"_L1, "ne"_L1, "!="_L1};
constexpr std::array kOperators{"eq"_L1, "in"_L1, "contains"_L1, "matches"_L1, "wildcard"_L1, "strict"_L1,
                                "lt"_L1, "le"_L1, "gt"_L1,       "ge"_L1,      "true"_L1,     "false"_L1};

template<size_t Count>
bool isOneOf(const QString &word, const std::array<QLatin1StringView, Count> &words)
{
    return std::ranges::find(words, word) != words.end();
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

class Reader
{
public:
    explicit Reader(QByteArrayView text) : m_text(text) {}

    RuleExpression read()
    {
        while (m_at < m_text.size())
            step();
        endComparison();
        const bool isAlone = m_words == QStringList{u"true"_s};
        return {isAlone && m_all.empty(), std::move(m_all)};
    }

private:
    void step()
    {
        const char c = m_text[m_at];
        if (c == '"') {
            takeText(false);
        } else if (c == 'r' && isRawText()) {
            takeRawText();
        } else if (isWordByte(c)) {
            takeWord();
        } else {
            takeSign();
        }
    }

    char at(qsizetype index) const { return index < m_text.size() ? m_text[index] : '\0'; }

    // A backslash keeps what follows it.
    void takeText(bool isRaw)
    {
        QByteArray text;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (!isRaw && m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text += m_text[m_at];
        }
        ++m_at;
        m_current.texts << QString::fromUtf8(text);
    }

    bool isRawText() const
    {
        qsizetype next = m_at + 1;
        while (at(next) == '#')
            ++next;
        return at(next) == '"';
    }

    void takeRawText()
    {
        QByteArray end = "\"";
        for (++m_at; at(m_at) == '#'; ++m_at)
            end += '#';
        const qsizetype from = m_at + 1;
        const qsizetype to = m_text.indexOf(end, from);
        const QByteArrayView text =
            to < 0 ? m_text.sliced(std::min(from, m_text.size())) : m_text.sliced(from, to - from);
        m_current.texts << QString::fromUtf8(text.toByteArray());
        m_at = to < 0 ? m_text.size() : to + end.size();
    }

    void takeWord()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && isWordByte(m_text[m_at]))
            ++m_at;
        const QString word = QString::fromLatin1(m_text.sliced(from, m_at - from)).toLower();
        m_words << word;
        m_isExact = m_isExact || isOneOf(word, kExact);
        if (isOneOf(word, kJoints))
            endComparison();
        else if (isOneOf(word, kNots))
            m_isNot = !m_isNot;
        else if (isField(word))
            takeField(word);
    }

    // The one field without a dot is "ssl"; a word before a parenthesis is a function.
    bool isField(const QString &word) const
    {
        const bool isDotted = at(m_at) != '(' && word.front().isLetter() && word.contains(u'.');
        return word == "ssl"_L1 || (isDotted && !isOneOf(word, kOperators));
    }

    void takeField(const QString &word)
    {
        if (!m_current.field.isEmpty() && m_current.field != word)
            endComparison(); // "a[b.c]" and two fields in one function
        m_current.field = word;
    }

    void takeSign()
    {
        const QString two = QString::fromLatin1(m_text.sliced(m_at, std::min<qsizetype>(2, m_text.size() - m_at)));
        m_isExact = m_isExact || isOneOf(two, kExact);
        if (isOneOf(two, kJoints)) {
            endComparison();
            m_at += 2;
        } else if (isOneOf(two, kNots)) {
            m_isNot = !m_isNot;
            m_at += 2;
        } else {
            if (isOneOf(two.left(1), kNots))
                m_isNot = !m_isNot;
            ++m_at;
        }
    }

    void endComparison()
    {
        if (!m_current.field.isEmpty()) {
            m_current.isNot = m_isNot;
            m_current.isExact = m_isExact;
            m_all.push_back(std::move(m_current));
        }
        m_current = {};
        m_isNot = false;
        m_isExact = false;
    }

    const QByteArrayView m_text;
    qsizetype m_at = 0;
    QStringList m_words;
    Comparison m_current;
    bool m_isNot = false;
    bool m_isExact = false;
    std::vector<Comparison> m_all;
};

bool isPath(const QString &field)
{
    return field.startsWith("http.request.uri"_L1) || field.startsWith("raw.http.request.uri"_L1) ||
           field == "http.request.full_uri"_L1;
}

bool isHost(const QString &field)
{
    return field == "http.host"_L1;
}

// What "starts with" or a wildcard takes for everything: "/", "/*", "*", "https://app.example.com/*"
bool isAnyPath(const QString &text)
{
    const qsizetype scheme = text.indexOf("://"_L1);
    const QString rest = scheme < 0 ? text : text.mid(text.indexOf(u'/', scheme + 3));
    return rest == "*"_L1 || rest == "/"_L1 || rest == "/*"_L1;
}

bool narrows(const Comparison &one)
{
    if (isHost(one.field) || one.field == "ssl"_L1 || one.field == "http.request.method"_L1)
        return false;
    const bool isAny = isPath(one.field) && !one.isNot && !one.isExact && !one.texts.isEmpty() &&
                       std::ranges::all_of(one.texts, isAnyPath);
    return !isAny;
}

} // namespace

RuleExpression readExpression(const QByteArray &text)
{
    return Reader(QByteArrayView(text).first(std::min(text.size(), kLongestExpression))).read();
}

bool isAboutEverything(const RuleExpression &expression)
{
    return expression.isTrue ||
           (!expression.comparisons.empty() && std::ranges::none_of(expression.comparisons, narrows));
}

QStringList hostsIn(const RuleExpression &expression)
{
    QStringList hosts;
    for (const Comparison &one : expression.comparisons) {
        if (isHost(one.field) && !one.isNot)
            hosts << one.texts;
    }
    return hosts;
}

bool looksAtSession(const RuleExpression &expression)
{
    return std::ranges::any_of(expression.comparisons, [](const Comparison &one) {
        return one.field == "http.cookie"_L1 || one.field.startsWith("http.request.cookies"_L1) ||
               one.texts.contains("authorization"_L1, Qt::CaseInsensitive);
    });
}

QStringList pathsIn(const RuleExpression &expression)
{
    QStringList paths;
    for (const Comparison &one : expression.comparisons) {
        if (isPath(one.field))
            paths << one.texts;
    }
    return paths;
}

} // namespace cockpit
