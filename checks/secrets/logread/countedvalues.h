// Values that were counted by the name that they are given to. A rule may know the same value, and better.
#pragma once

#include "checks/secrets/logread/logdigest.h"
#include "checks/secrets/textscanner.h"

#include <set>

namespace cockpit {

struct CountedValue
{
    SensitiveKind kind = SensitiveKind::Token;
    qint64 start = 0; // in the text at hand
    qint64 end = 0;
    qint64 line = 0;
    QString shown; // as a sample; may be empty where enough others are there
};

// Those of one text. Filled, sorted, asked.
class CountedValues
{
public:
    void clear();
    void add(CountedValue value); // those alone that a rule may find as well; kMost at most
    void sort();
    const CountedValue *at(const SecretHit &hit) const;
    // It is counted as what the rule says. Once, though two keys may stand in one value.
    void takeOut(const CountedValue &value, const QString &file, std::map<SensitiveKind, KindSeen> &kinds);

private:
    static constexpr size_t kMost = 50'000;

    bool isOut(const CountedValue &value) const { return m_out.contains(value.start); }

    std::vector<CountedValue> m_values;
    std::set<qint64> m_out; // their beginnings
};

// The rule says more of a value than the name that it was given to.
bool isKnownBetter(const SecretHit &hit);
// Counts one more; its place is a sample where there are too few.
void addHit(const SecretHit &hit, const QString &file, qint64 line, RuleSeen &seen);
void addSample(const LogSample &sample, std::vector<LogSample> &samples); // one of a line, kMostLogSamples at most

} // namespace cockpit
