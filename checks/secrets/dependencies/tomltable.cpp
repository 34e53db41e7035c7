#include "checks/secrets/dependencies/tomltable.h"

#include <QCoreApplication>
#include <QJsonArray>

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

// The library refuses values that nest more than 256 deep, so that this recursion ends.
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

QJsonArray packagesOf(const toml::array &packages)
{
    QJsonArray list;
    for (const toml::node &one : packages) {
        QJsonObject package = valueOf(one).toObject();
        package.insert(u"@line"_s, static_cast<int>(one.source().begin.line));
        list.append(package);
    }
    return list;
}

} // namespace

Result<QJsonObject> tomlToJson(const QByteArray &toml)
{
    try {
        const toml::table table = toml::parse(std::string_view(toml.constData(), static_cast<size_t>(toml.size())));
        QJsonObject object = objectOf(table);
        if (const toml::array *const packages = table.get_as<toml::array>("package"))
            object.insert(u"package"_s, packagesOf(*packages));
        return object;
    } catch (const toml::parse_error &error) {
        return failure(ErrorKind::BadInput,
                       Text::tr("It cannot be read as TOML: line %1 is not right.").arg(error.source().begin.line),
                       textOf(error.description()));
    }
}

} // namespace cockpit
