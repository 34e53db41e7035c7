#include "checks/secrets/settings/settingstable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>

namespace cockpit::env {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SettingsTable)
};

constexpr qsizetype kMostRows = 3000;

int rankOf(ValueState state)
{
    switch (state) {
    case ValueState::Set:
        return 0;
    case ValueState::Unreadable:
        return 1;
    case ValueState::Elsewhere:
        return 2;
    case ValueState::Placeholder:
        return 3;
    case ValueState::Empty:
        return 4;
    }
    Q_UNREACHABLE();
}

QString wordOf(ValueState state)
{
    switch (state) {
    case ValueState::Set:
        return u"set"_s;
    case ValueState::Unreadable:
        return u"unreadable"_s;
    case ValueState::Elsewhere:
        return u"elsewhere"_s;
    case ValueState::Placeholder:
        return u"placeholder"_s;
    case ValueState::Empty:
        return u"empty"_s;
    }
    Q_UNREACHABLE();
}

QJsonValue wordOf(KeyMode mode)
{
    switch (mode) {
    case KeyMode::None:
        return {};
    case KeyMode::Live:
        return u"live"_s;
    case KeyMode::Test:
        return u"test"_s;
    }
    Q_UNREACHABLE();
}

// By keyed hash; of what has no value that could be compared: no.
bool isSameAs(Environment other, const Setting &setting, Environment environment, const NamedRow &row)
{
    const auto theirs = row.values.find(other);
    return other != environment && theirs != row.values.end() && !setting.fingerprint.isEmpty() &&
           std::ranges::any_of(theirs->second,
                               [&](const Setting *one) { return one->fingerprint == setting.fingerprint; });
}

QJsonValue cellOf(const NamedRow &row, Environment environment)
{
    const Setting *best = row.best(environment);
    if (!best)
        return {};
    // Each two are told once: at the one that is further from customers.
    const bool isLocal = environment == Environment::Local;
    return QJsonObject{{u"state"_s, wordOf(best->state)},
                       {u"mode"_s, wordOf(best->mode)},
                       {u"same_as_production"_s, isSameAs(Environment::Production, *best, environment, row)},
                       {u"same_as_staging"_s, isLocal && isSameAs(Environment::Staging, *best, environment, row)}};
}

// Code that hands over all settings hands over this one.
bool reachesBrowsers(const QString &name, const SettingsRead &read)
{
    return !browserPrefix(name).isEmpty() || std::ranges::any_of(read.builtIn, [&](const BuiltInName &one) {
        return one.name.isEmpty() || one.name == name;
    });
}

} // namespace

const Setting *NamedRow::best(Environment environment) const
{
    const auto of = values.find(environment);
    if (of == values.end())
        return nullptr;
    return *std::ranges::min_element(of->second, {}, [](const Setting *setting) { return rankOf(setting->state); });
}

SettingsTable settingsTable(const SettingsRead &read)
{
    SettingsTable table;
    for (const Setting &setting : read.settings) {
        NamedRow &row = table[setting.name];
        row.isSecret = row.isSecret || setting.isSecret;
        if (setting.origin == Origin::Template)
            row.listed = row.listed ? row.listed : &setting;
        else if (setting.environment)
            row.values[*setting.environment].push_back(&setting);
    }
    for (const NeededName &needed : read.needed) {
        if (!isGivenBySystem(needed.name))
            table[needed.name].needed = &needed;
    }
    for (auto &[name, row] : table)
        row.isSecret = row.isSecret || isSecretName(name);
    return table;
}

std::vector<Environment> environmentsIn(const SettingsRead &read)
{
    std::vector<Environment> found;
    for (const Environment environment : kEnvironments) {
        if (std::ranges::any_of(read.settings, [&](const Setting &setting) {
                return setting.environment == environment && setting.origin != Origin::Template;
            }))
            found.push_back(environment);
    }
    return found;
}

void insertTable(const SettingsTable &table, const SettingsRead &read, QJsonObject &observed)
{
    QJsonArray environments;
    for (const Environment environment : environmentsIn(read))
        environments.append(toWord(environment));
    QJsonArray rows;
    for (const auto &[name, row] : table) {
        if (rows.size() >= kMostRows)
            break;
        if (row.values.empty() && !row.listed && !row.needed) // of a pipeline alone
            continue;
        QJsonObject object{{u"name"_s, name},
                           {u"is_secret"_s, row.isSecret},
                           {u"is_needed"_s, row.listed || (row.needed && !row.needed->hasDefault)},
                           {u"in_browser"_s, reachesBrowsers(name, read)}};
        for (const Environment environment : kEnvironments)
            object.insert(toWord(environment), cellOf(row, environment));
        rows.append(object);
    }
    observed.insert(u"environments"_s, environments);
    observed.insert(u"settings"_s, rows);
}

QString placeOf(const Setting &setting)
{
    return Text::tr("%1 in %2, line %3").arg(setting.name, setting.file, QString::number(setting.line));
}

} // namespace cockpit::env
