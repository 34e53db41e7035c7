// The practice company's mail server on loopback: it greets, answers EHLO and QUIT, and takes no mail. It offers no
// encryption, which is one of the company's faults (faults.h).
#pragma once

#include "app/practice/manners.h"
#include "checks/engine/netoptions.h"

#include <QThread>

#include <memory>

namespace cockpit {

class MailServer
{
public:
    [[nodiscard]] static Result<std::unique_ptr<MailServer>> start(const Manners &manners);
    ~MailServer(); // stops and waits
    Q_DISABLE_COPY_MOVE(MailServer)

    SocketAddress address() const { return m_address; }

private:
    MailServer() = default;

    QThread m_thread;
    SocketAddress m_address;
};

} // namespace cockpit
