#include "checks/exposure/decoded.h"

#include <algorithm>
#include <optional>

namespace cockpit {

namespace {

constexpr qsizetype kShortestBase64 = 24; // shorter ones hold no key
constexpr qsizetype kLongestBase64 = 16LL * 1024;
constexpr qsizetype kMostDecoded = 4LL * 1024 * 1024;

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

bool isBase64(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=' || c == '-' || c == '_';
}

// \\uXXXX and \\xXX of ASCII; other characters are in no key.
std::optional<char> escapedAt(const QByteArray &code, qsizetype at, qsizetype &length)
{
    if (code[at] != '\\' || at + 3 >= code.size())
        return std::nullopt;
    const qsizetype digits = code[at + 1] == 'u' ? 4 : code[at + 1] == 'x' ? 2 : 0;
    if (digits == 0 || at + 2 + digits > code.size())
        return std::nullopt;
    bool isNumber = false;
    const int value = code.sliced(at + 2, digits).toInt(&isNumber, 16);
    if (!isNumber || value < 0x20 || value > 0x7e)
        return std::nullopt;
    length = 2 + digits;
    return static_cast<char>(value);
}

// Length of  " + "  between two literals of one kind; 0 when there is none.
qsizetype joinAt(const QByteArray &code, qsizetype at)
{
    if (!isQuote(code[at]))
        return 0;
    qsizetype i = at + 1;
    const auto skipBlanks = [&] {
        while (i < code.size() && (code[i] == ' ' || code[i] == '\n' || code[i] == '\t'))
            ++i;
    };
    skipBlanks();
    if (i >= code.size() || code[i] != '+')
        return 0;
    ++i;
    skipBlanks();
    return i < code.size() && code[i] == code[at] ? i + 1 - at : 0;
}

// The code with escapes and joints resolved; empty when it has neither.
QByteArray resolved(const QByteArray &code)
{
    QByteArray text;
    qsizetype copied = 0;
    for (qsizetype i = 0; i < code.size();) {
        qsizetype length = 0;
        const std::optional<char> character = escapedAt(code, i, length);
        if (!character)
            length = joinAt(code, i);
        if (length == 0) {
            ++i;
            continue;
        }
        text.append(code.sliced(copied, i - copied));
        if (character)
            text.append(*character);
        i += length;
        copied = i;
    }
    return copied == 0 ? QByteArray() : text + code.sliced(copied);
}

bool isText(const QByteArray &bytes)
{
    return !bytes.isEmpty() &&
           std::ranges::all_of(bytes, [](char c) { return (c >= 0x20 && c <= 0x7e) || c == '\n' || c == '\r'; });
}

void appendBase64(QByteArray &text, const QByteArray &literal)
{
    const bool isUrlForm = literal.contains('-') || literal.contains('_');
    const auto form = isUrlForm ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    const auto decoded = QByteArray::fromBase64Encoding(literal, form | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded && isText(*decoded))
        text.append('\n' + *decoded);
}

QByteArray base64Texts(const QByteArray &code)
{
    QByteArray text;
    for (qsizetype i = 0; i < code.size() && text.size() < kMostDecoded;) {
        if (!isQuote(code[i])) {
            ++i;
            continue;
        }
        qsizetype end = i + 1;
        while (end < code.size() && isBase64(code[end]))
            ++end;
        const qsizetype length = end - i - 1;
        const bool isClosed = end < code.size() && code[end] == code[i];
        if (isClosed && length >= kShortestBase64 && length <= kLongestBase64)
            appendBase64(text, code.sliced(i + 1, length));
        i = end == i + 1 ? end : std::max(end, i + 1);
    }
    return text;
}

} // namespace

QByteArray decodedOnce(const QByteArray &code)
{
    return resolved(code).left(code.size()) + base64Texts(code);
}

} // namespace cockpit
