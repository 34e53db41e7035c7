// What is kept of a setting: its name, its place, and what kind of value it has. Never the value.
#pragma once

#include "checks/secrets/gitstanding.h"
#include "checks/secrets/settings/rawsetting.h"
#include "models/localsource.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string_view>
#include <vector>

namespace cockpit::env {

enum class ValueState {
    Set,
    Empty,
    Placeholder, // "changeme", "<your key>"
    Elsewhere,   // the file has the name alone, or refers to a vault or to the machine that starts it
    Unreadable,  // the file has it encrypted: whether it is empty, or the same as another, cannot be said
};

enum class KeyMode { None, Live, Test }; // of providers that keep real and test data apart

enum class Origin { Settings, EnvFile, Template, Compose, Pipeline, Hosting, Package };

struct Setting
{
    QString name;
    // As shown: below the root of its source, of a Settings source the name of the file; with the source's own path in
    // front where several sources could mean different files by it.
    QString file;
    int line = 0;
    Origin origin = Origin::Settings;
    std::optional<Environment> environment; // empty: nobody said, or one of its own that `scope` names
    QString scope; // as its file calls the environment, where that is another word: "review/*", "production/eu"
    // Neither the person, the file nor its name said so: a plain .env is of the machine that it lies on.
    bool isEnvironmentGuessed = false;
    GitStanding standing = GitStanding::Unknown; // of its file, where that is one of settings

    ValueState state = ValueState::Set;
    bool isSecret = false;              // may not be shared: a rule knows it, or its name says so
    bool isKnownKey = false;            // by its shape, not by its name alone: `rule` says as what
    QString rule;                       // "Stripe secret key (live)"
    Severity severity = Severity::High; // of a secret, by what it opens
    bool isPublicKey = false;           // meant for browsers, as its provider says
    KeyMode mode = KeyMode::None;
    QByteArray fingerprint; // keyed hash of the value; empty unless it is set
    QString urlHost;        // of a value that is an address: its host, lower case; of IPv6 with brackets
    QString urlScheme;      // with it, lower case
    int urlPort = 0;        // 0: the scheme's own
    // Keyed hash of host, port and name of a database. Empty for anything else, and where the host's name means
    // another machine in each network ("localhost", "db", "postgres.railway.internal").
    QByteArray database;
    bool isSharedHost = false; // a database behind a door that many customers use: the host says nothing
};

// A name that the code asks for.
struct NeededName
{
    QString name;
    QString file;
    int line = 0;
    bool hasDefault = false; // everywhere it is read
};

// A setting that a build tool is told to write into what browsers load.
struct BuiltInName
{
    QString name; // empty: all that there are
    QString file;
    int line = 0;
    QString how; // the block that says so: "env", "define", "DefinePlugin"
};

// The name is one that secrets have: SECRET, PASSWORD, TOKEN, API_KEY…, and not of something beside one (…_ID, …_TTL,
// PUBLIC_…).
bool isSecretName(QStringView name);
// The same of what stays on the server: a build gives what has a prefix of browsers to everybody.
bool isServerSecretName(std::string_view name);
// Meant for browsers: by its prefix, or by a word of it (PUBLISHABLE, ANON, …).
bool isPublicName(QStringView name);
// VITE_, NEXT_PUBLIC_, REACT_APP_, …: the build writes the value into what browsers load. Empty: none.
QString browserPrefix(QStringView name);
// Set by the machine or the host of the product itself: PORT, NODE_ENV, VERCEL_URL.
bool isGivenBySystem(QStringView name);

} // namespace cockpit::env
