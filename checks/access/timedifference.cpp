#include "checks/access/timedifference.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace cockpit {

namespace {

constexpr std::size_t kMostExact = 20;

struct Ranking
{
    double u = 0;    // of the first sample
    double ties = 0; // sum of t³ − t over groups of equal values
};

Ranking rankingOf(std::span<const double> a, std::span<const double> b)
{
    std::vector<std::pair<double, bool>> all;
    for (const double value : a)
        all.emplace_back(value, true);
    for (const double value : b)
        all.emplace_back(value, false);
    std::ranges::sort(all);
    Ranking ranking;
    double ranks = 0;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end].first == all[i].first)
            ++end;
        const double rank = (static_cast<double>(i + 1) + static_cast<double>(end)) / 2;
        const auto count = static_cast<double>(end - i);
        for (; i < end; ++i)
            ranks += all[i].second ? rank : 0;
        ranking.ties += count * count * count - count;
    }
    const auto n = static_cast<double>(a.size());
    ranking.u = ranks - n * (n + 1) / 2;
    return ranking;
}

// How many of the orders of n and m values have each U: f(n, m, u) = f(n−1, m, u−m) + f(n, m−1, u).
std::vector<double> countsOf(std::size_t n, std::size_t m)
{
    std::vector<std::vector<double>> row(m + 1);
    for (std::size_t j = 0; j <= m; ++j)
        row[j] = {1}; // of no values of the first sample
    for (std::size_t i = 1; i <= n; ++i) {
        std::vector<std::vector<double>> next(m + 1);
        next[0] = {1};
        for (std::size_t j = 1; j <= m; ++j) {
            next[j].assign(i * j + 1, 0);
            for (std::size_t u = 0; u < row[j].size(); ++u)
                next[j][u + j] += row[j][u];
            for (std::size_t u = 0; u < next[j - 1].size(); ++u)
                next[j][u] += next[j - 1][u];
        }
        row = std::move(next);
    }
    return row[m];
}

double exactP(std::size_t n, std::size_t m, double u)
{
    const std::vector<double> counts = countsOf(n, m);
    double all = 0;
    double extreme = 0;
    const double mirrored = std::max(u, static_cast<double>(n * m) - u);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        all += counts[i];
        extreme += static_cast<double>(i) >= mirrored - 0.25 ? counts[i] : 0;
    }
    return std::min(1.0, 2 * extreme / all);
}

double normalP(double n, double m, const Ranking &ranking)
{
    const double sum = n + m;
    const double variance = n * m / 12 * (sum + 1 - ranking.ties / (sum * (sum - 1)));
    if (variance <= 0)
        return 1;
    const double distance = std::max(0.0, std::abs(ranking.u - n * m / 2) - 0.5);
    return std::erfc(distance / std::sqrt(2 * variance));
}

} // namespace

double mannWhitneyP(std::span<const double> a, std::span<const double> b)
{
    if (a.empty() || b.empty())
        return 1;
    const Ranking ranking = rankingOf(a, b);
    if (ranking.ties == 0 && a.size() <= kMostExact && b.size() <= kMostExact)
        return exactP(a.size(), b.size(), ranking.u);
    return normalP(static_cast<double>(a.size()), static_cast<double>(b.size()), ranking);
}

double quantileOf(std::vector<double> values, double quantile)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const double at = quantile * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

double hodgesLehmannShift(std::span<const double> a, std::span<const double> b)
{
    std::vector<double> differences;
    differences.reserve(a.size() * b.size());
    for (const double one : a) {
        for (const double other : b)
            differences.push_back(other - one);
    }
    if (differences.empty())
        return 0;
    // The median without sorting all of them: the bootstrap asks hundreds of times.
    const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
    std::ranges::nth_element(differences, middle);
    if (differences.size() % 2 != 0)
        return *middle;
    return (*middle + *std::max_element(differences.begin(), middle)) / 2;
}

std::vector<double> lowerHalf(std::vector<double> values)
{
    std::ranges::sort(values);
    values.resize((values.size() + 1) / 2);
    return values;
}

ShiftInterval bootstrapShift(std::span<const double> a, std::span<const double> b, int rounds)
{
    if (a.empty() || b.empty() || rounds <= 0)
        return {};
    std::mt19937 random(20210817); // the same for the same samples
    const auto drawn = [&random](std::span<const double> from) {
        std::uniform_int_distribution<std::size_t> place(0, from.size() - 1);
        std::vector<double> sample(from.size());
        std::ranges::generate(sample, [&] { return from[place(random)]; });
        return sample;
    };
    std::vector<double> shifts;
    shifts.reserve(static_cast<std::size_t>(rounds));
    for (int i = 0; i < rounds; ++i)
        shifts.push_back(hodgesLehmannShift(drawn(a), drawn(b)));
    return {quantileOf(shifts, 0.025), quantileOf(shifts, 0.975)};
}

TimeDifference timeDifferenceOf(const std::vector<double> &unknown, const std::vector<double> &known)
{
    TimeDifference result;
    if (unknown.empty() || known.empty())
        return result;
    result.p = mannWhitneyP(unknown, known);
    result.shift = hodgesLehmannShift(unknown, known);
    result.lowerShift = hodgesLehmannShift(lowerHalf(unknown), lowerHalf(known));
    result.quickShift = quantileOf(known, 0.2) - quantileOf(unknown, 0.2);
    result.middleShift = quantileOf(known, 0.5) - quantileOf(unknown, 0.5);
    result.interval = bootstrapShift(unknown, known);
    std::vector<double> even;
    std::vector<double> odd;
    for (std::size_t i = 0; i < unknown.size(); ++i)
        (i % 2 == 0 ? even : odd).push_back(unknown[i]);
    result.noise = std::abs(hodgesLehmannShift(even, odd));
    const double least = std::max(kLeastShift, 3 * result.noise);
    // A wrong cost of the dummy hash can make the known account the quicker one: either way, but all one way.
    const double way = result.shift > 0 ? 1 : -1;
    const double smallest =
        std::min({way * result.shift, way * result.lowerShift, way * result.quickShift, way * result.middleShift});
    result.isDifferent = result.p < kTimeP && smallest > least;
    const bool isInside = result.interval.low > -least && result.interval.high < least;
    result.isSame = !result.isDifferent && isInside && least <= kSureLeak &&
                    std::min(unknown.size(), known.size()) >= static_cast<std::size_t>(kFewestTimes);
    return result;
}

} // namespace cockpit
