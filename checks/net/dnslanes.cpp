#include "checks/net/dnslanes.h"

#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

DnsLane &DnsLanes::of(const DnsJob &job)
{
    QString key = job.transport == DnsTransport::Udp ? u"udp"_s : u"tcp"_s;
    for (const SocketAddress &server : job.servers)
        key += u' ' + server.toString();
    DnsLane &lane = m_lanes[key];
    if (!lane.channel)
        lane.channel = std::make_unique<DnsChannel>(job.servers, job.transport, m_firstTry);
    return lane;
}

void DnsLanes::wait(std::chrono::milliseconds atMost)
{
    std::vector<pollfd> descriptors;
    std::vector<size_t> ends; // where each lane's descriptors end
    for (const auto &[key, lane] : m_lanes) {
        if (!lane.inFlight.empty())
            atMost = lane.channel->untilNextTry(atMost);
        if (lane.channel->isReady())
            lane.channel->appendDescriptors(descriptors);
        ends.push_back(descriptors.size());
    }
    poll(descriptors.data(), descriptors.size(), static_cast<int>(atMost.count()));

    size_t begin = 0;
    auto end = ends.begin();
    for (auto &[key, lane] : m_lanes) {
        if (lane.channel->isReady())
            lane.channel->process(std::span(descriptors).subspan(begin, *end - begin));
        begin = *end++;
    }
}

} // namespace cockpit
