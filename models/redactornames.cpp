// The pass over names and their values: header lines, key=value and JSON members.
#include "models/redactor.h"
#include "models/redactorpasses.h"

#include <QList>

#include <algorithm>
#include <array>

namespace cockpit::redaction {

using namespace Qt::StringLiterals;

namespace {

// What a name says about the value behind it.
enum class NameKind { Plain, Secret, Authorization, Cookie, SetCookie };

// Ends of names, without separators: "DB_PASSWORD", "apiKey" and "access-token" are all caught.
constexpr std::array kSecretEndings{
    "password"_L1, "passwd"_L1,     "passphrase"_L1,    "pwd"_L1,        "secret"_L1,     "token"_L1,
    "apikey"_L1,   "accesskey"_L1,  "secretkey"_L1,     "privatekey"_L1, "servicekey"_L1, "servicerolekey"_L1,
    "authkey"_L1,  "signingkey"_L1, "encryptionkey"_L1, "accountkey"_L1, "sessionid"_L1,  "jwt"_L1,
};

// No word for a secret is longer; a longer run is judged by its end.
constexpr qsizetype kLongestName = 64;

bool isNameChar(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-';
}

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\'' || c == u'`';
}

NameKind kindOf(QStringView name)
{
    QString word = name.right(kLongestName).toString().toLower();
    word.remove(u'_');
    word.remove(u'-');
    if (word == "setcookie"_L1)
        return NameKind::SetCookie;
    if (word == "cookie"_L1)
        return NameKind::Cookie;
    if (word == "authorization"_L1 || word == "proxyauthorization"_L1)
        return NameKind::Authorization;
    const bool isSecret =
        std::ranges::any_of(kSecretEndings, [&word](QLatin1StringView end) { return word.endsWith(end); });
    return isSecret ? NameKind::Secret : NameKind::Plain;
}

// Variables that stand in the place of a value where a request is shown to be tried again. No other spelling: "$secret"
// may be somebody's password.
bool isPlaceholder(QStringView value)
{
    static constexpr std::array words{"$TOKEN"_L1, "$COOKIE"_L1, "$API_KEY"_L1, "$PASSWORD"_L1, "$SECRET"_L1};
    return std::ranges::any_of(words, [value](QLatin1StringView word) { return value == word; });
}

// Words that programs write where no value is.
bool isNoValue(QStringView value)
{
    static constexpr std::array words{"true"_L1, "false"_L1, "null"_L1, "undefined"_L1, "none"_L1, "<value>"_L1};
    return value.isEmpty() || isPlaceholder(value) || std::ranges::any_of(words, [value](QLatin1StringView word) {
               return value.compare(word, Qt::CaseInsensitive) == 0;
           });
}

QString hide(QStringView value)
{
    return isNoValue(value) ? value.toString() : maskValue(value.toString());
}

// "a=1; b=2": names stay, because judging cookies needs them. onlyFirst: the rest are attributes (Path, Max-Age).
QString hideCookies(QStringView value, bool onlyFirst)
{
    QStringList parts;
    for (const QStringView part : value.split(u';')) {
        const qsizetype equals = part.indexOf(u'=');
        const auto firstSeen = std::ranges::find_if(part, [](QChar c) { return !c.isSpace(); });
        const qsizetype blanks = std::distance(part.begin(), firstSeen);
        if (onlyFirst && !parts.isEmpty())
            parts.append(part.toString());
        else if (equals < 0)
            parts.append(part.left(blanks).toString() + hide(part.mid(blanks)));
        else
            parts.append(part.left(equals + 1).toString() + hide(part.mid(equals + 1)));
    }
    return parts.join(u';');
}

// "Bearer abc": the scheme stays.
QString hideAuthorization(QStringView value)
{
    const qsizetype space = value.indexOf(u' ');
    return space < 0 ? hide(value) : value.left(space + 1).toString() + hide(value.mid(space + 1));
}

QString hideByKind(NameKind kind, QStringView value)
{
    switch (kind) {
    case NameKind::Plain:
        return value.toString();
    case NameKind::Secret:
        return hide(value);
    case NameKind::Authorization:
        return hideAuthorization(value);
    case NameKind::Cookie:
        return hideCookies(value, false);
    case NameKind::SetCookie:
        return hideCookies(value, true);
    }
    return {};
}

class Scanner
{
public:
    explicit Scanner(const QString &text) : m_text(text) { m_result.reserve(text.size()); }

