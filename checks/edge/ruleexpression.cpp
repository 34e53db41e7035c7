#include "checks/edge/ruleexpression.h"

#include <QRegularExpression>

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

struct LikenessWord
{
    QLatin1StringView word;
    Likeness likeness;
};
constexpr std::array kLikenesses{
    LikenessWord{"contains"_L1, Likeness::Part},      LikenessWord{"starts_with"_L1, Likeness::Start},
    LikenessWord{"ends_with"_L1, Likeness::End},      LikenessWord{"wildcard"_L1, Likeness::Wildcard},
    LikenessWord{"matches"_L1, Likeness::Expression}, LikenessWord{"~"_L1, Likeness::Expression}};

template<size_t Count>
bool isOneOf(const QString &word, const std::array<QLatin1StringView, Count> &words)
{
    return std::ranges::find(words, word) != words.end();
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

constexpr size_t kMostBranches = 64; // a rule that people wrote has a handful

using Branches = std::vector<RuleBranch>;

const Branches kAlways{{}};

// Both hold; empty optional: too many ways.
std::optional<Branches> both(Branches some, const Branches &others)
{
    if (others.size() == 1) {
        for (RuleBranch &branch : some)
            branch.insert(branch.end(), others.front().begin(), others.front().end());
        return some;
    }
    if (some.size() * others.size() > kMostBranches)
        return std::nullopt;
    Branches all;
    all.reserve(some.size() * others.size());
    for (const RuleBranch &one : some) {
        for (const RuleBranch &other : others) {
            all.push_back(one);
            all.back().insert(all.back().end(), other.begin(), other.end());
        }
    }
    return all;
}

// De Morgan: none of the branches holds, when of each one comparison does not.
std::optional<Branches> negated(const Branches &branches)
{
    std::optional<Branches> all = kAlways;
    for (const RuleBranch &branch : branches) {
        Branches anyOf;
        anyOf.reserve(branch.size());
        for (const Comparison &one : branch) {
            anyOf.push_back({one});
            anyOf.back().front().isNot = !one.isNot;
        }
        all = both(std::move(*all), anyOf);
        if (!all)
            return all;
    }
    return all;
}

// Groups within groups: "or" binds least ("xor" is taken for one), then "and", then "not".
class Grouping
{
public:
    void open(bool isNot) { m_open.push_back({isNot, {}, {}, false, false}); }

    void close()
    {
        if (m_open.size() == 1)
            return; // a parenthesis too many
        endTerm();
        const Group group = std::move(m_open.back());
        m_open.pop_back();
        if (!group.hasAny)
            return;
        const auto inside = group.isNot ? negated(group.any) : std::optional(group.any);
        m_isTooMuch = m_isTooMuch || !inside;
        add(inside ? *inside : kAlways);
    }

    void add(const Branches &operand)
    {
        Group &group = m_open.back();
        auto term = group.hasTerm ? both(std::move(group.term), operand) : std::optional(operand);
        m_isTooMuch = m_isTooMuch || !term || term->size() > kMostBranches;
        if (m_isTooMuch)
            group.term = kAlways;
        else
            group.term = std::move(*term);
        group.hasTerm = true;
    }

    void endTerm()
    {
        Group &group = m_open.back();
        if (!group.hasTerm)
            return;
        std::ranges::move(group.term, std::back_inserter(group.any));
        m_isTooMuch = m_isTooMuch || group.any.size() > kMostBranches;
        if (m_isTooMuch)
            group.any.clear();
        group.hasAny = true;
        group.term.clear();
        group.hasTerm = false;
    }

    // Empty optional: it branches out too far.
    std::optional<Branches> end()
    {
        while (m_open.size() > 1)
            close();
        endTerm();
        return m_isTooMuch ? std::nullopt : std::optional(std::move(m_open.front().any));
    }

private:
    struct Group
    {
        bool isNot = false;
        Branches any;  // the terms that "or" has ended
        Branches term; // what "and" has joined since
        bool hasTerm = false;
        bool hasAny = false;
    };

    std::vector<Group> m_open{Group{}};
    bool m_isTooMuch = false;
};

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
        takeLikeness(word);
        if (isOneOf(word, kJoints))
            return join(word);
        m_word = word;
        if (isOneOf(word, kNots))
            m_isNot = !m_isNot;
        else if (isField(word))
            takeField(word);
        takeLength(word);
    }

    void takeLikeness(const QString &word)
    {
        const auto known = std::ranges::find(kLikenesses, word, &LikenessWord::word);
        if (isOneOf(word, kEqual))
            m_likeness = Likeness::Whole;
        else if (known != kLikenesses.end())
            m_likeness = known->likeness;
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
            (isBelow && number == 1) || (isUpTo && number == 0) || (m_likeness == Likeness::Whole && number == 0);
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
        takeLikeness(isOneOf(two, kEqual) ? two : two.left(1));
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
            m_current.likeness = m_likeness;
            if (m_isLength)
                endLength();
            m_groups.add({{m_current}});
            m_all.push_back(std::move(m_current));
        } else if (m_word == "true"_L1 || m_word == "false"_L1) {
            m_groups.add((m_word == "true"_L1) == !m_isNot ? kAlways : Branches());
        }
        m_current = {};
        m_word.clear();
        m_relation.clear();
        m_number.reset();
        m_isNot = false;
        m_likeness = Likeness::Other;
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
    Likeness m_likeness = Likeness::Other;
    bool m_isLength = false;
    std::vector<Comparison> m_all;
    Grouping m_groups;
};

