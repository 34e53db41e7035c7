// A product on loopback for faults: its name server and its web server do what a test tells them to. Its mail server is
// in order.
#pragma once

#include "lab/scripteddns.h"
#include "tests/lab/hostileserver.h"

#include <QTemporaryFile>

#include <memory>
#include <optional>

namespace cockpit {

// example.com and bücher.example with all records that mail and web need.
QStringList healthyZone();
// A page with every header that the checks ask for.
lab::Script healthySite();

class LabProduct
{
public:
    enum class Web { Tls, BareTcp };

    LabProduct(ScriptedDns::Script dns, lab::Script site, Web web = Web::Tls);

    QString resolver() const { return m_dns.address().toString(); }
    QString caFile() const { return m_root.fileName(); }
    NetOptions netOptions() const;
    // Questions to the name server and connections to the web server, so far.
    int questionsSeen() const;
    // "audit example.com" against this product, as JSON, with a second for each operation and ten for all.
    QStringList audit() const;

private:
    QTemporaryFile m_root;
    ScriptedDns m_dns;
    std::optional<lab::HostileServer> m_https;
    lab::HostileServer m_http;
    std::optional<lab::HostileServer> m_mail;
};

} // namespace cockpit
