// Do two kinds of requests take different times? Rank statistics, as network times have long tails (facts 21). Pure.
#pragma once

#include <span>
#include <vector>

namespace cockpit {

// Two-sided p of Mann and Whitney's U: exact where both samples are small and nothing is tied, else the normal
// approximation with corrections for ties and continuity. 1 for an empty sample.
double mannWhitneyP(std::span<const double> a, std::span<const double> b);

// Hodges and Lehmann's estimate of how much larger b is: the median of all differences. 0 for an empty sample.
double hodgesLehmannShift(std::span<const double> a, std::span<const double> b);

double quantileOf(std::vector<double> values, double quantile); // linear between neighbours; 0 for none
// The quicker half, at least one: what the network disturbed least.
std::vector<double> lowerHalf(std::vector<double> values);

struct ShiftInterval
{
    double low = 0;
    double high = 0;
    bool operator==(const ShiftInterval &) const = default;
};
// 95 percent of the shift by bootstrap, the same for the same samples.
ShiftInterval bootstrapShift(std::span<const double> a, std::span<const double> b, int rounds = 300);

struct TimeDifference
{
    double p = 1;
    double shift = 0;       // milliseconds by which the second group takes longer
    double lowerShift = 0;  // the same of the lower halves
    double quickShift = 0;  // the same between the 20th percentiles
    double middleShift = 0; // and between the medians
    ShiftInterval interval = {};
    double noise = 0; // shift between two halves of the first group
    bool isDifferent = false;
    // The whole interval is smaller than what would count, and that is small enough to be believed: a negative that few
    // or jumping times cannot give.
    bool isSame = false;
};

// Fewer of either cannot reach kTimeP.
constexpr int kFewestTimes = 7;
constexpr double kTimeP = 0.001;
constexpr double kLeastShift = 15; // milliseconds: smaller ones drown in the network
constexpr double kSureLeak = 50;   // milliseconds: as much was taken for a leak by those who repaired one (facts 21)

// In milliseconds. The first group is measured by itself, too: what differs there is noise.
TimeDifference timeDifferenceOf(const std::vector<double> &unknown, const std::vector<double> &known);

} // namespace cockpit
