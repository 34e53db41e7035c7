// Watching over time: what is watched, what was measured, and the arithmetic of uptime and latency.
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace cockpit {

enum class MonitorKind { Uptime, Latency, Certificate };
QString toWord(MonitorKind value);
std::optional<MonitorKind> monitorKindFromWord(QStringView word);

struct Monitor
{
    qint64 id = 0; // row id; 0 until stored
    MonitorKind kind = MonitorKind::Uptime;
    QString name; // "Homepage"
    QString url;  // Certificate: https URL of the host
    std::chrono::seconds interval{60};
    bool enabled = true;

    bool operator==(const Monitor &) const = default;
};

// The pause between two samples that a person can have meant: at least a second, at most a day. A file that says "every
// 0 seconds" would make this program an attack on the address.
std::chrono::seconds boundedInterval(std::chrono::seconds interval);

enum class SampleState { Up, Down, Unknown }; // Unknown: this computer was offline, or could not tell
QString toWord(SampleState value);
std::optional<SampleState> sampleStateFromWord(QStringView word);

struct Sample
{
    qint64 monitorId = 0;
    QDateTime at; // UTC
    SampleState state = SampleState::Unknown;
    int httpStatus = 0; // 0: none
    std::chrono::milliseconds total{0};
    std::chrono::milliseconds dns{0};
    std::chrono::milliseconds connect{0};
    std::chrono::milliseconds tls{0};
    std::chrono::milliseconds firstByte{0};
    std::optional<int> certificateDaysLeft;
    QString message; // why it is not up

    bool operator==(const Sample &) const = default;
};

struct Incident
{
    qint64 id = 0;
    qint64 monitorId = 0;
    QDateTime started;
    QDateTime ended; // null while going on
    QString cause;

    bool operator==(const Incident &) const = default;
};

// What a person wrote about an incident. An incident is worked out from samples and has no row of its own: its monitor
// and its first failed sample name it.
struct IncidentNote
{
    qint64 monitorId = 0;
    QDateTime started;
    QString text;

    bool operator==(const IncidentNote &) const = default;
};

// Empty when nobody wrote one.
QString noteAbout(const Incident &incident, const std::vector<IncidentNote> &notes);

// Nearest-rank percentile (index ceil(p*n), 1-based) over successful samples' total time; empty when there are none.
std::optional<std::chrono::milliseconds> percentile(std::span<const Sample> samples, double p);

// p95 says little about fewer samples than this (facts: "with n < 20 show too few").
constexpr int kFewestSamplesForP95 = 20;

// Uptime over time, not over beats: a state holds from its sample to the next one, but no longer than two intervals;
// what is longer is unknown. Unknown time is outside both sums and shown as coverage.
struct Uptime
{
    std::chrono::milliseconds up{0};
    std::chrono::milliseconds down{0};
    std::chrono::milliseconds unknown{0};

    std::optional<double> ratio() const; // 0 to 1; empty when nothing was observed
    double coverage() const;             // observed share of the window, 0 to 1
};
Uptime uptimeOf(std::span<const Sample> samplesByTime, std::chrono::seconds interval, const QDateTime &from,
                const QDateTime &to);

// Three failures in a row (each re-tested on a fresh connection) open an incident, two successes close it.
std::vector<Incident> incidentsOf(std::span<const Sample> samplesByTime);

} // namespace cockpit
