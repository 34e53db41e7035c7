#include "checks/secrets/dependencies/tomltable.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <sstream>

#include <toml++/toml.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

constexpr qsizetype kLargestToml = qint64(8) << 20; // the largest uv.lock in public has 5; each byte costs 20 of memory
// The library refuses values that nest more than 256 deep, but no key for its dots, each of which is a table in a
// table: what recurses over tables, its own destructor with it, would outgrow the stack.
// "tool.poetry.group.dev.dependencies" has 4.
constexpr int kMostDots = 20;

// Behind the text that begins at the quote there. One line, or any number of them behind three quotes.
qsizetype endOfText(QByteArrayView toml, qsizetype from)
{
    const char quote = toml[from];
    const QByteArray three(3, quote);
    const bool isLong = toml.sliced(from).startsWith(three);
    for (qsizetype at = from + (isLong ? 3 : 1); at < toml.size(); ++at) {
        if (toml[at] == '\\' && quote == '"') {
            ++at;
        } else if (isLong && toml.sliced(at).startsWith(three)) {
            at += 3; // up to two quotes may stand before the last three
            for (int more = 0; more < 2 && at < toml.size() && toml[at] == quote; ++more)
                ++at;
            return at;
        } else if (!isLong && (toml[at] == quote || toml[at] == '\n')) {
            return at + 1;
        }
    }
    return toml.size();
}

// The line of a key or heading with too many dots; 0: there is none.
qsizetype lineOfDeepKey(QByteArrayView toml)
{
    int dots = 0;
    for (qsizetype at = 0; at < toml.size(); ++at) {
        switch (toml[at]) {
        case '"':
        case '\'':
            at = endOfText(toml, at) - 1;
            break;
        case '#':
            while (at + 1 < toml.size() && toml[at + 1] != '\n')
                ++at;
            break;
        case '.':
            if (++dots > kMostDots)
                return std::ranges::count(toml.first(at), '\n') + 1;
            break;
        case '\n':
        case '=':
        case ',':
        case '{':
        case '[':
            dots = 0;
            break;
        default:
            break;
        }
    }
    return 0;
}

// Ends: see kMostDots.
QJsonValue valueOf(const toml::node &node);

QJsonObject objectOf(const toml::table &table)
{
    QJsonObject object;
    for (const auto &[key, value] : table)
        object.insert(textOf(key.str()), valueOf(value));
    return object;
}

QJsonValue valueOf(const toml::node &node)
{
    if (const toml::table *const table = node.as_table())
        return objectOf(*table);
    if (const toml::array *const array = node.as_array()) {
        QJsonArray list;
        for (const toml::node &one : *array)
            list.append(valueOf(one));
        return list;
    }
    if (const auto text = node.value<std::string_view>())
        return textOf(*text);
    if (const auto flag = node.as_boolean())
        return flag->get();
    if (const auto number = node.as_integer())
        return static_cast<qint64>(number->get());
    return {};
}

QJsonArray packagesOf(const toml::array &packages, const CancelToken &token)
{
    QJsonArray list;
    for (const toml::node &one : packages) {
        if (token.isCancelled())
            break;
        QJsonObject package = valueOf(one).toObject();
        package.insert(u"@line"_s, static_cast<int>(one.source().begin.line));
        list.append(package);
    }
    return list;
}

} // namespace

Result<QJsonObject> tomlToJson(const QByteArray &toml, const CancelToken &token)
{
    if (toml.size() > kLargestToml || isTooDense(toml))
        return failure(ErrorKind::TooLarge, Text::tr("It has more entries than are read at once."));
    if (const qsizetype line = lineOfDeepKey(toml); line > 0)
        return failure(ErrorKind::BadInput, Text::tr("It cannot be read as TOML: line %1 is not right.").arg(line));
    try {
        const toml::table table = toml::parse(std::string_view(toml.constData(), static_cast<size_t>(toml.size())));
        QJsonObject object;
        for (const auto &[key, value] : table) {
            const toml::array *const packages = key.str() == "package" ? value.as_array() : nullptr;
            object.insert(textOf(key.str()), packages ? packagesOf(*packages, token) : valueOf(value));
        }
        return object;
    } catch (const toml::parse_error &error) {
        return failure(ErrorKind::BadInput,
                       Text::tr("It cannot be read as TOML: line %1 is not right.").arg(error.source().begin.line),
                       textOf(error.description()));
    }
}

Result<QJsonObject> lockTomlToJson(const LockText &text, const QString &what)
{
    auto json = tomlToJson(text.bytes, text.token);
    if (!json)
        return json;
    const bool isOne = json->value("package"_L1).isArray() || json->value("metadata"_L1).isObject() ||
                       json->value("version"_L1).isDouble();
    if (!isOne)
        return failure(ErrorKind::BadInput, Text::tr("It is no %1: what each of them holds is missing.").arg(what));
    return json;
}

} // namespace cockpit
