#include "checks/http/latency.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <span>

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

using Samples = std::span<const HttpResponse>;

double inMs(microseconds time)
{
    return static_cast<double>(time.count()) / kMillisecond;
}

microseconds serverTime(const HttpResponse &sample)
{
    return std::max(microseconds(0), sample.timings.total - sample.timings.connect - sample.timings.tls);
}

microseconds bodyTime(const HttpResponse &sample)
{
    return std::max(microseconds(0), serverTime(sample) - sample.timings.firstByte);
}

// Nearest rank: the ceil(p*n)-th of the sorted values.
double percentileMs(std::vector<microseconds> values, double p)
{
    std::ranges::sort(values);
    const auto rank = static_cast<size_t>(std::ceil(p * static_cast<double>(values.size())));
    return inMs(values.at(std::max<size_t>(rank, 1) - 1));
}

template<typename Phase>
double percentileMs(Samples samples, Phase phase, double p)
{
    std::vector<microseconds> values;
    values.reserve(samples.size());
    std::ranges::transform(samples, std::back_inserter(values), phase);
    return percentileMs(std::move(values), p);
}

microseconds firstByte(const HttpResponse &sample)
{
    return sample.timings.firstByte;
}

QJsonObject firstContact(const HttpSeries::Seen &series)
{
    const HttpResponse &first = series.samples.front();
    const double name = series.nameTime ? static_cast<double>(series.nameTime->count()) : 0;
    return {{u"name_ms"_s, series.nameTime ? QJsonValue(name) : QJsonValue()},
            {u"connect_ms"_s, inMs(first.timings.connect)},
            {u"tls_ms"_s, inMs(first.timings.tls)},
            {u"first_byte_ms"_s, inMs(first.timings.firstByte)},
            {u"body_ms"_s, inMs(bodyTime(first))},
            {u"total_ms"_s, name + inMs(first.timings.total)}};
}

QJsonObject warmFacts(Samples warm)
{
    const auto kept =
        std::ranges::count_if(warm, [](const HttpResponse &sample) { return sample.timings.onKeptConnection; });
    return {{u"samples"_s, static_cast<qint64>(warm.size())},
            {u"first_byte_ms"_s, percentileMs(warm, firstByte, 0.5)},
            {u"body_ms"_s, percentileMs(warm, bodyTime, 0.5)},
            {u"on_kept_connection"_s, static_cast<qint64>(kept)}};
}

QJsonObject phasesOf(const HttpSeries::Seen &series, Samples warm)
{
    QJsonObject phases = firstContact(series);
    phases.remove(u"total_ms"_s);
    phases[u"first_byte_ms"_s] = percentileMs(warm, firstByte, 0.5);
    phases[u"body_ms"_s] = percentileMs(warm, bodyTime, 0.5);
    return phases;
}

Finding slow(const QUrl &url, double p95, int limit)
{
    Finding finding =
        makeFinding(u"slow"_s, p95 > kFarAbove * limit ? Severity::High : Severity::Medium, Proof::Strong,
                    Impact::Downtime, Text::tr("Your pages answer too slowly"),
                    Text::tr("95 of 100 answers of %1 came within %2 ms. Wanted: %3 ms.")
                        .arg(url.toDisplayString(), QString::number(std::lround(p95)), QString::number(limit)));
    finding.effortMinutes = 120;
    return finding;
}

QString msText(microseconds time)
{
    return QString::number(inMs(time), 'f', 1);
}

// All phases of the first contact, then the server's time of each that followed.
Evidence sampleList(const HttpSeries::Seen &series)
{
    const HttpResponse &first = series.samples.front();
    const QString name = series.nameTime ? QString::number(series.nameTime->count()) : Text::tr("not looked up");
    QStringList lines{Text::tr("First contact: name %1, connect %2, TLS %3, first byte %4, body %5")
                          .arg(name, msText(first.timings.connect), msText(first.timings.tls),
                               msText(first.timings.firstByte), msText(bodyTime(first)))};
    QStringList times;
    for (const HttpResponse &sample : Samples(series.samples).subspan(1))
        times << (sample.timings.onKeptConnection ? msText(serverTime(sample)) : msText(serverTime(sample)) + u'*');
    lines << Text::tr("After that, one after another over HTTP/%1 (* on a new connection):")
                 .arg(QString::fromLatin1(first.version))
          << times.join(u"  "_s);
    return {Text::tr("Times in milliseconds"), lines.join(u'\n')};
}

