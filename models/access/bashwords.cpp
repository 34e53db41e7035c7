// Bash: quoting as of its manual, 3.1.2.
#include "models/access/wordlist.h"

#include <QString>

namespace cockpit {

using namespace shell;

namespace {

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

int digitOf(char c, int base)
{
    const int value = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : base;
    return value < base ? value : -1;
}

class BashReader
{
public:
    explicit BashReader(const QByteArray &command) : m_text(command) {}

    Result<std::vector<QByteArray>> read()
    {
        while (m_at < m_text.size()) {
            const Result<void> step = readOne();
            if (!step)
                return tl::unexpected(step.error());
        }
        return notTooMany(m_words);
    }

private:
    char peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }

    Result<void> readOne()
    {
        const char c = m_text[m_at++];
        if (isBlank(c)) {
            m_words.end();
            return {};
        }
        switch (c) {
        case '\'':
            return readSingle();
        case '"':
            return readDouble();
        case '\\':
            readEscape();
            return {};
        case '$':
            return readDollar();
        case '`':
        case '|':
        case ';':
        case '&':
        case '<':
        case '>':
        case '(':
        case ')':
            return forTheShell(c);
        default:
            m_words.add(c);
            return {};
        }
    }

    // At the end of a line it joins the next one. Windows puts a carriage return before that.
    void readEscape()
    {
        if (peek() == '\r' && peek(1) == '\n')
            ++m_at;
        if (m_at >= m_text.size())
            return;
        const char escaped = m_text[m_at++];
        if (escaped != '\n')
            m_words.add(escaped);
    }

    Result<void> readSingle()
    {
        const qsizetype end = m_text.indexOf('\'', m_at);
        if (end < 0)
            return openQuote();
        m_words.add(m_text.mid(m_at, end - m_at));
        m_at = end + 1;
        return {};
    }

    Result<void> readDouble()
    {
        m_words.begin();
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return {};
            if (c == '`' || (c == '$' && (isNameStart(peek()) || peek() == '(' || peek() == '{')))
                return forTheShell(c);
            const bool isEscape = c == '\\' && QByteArrayView("$`\"\\\n").contains(peek()) && peek() != '\0';
            if (!isEscape)
                m_words.add(c);
            else if (const char escaped = m_text[m_at++]; escaped != '\n')
                m_words.add(escaped);
        }
        return openQuote();
    }

    Result<void> readDollar()
    {
        if (peek() == '\'') {
            ++m_at;
            return readAnsi();
        }
        if (peek() == '"') // translated by the locale: the text itself where there is no translation
            return {};
        if (isNameStart(peek()) || peek() == '(' || peek() == '{')
            return forTheShell('$');
        m_words.add('$');
        return {};
    }

    Result<void> readAnsi()
    {
        m_words.begin();
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '\'')
                return {};
            if (c != '\\')
                m_words.add(c);
            else if (m_at < m_text.size())
                readAnsiEscape(m_text[m_at++]);
        }
        return openQuote();
    }

    void readAnsiEscape(char c)
    {
        static constexpr QByteArrayView kLetters("abeEfnrtv");
        static constexpr QByteArrayView kMeanings("\a\b\x1b\x1b\f\n\r\t\v");
        if (const qsizetype index = kLetters.indexOf(c); index >= 0)
            m_words.add(kMeanings[index]);
        else if (c == 'x')
            addNumber(16, 2, c);
        else if (c == 'u' || c == 'U')
            addNumber(16, c == 'u' ? 4 : 8, c);
        else if (digitOf(c, 8) >= 0) {
            --m_at;
            addNumber(8, 3, c);
        } else if (QByteArrayView("\\'\"?").contains(c))
            m_words.add(c);
        else // as Bash does with an escape that is none
            m_words.add(QByteArray(1, '\\') + c);
    }

    // \x41 and \101 are bytes; é is a character. Browsers write one beyond the basic plane as two halves.
    void addNumber(int base, int mostDigits, char kind)
    {
        quint32 number = 0;
        int digits = 0;
        for (; digits < mostDigits && digitOf(peek(), base) >= 0; ++digits)
            number = number * static_cast<quint32>(base) + static_cast<quint32>(digitOf(m_text[m_at++], base));
        if (digits == 0)
            m_words.add(QByteArray(1, '\\') + kind);
        else if (kind == 'u' && QChar::isHighSurrogate(number))
            addSurrogatePair(number);
        else if (kind == 'u' || kind == 'U')
            addCharacter(number);
        else
            m_words.add(static_cast<char>(number & 0xffU));
    }

    void addSurrogatePair(quint32 high)
    {
        bool isNumber = false;
        const quint32 low = m_text.mid(m_at + 2, 4).toUInt(&isNumber, 16);
        if (peek() != '\\' || peek(1) != 'u' || !isNumber || !QChar::isLowSurrogate(low)) {
            addCharacter(QChar::ReplacementCharacter);
            return;
        }
        m_at += 6;
        addCharacter(QChar::surrogateToUcs4(static_cast<char16_t>(high), static_cast<char16_t>(low)));
    }

    void addCharacter(quint32 character)
    {
        const bool isOne = character <= QChar::LastValidCodePoint && !QChar::isSurrogate(character);
        const auto point = static_cast<char32_t>(isOne ? character : quint32(QChar::ReplacementCharacter));
        m_words.add(QString::fromUcs4(&point, 1).toUtf8());
    }

    const QByteArray m_text;
    qsizetype m_at = 0;
    Words m_words;
};

} // namespace

Result<std::vector<QByteArray>> bashWords(const QByteArray &command)
{
    if (const auto fits = notTooLong(command); !fits)
        return tl::unexpected(fits.error());
    return BashReader(command).read();
}

} // namespace cockpit
