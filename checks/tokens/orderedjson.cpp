#include "checks/tokens/orderedjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The position behind a string that begins at `at`.
qsizetype behindString(const QByteArray &text, qsizetype at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\')
            ++at;
    }
    return at + 1;
}

QByteArray withoutBlanks(const QByteArray &text)
{
    QByteArray compact;
    compact.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        if (text[at] == '"') {
            const qsizetype end = std::min(behindString(text, at), text.size());
            compact += text.sliced(at, end - at);
            at = end;
        } else {
            if (!isBlank(text[at]))
                compact += text[at];
            ++at;
        }
    }
    return compact;
}

// The position of the comma or the bracket that ends a value.
qsizetype behindValue(const QByteArray &text, qsizetype at)
{
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = behindString(text, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}'))
            return at;
        depth += c == '{' || c == '[' ? 1 : (c == '}' || c == ']' ? -1 : 0);
        ++at;
    }
    return text.size();
}

QByteArray written(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

QJsonValue read(const QByteArray &json)
{
    return QJsonDocument::fromJson('[' + json + ']').array().at(0);
}

} // namespace

std::optional<OrderedJson> OrderedJson::parsed(const QByteArray &text)
{
    if (!QJsonDocument::fromJson(text).isObject())
        return std::nullopt;
    const QByteArray json = withoutBlanks(text);
    OrderedJson object;
    for (qsizetype at = 1; at < json.size() && json[at] == '"';) {
        const qsizetype colon = behindString(json, at);
        const qsizetype end = behindValue(json, colon + 1);
        Member member{
            .name = {}, .written = json.sliced(at, colon - at), .value = json.sliced(colon + 1, end - colon - 1)};
        member.name = read(member.written).toString();
        if (object.has(member.name))
            return std::nullopt;
        object.m_members.push_back(std::move(member));
        at = end + 1;
    }
    return object;
}

bool OrderedJson::has(const QString &name) const
{
    return std::ranges::any_of(m_members, [&](const Member &member) { return member.name == name; });
}

QJsonValue OrderedJson::value(const QString &name) const
{
    const auto found = std::ranges::find(m_members, name, &Member::name);
    return found == m_members.end() ? QJsonValue(QJsonValue::Undefined) : read(found->value);
}

std::vector<QString> OrderedJson::names() const
{
    std::vector<QString> names;
    for (const Member &member : m_members)
        names.push_back(member.name);
    return names;
}

void OrderedJson::set(const QString &name, const QJsonValue &value)
{
    const auto found = std::ranges::find(m_members, name, &Member::name);
    if (found != m_members.end())
        found->value = written(value);
    else
        m_members.push_back({name, written(name), written(value)});
}

void OrderedJson::remove(const QString &name)
{
    std::erase_if(m_members, [&](const Member &member) { return member.name == name; });
}

QByteArray OrderedJson::compact() const
{
    QByteArray text = "{";
    for (const Member &member : m_members)
        text += (text.size() > 1 ? "," : "") + member.written + ':' + member.value;
    return text + '}';
}

} // namespace cockpit
