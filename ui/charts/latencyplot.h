// From stored samples to the points of a latency chart. Pure: percentiles are taken from the raw samples of each bucket
// and never averaged, because an average of percentiles is not a percentile of anything.
#pragma once

#include "models/monitoring.h"

#include <QDateTime>

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace cockpit {

struct LatencyPoint
{
    QDateTime at; // the middle of the bucket, or the sample's own time
    std::chrono::milliseconds value{0};

    bool operator==(const LatencyPoint &) const = default;
};

// A line is drawn through the points of one segment; between two segments nothing was measured.
using LatencySegment = std::vector<LatencyPoint>;

enum class LatencyDetail {
    Nothing,     // no successful answer in the window
    EachAnswer,  // too few for percentiles: every answer is a point of p50, p95 is empty
    Percentiles, // p50 and p95 by bucket
};

struct LatencyPlot
{
    LatencyDetail detail = LatencyDetail::Nothing;
    std::vector<LatencySegment> p50;
    std::vector<LatencySegment> p95;
    std::chrono::milliseconds highest{0}; // of all points
    int answers = 0;                      // successful ones in the window

    bool operator==(const LatencyPlot &) const = default;
};

// Below this number of answers a chart of percentiles would be one or two dots; each answer says more.
constexpr int kFewestAnswersForBuckets = 3 * kFewestSamplesForP95;
constexpr int kMostLatencyBuckets = 96;

// Samples are ordered by time; those outside [from, to) and those that are not Up are left out. interval: how often the
// monitor looks, to tell a gap from a pause.
LatencyPlot plotLatency(std::span<const Sample> samplesByTime, std::chrono::seconds interval, const QDateTime &from,
                        const QDateTime &to);

// Where the time axis of [from, to) begins: a monitor that was started a while ago fills the chart instead of standing
// in its last corner.
QDateTime axisStart(const LatencyPlot &plot, const QDateTime &from, const QDateTime &to);

// A round upper end of the axis at or above the value, so that labels are easy to read: 250, 500, 1000, 2500, …
int niceAxisEnd(std::chrono::milliseconds highest);

} // namespace cockpit
