// What was seen in the logs of one source: counts, a few places, nothing of the lines themselves.
#pragma once

#include "checks/secrets/leakrule.h"
#include "checks/secrets/logread/cioutput.h"
#include "checks/secrets/logread/hiddenforms.h"
#include "checks/secrets/logread/logevents.h"
#include "checks/secrets/logread/requestids.h"
#include "checks/secrets/logread/sensitive.h"

#include <QSet>
#include <QStringList>

#include <map>
#include <vector>

namespace cockpit {

struct LogSample
{
    QString file; // below the source
    qint64 line = 0;
    QString shown; // masked

    bool operator==(const LogSample &) const = default;
};

constexpr size_t kMostLogSamples = 3; // of each kind

struct KindSeen
{
    qint64 count = 0;
    std::vector<LogSample> samples;
};

// Keys that a rule knows, less those that were counted by the name that they are given to.
struct RuleSeen
{
    QString name; // "Stripe secret key (live)"
    LeakKind kind = LeakKind::Secret;
    bool isToken = false;              // a JSON Web Token
    bool isGuessed = false;            // known by its name alone
    Severity severity = Severity::Low; // the worst of them
    qint64 count = 0;
    QSet<QByteArray> different; // fingerprints; the first thousand
    std::vector<LogSample> samples;
};

struct KnownSeen
{
    QString name;
    ValueForm form = ValueForm::Plain;
    qint64 count = 0;
    std::vector<LogSample> samples;
};

struct LogDigest
{
    QString root; // as the person named it
    bool isPasted = false;
    qint64 files = 0;
    qint64 lines = 0;
    qint64 bytes = 0;
    qint64 binaries = 0;                 // files that are no text, and a gap
    std::map<LogFormat, qint64> formats; // entries
    std::map<SensitiveKind, KindSeen> kinds;
    FieldCounts fields;
    std::map<QString, RuleSeen> rules; // by the rule's id, public ones and those of tests included
    EventsSeen events;
    IdsSeen ids;
    std::map<QString, CiSeen> ci; // of build logs, by file
    std::vector<KnownSeen> known; // values of the settings that stand in the log
    QStringList gaps;             // what was not read, a sentence each

    bool isWhole() const { return gaps.isEmpty(); }
    qint64 count(SensitiveKind kind) const
    {
        const auto it = kinds.find(kind);
        return it == kinds.end() ? 0 : it->second.count;
    }
};

} // namespace cockpit
