// What the tests of the DNS client share.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "lab/scripteddns.h"

#include <arpa/inet.h>
#include <QTest>
#include <sys/socket.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

inline constexpr int kServFail = 2;
inline constexpr int kNxDomain = 3;
inline constexpr int kRefused = 5;

inline NetOptions optionsFor(std::vector<SocketAddress> resolvers, std::chrono::milliseconds timeout = 1000ms)
{
    NetOptions options;
    options.resolvers = std::move(resolvers);
    options.operationTimeout = timeout;
    return options;
}

// One run that asks; kept together because questions refer to its options.
struct Asker
{
    explicit Asker(NetOptions o, CancelToken t = {}) : token(std::move(t)), seen(o, token, Deadline::never(), nullptr)
    {
    }

    Result<DnsAnswer> ask(const DnsLookup &question) { return *seen.ask(question); }
    std::vector<Result<DnsAnswer>> askAll(const std::vector<DnsLookup> &questions)
    {
        std::vector<Result<DnsAnswer>> answers;
        for (const auto &answer : seen.askAll(questions))
            answers.push_back(*answer);
        return answers;
    }

    CancelToken token;
    Observations seen;
};

inline Result<DnsAnswer> askOnce(const ScriptedDns &server, const DnsLookup &question)
{
    return Asker(optionsFor({server.address()})).ask(question);
}

inline ScriptedDns::Script always(DnsReply reply)
{
    return [reply](const DnsQuestionSeen &) { return reply; };
}

inline SocketAddress closedPort()
{
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    socklen_t size = sizeof address;
    getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    close(fd);
    return {u"127.0.0.1"_s, ntohs(address.sin_port)};
}

inline constexpr int kAnswerCountHigh = 6; // offset of ANCOUNT in the header

} // namespace cockpit
