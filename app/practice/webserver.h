// HTTP and HTTPS servers on loopback whose pages are functions, each on a port that the system picks.
#pragma once

#include "app/practice/certificates.h"
#include "app/practice/manners.h"
#include "app/practice/webpage.h"
#include "checks/engine/netoptions.h"

#include <memory>
#include <thread>

namespace httplib {
class Server;
}

namespace cockpit {

enum class OldestTls { Tls10, Tls12 };

struct TlsIdentity
{
    IssuedCertificate leaf;
    X509 *intermediate = nullptr; // sent after the leaf; null leaves the chain incomplete
    OldestTls oldest = OldestTls::Tls12;
};

class WebServer
{
public:
    [[nodiscard]] static Result<std::unique_ptr<WebServer>> startPlain(const PageMaker &pages, const Manners &manners);
    [[nodiscard]] static Result<std::unique_ptr<WebServer>> startTls(TlsIdentity identity, const PageMaker &pages,
                                                                     const Manners &manners);
    ~WebServer(); // stops and waits
    Q_DISABLE_COPY_MOVE(WebServer)

    SocketAddress address() const { return m_address; }
    // Begins to stop without waiting, so that several servers can end together.
    void stop();

private:
    explicit WebServer(std::unique_ptr<httplib::Server> server, std::unique_ptr<const Manners> manners);
    [[nodiscard]] Result<void> listen(bool besideWindow);

    std::unique_ptr<const Manners> m_manners; // outlives the server, whose TLS context points to it
    std::unique_ptr<httplib::Server> m_server;
    SocketAddress m_address;
    std::thread m_thread;
};

} // namespace cockpit
