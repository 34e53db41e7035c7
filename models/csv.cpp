#include "models/csv.h"

#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

constexpr qsizetype kLongestCell = 8192; // longer than any address; bounds what an unclosed mark can swallow
constexpr qsizetype kMostCells = 200;
constexpr int kLongestShown = 80;
constexpr QChar kMark = u'"';

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r';
}

class Reader
{
public:
    Reader(QStringView text, QChar separator) : m_text(text), m_separator(separator) {}

    CsvTable read()
    {
        if (m_text.startsWith(u'\ufeff'))
            ++m_at;
        while (m_at < m_text.size()) {
            if (isBlankLine() || m_text[m_at] == u'#')
                skipLine();
            else
                readRecord();
        }
        return std::move(m_table);
    }

private:
    bool hasMore() const { return m_at < m_text.size(); }

    bool isBlankLine() const
    {
        qsizetype at = m_at;
        while (at < m_text.size() && !isLineEnd(m_text[at]) && m_text[at].isSpace())
            ++at;
        return at == m_text.size() || isLineEnd(m_text[at]);
    }

    void skipLine()
    {
        while (hasMore() && !isLineEnd(m_text[m_at]))
            ++m_at;
        passLineEnd();
    }

    void passLineEnd()
    {
        if (!hasMore())
            return;
        const bool isPair = m_text[m_at] == u'\r' && m_at + 1 < m_text.size() && m_text[m_at + 1] == u'\n';
        m_at += isPair ? 2 : 1;
        ++m_line;
    }

    void readRecord()
    {
        const qsizetype start = m_at;
        CsvRecord record{.line = m_line, .cells = {}};
        QString why = readCells(record.cells);
        if (why.isEmpty()) {
            m_table.records.push_back(std::move(record));
            passLineEnd();
            return;
        }
        m_at = start;
        m_line = record.line;
        skipLine();
        const QStringView shown = m_text.sliced(start, std::min(m_at - start, kLongestCell)).trimmed();
        m_table.badLines.push_back({record.line, plainText(shown.toString(), kLongestShown), why});
    }

    // Up to the line end; empty, or why it is no record.
    QString readCells(QStringList &cells)
    {
        for (;;) {
            skipBlanks();
            QString cell;
            QString why = hasMore() && m_text[m_at] == kMark ? readQuoted(cell) : readBare(cell);
            if (!why.isEmpty())
                return why;
            cells << cell.trimmed();
            if (cells.size() > kMostCells)
                return Text::tr("It has more than %1 columns.").arg(kMostCells);
            if (!hasMore() || isLineEnd(m_text[m_at]))
                return {};
            ++m_at; // the separator
        }
    }

    void skipBlanks()
    {
        while (hasMore() && m_text[m_at] == u' ' && m_separator != u' ')
            ++m_at;
    }

    QString readBare(QString &cell)
    {
        for (; hasMore() && m_text[m_at] != m_separator && !isLineEnd(m_text[m_at]); ++m_at) {
            if (m_text[m_at] == kMark)
                return Text::tr("A quotation mark stands inside a value. Put the whole value in quotation marks, and "
                                "write the mark inside it twice.");
            if (cell.size() >= kLongestCell)
                return Text::tr("A value is longer than %1 characters.").arg(kLongestCell);
            cell += m_text[m_at];
        }
        return {};
    }

    QString readQuoted(QString &cell)
    {
        ++m_at; // the mark
        for (; hasMore(); ++m_at) {
            if (m_text[m_at] == kMark) {
                const bool isTwice = m_at + 1 < m_text.size() && m_text[m_at + 1] == kMark;
                if (!isTwice)
                    return afterQuoted();
                ++m_at;
            }
            if (cell.size() >= kLongestCell)
                return Text::tr("A quotation mark is opened and not closed within %1 characters.").arg(kLongestCell);
            if (m_text[m_at] == u'\n')
                ++m_line;
            cell += m_text[m_at];
        }
        return Text::tr("A quotation mark is opened and never closed.");
    }

    QString afterQuoted()
    {
        ++m_at; // the mark
        skipBlanks();
        if (!hasMore() || m_text[m_at] == m_separator || isLineEnd(m_text[m_at]))
            return {};
        return Text::tr("Text follows a closing quotation mark. Write a mark inside a value twice.");
    }

    const QStringView m_text;
    const QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
    CsvTable m_table;
};

QString cellText(const QString &text)
{
    static const QString starters = u"=+-@\t\r"_s;
    QString cell = text;
    if (!cell.isEmpty() && starters.contains(cell.front()))
        cell.prepend(u'\'');
    return kMark + cell.replace(kMark, u"\"\""_s) + kMark;
}

} // namespace

CsvTable parseCsv(QStringView text, QChar separator)
{
    return Reader(text, separator).read();
}

QChar csvSeparatorOf(QStringView text)
{
    constexpr std::array kSeparators{u',', u';', u'\t'};
    std::array<int, kSeparators.size()> counts{};
    bool isQuoted = false;
    for (const QChar c : text.first(std::min(text.size(), kLongestCell))) {
        if (c == kMark)
            isQuoted = !isQuoted;
        if (!isQuoted && isLineEnd(c))
            break;
        for (std::size_t i = 0; i < kSeparators.size(); ++i)
            counts[i] += !isQuoted && c == kSeparators[i] ? 1 : 0;
    }
    const auto most = std::ranges::max_element(counts);
    return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

QString csvRecord(const QStringList &cells)
{
    QStringList quoted;
    quoted.reserve(cells.size());
    for (const QString &cell : cells)
        quoted << cellText(cell);
    return quoted.join(u',') + u"\r\n"_s;
}

} // namespace cockpit
