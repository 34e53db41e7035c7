#include "checks/edge/ruleexpression.h"

#include "checks/edge/oneof.h"
#include "checks/edge/rulebranches.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kJoints{"and"_L1, "or"_L1, "xor"_L1, "&&"_L1, "||"_L1, "^^"_L1};
constexpr std::array kEqual{"eq"_L1, "=="_L1, "in"_L1, "ne"_L1, "!="_L1};
constexpr std::array kNots{"not"_L1, "!"_L1, "ne"_L1, "!="_L1};
constexpr std::array kOrders{"lt"_L1, "le"_L1, "gt"_L1, "ge"_L1};
constexpr std::array kOperators{"eq"_L1, "in"_L1, "contains"_L1, "matches"_L1, "wildcard"_L1, "strict"_L1,
                                "lt"_L1, "le"_L1, "gt"_L1,       "ge"_L1,      "true"_L1,     "false"_L1};

struct MatchWord
{
    QLatin1StringView word;
    MatchKind match;
};
constexpr std::array kMatchKinds{
    MatchWord{"contains"_L1, MatchKind::Part},      MatchWord{"starts_with"_L1, MatchKind::Start},
    MatchWord{"ends_with"_L1, MatchKind::End},      MatchWord{"wildcard"_L1, MatchKind::Wildcard},
    MatchWord{"matches"_L1, MatchKind::Expression}, MatchWord{"~"_L1, MatchKind::Expression}};

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
        auto branches = m_groups.end();
        if (!branches)
            return {std::move(m_all), {}, true};
        return {std::move(m_all), std::move(*branches), false};
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
        takeMatch(word);
        if (isOneOf(word, kJoints))
            return join(word);
        m_word = word;
        if (isOneOf(word, kNots))
            m_isNot = !m_isNot;
        else if (isField(word))
            takeField(word);
        takeLength(word);
    }

    void takeMatch(const QString &word)
    {
        const auto known = std::ranges::find(kMatchKinds, word, &MatchWord::word);
        if (isOneOf(word, kEqual))
            m_match = MatchKind::Whole;
        else if (known != kMatchKinds.end())
            m_match = known->match;
    }

    // "len(…) gt 0": the number is what stands behind the operator.
    void takeLength(const QString &word)
    {
        m_isLength = m_isLength || (word == "len"_L1 && at(m_at) == '(');
        if (isOneOf(word, kEqual) || isOneOf(word, kOrders))
            m_relation = word;
        bool isNumber = false;
        const int number = word.toInt(&isNumber);
        if (isNumber && !m_relation.isEmpty() && !m_number)
            m_number = number;
    }

    void takeRelation(const QString &two)
    {
        if (isOneOf(two, kEqual))
            m_relation = two;
        else if (two.front() == u'<' || two.front() == u'>')
            m_relation = two.at(two.size() - 1) == u'=' ? two : two.left(1);
    }

    // A length of nothing is an empty text.
    void endLength()
    {
        const int number = m_number.value_or(-1);
        const bool isOver = m_relation == "gt"_L1 || m_relation == ">"_L1;
        const bool isFrom = m_relation == "ge"_L1 || m_relation == ">="_L1;
        const bool isBelow = m_relation == "lt"_L1 || m_relation == "<"_L1;
        const bool isUpTo = m_relation == "le"_L1 || m_relation == "<="_L1;
        const bool isSome = (isOver && number == 0) || (isFrom && number == 1);
        const bool isNone =
            (isBelow && number == 1) || (isUpTo && number == 0) || (m_match == MatchKind::Whole && number == 0);
        m_current.isLength = !isSome && !isNone;
        m_current.isNot = m_current.isNot != isSome;
        if (isSome || isNone)
            m_current.texts << QString();
    }

    // The one field without a dot is "ssl"; a word before a parenthesis is a function.
    bool isField(const QString &word) const
    {
        const bool isDotted = at(m_at) != '(' && word.front().isLetter() && word.contains(u'.');
        return word == "ssl"_L1 || (isDotted && !isOneOf(word, kOperators));
    }

    void takeField(const QString &word)
    {
        const bool isSecond = !m_current.field.isEmpty() && m_current.field != word;
        if (isSecond) { // "a[b.c]" and two fields in one function
            m_current.isShared = true;
            endComparison();
        }
        m_current.field = word;
        m_current.isShared = m_current.isShared || isSecond;
    }

    void takeSign()
    {
        const QString two = QString::fromLatin1(m_text.sliced(m_at, std::min<qsizetype>(2, m_text.size() - m_at)));
        takeMatch(isOneOf(two, kEqual) ? two : two.left(1));
        takeRelation(two);
        if (isOneOf(two, kJoints)) {
            join(two);
            m_at += 2;
        } else if (isOneOf(two, kNots)) {
            m_isNot = !m_isNot;
            m_at += 2;
        } else {
            if (isOneOf(two.left(1), kNots))
                m_isNot = !m_isNot;
            takeParenthesis(m_text[m_at]);
            ++m_at;
        }
    }

    // Of a function, or of a group of comparisons. Within a function nothing is grouped.
    void takeParenthesis(char c)
    {
        if (c == '(') {
            const bool isCall =
                m_at > 0 && isWordByte(m_text[m_at - 1]) && !isOneOf(m_word, kJoints) && !isOneOf(m_word, kNots);
            const bool isGroup = m_calls == 0 && !isCall && m_current.field.isEmpty() && m_current.texts.isEmpty();
            if (isGroup)
                m_groups.open(std::exchange(m_isNot, false));
            else
                ++m_calls;
        } else if (c == ')' && m_calls > 0) {
            --m_calls;
        } else if (c == ')') {
            endComparison();
            m_groups.close();
        }
    }

    void join(const QString &word)
    {
        endComparison();
        m_word = word;
        const bool isAnd = word == "and"_L1 || word == "&&"_L1;
        if (!isAnd && m_calls == 0)
            m_groups.endTerm();
    }

    void endComparison()
    {
        if (!m_current.field.isEmpty()) {
            m_current.isNot = m_isNot;
            m_current.match = m_match;
            if (m_isLength)
                endLength();
            m_groups.add({{m_current}});
            m_all.push_back(std::move(m_current));
        } else if (m_word == "true"_L1 || m_word == "false"_L1) {
            m_groups.add((m_word == "true"_L1) == !m_isNot ? everyRequest() : RuleBranches());
        }
        m_current = {};
        m_word.clear();
        m_relation.clear();
        m_number.reset();
        m_isNot = false;
        m_match = MatchKind::Other;
        m_isLength = false;
    }

    const QByteArrayView m_text;
    qsizetype m_at = 0;
    QString m_word;  // the last one of the comparison
    int m_calls = 0; // open parentheses of functions
    Comparison m_current;
    QString m_relation; // "gt", "<="
    std::optional<int> m_number;
    bool m_isNot = false;
    MatchKind m_match = MatchKind::Other;
    bool m_isLength = false;
    std::vector<Comparison> m_all;
    RuleBrancher m_groups;
};

} // namespace

RuleExpression readExpression(const QByteArray &text)
{
    return Reader(QByteArrayView(text).first(std::min(text.size(), kLongestExpression))).read();
}

} // namespace cockpit
