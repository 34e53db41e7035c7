#include "checks/abuse/mutations.h"

#include "checks/abuse/mutationbodies.h"
#include "checks/abuse/mutationrank.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using enum MutationKind;

// The second field with the same fault comes after the first with each other one.
constexpr int kNextField = 50;
constexpr int kWithoutText = 25;

// Amounts, which no product takes below zero without saying so.
bool isCount(const FieldRule &rule)
{
    static const QRegularExpression names(
        u"(?:amount|price|cents|total|quantity|qty|count|number|age|percent|size|limit|seats|budget|cost|_id|Id)s?$"_s);
    return rule.isNumber() && !rule.isDeclared && names.match(rule.path.constLast()).hasMatch();
}

QString badTextFor(const QString &format)
{
    if (format == "email"_L1)
        return u"not-an-address"_s;
    if (format == "date"_L1)
        return u"2026-13-45"_s;
    if (format == "date-time"_L1)
        return u"2026-13-45T99:00:00Z"_s;
    if (format == "uuid"_L1)
        return u"not-a-uuid"_s;
    return format == "uri"_L1 ? u"not an address"_s : QString();
}

QJsonValue otherType(const FieldRule &rule)
{
    switch (rule.type) {
    case FieldType::Text:
        return 17;
    case FieldType::Whole:
    case FieldType::Number:
        return u"seventeen"_s;
    case FieldType::Flag:
        return u"perhaps"_s;
    case FieldType::List:
    case FieldType::Object:
        return u"no list"_s;
    case FieldType::Nothing:
        return {};
    }
    Q_UNREACHABLE();
}

class Maker
{
public:
    explicit Maker(const MutationSource &source) : m_source(source), m_bodies(source.contentType, source.body) {}
    Q_DISABLE_COPY_MOVE(Maker)

    std::vector<Mutation> run();
    BodyFieldRules fields() const;
    bool isUsable() const { return m_bodies.isUsable(); }

private:
    void add(Mutation mutation, bool keepsText = true);
    void put(MutationKind kind, const FieldRule &rule, const QJsonValue &value, bool mustBeRefused);
    void putRaw(MutationKind kind, const FieldRule &rule, const QByteArray &raw, bool mustBeRefused = false);
    void addOtherTypes(const FieldRule &rule);
    void addForText(const FieldRule &rule);
    void addForNumber(const FieldRule &rule);
    void addForField(const FieldRule &rule);
    void addWhole(MutationKind kind, const QByteArray &type, QByteArray body, bool mustBeRefused);
    void addForBody();
    bool hasText(const FieldRule &rule) const
    {
        return !m_source.ownText.isEmpty() && rule.value.toString().contains(m_source.ownText);
    }

    const MutationSource &m_source;
    const MutationBodies m_bodies;
    std::map<MutationKind, int> m_times;
    int m_marks = 1;
    std::vector<Mutation> m_all;
};

void Maker::add(Mutation mutation, bool keepsText)
{
    if (mutation.contentType.isEmpty())
        mutation.contentType = m_source.contentType;
    int &times = m_times[mutation.kind];
    mutation.rank = rankOf(mutation.kind) + kNextField * times + (keepsText ? 0 : kWithoutText);
    if (keepsText)
        ++times;
    m_all.push_back(std::move(mutation));
}

void Maker::put(MutationKind kind, const FieldRule &rule, const QJsonValue &value, bool mustBeRefused)
{
    const bool keepsText = !hasText(rule) || value.toString().contains(m_source.ownText);
    add({.kind = kind,
         .path = rule.path,
         .contentType = {},
         .body = m_bodies.with(rule.path, value),
         .sent = value,
         .mustBeRefused = mustBeRefused},
        keepsText);
}

void Maker::putRaw(MutationKind kind, const FieldRule &rule, const QByteArray &raw, bool mustBeRefused)
{
    if (const QByteArray body = m_bodies.withRaw(rule.path, raw); !body.isEmpty())
        add({.kind = kind, .path = rule.path, .contentType = {}, .body = body, .mustBeRefused = mustBeRefused},
            !hasText(rule));
}

