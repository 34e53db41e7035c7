#include "checks/abuse/fieldrules.h"

#include "checks/actors/formvalues.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kDeepest = 3;

FieldType typeOfValue(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return FieldType::Flag;
    case QJsonValue::Double:
        return std::floor(value.toDouble()) == value.toDouble() ? FieldType::Whole : FieldType::Number;
    case QJsonValue::String:
        return FieldType::Text;
    case QJsonValue::Array:
        return FieldType::List;
    case QJsonValue::Object:
        return FieldType::Object;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return FieldType::Nothing;
    }
    Q_UNREACHABLE();
}

// Formats that the value itself shows (RFC 3339 dates, RFC 9562 UUIDs).
QString formatOfValue(const QString &value)
{
    static const QRegularExpression email(u"^[^@\\s]+@[^@\\s]+\\.[A-Za-z]+$"_s);
    static const QRegularExpression date(u"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"_s);
    static const QRegularExpression time(u"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)$"_s);
    static const QRegularExpression uuid(u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"_s);
    static const QRegularExpression uri(u"^https?://\\S+$"_s);
    if (email.match(value).hasMatch())
        return u"email"_s;
    if (date.match(value).hasMatch())
        return u"date"_s;
    if (time.match(value).hasMatch())
        return u"date-time"_s;
    if (uuid.match(value).hasMatch())
        return u"uuid"_s;
    return uri.match(value).hasMatch() ? u"uri"_s : QString();
}

std::optional<FieldType> typeOfWord(const QString &word)
{
    if (word == "string"_L1)
        return FieldType::Text;
    if (word == "integer"_L1)
        return FieldType::Whole;
    if (word == "number"_L1)
        return FieldType::Number;
    if (word == "boolean"_L1)
        return FieldType::Flag;
    if (word == "array"_L1)
        return FieldType::List;
    return word == "object"_L1 ? std::optional(FieldType::Object) : std::nullopt;
}

std::optional<double> numberIn(const QJsonObject &schema, QLatin1StringView name)
{
    return schema.value(name).isDouble() ? std::optional(schema.value(name).toDouble()) : std::nullopt;
}

std::optional<int> countIn(const QJsonObject &schema, QLatin1StringView name)
{
    return schema.value(name).isDouble() ? std::optional(schema.value(name).toInt()) : std::nullopt;
}

void declare(FieldRule &rule, const QJsonObject &schema)
{
    QStringList types{schema.value("type"_L1).toString()};
    for (const QJsonValue word : schema.value("type"_L1).toArray()) // OpenAPI 3.1: ["string", "null"]
        types.append(word.toString());
    rule.mayBeNull = schema.value("nullable"_L1).toBool() || types.contains("null"_L1);
    types.removeAll(u"null"_s);
    types.removeAll(QString());
    const auto type = types.size() == 1 ? typeOfWord(types.constFirst()) : std::nullopt;
    if (!type) // one of several, or anything: nothing is known for sure
        return;
    rule.isDeclared = true;
    rule.type = *type;
    rule.least = numberIn(schema, "minimum"_L1);
    rule.most = numberIn(schema, "maximum"_L1);
    rule.shortest = countIn(schema, "minLength"_L1);
    rule.longest = countIn(schema, "maxLength"_L1);
    for (const QJsonValue word : schema.value("enum"_L1).toArray())
        rule.words.append(word.toString());
    const QString format = schema.value("format"_L1).toString();
    rule.format = format == "url"_L1 ? u"uri"_s : format;
}

void addRules(std::vector<FieldRule> &rules, const QStringList &path, const QJsonValue &value,
              const QJsonObject &schema, bool isRequired);

void addMembers(std::vector<FieldRule> &rules, const QStringList &path, const QJsonObject &object,
                const QJsonObject &schema)
{
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    const QJsonArray required = schema.value("required"_L1).toArray();
    for (auto it = object.begin(); it != object.end(); ++it)
        addRules(rules, path + QStringList{it.key()}, it.value(), properties.value(it.key()).toObject(),
                 required.contains(it.key()));
}

void addRules(std::vector<FieldRule> &rules, const QStringList &path, const QJsonValue &value,
              const QJsonObject &schema, bool isRequired)
{
    FieldRule rule{.path = path, .type = typeOfValue(value), .value = value};
    if (value.isString())
        rule.format = formatOfValue(value.toString());
    rule.isRequired = isRequired;
    declare(rule, schema);
    rules.push_back(rule);
    if (path.size() >= 2 * kDeepest)
        return;
    if (value.isObject())
        addMembers(rules, path, value.toObject(), schema);
    const QJsonArray list = value.toArray();
    if (!list.isEmpty() && list.at(0).isObject())
        addMembers(rules, path + QStringList{u"0"_s}, list.at(0).toObject(), schema.value("items"_L1).toObject());
}

std::vector<FieldRule> allOfForm(const QByteArray &form)
{
    static const QRegularExpression number(u"^-?[0-9]{1,15}(\\.[0-9]+)?$"_s);
    std::vector<FieldRule> rules;
    for (const FormValue &one : formValuesOf(form)) {
        FieldRule rule{.path = {one.name}, .value = one.value};
        if (number.match(one.value).hasMatch())
            rule.type = one.value.contains(u'.') ? FieldType::Number : FieldType::Whole;
        else
            rule.format = formatOfValue(one.value);
        rules.push_back(rule);
    }
    return rules;
}

BodyFieldRules firstOf(std::vector<FieldRule> all)
{
    BodyFieldRules found;
    if (all.size() > kMostFieldRules) {
        found.leftOut = static_cast<int>(all.size() - kMostFieldRules);
        all.erase(all.begin() + kMostFieldRules, all.end());
    }
    found.rules = std::move(all);
    return found;
}

} // namespace

BodyFieldRules fieldRulesOf(const QJsonObject &body, const QJsonObject &schema)
{
    std::vector<FieldRule> rules;
    addMembers(rules, {}, body, schema);
    return firstOf(std::move(rules));
}

BodyFieldRules formRulesOf(const QByteArray &form)
{
    return firstOf(allOfForm(form));
}

bool forbidsOthers(const QJsonObject &schema)
{
    return schema.value("additionalProperties"_L1) == QJsonValue(false);
}

} // namespace cockpit
