// SQL in its words, as far as statements of one kind can be told from those of another: names, words, texts in quotes
// and signs. Source: PostgreSQL 15, "4.1. Lexical Structure"; the data between COPY … FROM stdin and "\." is passed
// over (pg_dump). Pure, and linear in the length of the text.
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace cockpit {

enum class SqlWordKind { Word, Name, Text, Sign }; // Name: in double quotes; Text: in single quotes or between dollars

struct SqlWord
{
    SqlWordKind kind = SqlWordKind::Sign;
    QString text; // a Word in small letters, as PostgreSQL takes it; a Name and a Text without their quotes

    bool operator==(const SqlWord &) const = default;
    // A keyword in small letters, or a sign.
    bool is(QLatin1StringView word) const;
    bool mayName() const { return kind == SqlWordKind::Word || kind == SqlWordKind::Name; }
};

// Of one statement; what a longer one says further on is left out (rows of an INSERT).
constexpr std::size_t kMostSqlWords = 20'000;
// Characters of what stands in quotes; names have 63 bytes, and of texts only short ones are of use.
constexpr qsizetype kLongestSqlText = 64;

class SqlStatements
{
public:
    explicit SqlStatements(QStringView sql) : m_sql(sql) {}

    // The next statement without its semicolon; empty statements are passed over. Empty: the text is at its end.
    std::vector<SqlWord> next();

private:
    void skipSpaceAndRemarks();
    void skipData();
    SqlWord nextWord();
    SqlWord textUntil(QChar quote, SqlWordKind kind, bool hasEscapes);
    SqlWord textBetweenDollars(QStringView tag);
    bool isAtEnd() const { return m_at >= m_sql.size(); }

    QStringView m_sql;
    qsizetype m_at = 0;
};

} // namespace cockpit
