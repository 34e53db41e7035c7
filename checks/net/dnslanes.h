// The channels of a batch, and the questions that wait for a place in each.
#pragma once

#include "checks/net/dnsjob.h"

#include <deque>
#include <map>
#include <memory>

namespace cockpit {

// Questions that share servers and transport share a channel. Jobs are known by their number.
struct DnsLane
{
    std::unique_ptr<DnsChannel> channel;
    std::deque<size_t> waiting;
    std::vector<size_t> inFlight;
    bool wasHeard = false;
};

class DnsLanes
{
public:
    explicit DnsLanes(std::chrono::milliseconds firstTry) : m_firstTry(firstTry) {}

    DnsLane &of(const DnsJob &job);
    // Until something arrives, a try is over, or the time is: what arrived has then been told to who sent.
    void wait(std::chrono::milliseconds atMost);

    auto begin() { return m_lanes.begin(); }
    auto end() { return m_lanes.end(); }

private:
    const std::chrono::milliseconds m_firstTry;
    std::map<QString, DnsLane> m_lanes;
};

} // namespace cockpit
