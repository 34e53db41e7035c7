#include "checks/abuse/jsontypes.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AnswerShape)
};

} // namespace

QString jsonTypeOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return u"boolean"_s;
    case QJsonValue::Double:
        return value.toDouble() == std::floor(value.toDouble()) ? u"integer"_s : u"number"_s;
    case QJsonValue::String:
        return u"string"_s;
    case QJsonValue::Array:
        return u"array"_s;
    case QJsonValue::Object:
        return u"object"_s;
    case QJsonValue::Undefined:
        return {};
    }
    Q_UNREACHABLE();
}

QString describeJsonType(const QString &type)
{
    if (type == "null"_L1)
        return Text::tr("null");
    if (type == "boolean"_L1)
        return Text::tr("true or false");
    if (type == "integer"_L1)
        return Text::tr("a whole number");
    if (type == "number"_L1)
        return Text::tr("a number");
    if (type == "string"_L1)
        return Text::tr("a text");
    if (type == "array"_L1)
        return Text::tr("a list");
    return type == "object"_L1 ? Text::tr("an object") : Text::tr("nothing");
}

QStringList jsonTypesIn(const QJsonObject &schema)
{
    const QJsonValue said = schema["type"_L1];
    QStringList types;
    for (const QJsonValue one : said.toArray())
        types.append(one.toString());
    if (said.isString())
        types.append(said.toString());
    types.removeAll(QString());
    return types;
}

} // namespace cockpit
