// The values of a product's settings, as far as they are needed to know them again elsewhere: by a keyed hash. No value
// is kept.
#pragma once

#include "checks/engine/probe.h"
#include "models/localsource.h"

#include <QByteArray>

#include <string_view>
#include <vector>

namespace cockpit {

struct KnownValue
{
    QString name; // of the setting
    size_t length = 0;
    QByteArray fingerprint; // HMAC-SHA-256 of the value, hexadecimal digits

    bool operator==(const KnownValue &) const = default;
};

QByteArray fingerprintOfValue(std::string_view value, const QByteArray &key);

// Of lines that give a value to a name (.env files, compose files, exports of hosting providers as JSON or YAML): the
// values of at least eight characters whose name is a secret's and that stand for themselves. Each once.
std::vector<KnownValue> knownValuesIn(std::string_view text, const QByteArray &key);

// All that the settings of the project give.
struct KnownValues
{
    using Answer = std::vector<KnownValue>;

    std::vector<LocalSource> settings;
    QByteArray fingerprintKey;

    QString key() const;
    int roundTrips() const { return 0; }
};

// What cannot be read is left out: whoever judges settings says so.
Result<std::vector<KnownValue>> probe(const KnownValues &question, ProbeContext &context);

} // namespace cockpit
