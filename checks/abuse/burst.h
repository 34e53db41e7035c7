// abuse.burst: a small, agreed burst of ordinary visits leaves the product standing (facts 19, OWASP API4:2023). A few
// single reads, then waves of 5, 10, 20 and 20 side by side, then single reads again; a wave that fails is repeated
// once and is the last. Being limited (429) is no fault. observed: "routes", "cached", "before", "after":
// {"reads","served","limited", "failed","typical_ms","longest_ms"}, "waves": [the same with "size"], "announced",
// "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/abuse/visitorread.h"
#include "checks/engine/check.h"

#include <array>
#include <vector>

namespace cockpit {

inline constexpr std::array kBurstWaves{5, 10, 20, 20};

struct BurstTimes
{
    std::chrono::milliseconds settle{1200};     // before each wave, and after a read that is not served
    std::chrono::milliseconds readLimit{10000}; // a read that takes longer is not answered
};

struct BurstVisits
{
    std::vector<ActiveRequest> reads; // those that the waves consist of
    std::vector<VisitorRead> before, after;
    std::vector<std::vector<VisitorRead>> waves;
    bool isCached = false;  // all reads may come from a cache in front of the product
    bool hasNoRead = false; // nothing that was asked for is for everybody, by the product's own answers
    QString notTested = {}; // a sentence: why there was no wave
    QString brokenOff = {}; // a sentence: why it ended early
    std::vector<Secret> known = {};
    int announced = 0;
    int requests = 0;
};

Check burstCheck();
// With other times than a person's product needs.
Judged lookAtBurst(const Look &look, const BurstTimes &times);
Judged judgeBurst(const BurstVisits &visits);

// At least two, and a tenth of the wave: one that fails is an accident.
bool hasFailed(const std::vector<VisitorRead> &wave);
// The second of two waves of one size, one after the other, that failed; null without.
const std::vector<VisitorRead> *failedTwice(const std::vector<std::vector<VisitorRead>> &waves);

} // namespace cockpit