bool isWholeAddress(const Comparison &one)
{
    return one.field == "http.request.full_uri"_L1 || one.field == "raw.http.request.full_uri"_L1;
}

// "https://app.example.com/*" in parts; a text without a scheme is an address when a host stands in front of its slash.
struct AddressParts
{
    QString scheme;
    QString host;
    QString path;
};

// The path of an address without one: any of the host, unless the text has to be the whole of it.
QString pathBehind(const QString &host, Likeness likeness)
{
    if (likeness == Likeness::Wildcard)
        return host.endsWith(u'*') ? u"*"_s : QString();
    return u"/"_s;
}

AddressParts partsOf(const Comparison &one, const QString &text)
{
    if (!isWholeAddress(one))
        return {{}, {}, text};
    const qsizetype scheme = text.indexOf("://"_L1);
    const QString rest = scheme < 0 ? text : text.mid(scheme + 3);
    const qsizetype slash = rest.indexOf(u'/');
    const QString host = slash < 0 && scheme >= 0 ? rest : rest.left(std::max<qsizetype>(slash, 0));
    const bool isAddress = scheme >= 0 || (slash > 0 && (host.contains(u'.') || host.contains(u'*')));
    if (!isAddress)
        return {{}, {}, text};
    // Without a scheme a host may be the end of a longer one.
    const bool isEnd = scheme < 0 && (one.likeness == Likeness::Part || one.likeness == Likeness::End);
    return {scheme < 0 ? QString() : text.left(scheme), isEnd ? u'*' + host : host,
            slash < 0 ? pathBehind(host, one.likeness) : rest.mid(slash)};
}

// Nearly every visitor comes by HTTPS, and every path has a slash in front. A wildcard has to fit from end to end.
bool isAnyText(const Comparison &one, const QString &text)
{
    static const QStringList kWildcards{u"*"_s, u"/*"_s, u"*/*"_s};
    static const QRegularExpression anything(u"^(\\^?/?|(\\^?/?\\.\\*\\$?))$"_s);
    const auto [scheme, host, path] = partsOf(one, text);
    if (scheme == "http"_L1 || scheme == "^http"_L1)
        return false;
    switch (one.likeness) {
    case Likeness::Part:
    case Likeness::Start:
        return path == "/"_L1;
    case Likeness::Wildcard:
        return kWildcards.contains(path);
    case Likeness::Expression:
        return anything.match(path).hasMatch();
    case Likeness::Whole:
    case Likeness::End:
    case Likeness::Other:
        return false;
    }
    Q_UNREACHABLE();
}

bool isAnyPath(const Comparison &one)
{
    return isPath(one) && !one.isNot && !one.texts.isEmpty() &&
           std::ranges::all_of(one.texts, [&](const QString &text) { return isAnyText(one, text); });
}

// Hosts of whole addresses; empty where one of them is about all.
QStringList hostsOfAddresses(const Comparison &one)
{
    QStringList hosts;
    for (const QString &text : one.texts) {
        const QString host = partsOf(one, text).host;
        if (host.isEmpty() || host == "*"_L1)
            return {};
        hosts << host;
    }
    return hosts;
}

// "*text*" for a host that contains it.
QString hostPattern(Likeness likeness, const QString &text)
{
    switch (likeness) {
    case Likeness::Part:
        return u'*' + text + u'*';
    case Likeness::Start:
        return text + u'*';
    case Likeness::End:
        return u'*' + text;
    case Likeness::Whole:
    case Likeness::Wildcard:
    case Likeness::Expression:
    case Likeness::Other:
        return text;
    }
    Q_UNREACHABLE();
}

