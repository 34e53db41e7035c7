// Many questions at once: who is asked what, what is asked again and when a question is given up.
#pragma once

#include "checks/net/dnschannel.h"
#include "checks/net/dnswire.h"

#include <deque>
#include <map>

namespace cockpit {

// One use: construct, run(), throw away. Lives on one worker; every wait looks at the run's token.
class DnsBatch
{
public:
    DnsBatch(std::span<const DnsLookup> questions, ProbeContext &context);

    // Results in the order of the questions.
    std::vector<Result<DnsAnswer>> run();

private:
    struct Job
    {
        DnsLookup question;                 // name normalised
        std::vector<SocketAddress> servers; // empty: the system's
        DnsTransport transport = DnsTransport::Udp;
        Edns edns = Edns::On;
        int attempt = 0; // counts up with each sending, so that a late answer to an earlier one is ignored
        bool isOpen = false;
        std::optional<Clock::time_point> started;
        Deadline deadline = Deadline::never();
        std::optional<DnsAnswer> secondBest; // a SERVFAIL, for when the repetition brings nothing better
        std::optional<Result<DnsAnswer>> result;
    };
    // Questions that share servers and transport share a channel.
    struct Lane
    {
        std::unique_ptr<DnsChannel> channel;
        std::deque<size_t> waiting;
        std::vector<size_t> inFlight;
        bool wasHeard = false;
    };
    struct Arrival
    {
        size_t job;
        int attempt;
        DnsChannel::End end;
        QByteArray packet;
    };

    void admit(size_t index, const DnsLookup &question);
    Lane &laneOf(const Job &job);
    void enqueue(size_t index);
    void sendWaiting(Lane &lane);
    void send(Lane &lane, size_t index);
    void waitForNetwork();
    void takeArrivals();
    void take(const Arrival &arrival);
    void takeAnswer(size_t index, ReadAnswer read);
    bool asksAgain(Job &job, const ReadAnswer &read);
    void giveUpExpired();
    void giveUpWaiting(Lane &lane);
    void cancelAll();
    void finish(size_t index, Result<DnsAnswer> result);
    // A failure, or the second best answer if there is one.
    void finishWithout(size_t index, const Error &error);

    ProbeContext &m_context;
    std::vector<Job> m_jobs;
    size_t m_open = 0;
    std::vector<Arrival> m_arrivals; // outlives the lanes, whose channels report here to the last
    std::map<QString, Lane> m_lanes;
};

} // namespace cockpit
