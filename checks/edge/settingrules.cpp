#include "checks/edge/settingrules.h"

#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SettingRules)
};

QJsonValue memberOf(const QJsonValue &value, const QString &path)
{
    QJsonValue inner = value;
    if (path.isEmpty())
        return inner;
    for (const QString &name : path.split(u'.'))
        inner = inner.toObject().value(name);
    return inner;
}

// Words and numbers alike: "1.2", 1800.
QString wordOf(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toString();
}

bool isTelling(const QJsonValue &value)
{
    return value.isString() || value.isDouble() || value.isArray();
}

template<typename Enum>
Enum wordIn(StrictObject &entry, const QString &member, Enum otherwise)
{
    const auto value = fromWord<Enum>(entry.text(member));
    if (!value)
        entry.complain(member, Text::tr("is no known word"));
    return value.value_or(otherwise);
}

SettingCase readCase(StrictObject &entry)
{
    SettingCase one;
    if (entry.has(u"is"_s))
        one.is = entry.texts(u"is"_s);
    if (entry.has(u"holds"_s))
        one.holds = entry.texts(u"holds"_s);
    one.above = entry.optionalWholeNumber(u"above"_s);
    one.below = entry.optionalWholeNumber(u"below"_s);
    const int conditions =
        int(!one.is.isEmpty()) + int(!one.holds.isEmpty()) + int(one.above.has_value()) + int(one.below.has_value());
    if (conditions != 1)
        entry.complain(u"is"_s, Text::tr("or \"holds\", \"above\", \"below\": exactly one of them is wanted"));
    one.code = entry.text(u"code"_s);
    one.severity = wordIn(entry, u"severity"_s, Severity::Low);
    one.impact = wordIn(entry, u"impact"_s, Impact::Maintainability);
    one.title = entry.text(u"title"_s);
    one.says = entry.text(u"says"_s);
    entry.refuseOthers();
    return one;
}

SettingRule readRule(StrictObject &entry)
{
    SettingRule rule;
    rule.id = entry.text(u"id"_s);
    rule.name = entry.text(u"name"_s);
    rule.want = entry.text(u"want"_s);
    rule.about = entry.text(u"about"_s);
    rule.when = entry.optionalText(u"when"_s);
    rule.member = entry.optionalText(u"member"_s);
    if (entry.has(u"good"_s))
        rule.good = entry.texts(u"good"_s);
    entry.each(u"cases"_s, [&](StrictObject &one) { rule.cases.push_back(readCase(one)); });
    if (rule.good.isEmpty() && rule.cases.empty())
        entry.complain(u"cases"_s, Text::tr("are needed where no value is good"));
    entry.refuseOthers();
    return rule;
}

Result<std::vector<SettingRule>> refused(const QString &sentence)
{
    return failure(ErrorKind::BadInput,
                   Text::tr("The rules for Cloudflare's settings are not usable: %1").arg(sentence));
}

} // namespace

bool SettingCase::fits(const QJsonValue &value) const
{
    if (above)
        return value.isDouble() && value.toDouble() > *above;
    if (below)
        return value.isDouble() && value.toDouble() < *below;
    if (!is.isEmpty())
        return !value.isArray() && is.contains(wordOf(value));
    const QJsonArray list = value.toArray();
    return std::ranges::any_of(list, [&](const QJsonValue &item) { return holds.contains(item.toString()); });
}

QString toWord(SettingState state)
{
    switch (state) {
    case SettingState::Good:
        return u"good"_s;
    case SettingState::Bad:
        return u"bad"_s;
    case SettingState::Plan:
        return u"plan"_s;
    case SettingState::Unknown:
        return u"unknown"_s;
    case SettingState::Missing:
        return u"missing"_s;
    }
    Q_UNREACHABLE();
}

JudgedSetting judgeSetting(const SettingRule &rule, const QJsonValue &item)
{
    JudgedSetting judged{.rule = &rule};
    if (!item.isObject() || !item.toObject().contains("value"_L1))
        return judged;
    judged.value = item["value"_L1];
    judged.isEditable = item["editable"_L1].toBool(true);
    if (!rule.when.isEmpty() && !memberOf(judged.value, rule.when).toBool()) {
        judged.state = SettingState::Good; // off: somebody else has to see to it
        return judged;
    }
    const QJsonValue seen = memberOf(judged.value, rule.member);
    const auto broken = std::ranges::find_if(rule.cases, [&](const SettingCase &one) { return one.fits(seen); });
    if (broken != rule.cases.end()) {
        judged.broken = &*broken;
        judged.state = judged.isEditable ? SettingState::Bad : SettingState::Plan;
    } else if (rule.good.isEmpty() ? isTelling(seen) && !seen.isString() : rule.good.contains(wordOf(seen))) {
        judged.state = SettingState::Good;
    } else {
        judged.state = SettingState::Unknown;
    }
    return judged;
}

Result<std::vector<SettingRule>> parseSettingRules(const QByteArray &json)
{
    FirstError error;
    std::vector<SettingRule> rules;
    StrictObject file(QJsonDocument::fromJson(json).object(), u"cloudflare-settings"_s, error);
    if (file.wholeNumber(u"schema"_s) != 1)
        file.complain(u"schema"_s, Text::tr("must be 1"));
    file.each(u"settings"_s, [&](StrictObject &entry) {
        SettingRule rule = readRule(entry);
        if (std::ranges::find(rules, rule.id, &SettingRule::id) != rules.end())
            entry.complain(u"id"_s, Text::tr("is used twice"));
        rules.push_back(std::move(rule));
    });
    file.refuseOthers();
    return error.isEmpty() ? Result<std::vector<SettingRule>>(std::move(rules)) : refused(error.sentence());
}

const std::vector<SettingRule> &knownSettingRules()
{
    static const std::vector<SettingRule> rules = [] {
        QFile file(u":/rules/cloudflare-settings.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        return parseSettingRules(opened ? file.readAll() : QByteArray()).value_or(std::vector<SettingRule>{});
    }();
    return rules;
}

} // namespace cockpit
