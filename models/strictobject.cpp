#include "models/strictobject.h"

#include <QCoreApplication>

#include <cmath>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StrictObject)
};

bool isWhole(double number)
{
    return std::trunc(number) == number && std::abs(number) < 1e9;
}

} // namespace

StrictObject::StrictObject(const QJsonValue &value, QString place, FirstError &error)
    : m_object(value.toObject()), m_place(std::move(place)), m_error(error)
{
    if (!value.isObject())
        m_error.note(Text::tr("%1 is not an object.").arg(m_place));
}

void StrictObject::complain(const QString &member, const QString &what)
{
    m_error.note(Text::tr("%1.%2: %3.").arg(m_place, member.left(80), what));
}

QJsonValue StrictObject::take(const QString &name, QJsonValue::Type type, const QString &typeName)
{
    m_asked.insert(name);
    QJsonValue value = m_object.value(name);
    if (value.isUndefined())
        complain(name, Text::tr("is missing"));
    else if (value.type() != type)
        complain(name, Text::tr("must be %1").arg(typeName));
    return value;
}

QString StrictObject::text(const QString &name)
{
    QString value = take(name, QJsonValue::String, Text::tr("a text")).toString();
    if (value.trimmed().isEmpty())
        complain(name, Text::tr("must not be empty"));
    return value;
}

int StrictObject::wholeNumber(const QString &name)
{
    const double value = take(name, QJsonValue::Double, Text::tr("a number")).toDouble();
    if (!isWhole(value))
        complain(name, Text::tr("must be a whole number"));
    return isWhole(value) ? static_cast<int>(value) : 0;
}

QStringList StrictObject::texts(const QString &name)
{
    const QJsonArray array = take(name, QJsonValue::Array, Text::tr("a list")).toArray();
    QStringList list;
    for (const QJsonValue value : array) {
        if (value.toString().isEmpty())
            complain(name, Text::tr("must hold texts"));
        else if (list.contains(value.toString()))
            complain(name, Text::tr("names %1 twice").arg(value.toString()));
        list.append(value.toString());
    }
    if (list.isEmpty())
        complain(name, Text::tr("must not be empty"));
    return list;
}

std::vector<std::string> StrictObject::lowerTexts(const QString &name)
{
    const QStringList all = texts(name);
    std::vector<std::string> lower;
    lower.reserve(static_cast<size_t>(all.size()));
    for (const QString &text : all) {
        if (text != text.toLower())
            complain(name, Text::tr("has %1, which is not in lower case").arg(text));
        lower.push_back(text.toStdString());
    }
    return lower;
}

std::vector<int> StrictObject::wholeNumbers(const QString &name)
{
    std::vector<int> list;
    for (const QJsonValue value : take(name, QJsonValue::Array, Text::tr("a list")).toArray()) {
        if (!value.isDouble() || !isWhole(value.toDouble()))
            complain(name, Text::tr("must hold whole numbers"));
        list.push_back(value.toInt());
    }
    if (list.empty())
        complain(name, Text::tr("must not be empty"));
    return list;
}

QString StrictObject::optionalText(const QString &name)
{
    return has(name) ? text(name) : QString();
}

bool StrictObject::optionalFlag(const QString &name)
{
    return has(name) && take(name, QJsonValue::Bool, Text::tr("true or false")).toBool();
}

std::optional<int> StrictObject::optionalWholeNumber(const QString &name)
{
    return has(name) ? std::optional(wholeNumber(name)) : std::nullopt;
}

std::optional<double> StrictObject::optionalNumber(const QString &name)
{
    if (!has(name))
        return std::nullopt;
    return take(name, QJsonValue::Double, Text::tr("a number")).toDouble();
}

void StrictObject::each(const QString &name, const std::function<void(StrictObject &)> &read)
{
    const QJsonArray array = take(name, QJsonValue::Array, Text::tr("a list")).toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        StrictObject object(array[i], QStringLiteral("%1.%2[%3]").arg(m_place, name, QString::number(i)), m_error);
        read(object);
    }
}

StrictObject StrictObject::child(const QString &name)
{
    m_asked.insert(name);
    return {m_object.value(name), m_place + u'.' + name, m_error};
}

void StrictObject::refuseOthers()
{
    for (auto it = m_object.begin(); it != m_object.end(); ++it) {
        if (!m_asked.contains(it.key()))
            complain(it.key(), Text::tr("is a member that this program does not know"));
    }
}

} // namespace cockpit