Judged look(const Look &look, const RedirectChain &chain)
{
    const auto series =
        look.seen.ask(HttpSeries{.url = chain.last.url, .count = kLatencySamples + 1, .atMost = kLongestSampling});
    if (!*series)
        return couldNotLook(series->error());
    HttpSeries::Seen seen = **series;
    // A block page is fast, and says nothing about the product.
    if (const auto obstacle = obstacleIn(seen.samples.front()))
        return couldNotVerify(*obstacle, seen.samples.front());
    const auto blocked = std::erase_if(seen.samples, [](const HttpResponse &r) { return obstacleIn(r).has_value(); });
    seen.failures += static_cast<int>(blocked);
    return judgeLatency(seen, look.policy.p95LimitMs);
}

QJsonObject observedSeries(const HttpSeries::Seen &series, Samples warm, std::optional<int> limit)
{
    const HttpResponse &first = series.samples.front();
    const bool isEnough = warm.size() >= kLatencySamples;
    QJsonObject observed = observedOf(first, {});
    observed.insert(u"samples"_s, static_cast<qint64>(warm.size()));
    observed.insert(u"failures"_s, series.failures);
    observed.insert(u"p50_ms"_s, percentileMs(warm, serverTime, 0.5));
    observed.insert(u"p95_ms"_s, isEnough ? QJsonValue(percentileMs(warm, serverTime, 0.95)) : QJsonValue());
    observed.insert(u"limit_ms"_s, limit ? QJsonValue(*limit) : QJsonValue());
    observed.insert(u"http_version"_s, QString::fromLatin1(first.version));
    observed.insert(u"phases"_s, phasesOf(series, warm));
    observed.insert(u"first_contact"_s, firstContact(series));
    observed.insert(u"warm"_s, warmFacts(warm));
    return observed;
}

Judged tooFew(const HttpSeries::Seen &series, Samples warm, const QJsonObject &observed)
{
    const auto count = static_cast<int>(warm.size());
    Judged judged =
        concluded({},
                  Text::tr("p50 %1 ms from %2 samples: too few for a p95")
                      .arg(QString::number(std::lround(percentileMs(warm, serverTime, 0.5))), QString::number(count)),
                  observed, {sampleList(series)});
    leaveOpen(judged, anyBehind({Text::tr("Only %1 of %2 requests were answered in time, which is too few to judge.")
                                     .arg(QString::number(count), QString::number(kLatencySamples))}));
    return judged;
}

} // namespace

Judged judgeLatency(const HttpSeries::Seen &series, std::optional<int> p95LimitMs)
{
    if (series.samples.size() < 2) {
        const int asked = series.failures + static_cast<int>(series.samples.size());
        return couldNotLook({ErrorKind::Unreachable,
                             Text::tr("Of %n request(s), fewer than two got an answer that counts.", nullptr, asked),
                             {}});
    }
    const Samples warm = Samples(series.samples).subspan(1);
    const QJsonObject observed = observedSeries(series, warm, p95LimitMs);
    if (warm.size() < kLatencySamples)
        return tooFew(series, warm, observed);
    const double p50 = percentileMs(warm, serverTime, 0.5);
    const double p95 = percentileMs(warm, serverTime, 0.95);
    std::vector<Finding> findings;
    if (p95LimitMs && p95 > *p95LimitMs)
        findings.push_back(slow(series.samples.front().url, p95, *p95LimitMs));
    Judged judged = concluded(
        std::move(findings),
        Text::tr("p50 %1 ms, p95 %2 ms over %3 requests; first contact %4 ms")
            .arg(QString::number(std::lround(p50)), QString::number(std::lround(p95)), QString::number(warm.size()),
                 QString::number(std::lround(observed["first_contact"_L1]["total_ms"_L1].toDouble()))),
        observed, {sampleList(series)});
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
