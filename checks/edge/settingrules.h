// How each of Cloudflare's zone settings is judged (resources/rules/cloudflare-settings.json).
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct SettingCase
{
    QStringList is = {};    // the value is one of these
    QStringList holds = {}; // the value is a list with one of these
    std::optional<int> above = {};
    std::optional<int> below = {};
    QString code;
    Severity severity = Severity::Low;
    Impact impact = Impact::Maintainability;
    QString title;
    QString says;

    bool fits(const QJsonValue &value) const;
    bool operator==(const SettingCase &) const = default;
};

struct SettingRule
{
    QString id;
    QString name;
    QString want;
    QString about;
    QString when;   // path of a flag in the value: judged while it is on; may be empty
    QString member; // path of what is judged in the value; empty: the value itself
    QStringList good;
    std::vector<SettingCase> cases;

    bool operator==(const SettingRule &) const = default;
};

enum class SettingState {
    Good,
    Bad,
    Plan,    // bad, and the plan leaves no choice ("editable": false)
    Unknown, // a value that the rules do not know: not judged
    Missing, // not in the answer
};
QString toWord(SettingState state);

struct JudgedSetting
{
    const SettingRule *rule = nullptr;
    SettingState state = SettingState::Missing;
    QJsonValue value = {};
    bool isEditable = true;
    const SettingCase *broken = nullptr; // Bad, Plan
};

// item: {"id","value","editable"} as the API gives it; undefined when it gave none.
JudgedSetting judgeSetting(const SettingRule &rule, const QJsonValue &item);

// BadInput names the entry and what is wrong with it.
[[nodiscard]] Result<std::vector<SettingRule>> parseSettingRules(const QByteArray &json);
// Those that come with the program. Any thread.
const std::vector<SettingRule> &knownSettingRules();

} // namespace cockpit
