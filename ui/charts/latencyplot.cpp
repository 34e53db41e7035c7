#include "ui/charts/latencyplot.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using std::chrono::milliseconds;

// One missed look is a pause, two are a gap: the same rule as uptime, where a state holds for two intervals at most.
constexpr int kIntervalsBeforeGap = 2;

// Less of the window than its fourth part is hard to read.
constexpr int kSmallShareOfWindow = 4;
constexpr std::chrono::minutes kShortestAxis{1};

std::vector<Sample> answersWithin(std::span<const Sample> samples, const QDateTime &from, const QDateTime &to)
{
    std::vector<Sample> answers;
    std::ranges::copy_if(samples, std::back_inserter(answers), [&](const Sample &sample) {
        return sample.state == SampleState::Up && sample.at >= from && sample.at < to;
    });
    return answers;
}

void addPoint(std::vector<LatencySegment> &segments, const LatencyPoint &point, bool afterGap)
{
    if (segments.empty() || afterGap)
        segments.emplace_back();
    segments.back().push_back(point);
}

void plotEachAnswer(LatencyPlot &plot, const std::vector<Sample> &answers, std::chrono::seconds interval)
{
    plot.detail = LatencyDetail::EachAnswer;
    const QDateTime *previous = nullptr;
    for (const Sample &answer : answers) {
        const bool afterGap = previous && milliseconds(previous->msecsTo(answer.at)) > kIntervalsBeforeGap * interval;
        addPoint(plot.p50, {answer.at, answer.total}, afterGap);
        plot.highest = std::max(plot.highest, answer.total);
        previous = &answer.at;
    }
}

// As many buckets as leave each enough answers for a p95 on average.
int bucketCount(std::size_t answers)
{
    return std::clamp(static_cast<int>(answers) / kFewestSamplesForP95, 1, kMostLatencyBuckets);
}

void plotBuckets(LatencyPlot &plot, const std::vector<Sample> &answers)
{
    plot.detail = LatencyDetail::Percentiles;
    // Buckets span what was measured, not the whole window: a monitor started an hour ago fills its hour.
    const QDateTime start = answers.front().at;
    const qint64 span = start.msecsTo(answers.back().at) + 1;
    const int buckets = bucketCount(answers.size());
    bool p50Gap = false;
    bool p95Gap = false;
    auto first = answers.begin();
    for (int i = 0; i < buckets; ++i) {
        const QDateTime end = start.addMSecs(span * (i + 1) / buckets);
        const auto last = std::find_if(first, answers.end(), [&](const Sample &sample) { return sample.at >= end; });
        const std::span<const Sample> bucket(first, last);
        const QDateTime middle = start.addMSecs(span * (2LL * i + 1) / (2 * buckets));
        if (const auto p50 = percentile(bucket, 0.5)) {
            addPoint(plot.p50, {middle, *p50}, std::exchange(p50Gap, false));
            plot.highest = std::max(plot.highest, *p50);
        } else {
            p50Gap = true;
        }
        // An uneven bucket may hold fewer than a p95 needs; half is enough to go on with the line, less is a gap.
        if (bucket.size() >= kFewestSamplesForP95 / 2) {
            const milliseconds p95 = percentile(bucket, 0.95).value_or(milliseconds(0));
            addPoint(plot.p95, {middle, p95}, std::exchange(p95Gap, false));
            plot.highest = std::max(plot.highest, p95);
        } else {
            p95Gap = true;
        }
        first = last;
    }
}

} // namespace

LatencyPlot plotLatency(std::span<const Sample> samplesByTime, std::chrono::seconds interval, const QDateTime &from,
                        const QDateTime &to)
{
    const std::vector<Sample> answers = answersWithin(samplesByTime, from, to);
    LatencyPlot plot;
    plot.answers = static_cast<int>(answers.size());
    if (answers.empty())
        return plot;
    if (plot.answers < kFewestAnswersForBuckets)
        plotEachAnswer(plot, answers, interval);
    else
        plotBuckets(plot, answers);
    return plot;
}

QDateTime axisStart(const LatencyPlot &plot, const QDateTime &from, const QDateTime &to)
{
    if (plot.p50.empty())
        return from;
    const qint64 measured = plot.p50.front().front().at.msecsTo(to);
    if (measured >= from.msecsTo(to) / kSmallShareOfWindow)
        return from;
    return to.addMSecs(-std::max<qint64>(measured + measured / 20, milliseconds(kShortestAxis).count()));
}

int niceAxisEnd(milliseconds highest)
{
    constexpr std::array kSteps{1, 2, 4, 10};
    for (int decade = 10;; decade *= 10) {
        for (const int step : kSteps) {
            if (const int end = decade * step; end >= highest.count())
                return end;
        }
        if (decade >= 100'000'000)
            return decade * 10;
    }
}

} // namespace cockpit
