// Many questions at once: who is asked what, what is asked again and when a question is given up.
#pragma once

#include "checks/net/dnslanes.h"

namespace cockpit {

// One use: construct, run(), throw away. Lives on one worker; every wait looks at the run's token.
class DnsBatch
{
public:
    DnsBatch(std::span<const DnsLookup> questions, ProbeContext &context);

    // Results in the order of the questions.
    std::vector<Result<DnsAnswer>> run();

private:
    struct Arrival
    {
        size_t job;
        int attempt;
        DnsChannel::End end;
        QByteArray packet;
    };

    void admit(size_t index, const DnsLookup &question);
    void enqueue(size_t index);
    void sendWaiting(DnsLane &lane);
    void send(DnsLane &lane, size_t index);
    void waitForNetwork();
    void takeArrivals();
    void take(const Arrival &arrival);
    void takeAnswer(size_t index, ReadAnswer read);
    void giveUpExpired();
    void giveUpWaiting(DnsLane &lane);
    void cancelAll();
    void finish(size_t index, Result<DnsAnswer> result);
    // A failure, or the second best answer if there is one.
    void finishWithout(size_t index, const Error &error);

    ProbeContext &m_context;
    std::vector<DnsJob> m_jobs;
    size_t m_open = 0;
    std::vector<Arrival> m_arrivals; // outlives the lanes, whose channels report here to the last
    DnsLanes m_lanes;
};

} // namespace cockpit
