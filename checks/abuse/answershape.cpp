#include "checks/abuse/answershape.h"

#include "checks/abuse/textformats.h"
#include "checks/actors/recordid.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AnswerShape)
};

constexpr int kMostSteps = 20'000; // schemas looked at: choices within choices multiply
constexpr int kMostItems = 50;
constexpr int kDeepest = 40; // schemas end at 12 levels, choices among them
constexpr qsizetype kMostWordsShown = 5;

QString typeOf(const QJsonValue &value)
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

QString describeType(const QString &type)
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

QStringList typesIn(const QJsonObject &schema)
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

// Of a map the names are values: addresses of mail, ids, names of people.
QString shownName(const QString &name, bool isDeclared)
{
    static const QRegularExpression plain(u"^[A-Za-z_$@][A-Za-z0-9_$:.-]{0,39}$"_s);
    const auto kind = idKindOf(name);
    const bool isWord = !kind || *kind == IdKind::Slug || *kind == IdKind::Short;
    return isDeclared || (isWord && plain.match(name).hasMatch()) ? name : u"…"_s;
}

QString below(const QString &pointer, QString name)
{
    return pointer + u'/' + name.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1); // RFC 6901 section 3
}

class Comparer
{
public:
    ShapeComparison take() { return std::move(m_found); }

    // Whether it fits; what does not is noted unless it is only tried.
    bool compare(const QJsonValue &value, const QJsonObject &schema, const QString &pointer, int depth);

private:
    bool isOver(int depth)
    {
        m_found.isCut = m_found.isCut || ++m_steps > kMostSteps || depth > kDeepest;
        return m_found.isCut;
    }
    bool note(const QString &pointer, ShapeFault fault, const QString &wanted, const QString &seen);
    bool compareNull(const QJsonObject &schema, const QString &pointer);
    bool compareType(const QJsonValue &value, const QJsonObject &schema, const QString &pointer);
    bool compareWords(const QJsonValue &value, const QJsonObject &schema, const QString &pointer);
    bool compareChoices(const QJsonValue &value, const QJsonObject &schema, const QString &pointer, int depth);
    std::optional<QJsonObject> fitting(const QJsonValue &value, const QJsonArray &choices, const QString &pointer,
                                       int depth);
    bool compareItems(const QJsonArray &items, const QJsonObject &schema, const QString &pointer, int depth);
    bool compareMembers(const QJsonObject &object, const QJsonObject &schema, const QString &pointer, int depth);
    bool compareUnnamed(const QJsonObject &object, const QJsonObject &schema, const QString &pointer);
    void noteUnnamed(const QString &pointer, const QString &name, const QJsonValue &value);

    ShapeComparison m_found;
    int m_steps = 0;
    int m_tries = 0; // within a choice that may not be the one
};

bool Comparer::note(const QString &pointer, ShapeFault fault, const QString &wanted, const QString &seen)
{
    const auto isKnown = [&](const ShapeDifference &one) { return one.pointer == pointer && one.fault == fault; };
    if (m_tries == 0 && m_found.differences.size() < kMostShapeDifferences &&
        std::ranges::none_of(m_found.differences, isKnown))
        m_found.differences.push_back({pointer, fault, wanted, seen});
    return false;
}

void Comparer::noteUnnamed(const QString &pointer, const QString &name, const QJsonValue &value)
{
    const auto isKnown = [&](const UnnamedMember &one) { return one.pointer == pointer; };
    if (m_tries == 0 && m_found.unnamed.size() < kMostUnnamedMembers && std::ranges::none_of(m_found.unnamed, isKnown))
        m_found.unnamed.push_back({pointer, name, value});
}

bool Comparer::compareNull(const QJsonObject &schema, const QString &pointer)
{
    const QStringList types = typesIn(schema);
    const bool saysNull = schema["nullable"_L1].toBool() || types.contains("null"_L1) ||
                          schema["enum"_L1].toArray().contains(QJsonValue());
    if (saysNull || types.isEmpty())
        return true;
    return note(pointer, ShapeFault::Null, describeType(types.front()), describeType(u"null"_s));
}

bool Comparer::compareType(const QJsonValue &value, const QJsonObject &schema, const QString &pointer)
{
    const QStringList types = typesIn(schema);
    const QString type = typeOf(value);
    if (types.isEmpty() || types.contains(type) || (type == "integer"_L1 && types.contains("number"_L1)))
        return true;
    QStringList wanted;
    for (const QString &one : types)
        wanted.append(describeType(one));
    return note(pointer, ShapeFault::Type, wanted.join(u" / "_s), describeType(type));
}

bool Comparer::compareWords(const QJsonValue &value, const QJsonObject &schema, const QString &pointer)
{
    QJsonArray words = schema["enum"_L1].toArray();
    if (schema.contains("const"_L1))
        words = QJsonArray{schema["const"_L1]};
    if (!words.isEmpty() && !words.contains(value)) {
        QStringList shown; // out of the document, not out of the answer
        for (const QJsonValue word : words) {
            if (shown.size() < kMostWordsShown)
                shown.append(word.toVariant().toString().left(40));
        }
        const QString all = shown.join(u", "_s) + (words.size() > kMostWordsShown ? u", …"_s : QString());
        return note(pointer, ShapeFault::Word, Text::tr("one of: %1").arg(all), Text::tr("another value"));
    }
    const QString format = schema["format"_L1].toString();
    if (value.isString() && !hasTextFormat(value.toString(), format))
        return note(pointer, ShapeFault::Format, Text::tr("a text of the format %1").arg(format),
                    Text::tr("a text of another form"));
    return true;
}