void Maker::addForText(const FieldRule &rule)
{
    const QString text = rule.value.toString();
    const bool isFree = rule.words.isEmpty() && rule.format.isEmpty();
    if (const QString bad = badTextFor(rule.format); !bad.isEmpty())
        put(BadFormat, rule, bad, true);
    if (!rule.words.isEmpty())
        put(OtherWord, rule, u"lc-other"_s, true);
    put(TooLong, rule, text + QString(kLongText, u'a'), true);
    if (rule.longest && *rule.longest < kLongText && *rule.longest >= text.size())
        put(OverLongest, rule, text + QString(*rule.longest + 1 - text.size(), u'a'), true);
    if (rule.shortest && *rule.shortest > 1)
        put(TooShort, rule, u"a"_s, true);
    put(Empty, rule, QString(), !isFree || (rule.shortest && *rule.shortest > 0));
    put(Quote, rule, text + u'\'', false);
    if (isFree) {
        put(Marks, rule, text + kHtmlMark + kBeforeMark + kTemplateMark + kBeforeMark + kOtherTemplateMark, false);
        put(Nul, rule, text + QChar(u'\0'), false);
        put(PathUp, rule, text + u"../../lc"_s, false);
        put(OddLetters, rule, text + u"\u202e\U0001F680"_s, false);
    }
    if (!m_bodies.isForm()) {
        put(Operator, rule, QJsonObject{{u"$ne"_s, QJsonValue::Null}}, true);
        putRaw(Surrogate, rule, "\"\\ud800\"");
    }
}

// Each kind of JSON but the field's own and the one that WrongType sends. Of a text the object is the Operator.
void Maker::addOtherTypes(const FieldRule &rule)
{
    const bool isScalar = rule.type == FieldType::Text || rule.type == FieldType::Flag || rule.isNumber();
    if (rule.type == FieldType::Text || rule.isNumber())
        put(WrongFlag, rule, true, true);
    else
        put(WrongNumber, rule, 17, true);
    if (isScalar || rule.type == FieldType::Object)
        put(WrongList, rule, QJsonArray{rule.value}, true);
    if (rule.type != FieldType::Text && rule.type != FieldType::Object)
        put(WrongObject, rule, QJsonObject{{u"lc"_s, rule.value}}, true);
}

void Maker::addForNumber(const FieldRule &rule)
{
    put(Negative, rule, -1, (rule.least && *rule.least > -1) || isCount(rule));
    if (rule.least && *rule.least > 0)
        put(UnderLeast, rule, *rule.least - 1, true);
    if (rule.most && *rule.most < 9e15)
        put(OverMost, rule, *rule.most + 1, true);
    put(Zero, rule, 0, rule.least && *rule.least > 0);
    put(PastInt32, rule, 2147483648.0, rule.format == "int32"_L1 || (rule.most && *rule.most < 2147483648.0));
    putRaw(HugeNumber, rule, "9007199254740993");
    put(NanText, rule, u"NaN"_s, true);
    put(InfinityText, rule, u"Infinity"_s, true);
    if (m_bodies.isForm())
        return;
    putRaw(Infinite, rule, "1e309");
    putRaw(NanToken, rule, "NaN", true);
}

void Maker::addForField(const FieldRule &rule)
{
    // Values of a form are texts whatever they mean.
    if (rule.type != FieldType::Nothing && (!m_bodies.isForm() || rule.isNumber()))
        put(WrongType, rule, otherType(rule), true);
    if (rule.type != FieldType::Nothing && !m_bodies.isForm())
        addOtherTypes(rule);
    if (rule.type == FieldType::Text)
        addForText(rule);
    if (rule.isNumber())
        addForNumber(rule);
    if (!m_bodies.isForm())
        put(Null, rule, QJsonValue(QJsonValue::Null), rule.isDeclared && rule.isRequired && !rule.mayBeNull);
    add({.kind = Missing,
         .path = rule.path,
         .contentType = {},
         .body = m_bodies.without(rule.path),
         .mustBeRefused = rule.isRequired},
        !hasText(rule));
}

