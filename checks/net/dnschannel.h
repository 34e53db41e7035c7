// One c-ares channel: questions to one list of servers, by UDP or by TCP.
#pragma once

#include "checks/engine/netoptions.h"

#include <QByteArray>

#include <poll.h>

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <vector>

struct ares_channeldata;

namespace cockpit {

enum class DnsTransport { Udp, Tcp };

// Belongs to the thread that made it (c-ares 1.18 has no lock). Never blocks: the owner polls descriptors() and calls
// process(). A truncated UDP answer is handed over as it is; every RCODE is an answer.
class DnsChannel
{
public:
    enum class End { Answered, Refused, Silent, Cancelled };
    using Done = std::function<void(End end, QByteArray packet)>;

    // No servers: those of the system. firstTry: how long to wait before the question is repeated.
    DnsChannel(const std::vector<SocketAddress> &servers, DnsTransport transport, std::chrono::milliseconds firstTry);
    ~DnsChannel(); // ends open questions as Cancelled
    DnsChannel(const DnsChannel &) = delete;
    DnsChannel &operator=(const DnsChannel &) = delete;

    // False when c-ares could not be started; then nothing may be asked.
    bool isReady() const { return m_channel != nullptr; }
    // Servers in the order they are tried, the system's too.
    std::vector<SocketAddress> servers() const;

    // done is called once, from send(), process() or the destructor.
    void send(const QByteArray &query, Done done);
    void appendDescriptors(std::vector<pollfd> &descriptors) const;
    std::chrono::milliseconds untilNextTry(std::chrono::milliseconds longest) const;
    void process(std::span<const pollfd> ready);

private:
    ares_channeldata *m_channel = nullptr;
};

} // namespace cockpit
