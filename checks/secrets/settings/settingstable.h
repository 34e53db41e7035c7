// The settings side by side: each name, and what each environment has for it. As it goes into observed of
// secrets.env-separation and secrets.env-completeness, from where models/environmentrows.h reads it:
//   "environments": the words of those that were read, production first
//   "settings": [{"name", "is_secret", "is_needed": bool: code reads it without a default, or a template lists it,
//                 "in_browser": bool: a build writes it into what browsers load, by its prefix or because it is told
//                 to, "production"|"staging"|"local": {"state": set|empty|placeholder|elsewhere|unreadable, "mode":
//                 live|test|null, "same_as_production", "same_as_staging": bool} or null}]
#pragma once

#include "checks/secrets/settings/readsettings.h"

#include <QJsonObject>

#include <array>
#include <map>

namespace cockpit::env {

inline constexpr std::array kEnvironments{Environment::Production, Environment::Staging, Environment::Local};

// One name in all environments. The settings point into what was read.
struct NamedRow
{
    std::map<Environment, std::vector<const Setting *>> values; // none of a template
    const Setting *listed = nullptr;                            // in a template
    const NeededName *needed = nullptr;                         // by code
    bool isSecret = false;

    // The best that an environment has: set before unreadable, elsewhere, placeholder and empty. Null: nothing.
    const Setting *best(Environment environment) const;
};

using SettingsTable = std::map<QString, NamedRow>; // by name

// read must outlive the table.
SettingsTable settingsTable(const SettingsRead &read);
// Those for which a value, or at least a name, was read.
std::vector<Environment> environmentsIn(const SettingsRead &read);

void insertTable(const SettingsTable &table, const SettingsRead &read, QJsonObject &observed);

// "STRIPE_KEY in .env.production, line 3": no sign between name and place that would look like a value.
QString placeOf(const Setting &setting);

} // namespace cockpit::env
