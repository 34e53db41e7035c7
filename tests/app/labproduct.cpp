#include "tests/app/labproduct.h"

#include "models/target.h"
#include "tests/lab/mailserver.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSoa = "300 IN SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300"_L1;

// Redirects everything to HTTPS, keeping host and path.
QByteArray toHttps(const QByteArray &request)
{
    const QByteArray path = request.split(' ').value(1, "/");
    const qsizetype at = request.toLower().indexOf("\r\nhost: ");
    const QByteArray host = request.mid(at + 8, request.indexOf("\r\n", at + 2) - at - 8);
    return lab::httpAnswer(301, {"Location: https://" + host + path}, {});
}

} // namespace

QStringList healthyZone()
{
    QStringList records;
    for (const QString &name : {u"example.com"_s, u"xn--bcher-kva.example"_s}) {
        records += {name + u". "_s + kSoa,
                    name + u". 300 IN NS ns.example.com."_s,
                    name + u". 300 IN A 127.0.0.1"_s,
                    u"www."_s + name + u". 300 IN A 127.0.0.1"_s,
                    name + u". 300 IN MX 10 mx.example.com."_s,
                    name + u". 300 IN TXT \"v=spf1 mx -all\""_s,
                    u"_dmarc."_s + name + u". 300 IN TXT \"v=DMARC1; p=reject; rua=mailto:d@example.com\""_s};
    }
    return records << u"ns.example.com. 300 IN A 127.0.0.1"_s << u"mx.example.com. 300 IN A 127.0.0.1"_s
                   << u"1.0.0.127.in-addr.arpa. 300 IN PTR mx.example.com."_s;
}

lab::Script healthySite()
{
    return lab::answering(lab::httpAnswer(
        200,
        {"Content-Type: text/html; charset=utf-8", "Strict-Transport-Security: max-age=63072000; includeSubDomains",
         "X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'"},
        "<!doctype html><title>Acme</title><p>Hello."));
}

LabProduct::LabProduct(ScriptedDns::Script dns, lab::Script site, Web web)
    : m_dns(std::move(dns)), m_http(lab::answering(toHttps))
{
    const lab::Identity root = lab::makeRoot(u"Lab root"_s);
    const lab::Identity leaf =
        lab::makeSigned({.commonName = u"example.com"_s, .names = {u"example.com"_s, u"www.example.com"_s}}, root);
    const lab::Identity mail =
        lab::makeSigned({.commonName = u"mx.example.com"_s, .names = {u"mx.example.com"_s}}, root);
    m_mail.emplace(lab::mailServer({.tls = lab::TlsSetup{.chain = {mail}}}));
    if (m_root.open()) {
        m_root.write(root.certificatePem());
        m_root.flush();
    }
    m_https.emplace(std::move(site), web == Web::Tls ? std::optional(lab::TlsSetup{.chain = {leaf}}) : std::nullopt);
}

NetOptions LabProduct::netOptions() const
{
    NetOptions net;
    net.resolvers = {m_dns.address()};
    net.connects = {{{}, 53, m_dns.address()},
                    {{}, kHttpsPort, {u"127.0.0.1"_s, m_https->port()}},
                    {{}, kHttpPort, {u"127.0.0.1"_s, m_http.port()}},
                    {{}, 25, {u"127.0.0.1"_s, m_mail->port()}}};
    net.caFile = caFile();
    return net;
}

int LabProduct::questionsSeen() const
{
    return static_cast<int>(m_dns.seen().size()) + m_https->connections();
}

QStringList LabProduct::audit() const
{
    return {u"audit"_s,      u"example.com"_s,
            u"--resolver"_s, resolver(),
            u"--connect"_s,  u":53:"_s + resolver(),
            u"--connect"_s,  u":443:127.0.0.1:%1"_s.arg(m_https->port()),
            u"--connect"_s,  u":80:127.0.0.1:%1"_s.arg(m_http.port()),
            u"--connect"_s,  u":25:127.0.0.1:%1"_s.arg(m_mail->port()),
            u"--ca-file"_s,  caFile(),
            u"--timeout"_s,  u"1"_s,
            u"--deadline"_s, u"10"_s,
            u"--format"_s,   u"json"_s};
}

} // namespace cockpit
