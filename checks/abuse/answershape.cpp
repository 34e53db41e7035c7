#include "checks/abuse/answershape.h"

#include "checks/abuse/jsontypes.h"
#include "checks/abuse/textformats.h"
#include "checks/actors/recordid.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <utility>

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

using Unnamed = std::vector<UnnamedMember>;

void keepCommon(std::optional<Unnamed> &common, Unnamed other)
{
    const auto isIn = [](const Unnamed &members, const UnnamedMember &one) {
        return std::ranges::any_of(members, [&](const UnnamedMember &member) {
            return member.pointer == one.pointer && member.name == one.name;
        });
    };
    if (common)
        std::erase_if(*common, [&](const UnnamedMember &one) { return !isIn(other, one); });
    else
        common = std::move(other);
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
    bool isFitting(const QJsonValue &value, const QJsonObject &choice, const QString &pointer, int depth);
    std::optional<Unnamed> unnamedBy(const QJsonValue &value, const QJsonObject &choice, const QString &pointer,
                                     int depth);
    void noteBeside(const Unnamed &unnamed, const QJsonObject &properties, const QString &pointer);
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
    const QStringList types = jsonTypesIn(schema);
    const bool saysNull = schema["nullable"_L1].toBool() || types.contains("null"_L1) ||
                          schema["enum"_L1].toArray().contains(QJsonValue());
    if (saysNull || types.isEmpty())
        return true;
    return note(pointer, ShapeFault::Null, describeJsonType(types.front()), describeJsonType(u"null"_s));
}

bool Comparer::compareType(const QJsonValue &value, const QJsonObject &schema, const QString &pointer)
{
    const QStringList types = jsonTypesIn(schema);
    const QString type = jsonTypeOf(value);
    if (types.isEmpty() || types.contains(type) || (type == "integer"_L1 && types.contains("number"_L1)))
        return true;
    QStringList wanted;
    for (const QString &one : types)
        wanted.append(describeJsonType(one));
    return note(pointer, ShapeFault::Type, wanted.join(u" / "_s), describeJsonType(type));
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
bool Comparer::isFitting(const QJsonValue &value, const QJsonObject &choice, const QString &pointer, int depth)
{
    ++m_tries;
    const bool fits = compare(value, choice, pointer, depth + 1);
    --m_tries;
    return fits;
}

// Aloud, but for what it does not name: another choice may. Empty: it does not fit.
std::optional<Unnamed> Comparer::unnamedBy(const QJsonValue &value, const QJsonObject &choice, const QString &pointer,
                                           int depth)
{
    Unnamed before = std::exchange(m_found.unnamed, {});
    const bool fits = compare(value, choice, pointer, depth + 1);
    Unnamed unnamed = std::exchange(m_found.unnamed, std::move(before));
    return fits ? std::optional(std::move(unnamed)) : std::nullopt;
}

bool Comparer::compareChoices(const QJsonValue &value, const QJsonObject &schema, const QString &pointer, int depth)
{
    std::optional<Unnamed> unnamed; // by each of the choices that fit
    for (const QLatin1StringView name : {"oneOf"_L1, "anyOf"_L1}) {
        const QJsonArray choices = schema[name].toArray();
        // One alone is a reference with something beside it, and is said in full.
        const bool isAlone = choices.size() == 1;
        bool hasFit = choices.isEmpty();
        for (const QJsonValue choice : choices) {
            if (!isAlone && !isFitting(value, choice.toObject(), pointer, depth))
                continue;
            hasFit = true;
            if (m_found.isCut || (m_tries > 0 && !isAlone)) // nothing is noted
                break;
            auto left = unnamedBy(value, choice.toObject(), pointer, depth);
            if (!left)
                return false;
            keepCommon(unnamed, std::move(*left));
        }
        if (!hasFit)
            return note(pointer, ShapeFault::NoChoice, Text::tr("one of %1 shapes").arg(choices.size()),
                        describeJsonType(jsonTypeOf(value)));
    }
    if (unnamed && !m_found.isCut)
        noteBeside(*unnamed, schema["properties"_L1].toObject(), pointer);
    return true;
}

// Properties beside the choices name members, too.
void Comparer::noteBeside(const Unnamed &unnamed, const QJsonObject &properties, const QString &pointer)
{
    for (const UnnamedMember &one : unnamed) {
        const bool isHere = one.pointer == below(pointer, shownName(one.name, false));
        if (!isHere || !properties.contains(one.name))
            noteUnnamed(one.pointer, one.name, one.value);
    }
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
            fits = note(place, ShapeFault::Extra, Text::tr("no such member"), describeJsonType(jsonTypeOf(it.value())));
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
                        describeJsonType(jsonTypesIn(property).value(0, u"string"_s)), Text::tr("nothing"));
    }
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (!object.contains(it.key()))
            continue;
        const QJsonObject property = it.value().toObject();
        const QString place = below(pointer, it.key());
        if (property["writeOnly"_L1].toBool() && !object[it.key()].isNull())
            fits = note(place, ShapeFault::WriteOnly, Text::tr("never shown"),
                        describeJsonType(jsonTypeOf(object[it.key()])));
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
