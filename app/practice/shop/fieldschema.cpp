#include "app/practice/shop/fieldschema.h"

#include <QDate>
#include <QJsonArray>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostItems = 100;

bool isEmail(const QString &text)
{
    static const QRegularExpression form(u"^[A-Za-z0-9._+-]{1,64}@([A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,24}$"_s);
    return form.match(text).hasMatch();
}

bool isSlug(const QString &text)
{
    static const QRegularExpression form(u"^[A-Za-z0-9][A-Za-z0-9-]*$"_s);
    return form.match(text).hasMatch();
}

bool isDate(const QString &text)
{
    const QDate date = QDate::fromString(text, Qt::ISODate);
    return text.size() == 10 && date.isValid() && date.year() >= 2000 && date.year() < 2100;
}

bool isUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

bool isWholeNumber(const QJsonValue &value)
{
    return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
}

bool isOfType(const Field &field, const QJsonValue &value)
{
    switch (field.kind) {
    case FieldKind::Integer:
        return isWholeNumber(value);
    case FieldKind::Flag:
        return value.isBool();
    case FieldKind::Lines:
    case FieldKind::Ids:
        return value.isArray();
    case FieldKind::Text:
    case FieldKind::Email:
    case FieldKind::Password:
    case FieldKind::Slug:
    case FieldKind::Date:
    case FieldKind::Choice:
    case FieldKind::Url:
        return value.isString();
    }
    Q_UNREACHABLE();
}

bool isInForm(const Field &field, const QString &text)
{
    switch (field.kind) {
    case FieldKind::Email:
        return isEmail(text);
    case FieldKind::Slug:
        return isSlug(text);
    case FieldKind::Date:
        return isDate(text);
    case FieldKind::Choice:
        return field.choices.contains(text);
    case FieldKind::Url:
        return isUrl(text);
    case FieldKind::Password:
        return text.size() >= 12;
    case FieldKind::Text:
        return !field.isRequired || !text.trimmed().isEmpty();
    case FieldKind::Integer:
    case FieldKind::Flag:
    case FieldKind::Lines:
    case FieldKind::Ids:
        return true;
    }
    Q_UNREACHABLE();
}

std::vector<BodyProblem> itemProblems(const Field &field, const QJsonArray &items, const FaultSet<ShopFault> &faults)
{
    if (items.size() > kMostItems && !faults.has(ShopFault::TooLongAccepted))
        return {{field.name, u"length"_s}};
    for (const QJsonValue &item : items) {
        if (field.kind == FieldKind::Ids && !item.isString() && !isWholeNumber(item))
            return {{field.name, u"type"_s}};
        if (field.kind == FieldKind::Lines) {
            if (!item.isObject())
                return {{field.name, u"type"_s}};
            if (auto problems = problemsOf(item.toObject(), lineFields(), Whole::Yes, faults); !problems.empty())
                return problems;
        }
    }
    return {};
}

std::vector<BodyProblem> valueProblems(const Field &field, const QJsonValue &value, const FaultSet<ShopFault> &faults)
{
    const auto forgives = [&](ShopFault fault) { return faults.has(fault); };
    if (!isOfType(field, value)) {
        if (forgives(ShopFault::WrongTypesAccepted))
            return {};
        return {{field.name, u"type"_s}};
    }
    if (value.isArray())
        return itemProblems(field, value.toArray(), faults);
    if (value.isDouble() && !forgives(ShopFault::OutOfRangeAccepted) &&
        (value.toDouble() < double(field.least) || value.toDouble() > double(field.most)))
        return {{field.name, u"range"_s}};
    if (value.isString() && !forgives(ShopFault::TooLongAccepted) && value.toString().size() > field.most)
        return {{field.name, u"length"_s}};
    if (value.isString() && !forgives(ShopFault::OutOfRangeAccepted) && !isInForm(field, value.toString()) &&
        !(forgives(ShopFault::TooLongAccepted) && value.toString().size() > field.most))
        return {{field.name, u"format"_s}};
    return {};
}

QJsonObject schemaOf(const Field &field)
{
    switch (field.kind) {
    case FieldKind::Integer:
        return {{u"type"_s, u"integer"_s}, {u"minimum"_s, field.least}, {u"maximum"_s, field.most}};
    case FieldKind::Flag:
        return {{u"type"_s, u"boolean"_s}};
    case FieldKind::Lines:
        return {{u"type"_s, u"array"_s}, {u"maxItems"_s, kMostItems}, {u"items"_s, jsonSchemaOf(lineFields())}};
    case FieldKind::Ids:
        return {{u"type"_s, u"array"_s}, {u"maxItems"_s, kMostItems}};
    case FieldKind::Choice:
        return {{u"type"_s, u"string"_s}, {u"enum"_s, QJsonArray::fromStringList(field.choices)}};
    case FieldKind::Text:
    case FieldKind::Email:
    case FieldKind::Password:
    case FieldKind::Slug:
    case FieldKind::Date:
    case FieldKind::Url:
        break;
    }
    QJsonObject schema{{u"type"_s, u"string"_s}, {u"maxLength"_s, field.most}};
    if (field.kind == FieldKind::Email)
        schema.insert("format"_L1, u"email"_s);
    else if (field.kind == FieldKind::Date)
        schema.insert("format"_L1, u"date"_s);
    else if (field.kind == FieldKind::Url)
        schema.insert("format"_L1, u"uri"_s);
    if (field.kind == FieldKind::Password)
        schema.insert("minLength"_L1, 12);
    return schema;
}

} // namespace

std::vector<BodyProblem> problemsOf(const QJsonObject &body, const Fields &fields, Whole whole,
                                    const FaultSet<ShopFault> &faults, const QStringList &allowedToo)
{
    for (const Field &field : fields) {
        if (!body.contains(field.name)) {
            if (field.isRequired && whole == Whole::Yes && !faults.has(ShopFault::WrongTypesAccepted))
                return {{field.name, u"missing"_s}};
            continue;
        }
        if (auto problems = valueProblems(field, body[field.name], faults); !problems.empty())
            return problems;
    }
    if (faults.has(ShopFault::ExtraFieldsAccepted))
        return {};
    const QStringList names = body.keys();
    for (const QString &name : names) {
        const bool isKnown = std::any_of(fields.begin(), fields.end(), [&](const Field &f) { return f.name == name; });
        if (!isKnown && !allowedToo.contains(name))
            return {{name, u"unknown"_s}};
    }
    return {};
}

QJsonObject jsonSchemaOf(const Fields &fields)
{
    QJsonObject properties;
    QJsonArray required;
    for (const Field &field : fields) {
        properties.insert(field.name, schemaOf(field));
        if (field.isRequired)
            required.append(field.name);
    }
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, required},
            {u"additionalProperties"_s, false}};
}

QJsonObject exampleOf(const Fields &fields)
{
    QJsonObject example;
    for (const Field &field : fields) {
        if (!field.example.isNull() && !field.example.isUndefined())
            example.insert(field.name, field.example);
    }
    return example;
}

const Fields &lineFields()
{
    static const Fields fields{
        {.name = u"text"_s, .isRequired = true, .most = 200, .example = u"Rye loaf"_s},
        {.name = u"quantity"_s,
         .kind = FieldKind::Integer,
         .isRequired = true,
         .most = 10000,
         .least = 1,
         .example = 4},
        {.name = u"price_cents"_s, .kind = FieldKind::Integer, .isRequired = true, .most = 10000000, .example = 620},
    };
    return fields;
}

} // namespace cockpit::shop
