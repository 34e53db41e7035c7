#include "checks/access/sqlwords.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool beginsWord(QChar sign)
{
    return sign.isLetter() || sign == u'_';
}

bool isOfWord(QChar sign)
{
    return sign.isLetterOrNumber() || sign == u'_' || sign == u'$';
}

// "$$" or "$body$" at the beginning of the text; empty: it is neither.
QStringView dollarTag(QStringView text)
{
    if (!text.startsWith(u'$'))
        return {};
    qsizetype end = 1;
    while (end < text.size() && end < 64 && isOfWord(text[end]) && text[end] != u'$')
        ++end;
    const bool isTag = end < text.size() && text[end] == u'$' && (end == 1 || beginsWord(text[1]));
    return isTag ? text.first(end + 1) : QStringView();
}

bool copiesFromInput(const std::vector<SqlWord> &statement)
{
    return !statement.empty() && statement.front().is("copy"_L1) &&
           std::ranges::any_of(statement, [](const SqlWord &word) { return word.is("stdin"_L1); });
}

} // namespace

bool SqlWord::is(QLatin1StringView word) const
{
    return (kind == SqlWordKind::Word || kind == SqlWordKind::Sign) && text == word;
}

std::vector<SqlWord> SqlStatements::next()
{
    std::vector<SqlWord> statement;
    for (skipSpaceAndRemarks(); !isAtEnd(); skipSpaceAndRemarks()) {
        SqlWord word = nextWord();
        if (!word.is(";"_L1)) {
            if (statement.size() < kMostSqlWords)
                statement.push_back(std::move(word));
            continue;
        }
        if (copiesFromInput(statement))
            skipData();
        else if (!statement.empty())
            return statement;
        statement.clear();
    }
    return statement;
}

// Remarks between slashes may stand in each other.
void SqlStatements::skipSpaceAndRemarks()
{
    while (!isAtEnd()) {
        const QStringView rest = m_sql.sliced(m_at);
        if (rest.front().isSpace()) {
            ++m_at;
        } else if (rest.startsWith("--"_L1)) {
            const qsizetype end = rest.indexOf(u'\n');
            m_at = end < 0 ? m_sql.size() : m_at + end;
        } else if (rest.startsWith("/*"_L1)) {
            int depth = 0;
            do {
                const QStringView at = m_sql.sliced(m_at);
                const int step = at.startsWith("/*"_L1) ? 1 : at.startsWith("*/"_L1) ? -1 : 0;
                depth += step;
                m_at += step == 0 ? 1 : 2;
            } while (depth > 0 && !isAtEnd());
        } else {
            return;
        }
    }
}

void SqlStatements::skipData()
{
    const QStringView rest = m_sql.sliced(m_at);
    const qsizetype end = rest.indexOf(u"\n\\.");
    m_at = end < 0 ? m_sql.size() : m_at + end + 3;
}

SqlWord SqlStatements::nextWord()
{
    const QStringView rest = m_sql.sliced(m_at);
    const QChar first = rest.front();
    if (first == u'\'' || first == u'"') {
        ++m_at;
        return textUntil(first, first == u'"' ? SqlWordKind::Name : SqlWordKind::Text, false);
    }
    if (const QStringView tag = dollarTag(rest); !tag.isEmpty())
        return textBetweenDollars(tag);
    if ((first == u'e' || first == u'E') && rest.size() > 1 && rest[1] == u'\'') {
        m_at += 2;
        return textUntil(u'\'', SqlWordKind::Text, true);
    }
    if (!beginsWord(first) && !first.isNumber()) {
        ++m_at;
        return {SqlWordKind::Sign, QString(first)};
    }
    qsizetype end = 1;
    while (end < rest.size() && isOfWord(rest[end]))
        ++end;
    m_at += end;
    return {SqlWordKind::Word, rest.first(end).toString().toLower()};
}

// Behind the first quote; two quotes are one of the text.
SqlWord SqlStatements::textUntil(QChar quote, SqlWordKind kind, bool hasEscapes)
{
    SqlWord word{kind, {}};
    for (; !isAtEnd(); ++m_at) {
        const bool hasNext = m_at + 1 < m_sql.size();
        const bool isEscape = hasEscapes && m_sql[m_at] == u'\\' && hasNext;
        const bool isQuote = m_sql[m_at] == quote && !isEscape;
        const bool isTwice = isQuote && hasNext && m_sql[m_at + 1] == quote;
        if (isQuote && !isTwice) {
            ++m_at;
            break;
        }
        if (isEscape || isTwice)
            ++m_at;
        if (word.text.size() < kLongestSqlText)
            word.text += m_sql[m_at];
    }
    return word;
}

SqlWord SqlStatements::textBetweenDollars(QStringView tag)
{
    const qsizetype begin = m_at + tag.size();
    const qsizetype end = m_sql.indexOf(tag, begin);
    const QStringView text = m_sql.sliced(begin, (end < 0 ? m_sql.size() : end) - begin);
    m_at = end < 0 ? m_sql.size() : end + tag.size();
    return {SqlWordKind::Text, text.first(std::min(text.size(), kLongestSqlText)).toString()};
}

} // namespace cockpit
