// The prompt of Windows: cmd.exe's carets, then the arguments of a program.
#include "models/access/wordlist.h"

namespace cockpit {

using namespace shell;

namespace {

// What cmd hands to the program: carets taken out. Inside of plain quotation marks a caret is one.
Result<QByteArray> withoutCarets(const QByteArray &command)
{
    QByteArray line;
    bool isQuoted = false;
    for (qsizetype i = 0; i < command.size(); ++i) {
        const char c = command[i];
        if (c == '"')
            isQuoted = !isQuoted;
        if (c == '^' && !isQuoted) {
            ++i;
            if (i < command.size() && command[i] == '\r')
                ++i;
            if (i < command.size() && command[i] == '\n')
                ++i;
            // What stands behind a joined line is taken as it is, also another line end.
            if (i < command.size())
                line += command[i];
            continue;
        }
        if (!isQuoted && QByteArrayView("|&<>").contains(c))
            return forTheShell(c);
        line += c;
    }
    return line;
}

// The rules of the Microsoft C runtime for the arguments of a program.
class ArgumentReader
{
public:
    explicit ArgumentReader(const QByteArray &line) : m_text(line) {}

    Result<std::vector<QByteArray>> read()
    {
        while (m_at < m_text.size())
            readOne();
        if (m_isQuoted)
            return openQuote();
        return notTooMany(m_words);
    }

private:
    void readOne()
    {
        const char c = m_text[m_at];
        if (c == '\\') {
            readBackslashes();
        } else if (c == '"') {
            readQuote();
        } else {
            ++m_at;
            if (isBlank(c) && !m_isQuoted)
                m_words.end();
            else
                m_words.add(c);
        }
    }

    // Before a quotation mark, two are one, and one that is left makes the mark a plain one.
    void readBackslashes()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && m_text[m_at] == '\\')
            ++m_at;
        const qsizetype count = m_at - start;
        const bool isBeforeQuote = m_at < m_text.size() && m_text[m_at] == '"';
        m_words.add(QByteArray(isBeforeQuote ? count / 2 : count, '\\'));
        if (isBeforeQuote && count % 2 == 1) {
            m_words.add('"');
            ++m_at;
        }
    }

    void readQuote()
    {
        ++m_at;
        m_words.begin();
        if (m_isQuoted && m_at < m_text.size() && m_text[m_at] == '"') {
            m_words.add('"');
            ++m_at;
        } else {
            m_isQuoted = !m_isQuoted;
        }
    }

    const QByteArray m_text;
    qsizetype m_at = 0;
    bool m_isQuoted = false;
    Words m_words;
};

} // namespace

Result<std::vector<QByteArray>> cmdWords(const QByteArray &command)
{
    if (const auto fits = notTooLong(command); !fits)
        return tl::unexpected(fits.error());
    const auto line = withoutCarets(command);
    if (!line)
        return tl::unexpected(line.error());
    return ArgumentReader(*line).read();
}

} // namespace cockpit
