#include "models/access/graphqltokens.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cockpit::graphql {

using namespace Qt::StringLiterals;

namespace {

bool isNameStart(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isNamePart(QChar c)
{
    return isNameStart(c) || isDigit(c);
}

class Reader
{
public:
    explicit Reader(const QString &text) : m_text(text) {}

    std::optional<std::vector<Token>> run()
    {
        std::vector<Token> tokens;
        for (QString gap = readGap(); m_at < m_text.size(); gap = readGap()) {
            const auto kind = tokenKind();
            const qsizetype end = kind ? endOf(*kind) : -1;
            if (end < 0)
                return std::nullopt;
            tokens.push_back({*kind, m_text.sliced(m_at, end - m_at).toString(), gap});
            m_at = end;
        }
        return tokens;
    }

private:
    QString readGap()
    {
        QString gap;
        for (; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'#') { // a comment, to the end of its line
                while (m_at + 1 < m_text.size() && m_text[m_at + 1] != u'\n')
                    ++m_at;
                continue;
            }
            if (!u" \t\r\n,\ufeff"_s.contains(c))
                return gap;
            gap += c;
        }
        return gap;
    }

    std::optional<TokenKind> tokenKind() const
    {
        const QChar c = m_text[m_at];
        if (isNameStart(c))
            return TokenKind::Name;
        if (isDigit(c) || c == u'-')
            return TokenKind::Number;
        if (m_text.sliced(m_at).startsWith(u"\"\"\""))
            return TokenKind::BlockText;
        if (c == u'"')
            return TokenKind::Text;
        return u"!$&().:=@[]{|}"_s.contains(c) ? std::optional(TokenKind::Punctuator) : std::nullopt;
    }

    // -1 where it does not end as it should.
    qsizetype endOf(TokenKind kind) const
    {
        switch (kind) {
        case TokenKind::Name:
            return endOfRun(isNamePart);
        case TokenKind::Number:
            return endOfRun([](QChar c) { return isNamePart(c) || c == u'.' || c == u'-' || c == u'+'; });
        case TokenKind::Text:
            return endOfText();
        case TokenKind::BlockText:
            return endOfBlock();
        case TokenKind::Punctuator:
            if (m_text[m_at] == u'.')
                return m_text.sliced(m_at).startsWith(u"...") ? m_at + 3 : -1;
            return m_at + 1;
        }
        Q_UNREACHABLE();
    }

    template<typename Belongs>
    qsizetype endOfRun(Belongs belongs) const
    {
        qsizetype end = m_at + 1;
        while (end < m_text.size() && belongs(m_text[end]))
            ++end;
        return end;
    }

    qsizetype endOfText() const
    {
        for (qsizetype at = m_at + 1; at < m_text.size() && m_text[at] != u'\n'; ++at) {
            if (m_text[at] == u'\\')
                ++at;
            else if (m_text[at] == u'"')
                return at + 1;
        }
        return -1;
    }

    qsizetype endOfBlock() const
    {
        qsizetype end = m_text.indexOf(u"\"\"\""_s, m_at + 3);
        while (end > 0 && m_text[end - 1] == u'\\')
            end = m_text.indexOf(u"\"\"\""_s, end + 3);
        return end < 0 ? -1 : end + 3;
    }

    const QStringView m_text;
    qsizetype m_at = 0;
};

bool isWord(const Token &token)
{
    return token.kind != TokenKind::Punctuator;
}

} // namespace

std::optional<QString> Token::meaning() const
{
    if (kind == TokenKind::BlockText)
        return text.sliced(3, text.size() - 6);
    // A string is written as one of JSON (section 2.9.4).
    const QJsonArray read = QJsonDocument::fromJson((u'[' + text + u']').toUtf8()).array();
    return read.size() == 1 ? std::optional(read.at(0).toString()) : std::nullopt;
}

std::optional<std::vector<Token>> tokensOf(const QString &document)
{
    return Reader(document).run();
}

QString textOf(const std::vector<Token> &tokens)
{
    QString text;
    for (const Token &token : tokens)
        text += token.gap + token.text;
    return text;
}

QString compactTextOf(const std::vector<Token> &tokens)
{
    QString text;
    const Token *before = nullptr;
    for (const Token &token : tokens) {
        if (before && isWord(*before) && isWord(token))
            text += u' ';
        text += token.text;
        before = &token;
    }
    return text;
}

QString quotedText(const QString &meaning)
{
    const QString list = QString::fromUtf8(QJsonDocument(QJsonArray{meaning}).toJson(QJsonDocument::Compact));
    return list.sliced(1, list.size() - 2);
}

} // namespace cockpit::graphql
