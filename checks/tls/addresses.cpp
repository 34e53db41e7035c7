#include "checks/tls/addresses.h"

#include "checks/net/httpclient.h"
#include "checks/tls/certificatefacts.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsAddresses)
};

constexpr std::size_t kMostAddresses = 8;

bool isV6(const SocketAddress &address)
{
    return address.ip.contains(u':');
}

bool isSilent(const AddressSeen &one)
{
    return one.session.error().kind == ErrorKind::TimedOut;
}

QString listed(const std::vector<const AddressSeen *> &some)
{
    QStringList ips;
    ips.reserve(static_cast<qsizetype>(some.size()));
    for (const AddressSeen *one : some)
        ips += one->address.ip;
    return ips.join(u", "_s);
}

// Would a browser take what this address shows?
bool isGood(const Host &host, const EndpointSession &one, const QDateTime &now)
{
    const Certificate &leaf = one.session.chain.front();
    return one.session.chainStatus == ChainStatus::Trusted && leaf.notBefore <= now && now < leaf.notAfter &&
           coversHost(leaf, host.name);
}

// It is no matter of this network where other addresses answer.
QString whyNot(const Error &error)
{
    return error.kind == ErrorKind::NoRoute ? Text::tr("A router or a firewall in front of it sends connections back.")
                                            : error.message;
}

Finding down(const Host &host, const std::vector<const AddressSeen *> &silent)
{
    const bool isOnlyV6 = std::ranges::all_of(silent, [](const AddressSeen *one) { return isV6(one->address); });
    // A firewall between here and there swallows connections too; a refusal is the server's own word.
    const bool isOnlySilent = std::ranges::all_of(silent, [](const AddressSeen *one) { return isSilent(*one); });
    const QString seen = Text::tr("The DNS names several addresses for %1. These do not answer: %2. %3")
                             .arg(host.name, listed(silent), whyNot(silent.front()->session.error()));
    const Severity severity = isOnlySilent ? Severity::Medium : Severity::High;
    const Proof proof = isOnlySilent ? Proof::Lead : Proof::Strong;
    Finding finding =
        isOnlyV6
            ? makeFinding(u"ipv6_down"_s, severity, proof, unusableImpact(host.role),
                          Text::tr("%1 does not answer over IPv6").arg(host.name), seen)
            : makeFinding(u"address_down"_s, severity, proof, unusableImpact(host.role),
                          Text::tr("Some visitors of %1 reach a server that does not answer").arg(host.name), seen);
    finding.effortMinutes = 30;
    return finding;
}

Finding stale(const Host &host, const std::vector<const AddressSeen *> &bad)
{
    Finding finding = makeFinding(
        u"stale_address"_s, Severity::High, Proof::Proven, unusableImpact(host.role),
        Text::tr("One of the servers behind %1 shows a wrong certificate").arg(host.name),
        Text::tr("The DNS names several addresses for %1. Most visitors see a good certificate; at %2 browsers warn.")
            .arg(host.name, listed(bad)));
    finding.effortMinutes = 45;
    for (const AddressSeen *one : bad)
        finding.evidence.push_back(chainEvidence(one->session->session));
    return finding;
}

} // namespace

std::vector<AddressSeen> lookAtAddresses(const Look &look)
{
    const auto addresses = look.seen.ask(HostAddresses{look.host->name, look.host->httpsPort});
    if (!*addresses || (*addresses)->size() < 2)
        return {};
    std::vector<TlsEndpoint> questions;
    questions.reserve(kMostAddresses);
    for (const SocketAddress &address : **addresses) {
        if (questions.size() < kMostAddresses)
            questions.push_back({.host = look.host->name, .port = look.host->httpsPort, .address = address});
    }
    const auto answers = look.seen.askAll(questions);
    std::vector<AddressSeen> seen;
    seen.reserve(questions.size());
    // A router may announce IPv6 that leads nowhere: the kernel knows a route, and the first packet comes back. Where
    // another address answers over IPv6, and over IPv4, who sends it back is the last router, or the server's firewall.
    bool isV6Proven = false;
    for (std::size_t i = 0; i < questions.size(); ++i)
        isV6Proven = isV6Proven || (isV6(questions[i].address) && *answers[i]);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const SocketAddress &address = questions[i].address;
        const bool isBack = !*answers[i] && answers[i]->error().kind == ErrorKind::NoRoute;
        const auto route = look.seen.ask(RouteTo{address});
        seen.push_back({address, route->value_or(true) && !(isBack && isV6(address) && !isV6Proven), *answers[i]});
    }
    return seen;
}

QJsonArray addressesJson(std::span<const AddressSeen> seen)
{
    QJsonArray all;
    for (const AddressSeen &one : seen) {
        const bool answers = one.session.has_value();
        all.append(QJsonObject{
            {u"address"_s, one.address.ip},
            {u"answers"_s, answers || one.hasRoute ? QJsonValue(answers) : QJsonValue()},
            {u"fingerprint"_s, answers ? QJsonValue(one.session->session.chain.front().fingerprint) : QJsonValue()},
            {u"problem"_s, answers ? QJsonValue() : QJsonValue(one.session.error().message)}});
    }
    return all;
}

QStringList unreachedAddresses(std::span<const AddressSeen> seen)
{
    QStringList ips;
    for (const AddressSeen &one : seen) {
        if (!one.session && !one.hasRoute)
            ips += one.address.ip;
    }
    return ips;
}

std::vector<Finding> judgeAddresses(const Host &host, std::span<const AddressSeen> seen, const QDateTime &now)
{
    std::vector<const AddressSeen *> silent;
    std::vector<const AddressSeen *> bad;
    bool isAnyGood = false;
    for (const AddressSeen &one : seen) {
        const bool isStopped = !one.session && one.session.error().kind == ErrorKind::Cancelled;
        if (one.session && isGood(host, *one.session, now))
            isAnyGood = true;
        else if (one.session)
            bad.push_back(&one);
        else if (one.hasRoute && !isStopped)
            silent.push_back(&one);
    }
    std::vector<Finding> findings;
    if (!silent.empty() && silent.size() < seen.size())
        findings.push_back(down(host, silent));
    // Where all are bad, other checks say what is wrong with the certificate.
    if (!bad.empty() && isAnyGood)
        findings.push_back(stale(host, bad));
    return findings;
}

} // namespace cockpit
