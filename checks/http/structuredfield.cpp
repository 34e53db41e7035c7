#include "checks/http/structuredfield.h"

#include "checks/net/httpsyntax.h"

#include <string_view>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isAlpha(char c)
{
    return isLower(c) || (c >= 'A' && c <= 'Z');
}

bool isOneOf(char c, std::string_view characters)
{
    return characters.find(c) != std::string_view::npos;
}

// tchar of RFC 9110 section 5.6.2, and ":" and "/" (RFC 9651 section 3.3.4).
bool isTokenByte(char c)
{
    return isTokenChar(c) || c == ':' || c == '/';
}

class Reader
{
public:
    explicit Reader(const QByteArray &text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skip(std::string_view characters)
    {
        while (!atEnd() && isOneOf(m_text[m_at], characters))
            ++m_at;
    }
    template<typename Predicate>
    QByteArray takeWhile(Predicate isWanted)
    {
        const qsizetype start = m_at;
        while (!atEnd() && isWanted(m_text[m_at]))
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    std::optional<FieldItem> bareItem();
    std::optional<FieldItem> item();
    std::optional<FieldMember> member();
    std::optional<FieldMember> bareKey(); // a key without a value is true
    std::optional<QByteArray> key();

private:
    std::optional<FieldItem> string();
    std::optional<FieldItem> number(FieldItem::Kind kind);
    std::optional<FieldItem> boolean();
    std::optional<FieldItem> bytes();
    bool parameters();
    std::optional<FieldMember> innerList();

    const QByteArray m_text;
    qsizetype m_at = 0;
};

std::optional<FieldItem> Reader::string()
{
    QByteArray text;
    for (take('"'); !atEnd();) {
        char c = m_text[m_at++];
        if (c == '"')
            return FieldItem{FieldItem::Kind::String, text};
        if (c == '\\') {
            if (peek() != '"' && peek() != '\\')
                return std::nullopt;
            c = m_text[m_at++];
        } else if (c < 0x20 || c > 0x7e) {
            return std::nullopt;
        }
        text += c;
    }
    return std::nullopt;
}

// At most 15 digits, of a decimal 12 before the point and 3 behind it (section 4.2.4).
std::optional<FieldItem> Reader::number(FieldItem::Kind kind)
{
    const QByteArray sign = take('-') ? "-" : "";
    const QByteArray whole = takeWhile(isDigit);
    const bool isDecimal = peek() == '.';
    if (whole.isEmpty() || whole.size() > (isDecimal ? 12 : 15))
        return std::nullopt;
    if (!isDecimal)
        return FieldItem{kind, sign + whole};
    take('.');
    const QByteArray fraction = takeWhile(isDigit);
    if (fraction.isEmpty() || fraction.size() > 3 || kind == FieldItem::Kind::Date)
        return std::nullopt;
    return FieldItem{kind, sign + whole + '.' + fraction};
}

std::optional<FieldItem> Reader::boolean()
{
    take('?');
    if (peek() != '0' && peek() != '1')
        return std::nullopt;
    return FieldItem{FieldItem::Kind::Boolean, QByteArray(1, m_text[m_at++])};
}

std::optional<FieldItem> Reader::bytes()
{
    take(':');
    const QByteArray text = takeWhile([](char c) { return isAlpha(c) || isDigit(c) || isOneOf(c, "+/="sv); });
    return take(':') ? std::optional(FieldItem{FieldItem::Kind::Bytes, text}) : std::nullopt;
}

std::optional<FieldItem> Reader::bareItem()
{
    const char c = peek();
    if (c == '"')
        return string();
    if (c == '-' || isDigit(c))
        return number(FieldItem::Kind::Number);
    if (c == '?')
        return boolean();
    if (c == ':')
        return bytes();
    if (c == '@' && take('@'))
        return number(FieldItem::Kind::Date);
    if (c == '%' && take('%') && peek() == '"') {
        const auto text = string();
        return text ? std::optional(FieldItem{FieldItem::Kind::DisplayString, text->text}) : std::nullopt;
    }
    if (!isAlpha(c) && c != '*')
        return std::nullopt;
    return FieldItem{FieldItem::Kind::Token, takeWhile(isTokenByte)};
}

std::optional<QByteArray> Reader::key()
{
    if (!isLower(peek()) && peek() != '*')
        return std::nullopt;
    return takeWhile([](char c) { return isLower(c) || isDigit(c) || isOneOf(c, "_-.*"sv); });
}

bool Reader::parameters()
{
    while (take(';')) {
        skip(" "sv);
        if (!key() || (take('=') && !bareItem()))
            return false;
    }
    return true;
}

std::optional<FieldItem> Reader::item()
{
    const auto bare = bareItem();
    return bare && parameters() ? bare : std::nullopt;
}

std::optional<FieldMember> Reader::innerList()
{
    FieldMember list{.isList = true, .items = {}};
    take('(');
    while (!atEnd()) {
        skip(" "sv);
        if (take(')'))
            return parameters() ? std::optional(list) : std::nullopt;
        const auto one = item();
        if (!one || (peek() != ' ' && peek() != ')'))
            return std::nullopt;
        list.items.push_back(*one);
    }
    return std::nullopt;
}

std::optional<FieldMember> Reader::member()
{
    if (peek() == '(')
        return innerList();
    const auto one = item();
    return one ? std::optional(FieldMember{false, {*one}}) : std::nullopt;
}

std::optional<FieldMember> Reader::bareKey()
{
    return parameters() ? std::optional(FieldMember{false, {{FieldItem::Kind::Boolean, "1"}}}) : std::nullopt;
}

} // namespace

std::optional<FieldItem> parseFieldItem(const QByteArray &value)
{
    Reader reader(value);
    reader.skip(" "sv);
    const auto item = reader.item();
    reader.skip(" "sv);
    return item && reader.atEnd() ? item : std::nullopt;
}

std::optional<FieldDictionary> parseFieldDictionary(const QByteArray &value)
{
    Reader reader(value);
    FieldDictionary dictionary;
    reader.skip(" "sv);
    while (!reader.atEnd()) {
        const auto key = reader.key();
        if (!key)
            return std::nullopt;
        const auto member = reader.take('=') ? reader.member() : reader.bareKey();
        if (!member)
            return std::nullopt;
        dictionary.insert_or_assign(*key, *member);
        reader.skip(" \t"sv);
        if (reader.atEnd())
            return dictionary;
        if (!reader.take(','))
            return std::nullopt;
        reader.skip(" \t"sv);
        if (reader.atEnd())
            return std::nullopt; // a comma at the end (section 4.2.2)
    }
    return dictionary;
}

} // namespace cockpit