void Maker::addWhole(MutationKind kind, const QByteArray &type, QByteArray body, bool mustBeRefused)
{
    const QByteArray text = m_source.ownText.toUtf8();
    const bool keepsText = text.isEmpty() || body.contains(text);
    QJsonValue sent(QJsonValue::Undefined);
    if (keepsText && !text.isEmpty()) {
        const QByteArray marked = m_source.marksEach ? text + '-' + QByteArray::number(++m_marks) : text;
        body.replace(text, marked);
        sent = QString::fromUtf8(marked);
    }
    add({.kind = kind, .contentType = type, .body = body, .sent = sent, .mustBeRefused = mustBeRefused}, keepsText);
}

void Maker::addForBody()
{
    const QByteArray &type = m_source.contentType;
    const QByteArray &good = m_source.body;
    add({.kind = ExtraField,
         .path = {kExtraName},
         .contentType = {},
         .body = m_bodies.with({kExtraName}, kExtraText),
         .sent = kExtraText,
         .mustBeRefused = true});
    addWhole(EmptyBody, type, {}, false);
    if (m_source.withHugeBody) {
        addWhole(HugeBody, type, m_bodies.padded(kHugeBody), true);
        addWhole(VastBody, type, m_bodies.padded(kVastBody), true);
    }
    if (m_bodies.isForm()) {
        addWhole(JsonBody, "application/json", m_bodies.asOther(), false);
        return;
    }
    if (m_source.withHugeBody) { // what comes of them is looked at, not whether they are kept
        addWhole(DeepBody, type,
                 m_bodies.withRaw({kExtraName}, QByteArray(kDeepLevels, '[') + QByteArray(kDeepLevels, ']')), false);
        addWhole(ManyItems, type,
                 m_bodies.withRaw({kExtraName}, '[' + QByteArray("1,").repeated(kManyItems - 1) + "1]"), false);
    }
    addWhole(Malformed, type, good.chopped(1), true);
    addWhole(TrailingComma, type, good.chopped(1) + ",}", false);
    addWhole(ListBody, type, '[' + good + ']', false);
    addWhole(TextType, "text/plain", good, true);
    addWhole(FormBody, "application/x-www-form-urlencoded", m_bodies.asOther(), true);
    addWhole(XmlBody, "application/xml", "<lc>" + m_source.ownText.toUtf8() + "</lc>", true);
    addWhole(OtherCharset, "application/json; charset=utf-16", m_bodies.inUtf16(), false);
    addWhole(PrototypeNull, type, "{\"__proto__\":null," + good.mid(1), false);
    if (const QByteArray doubled = m_bodies.doubled(); !doubled.isEmpty())
        addWhole(DoubledField, type, doubled, false);
}

BodyFieldRules Maker::fields() const
{
    return m_bodies.isForm() ? formRulesOf(m_source.body) : fieldRulesOf(m_bodies.object(), m_source.schema);
}

std::vector<Mutation> Maker::run()
{
    if (!m_bodies.isUsable())
        return {};
    auto rules = fields().rules;
    // The fields in which nothing of ours has to be kept come first.
    std::stable_partition(rules.begin(), rules.end(), [&](const FieldRule &rule) { return !hasText(rule); });
    for (const FieldRule &rule : rules)
        addForField(rule);
    addForBody();
    std::ranges::stable_sort(m_all, {}, &Mutation::rank);
    return std::move(m_all);
}

} // namespace

std::vector<Mutation> mutationsOf(const MutationSource &source)
{
    MutationSource compact = source;
    if (const QJsonDocument json = QJsonDocument::fromJson(source.body); json.isObject())
        compact.body = json.toJson(QJsonDocument::Compact);
    return Maker(compact).run();
}

int fieldsLeftOut(const MutationSource &source)
{
    const Maker maker(source);
    return maker.isUsable() ? maker.fields().leftOut : 0;
}

} // namespace cockpit