// Quietly: which of the choices was meant, nobody can tell.
std::optional<QJsonObject> Comparer::fitting(const QJsonValue &value, const QJsonArray &choices, const QString &pointer,
                                             int depth)
{
    ++m_tries;
    const auto found = std::ranges::find_if(choices, [&](const QJsonValue &choice) {
        return m_found.isCut || compare(value, choice.toObject(), pointer, depth + 1);
    });
    --m_tries;
    return found == choices.end() ? std::nullopt : std::optional((*found).toObject());
}

bool Comparer::compareChoices(const QJsonValue &value, const QJsonObject &schema, const QString &pointer, int depth)
{
    for (const QLatin1StringView name : {"oneOf"_L1, "anyOf"_L1}) {
        const QJsonArray choices = schema[name].toArray();
        if (choices.isEmpty())
            continue;
        // One alone is a reference with something beside it, and is said in full.
        const auto meant =
            choices.size() == 1 ? std::optional(choices.at(0).toObject()) : fitting(value, choices, pointer, depth);
        if (!meant)
            return note(pointer, ShapeFault::NoChoice, Text::tr("one of %1 shapes").arg(choices.size()),
                        describeType(typeOf(value)));
        if (!compare(value, *meant, pointer, depth + 1)) // again, to note what it does not name
            return false;
    }
    return true;
}

bool Comparer::compareItems(const QJsonArray &items, const QJsonObject &schema, const QString &pointer, int depth)
{
    const QJsonObject each = schema["items"_L1].toObject();
    bool fits = true;
    for (qsizetype i = 0; i < std::min<qsizetype>(items.size(), kMostItems) && !each.isEmpty(); ++i)
        fits = compare(items.at(i), each, pointer + "/*"_L1, depth + 1) && fits;
    return fits;
}

bool Comparer::compareUnnamed(const QJsonObject &object, const QJsonObject &schema, const QString &pointer)
{
    if (schema.contains("oneOf"_L1) || schema.contains("anyOf"_L1)) // which may name them
        return true;
    const QJsonObject properties = schema["properties"_L1].toObject();
    const bool forbids = schema["additionalProperties"_L1] == QJsonValue(false);
    bool fits = true;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (properties.contains(it.key()) || (properties.isEmpty() && !forbids))
            continue;
        const QString place = below(pointer, shownName(it.key(), false));
        noteUnnamed(place, it.key(), it.value());
        if (forbids)
            fits = note(place, ShapeFault::Extra, Text::tr("no such member"), describeType(typeOf(it.value())));
    }
    return fits;
}

bool Comparer::compareMembers(const QJsonObject &object, const QJsonObject &schema, const QString &pointer, int depth)
{
    const QJsonObject properties = schema["properties"_L1].toObject();
    bool fits = true;
    for (const QJsonValue name : schema["required"_L1].toArray()) {
        const QJsonObject property = properties[name.toString()].toObject();
        // OpenAPI 3: what is only written is required in requests alone.
        if (!name.toString().isEmpty() && !object.contains(name.toString()) && !property["writeOnly"_L1].toBool())
            fits = note(below(pointer, name.toString()), ShapeFault::Missing,
                        describeType(typesIn(property).value(0, u"string"_s)), Text::tr("nothing"));
    }
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (!object.contains(it.key()))
            continue;
        const QJsonObject property = it.value().toObject();
        const QString place = below(pointer, it.key());
        if (property["writeOnly"_L1].toBool() && !object[it.key()].isNull())
            fits = note(place, ShapeFault::WriteOnly, Text::tr("never shown"), describeType(typeOf(object[it.key()])));
        else
            fits = compare(object[it.key()], property, place, depth + 1) && fits;
    }
    return compareUnnamed(object, schema, pointer) && fits;
}

bool Comparer::compare(const QJsonValue &value, const QJsonObject &schema, const QString &pointer, int depth)
{
    if (isOver(depth) || schema.isEmpty())
        return true;
    if (!compareChoices(value, schema, pointer, depth))
        return false;
    if (value.isNull())
        return compareNull(schema, pointer);
    if (!compareType(value, schema, pointer) || !compareWords(value, schema, pointer))
        return false;
    if (value.isArray())
        return compareItems(value.toArray(), schema, pointer, depth);
    return !value.isObject() || compareMembers(value.toObject(), schema, pointer, depth);
}

} // namespace

ShapeComparison compareShape(const QJsonValue &value, const QJsonObject &schema)
{
    Comparer comparer;
    comparer.compare(value, schema, {}, 0);
    return comparer.take();
}

QString describe(const ShapeDifference &difference)
{
    const QString place = difference.pointer.isEmpty() ? Text::tr("the whole answer") : difference.pointer;
    return Text::tr("%1: %2 where the description says %3", "a place in an answer: what stands there, what should")
        .arg(place, difference.seen, difference.wanted);
}

} // namespace cockpit
