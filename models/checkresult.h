// What one check said about one host (or the whole target) in one run.
#pragma once

#include "models/finding.h"

#include <QDateTime>
#include <QJsonObject>

#include <chrono>
#include <map>
#include <vector>

namespace cockpit {

struct CheckResult
{
    QString checkId;
    QString host; // empty: the whole target
    Outcome outcome = Outcome::NotRun;
    QString summary; // one sentence of what was seen ("TLS 1.2 and 1.3 only")
    QString reason;  // why it did not run or does not apply; else what it could not see, or why that proves nothing
    bool hasNothingToTry = false; // not_run, as the project has nothing for it: `reason` says what to add
    std::chrono::milliseconds duration{0};
    QJsonObject observed; // the facts the judgement rests on (cli.md)
    std::vector<Finding> findings;
    std::vector<Evidence> evidence; // also for a pass

    std::optional<Severity> worstSeverity() const;
    // A key that is unique within a run: check and host.
    QString key() const;

    bool operator==(const CheckResult &) const = default;
};

// The stored form: everything, so that a round trip loses nothing.
QJsonObject toJson(const CheckResult &result);
// The printed form (cli.md: checks[]): without findings and evidence, which a report lists in a place of their own.
QJsonObject toReportJson(const CheckResult &result);
std::optional<CheckResult> checkResultFromJson(const QJsonObject &json);

// The hosts that each check is asked on, for checks that look at hosts one by one.
using AskedHosts = std::map<QString, QStringList>;

struct Run
{
    qint64 id = 0; // row id in the project file; 0 when not stored
    QDateTime started;
    QDateTime finished;
    bool stopped = false; // ended by the user before everything was looked at
    QString roadmapId;
    std::vector<CheckResult> results;
    AskedHosts askedHosts; // of the run's plan; not stored

    bool operator==(const Run &) const = default;
};

} // namespace cockpit
