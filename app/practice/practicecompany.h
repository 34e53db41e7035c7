// The practice company: a deliberately flawed product on loopback inside this program, with its own name servers, web
// servers, mail server and certificate authority. It is reached through the ordinary clients, by the same overrides
// that anybody can give on the command line (netOptions()); no check knows of it. What is wrong with it is listed in
// faults.h.
#pragma once

#include "app/practice/dnsserver.h"
#include "app/practice/mailserver.h"
#include "app/practice/manners.h"
#include "app/practice/practiceapi.h"
#include "app/practice/webserver.h"
#include "app/scratch.h"
#include "models/projectstate.h"

#include <memory>
#include <vector>

namespace cockpit {

class PracticeCompany
{
public:
    // apiFaults: what is wrong with its API; everything else is as ever.
    [[nodiscard]] static Result<std::unique_ptr<PracticeCompany>>
    start(const Manners &manners = {}, const FaultSet<ShopFault> &apiFaults = practiceShopFaults());
    ~PracticeCompany(); // within about a second
    Q_DISABLE_COPY_MOVE(PracticeCompany)

    // Resolver, connection overrides and trust root that lead to the company; everything else as given.
    NetOptions netOptions(NetOptions base = {}) const;
    ProjectSettings settings() const;
    // What lies on the computer of one of its developers; there as long as the company.
    std::vector<LocalSource> sources() const;
    // All that its founder would have typed in: the settings, the list of routes with examples, test accounts, rules,
    // and a budget for active tests that is enough for all of them. Nobody has agreed to those.
    ProjectState project() const;
    // The product, which has what the test accounts sign in with.
    PracticeApi &api() const { return *m_api; }

private:
    PracticeCompany() = default;
    [[nodiscard]] Result<void> startDns(const Manners &manners);
    [[nodiscard]] Result<void> startMail(const Manners &manners);
    [[nodiscard]] Result<void> startWeb(const Manners &manners);
    [[nodiscard]] Result<void> makeComputer();
    [[nodiscard]] Result<void> writeRoot(const QByteArray &pem);
    QString rootFile() const;
    QString workspace() const;

    struct Door
    {
        QString host;
        std::uint16_t port = 0;
        std::unique_ptr<WebServer> server;
    };

    std::unique_ptr<DnsServer> m_nameServer;
    std::unique_ptr<DnsServer> m_lameServer;
    std::unique_ptr<MailServer> m_mail;
    std::unique_ptr<PracticeApi> m_api; // outlives the servers that ask it
    std::unique_ptr<WebServer> m_plain;
    std::vector<Door> m_secure;
    Scratch m_scratch; // holds the trust root, which the clients read from a file, and the developer's files
};

} // namespace cockpit
