// The practice company: a deliberately flawed product on loopback inside this program, with its own name servers, web
// servers, mail server and certificate authority. It is reached through the ordinary clients, by the same overrides
// that anybody can give on the command line (netOptions()); no check knows of it. What is wrong with it is listed in
// faults.h.
#pragma once

#include "app/practice/dnsserver.h"
#include "app/practice/mailserver.h"
#include "app/practice/manners.h"
#include "app/practice/practiceapi.h"
#include "app/practice/practicedesk.h"
#include "app/practice/webserver.h"
#include "app/scratch.h"
#include "models/projectstate.h"

#include <memory>
#include <vector>

namespace cockpit {

class PracticeCompany
{
public:
    // What is wrong with its API and its back office; everything else is as ever.
    [[nodiscard]] static Result<std::unique_ptr<PracticeCompany>>
    start(const Manners &manners = {}, const FaultSet<ShopFault> &apiFaults = practiceShopFaults(),
          const FaultSet<DeskFault> &deskFaults = practiceDeskFaults());
    ~PracticeCompany(); // within about a second
    Q_DISABLE_COPY_MOVE(PracticeCompany)

    // Resolver, connection overrides and trust root that lead to the company; everything else as given.
    NetOptions netOptions(NetOptions base = {}) const;
    ProjectSettings settings() const;
    // What lies on the computer of one of its developers; there as long as the company.
    std::vector<LocalSource> sources() const;
    // All that its founder would have typed in: the settings, the list of routes with examples, test accounts, rules
    // (who may do what is decided, route by route: nothing of the table is a guess),
    // and a budget for active tests that is enough for all of them. Nobody has agreed to those.
    ProjectState project() const;
    PracticeApi &api() const { return *m_api; }
    PracticeDesk &desk() const { return *m_desk; }
    // What a keychain would have under that entry of the project's credentials; null for any other. Links out of
    // letters are fresh at each call.
    std::optional<Secret> secretOf(const QString &keychainEntry) const;

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
    std::unique_ptr<PracticeApi> m_api; // outlives the servers that ask it, as the desk does
    std::unique_ptr<PracticeDesk> m_desk;
    std::unique_ptr<WebServer> m_plain;
    std::vector<Door> m_secure;
    Scratch m_scratch; // holds the trust root, which the clients read from a file, and the developer's files
};

} // namespace cockpit
