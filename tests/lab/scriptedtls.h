// The first flight of TLS servers that no library of today can be made to be: SSL 3, RC4, export suites, a group of
// choice. Reads a ClientHello, chooses as it is told, and closes instead of finishing the handshake.
#pragma once

#include "checks/net/tlsprobe.h"
#include "tests/lab/hostileserver.h"

namespace cockpit::lab {

struct TlsTraits
{
    std::vector<TlsVersion> versions = {TlsVersion::Tls12};
    std::vector<quint16> suites = {0xc02f}; // below TLS 1.3, in the server's order
    std::vector<quint16> groups = {0x001d}; // TLS 1.3
    int primeBits = 2048;                   // of its Diffie-Hellman group
    bool isMuteWhenRefusing = false;        // drops what it does not like instead of an alert
    bool closesWhenRefusing = false;        // without a word
    bool warnsFirst = false;                // that it does not know the name, and goes on
    std::vector<quint16> oldSuites = {};    // below TLS 1.2; empty: the same as above
};

Script scriptedTls(const TlsTraits &traits);

// What a ClientHello says; empty when the bytes hold none.
struct SeenHello
{
    int version = 0; // the highest one
    std::vector<quint16> suites;
    std::vector<quint16> groups;
    QByteArray serverName;
};
std::optional<SeenHello> readClientHello(const QByteArray &bytes);

} // namespace cockpit::lab