    QString run()
    {
        while (m_at < m_text.size()) {
            if (isNameChar(m_text[m_at]))
                readName();
            else
                copyTo(m_at + 1);
        }
        return m_result;
    }

private:
    void copyTo(qsizetype end)
    {
        m_result += m_text.mid(m_at, end - m_at);
        m_at = end;
    }

    qsizetype skip(qsizetype from, bool (*belongs)(QChar)) const
    {
        while (from < m_text.size() && belongs(m_text[from]))
            ++from;
        return from;
    }

    void readName()
    {
        const qsizetype start = m_at;
        copyTo(skip(start, isNameChar));
        const NameKind kind = kindOf(m_text.mid(start, m_at - start));
        if (kind == NameKind::Plain)
            return;
        const QChar before = start > 0 ? m_text[start - 1] : QChar();
        const qsizetype value = startOfValue();
        if (value < 0)
            return;
        copyTo(value);
        readValue(kind, before);
    }

    // Behind ": ", "=", "\": ", " => "; -1 when the name has no value. Blanks are bounded: a name is next to its value.
    qsizetype startOfValue() const
    {
        constexpr qsizetype kMostBlanks = 8;
        const auto skipBlanks = [this](qsizetype from) {
            const qsizetype end = std::min(from + kMostBlanks, m_text.size());
            while (from < end && (m_text[from] == u' ' || m_text[from] == u'\t'))
                ++from;
            return from;
        };
        qsizetype at = m_at;
        if (at + 1 < m_text.size() && m_text[at] == u'\\')
            ++at; // JSON inside a JSON text: \"password\":\"…\"
        if (at < m_text.size() && isQuote(m_text[at]))
            ++at;
        at = skipBlanks(at);
        if (at >= m_text.size() || (m_text[at] != u':' && m_text[at] != u'='))
            return -1;
        ++at;
        if (at < m_text.size() && (m_text[at] == u'>' || m_text[at] == u'='))
            ++at;
        return skipBlanks(at);
    }

    void readValue(NameKind kind, QChar beforeName)
    {
        qsizetype start = m_at;
        if (start + 1 < m_text.size() && m_text[start] == u'\\' && isQuote(m_text[start + 1]))
            ++start;
        qsizetype end = 0;
        if (start < m_text.size() && isQuote(m_text[start])) {
            copyTo(start + 1);
            end = endOfQuoted(m_at, m_text[start]);
        } else {
            end = kind == NameKind::Secret ? endOfWord(m_at) : endOfLine(m_at, beforeName);
        }
        m_result += hideByKind(kind, m_text.mid(m_at, end - m_at));
        m_at = end;
    }

    qsizetype endOfQuoted(qsizetype from, QChar quote) const
    {
        const bool isEscaped = from >= 2 && m_text[from - 2] == u'\\';
        for (qsizetype i = from; i < m_text.size(); ++i) {
            if (m_text[i] == quote)
                return i;
            if (m_text[i] == u'\n')
                return i;
            if (m_text[i] == u'\\') {
                if (isEscaped && i + 1 < m_text.size() && m_text[i + 1] == quote)
                    return i;
                ++i;
            }
        }
        return m_text.size();
    }

    qsizetype endOfWord(qsizetype from) const
    {
        return skip(from, [](QChar c) { return !c.isSpace() && !u"&;,\"'`<>)}]\\"_s.contains(c); });
    }

    // A header in a command line (-H 'Authorization: …') ends at the quote that stands before its name.
    qsizetype endOfLine(qsizetype from, QChar beforeName) const
    {
        const bool isQuoted = isQuote(beforeName);
        qsizetype end = from;
        while (end < m_text.size() && m_text[end] != u'\n' && !(isQuoted && m_text[end] == beforeName))
            ++end;
        return end;
    }

    const QStringView m_text;
    QString m_result;
    qsizetype m_at = 0;
};

} // namespace

QString maskNamedValues(const QString &text)
{
    return Scanner(text).run();
}

} // namespace cockpit::redaction
