#include "app/practice/shop/strictjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <set>
#include <vector>

namespace cockpit::shop {

namespace {

// The end of a string that begins at `at`, which is on its first quote.
qsizetype endOfString(const QByteArray &text, qsizetype at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\')
            ++at;
    }
    return at;
}

// Of text that is well-formed: is each name in an object its only one, and nothing too deep? Names written with
// different escapes count as different: no client writes such.
bool isPlain(const QByteArray &text)
{
    std::vector<std::set<QByteArray>> names;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '{' || letter == '[') {
            names.emplace_back();
            if (names.size() > static_cast<size_t>(kDeepest))
                return false;
        } else if (letter == '}' || letter == ']') {
            names.pop_back();
        } else if (letter == '"') {
            const qsizetype end = endOfString(text, at);
            const QByteArray word = text.mid(at, end - at);
            at = end;
            const bool isName = text.mid(end + 1).trimmed().startsWith(':');
            if (isName && !names.back().insert(word).second)
                return false;
        }
    }
    return true;
}

bool isCleanText(const QString &text)
{
    return text.isValidUtf16() && std::none_of(text.begin(), text.end(), [](QChar letter) {
               const char16_t code = letter.unicode();
               const bool isTurner = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
               return isTurner || code == 0x7F || (code < 0x20 && code != '\n' && code != '\t' && code != '\r');
           });
}

bool isClean(const QJsonValue &value)
{
    if (value.isString())
        return isCleanText(value.toString());
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        return std::all_of(list.begin(), list.end(), [](const QJsonValue &item) { return isClean(item); });
    }
    const QJsonObject object = value.toObject();
    for (auto field = object.begin(); field != object.end(); ++field) {
        if (!isCleanText(field.key()) || !isClean(field.value()))
            return false;
    }
    return true;
}

} // namespace

std::optional<QJsonObject> strictObject(const QByteArray &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject() || !isPlain(text) || !isClean(document.object()))
        return {};
    return document.object();
}

} // namespace cockpit::shop
