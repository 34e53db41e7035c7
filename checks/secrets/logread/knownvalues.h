// The values of a product's settings, as far as they are needed to know them again elsewhere: by a keyed hash. No value
// is kept.
#pragma once

#include "checks/engine/probe.h"
#include "checks/secrets/settings/settingsfile.h"
#include "models/localsource.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace cockpit {

struct KnownValue
{
    QString name; // of the setting
    size_t length = 0;
    QByteArray fingerprint; // HMAC-SHA-256 of the value, hexadecimal digits

    bool operator==(const KnownValue &) const = default;
};

struct SettingValues
{
    std::vector<KnownValue> values; // each once
    QStringList gaps;               // what was not read, a sentence each

    bool operator==(const SettingValues &) const = default;
};

constexpr size_t kMostKnownValues = 5000;

// Of what a file of settings holds: the values of at least eight characters whose name is a secret's, or that are an
// address with a password, and that stand for themselves. Each once, kMostKnownValues at most. What the build writes
// for browsers is no secret.
std::vector<KnownValue> knownValuesIn(const env::RawSettings &settings, const QByteArray &key);

// All that the settings of the project give.
struct KnownValues
{
    using Answer = SettingValues;
    static constexpr size_t kLargestFile = size_t(4) << 20;

    std::vector<LocalSource> settings;
    QByteArray fingerprintKey;

    QString key() const;
    int roundTrips() const { return 0; }
};

// Cancelled when it was stopped. What cannot be read is a gap: a value of it may stand in the log.
Result<SettingValues> probe(const KnownValues &question, ProbeContext &context);

} // namespace cockpit
