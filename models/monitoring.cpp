#include "models/monitoring.h"

#include "models/wordtable.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

using std::chrono::milliseconds;

constexpr std::array kMonitorKinds{
    WordRow<MonitorKind>{MonitorKind::Uptime, "uptime"},
    WordRow<MonitorKind>{MonitorKind::Latency, "latency"},
    WordRow<MonitorKind>{MonitorKind::Certificate, "certificate"},
};

constexpr std::array kSampleStates{
    WordRow<SampleState>{SampleState::Up, "up"},
    WordRow<SampleState>{SampleState::Down, "down"},
    WordRow<SampleState>{SampleState::Unknown, "unknown"},
};

constexpr std::size_t kFailuresToOpen = 3;
constexpr std::size_t kSuccessesToClose = 2;

// A state is believed for two intervals at most; after that the computer slept or the program was closed.
constexpr int kBelievedIntervals = 2;

void addTime(Uptime &uptime, SampleState state, milliseconds span)
{
    switch (state) {
    case SampleState::Up:
        uptime.up += span;
        return;
    case SampleState::Down:
        uptime.down += span;
        return;
    case SampleState::Unknown:
        return; // what neither sum holds is unknown
    }
}

Incident opened(const Sample &firstFailure)
{
    Incident incident;
    incident.monitorId = firstFailure.monitorId;
    incident.started = firstFailure.at;
    incident.cause = firstFailure.message;
    return incident;
}

} // namespace

std::chrono::seconds boundedInterval(std::chrono::seconds interval)
{
    constexpr std::chrono::seconds kShortest{1};
    constexpr std::chrono::seconds kLongest{24 * 60 * 60};
    return std::clamp(interval, kShortest, kLongest);
}

QString toWord(MonitorKind value)
{
    return wordOf(kMonitorKinds, value);
}

std::optional<MonitorKind> monitorKindFromWord(QStringView word)
{
    return valueOf(kMonitorKinds, word);
}

QString toWord(SampleState value)
{
    return wordOf(kSampleStates, value);
}

std::optional<SampleState> sampleStateFromWord(QStringView word)
{
    return valueOf(kSampleStates, word);
}

std::optional<milliseconds> percentile(std::span<const Sample> samples, double p)
{
    std::vector<milliseconds> times;
    for (const Sample &sample : samples) {
        if (sample.state == SampleState::Up)
            times.push_back(sample.total);
    }
    if (times.empty())
        return std::nullopt;
    // The tiny step back keeps 0.95 * 20 = 19.000000000000004 from becoming the 20th value.
    const double rank = std::ceil(std::clamp(p, 0.0, 1.0) * static_cast<double>(times.size()) - 1e-9);
    const auto index = std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(rank) - 1);
    std::ranges::nth_element(times, times.begin() + index);
    return times[static_cast<std::size_t>(index)];
}

std::optional<double> Uptime::ratio() const
{
    const auto observed = up + down;
    if (observed.count() == 0)
        return std::nullopt;
    return static_cast<double>(up.count()) / static_cast<double>(observed.count());
}

double Uptime::coverage() const
{
    const auto all = up + down + unknown;
    return all.count() == 0 ? 0.0 : static_cast<double>((up + down).count()) / static_cast<double>(all.count());
}

Uptime uptimeOf(std::span<const Sample> samplesByTime, std::chrono::seconds interval, const QDateTime &from,
                const QDateTime &to)
{
    const milliseconds believed = interval * kBelievedIntervals;
    Uptime uptime;
    for (std::size_t i = 0; i < samplesByTime.size(); ++i) {
        const QDateTime &at = samplesByTime[i].at;
        const QDateTime next = i + 1 < samplesByTime.size() ? samplesByTime[i + 1].at : to;
        const QDateTime begin = std::max(at, from);
        const QDateTime end = std::min({next, at.addMSecs(believed.count()), to});
        if (begin < end)
            addTime(uptime, samplesByTime[i].state, milliseconds(begin.msecsTo(end)));
    }
    const milliseconds window(std::max<qint64>(0, from.msecsTo(to)));
    uptime.unknown = window - uptime.up - uptime.down;
    return uptime;
}

std::vector<Incident> incidentsOf(std::span<const Sample> samplesByTime)
{
    std::vector<Incident> incidents;
    std::vector<const Sample *> run; // equal states in a row; unknown ones neither count nor break a run
    bool isDown = false;
    for (const Sample &sample : samplesByTime) {
        if (sample.state == SampleState::Unknown)
            continue;
        if (!run.empty() && run.back()->state != sample.state)
            run.clear();
        run.push_back(&sample);
        if (!isDown && sample.state == SampleState::Down && run.size() >= kFailuresToOpen) {
            incidents.push_back(opened(*run.front()));
            isDown = true;
        } else if (isDown && sample.state == SampleState::Up && run.size() >= kSuccessesToClose) {
            incidents.back().ended = run.front()->at;
            isDown = false;
        }
    }
    return incidents;
}

QString noteAbout(const Incident &incident, const std::vector<IncidentNote> &notes)
{
    const auto found = std::ranges::find_if(notes, [&](const IncidentNote &note) {
        return note.monitorId == incident.monitorId && note.started == incident.started;
    });
    return found == notes.end() ? QString() : found->text;
}

} // namespace cockpit
