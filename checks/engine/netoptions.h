// How a run reaches the network: resolvers, connection overrides, trust roots, limits. Every client honours all of
// them.
#pragma once

#include "models/result.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace cockpit {

struct SocketAddress
{
    QString ip; // an IPv4 or IPv6 literal without brackets
    std::uint16_t port = 0;

    QString toString() const; // "127.0.0.1:53", "[::1]:53"
    bool operator==(const SocketAddress &) const = default;
};

// Connect to `to` instead, keeping the names for TLS and HTTP (like curl's --connect-to). An empty host and a zero port
// match any.
struct ConnectOverride
{
    QString host;
    std::uint16_t port = 0;
    SocketAddress to;

    bool operator==(const ConnectOverride &) const = default;
};

struct NetOptions
{
    std::vector<SocketAddress> resolvers; // empty: the system's
    std::vector<ConnectOverride> connects;
    // This domain and all below it are served by this program itself (the practice company): whatever the resolvers say
    // of them leads to this computer. Empty: none.
    QString homeDomain = {};
    QString caFile;                                   // PEM with roots to trust beside the system's; may be empty
    std::chrono::milliseconds operationTimeout{5000}; // one look-up, handshake or exchange, retries included
    std::chrono::milliseconds runDeadline{120000};
    int workers = 16;
    int connectionsPerHost = 6;

    // The first override that fits.
    std::optional<SocketAddress> connectOverrideFor(const QString &host, std::uint16_t port) const;
};

// "IP", "IP:PORT" or "[v6]:PORT"; the port defaults to 53. BadInput says which part is wrong.
[[nodiscard]] Result<SocketAddress> parseResolver(const QString &text);
// "HOST:PORT:ADDR:PORT"; HOST and the first PORT may be empty; an IPv6 ADDR stands in brackets.
[[nodiscard]] Result<ConnectOverride> parseConnectOverride(const QString &text);

} // namespace cockpit
