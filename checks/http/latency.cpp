#include "checks/http/latency.h"

#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;
using std::chrono::microseconds;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Latency)
};

// A very slow page is known to be slow after this long; the rest of the run has its own work to do.
constexpr std::chrono::seconds kLongestSampling{20};
// Twice the limit is felt as "it hangs".
constexpr int kFarAbove = 2;
constexpr int kMillisecond = 1000; // in microseconds

microseconds serverTime(const HttpResponse &sample)
{
    return std::max(microseconds(0), sample.timings.total - sample.timings.connect - sample.timings.tls);
}

// Nearest rank: the ceil(p*n)-th of the sorted values.
double percentileMs(std::vector<microseconds> values, double p)
{
    std::ranges::sort(values);
    const auto rank = static_cast<size_t>(std::ceil(p * static_cast<double>(values.size())));
    return static_cast<double>(values.at(std::max<size_t>(rank, 1) - 1).count()) / kMillisecond;
}

template<typename Phase>
double medianMs(const std::vector<HttpResponse> &samples, Phase phase)
{
    std::vector<microseconds> values;
    std::ranges::transform(samples, std::back_inserter(values), phase);
    return percentileMs(std::move(values), 0.5);
}

QJsonObject phasesOf(const std::vector<HttpResponse> &samples)
{
    return {{u"connect_ms"_s, medianMs(samples, [](const HttpResponse &s) { return s.timings.connect; })},
            {u"tls_ms"_s, medianMs(samples, [](const HttpResponse &s) { return s.timings.tls; })},
            {u"first_byte_ms"_s, medianMs(samples, [](const HttpResponse &s) { return s.timings.firstByte; })}};
}

Finding slow(const QUrl &url, double p95, int limit)
{
    Finding finding = makeFinding(u"slow"_s, p95 > kFarAbove * limit ? Severity::High : Severity::Medium, Proof::Strong,
                                  Impact::Downtime, Text::tr("Your pages answer too slowly"),
                                  Text::tr("95 of 100 answers of %1 came within %2 ms. Wanted: %3 ms.")
                                      .arg(url.toDisplayString())
                                      .arg(std::lround(p95))
                                      .arg(limit));
    finding.effortMinutes = 120;
    return finding;
}

Evidence sampleList(const std::vector<HttpResponse> &samples)
{
    QStringList times;
    for (const HttpResponse &sample : samples)
        times.append(QString::number(static_cast<double>(serverTime(sample).count()) / kMillisecond, 'f', 1));
    return {Text::tr("Times in milliseconds, one after another"), times.join(u"  "_s)};
}

Judged look(const Look &look, const RedirectChain &chain)
{
    const Deadline enough = Deadline::in(kLongestSampling);
    std::vector<HttpResponse> samples;
    int failures = 0;
    for (int i = 1; i <= kLatencySamples && !enough.hasPassed(); ++i) {
        // One after another: side by side they would slow each other down.
        const auto answer = look.seen.ask(HttpGet{.url = chain.last.url, .repetition = i});
        if (*answer && !obstacleIn(**answer))
            samples.push_back(**answer);
        else if (!*answer && answer->error().kind == ErrorKind::Cancelled)
            return couldNotLook(answer->error());
        else
            ++failures;
    }
    return judgeLatency(samples, failures, look.policy.p95LimitMs);
}

} // namespace

Judged judgeLatency(const std::vector<HttpResponse> &samples, int failures, std::optional<int> p95LimitMs)
{
    if (samples.empty())
        return couldNotLook(
            {ErrorKind::Unreachable, Text::tr("None of %n request(s) got an answer.", nullptr, failures), {}});
    const auto count = static_cast<int>(samples.size());
    std::vector<microseconds> times;
    std::ranges::transform(samples, std::back_inserter(times), serverTime);
    const double p50 = percentileMs(times, 0.5);
    const double p95 = percentileMs(times, 0.95);
    QJsonObject observed = observedOf(samples.front(), {});
    observed.insert(u"samples"_s, count);
    observed.insert(u"failures"_s, failures);
    observed.insert(u"p50_ms"_s, p50);
    observed.insert(u"p95_ms"_s, count >= kLatencySamples ? QJsonValue(p95) : QJsonValue());
    observed.insert(u"limit_ms"_s, p95LimitMs ? QJsonValue(*p95LimitMs) : QJsonValue());
    observed.insert(u"phases"_s, phasesOf(samples));
    if (count < kLatencySamples) {
        Judged judged =
            concluded({}, Text::tr("p50 %1 ms from %2 samples: too few for a p95").arg(std::lround(p50)).arg(count),
                      observed, {sampleList(samples)});
        judged.outcome = Outcome::Info;
        judged.reason = Text::tr("Only %1 of %2 requests were answered in time, which is too few to judge.")
                            .arg(count)
                            .arg(kLatencySamples);
        return judged;
    }
    std::vector<Finding> findings;
    if (p95LimitMs && p95 > *p95LimitMs)
        findings.push_back(slow(samples.front().url, p95, *p95LimitMs));
    Judged judged = concluded(
        std::move(findings),
        Text::tr("p50 %1 ms, p95 %2 ms over %3 requests").arg(std::lround(p50)).arg(std::lround(p95)).arg(count),
        observed, {sampleList(samples)});
    if (!p95LimitMs)
        judged.outcome = Outcome::Info; // this roadmap names no limit: measured, not judged
    return judged;
}

Check latencyCheck()
{
    return {.id = u"http.latency"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = [](const Look &one) {
                return onLanding(one, [&one](const RedirectChain &chain) { return look(one, chain); });
            }};
}

} // namespace cockpit
