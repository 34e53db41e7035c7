// The practice company: a deliberately flawed product on loopback inside this program, with its own name servers, web
// servers and certificate authority. It is reached through the ordinary clients, by the same overrides that anybody can
// give on the command line (netOptions()); no check knows of it. What is wrong with it is listed in faults.h.
#pragma once

#include "app/practice/dnsserver.h"
#include "app/practice/webserver.h"
#include "models/projectstate.h"

#include <QTemporaryFile>

#include <memory>
#include <vector>

namespace cockpit {

class PracticeCompany
{
public:
    // delay is added to every DNS and HTTP answer: for figures about waiting.
    [[nodiscard]] static Result<std::unique_ptr<PracticeCompany>>
    start(std::chrono::milliseconds delay = std::chrono::milliseconds(0));
    ~PracticeCompany(); // within about a second
    Q_DISABLE_COPY_MOVE(PracticeCompany)

    // Resolver, connection overrides and trust root that lead to the company; everything else as given.
    NetOptions netOptions(NetOptions base = {}) const;
    ProjectSettings settings() const;
    std::vector<Route> routes() const;

private:
    PracticeCompany() = default;
    [[nodiscard]] Result<void> startDns(std::chrono::milliseconds delay);
    [[nodiscard]] Result<void> startWeb(std::chrono::milliseconds delay);
    [[nodiscard]] Result<void> writeRoot(const QByteArray &pem);

    struct Door
    {
        QString host;
        std::uint16_t port = 0;
        std::unique_ptr<WebServer> server;
    };

    std::unique_ptr<DnsServer> m_nameServer;
    std::unique_ptr<DnsServer> m_lameServer;
    std::unique_ptr<WebServer> m_plain;
    std::vector<Door> m_secure;
    QTemporaryFile m_root;
};

} // namespace cockpit
