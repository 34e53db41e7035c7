// A name server on loopback, UDP and TCP on one port that the system picks, in a thread of its own.
#pragma once

#include "app/practice/manners.h"
#include "app/practice/zone.h"
#include "checks/engine/netoptions.h"

#include <QThread>

#include <memory>

namespace cockpit {

class DnsServer
{
public:
    [[nodiscard]] static Result<std::unique_ptr<DnsServer>> start(Zone zone, const Manners &manners);
    ~DnsServer(); // stops and waits
    Q_DISABLE_COPY_MOVE(DnsServer)

    SocketAddress address() const { return m_address; }

private:
    DnsServer() = default;

    QThread m_thread;
    SocketAddress m_address;
};

} // namespace cockpit
