// Every address of a host, each with a handshake of its own: visitors are spread over them, and one may have been
// forgotten at the last renewal.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/tlsendpoint.h"

#include <QJsonArray>

#include <span>

namespace cockpit {

struct AddressSeen
{
    SocketAddress address;
    bool hasRoute = true; // from this computer
    Result<EndpointSession> session;
};

// All of them, at most eight; none where there is a single address, which tls.reachable sees anyway.
std::vector<AddressSeen> lookAtAddresses(const Look &look);

// [{"address", "answers": bool|null (no way to it from here), "fingerprint": text|null, "problem": text|null}]
QJsonArray addressesJson(std::span<const AddressSeen> seen);

// Those to which there is no way from here, so that nothing is known about them.
QStringList unreachedAddresses(std::span<const AddressSeen> seen);

// Of a host that answers at one of them at least.
std::vector<Finding> judgeAddresses(const Host &host, std::span<const AddressSeen> seen, const QDateTime &now);

} // namespace cockpit