// Pages are asked for with GET (RFC 9110 section 9.3.1).
bool leavesReadingOut(const Comparison &one)
{
    const bool namesIt = std::ranges::any_of(one.texts, [&](const QString &text) {
        return one.likeness == Likeness::Whole ? text.compare("GET"_L1, Qt::CaseInsensitive) == 0
                                               : text.contains("GET"_L1, Qt::CaseInsensitive);
    });
    return isMethod(one) && namesIt == one.isNot;
}

// Nearly every visitor comes by HTTPS.
bool isAboutPlainHttp(const Comparison &one)
{
    return one.field == "ssl"_L1 && one.isNot;
}

// A "*" stands for any text.
bool fits(const QString &host, const QString &pattern)
{
    const QStringList parts = pattern.split(u'*');
    if (parts.size() == 1)
        return host == pattern;
    qsizetype at = parts.front().size();
    for (qsizetype i = 1; i + 1 < parts.size() && at >= 0; ++i) {
        const qsizetype found = host.indexOf(parts[i], at);
        at = found < 0 ? -1 : found + parts[i].size();
    }
    return at >= 0 && host.startsWith(parts.front()) && host.endsWith(parts.back()) &&
           host.size() - parts.back().size() >= at;
}

bool narrows(const Comparison &one)
{
    const bool isRest = !isHost(one) && !isMethod(one) && one.field != "ssl"_L1 && !isAnyPath(one);
    return isRest || leavesReadingOut(one) || isAboutPlainHttp(one);
}

bool picksSome(const Comparison &one)
{
    const bool isEveryAddress = isAnyPath(one) && hostsOfAddresses(one).isEmpty();
    return (one.field != "ssl"_L1 || one.isNot) && !isEveryAddress;
}

} // namespace

RuleExpression readExpression(const QByteArray &text)
{
    return Reader(QByteArrayView(text).first(std::min(text.size(), kLongestExpression))).read();
}

bool isHost(const Comparison &one)
{
    return one.field == "http.host"_L1;
}

bool isMethod(const Comparison &one)
{
    return one.field == "http.request.method"_L1;
}

bool isPath(const Comparison &one)
{
    return one.field.startsWith("http.request.uri"_L1) || one.field.startsWith("raw.http.request.uri"_L1) ||
           isWholeAddress(one);
}

bool isAboutSession(const Comparison &one)
{
    return !one.isLength && (one.field == "http.cookie"_L1 || one.field.startsWith("http.request.cookies"_L1) ||
                             one.texts.contains("authorization"_L1, Qt::CaseInsensitive));
}

// 'http.cookie ne ""' means a cookie.
bool picksSignedIn(const Comparison &one)
{
    return isAboutSession(one) && one.isNot == one.texts.contains(QString());
}

bool isAboutEverything(const RuleBranch &branch)
{
    return std::ranges::none_of(branch, narrows);
}

bool isAboutEverything(const RuleExpression &expression)
{
    return std::ranges::any_of(expression.branches, [](const RuleBranch &branch) { return isAboutEverything(branch); });
}

bool isAboutEverybody(const RuleExpression &expression)
{
    return std::ranges::any_of(expression.branches,
                               [](const RuleBranch &branch) { return std::ranges::none_of(branch, picksSome); });
}

QStringList hostsOf(const Comparison &one)
{
    if (isPath(one))
        return one.likeness == Likeness::Expression ? QStringList() : hostsOfAddresses(one);
    if (!isHost(one) || isOfUnknownHosts(one))
        return {};
    QStringList hosts;
    hosts.reserve(one.texts.size());
    for (const QString &text : one.texts)
        hosts << hostPattern(one.likeness, text);
    return hosts;
}

QStringList hostsIn(const RuleBranch &branch)
{
    QStringList hosts;
    for (const Comparison &one : branch) {
        if (!one.isNot)
            hosts << hostsOf(one);
    }
    return hosts;
}

bool isOfUnknownHosts(const Comparison &one)
{
    const bool hasExpression = one.likeness == Likeness::Expression;
    return hasExpression && (isHost(one) || (isPath(one) && !hostsOfAddresses(one).isEmpty()));
}

bool isOneOfHosts(const QString &host, const QStringList &hosts)
{
    return std::ranges::any_of(hosts, [&](const QString &one) { return fits(host, one); });
}

QStringList pathsIn(const RuleBranch &branch)
{
    QStringList paths;
    for (const Comparison &one : branch) {
        if (isPath(one) && !one.isNot)
            paths << one.texts;
    }
    return paths;
}

} // namespace cockpit
