// The settings of the environments side by side, from what the last looks saw (secrets.env-completeness, else
// secrets.env-separation): names and kinds of values, never a value.
#pragma once

#include "models/localsource.h"
#include "models/projectstate.h"

#include <array>
#include <optional>
#include <vector>

namespace cockpit {

enum class SettingCell {
    NotRead, // nobody named the settings of this environment
    Missing, // they were read, and the name is not there
    Empty,
    Placeholder, // the value of an example
    Elsewhere,   // the name alone: the value is in a vault or on the machine
    Unreadable,  // encrypted: nothing can be said about the value
    Set,
    SameAsProduction, // of staging and local; compared by keyed hash
    SameAsStaging,    // of local
    Live,             // a live key of a provider that has test keys, too
    Test,
};
QString toWord(SettingCell cell);
QString labelOf(SettingCell cell); // "Same as production"

inline constexpr std::array kComparedEnvironments{Environment::Production, Environment::Staging, Environment::Local};

struct EnvironmentRow
{
    QString name;
    bool isSecret = false;
    bool isNeeded = false;        // code reads it without a default, or a template lists it
    bool reachesBrowsers = false; // a build writes it into what they load
    std::array<SettingCell, kComparedEnvironments.size()> cells{}; // in the order of kComparedEnvironments
    QString findingId; // the worst open one about this name; empty without one

    // Needed and not there in production, a test key there, the value of an example; of a secret also what it has in
    // common with production.
    bool isWrongAt(size_t environment) const; // an index of kComparedEnvironments
    // A secret that browsers get is wrong, too.
    bool isWrong() const;

    bool operator==(const EnvironmentRow &) const = default;
};

// By name; those that are wrong first. Empty when nobody has looked.
std::vector<EnvironmentRow> environmentRows(const ProjectState &state);

// Which rows one looks for.
enum class EnvironmentChoice { All, Wrong, Secrets, MissingInProduction, Shared, ReachesBrowsers };
bool fits(EnvironmentChoice choice, const EnvironmentRow &row);

// With a header, UTF-8, CRLF (RFC 4180).
QByteArray environmentCsv(const std::vector<EnvironmentRow> &rows);

} // namespace cockpit
