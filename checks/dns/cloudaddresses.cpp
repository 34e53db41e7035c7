#include "checks/dns/cloudaddresses.h"

#include "checks/dns/cloudranges.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsendpoint.h"
#include "checks/web/address.h"
#include "models/hostname.h"
#include "models/providers.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CloudAddresses)
};

constexpr qsizetype kMostShownNames = 3; // of a certificate

// Names that serve mail, zones or a database need not answer for pages.
bool servesOtherThings(const FoundName &name)
{
    using enum NameSource;
    const auto isOther = [](NameSource source) { return source == Mail || source == NameServer || source == Spf; };
    const auto purpose = guessedPurpose(name.name);
    return std::ranges::any_of(name.sources, isOther) || purpose == NamePurpose::Mail || purpose == NamePurpose::Dns ||
           purpose == NamePurpose::Backend;
}

std::vector<DnsRecord> addressesOf(const FoundName &name)
{
    if (name.v4 && !name.v4->records(RrType::A).empty())
        return name.v4->records(RrType::A);
    return name.v6 && *name.v6 ? (*name.v6)->records(RrType::Aaaa) : std::vector<DnsRecord>();
}

struct Candidate
{
    SeenAddress seen;
    const Cloud *cloud;
};

std::vector<Candidate> candidates(const Target &target, const FoundNames &names)
{
    std::vector<Candidate> found;
    for (const FoundName &name : names.names) {
        const bool isHost = std::ranges::find(target.hosts, name.name, &Host::name) != target.hosts.end();
        const bool isPlain = name.name == name.askedAs && name.aliasChain().isEmpty();
        if (isHost || !isPlain || !isWithin(name.name, target.domain) || servesOtherThings(name))
            continue;
        for (const DnsRecord &record : addressesOf(name)) {
            if (const Cloud *cloud = cloudAt(record.address)) {
                found.push_back({{.name = name.name, .address = record.address, .cloud = cloud->name}, cloud});
                break;
            }
        }
    }
    return found;
}

// Companies on whose pages the product is served by right: its own, and those that the person listed.
QStringList ownDomains(const Target &target, const FoundNames &names)
{
    QStringList domains{registrableDomain(target.domain)};
    for (const Host &host : target.hosts)
        domains << registrableDomain(host.name);
    for (const FoundName &name : names.names) {
        if (std::ranges::find(name.sources, NameSource::Listed) != name.sources.end())
            domains << registrableDomain(name.name);
    }
    return domains;
}

// Platforms and clouds show a certificate of their own to those who ask for a name that they do not know.
bool isOfPlatform(const QString &name, const Cloud &cloud)
{
    const auto isItsName = [&](const Provider &provider) { return matchesHost(provider.cname, name); };
    return matchesHost(cloud.domains, name) || std::ranges::any_of(knownProviders(), isItsName);
}

// Of the addresses in a certificate nobody knows whose they are.
QStringList domainNamesIn(const Certificate &leaf)
{
    QStringList names;
    for (const QString &entry : leaf.names) {
        const QString name = withoutWildcard(entry.toLower());
        if (QHostAddress(name).isNull())
            names << name;
    }
    return names;
}

bool isForeign(const Certificate &leaf, const Candidate &candidate, const QStringList &own)
{
    const QStringList names = domainNamesIn(leaf);
    if (names.isEmpty() || coversHost(leaf, candidate.seen.name))
        return false;
    return std::ranges::all_of(names, [&](const QString &name) {
        return !own.contains(registrableDomain(name)) && !isOfPlatform(name, *candidate.cloud);
    });
}

// With several addresses, the one that is meant is asked: tried side by side, another may answer first. With one, it is
// where somebody lets us look (--connect), or where the DNS leads.
TlsEndpoint handshakeWith(const SeenAddress &address, Observations &seen)
{
    TlsEndpoint question{.host = address.name};
    question.address = {address.address, question.port};
    const auto places = seen.ask(HostAddresses{address.name});
    if (*places && (*places)->size() == 1)
        question.address = (*places)->front();
    return question;
}

// Pages cannot be asked of one address alone. What came without being one tells not whose it was.
bool mayBeOfAnother(const Result<HttpResponse> &page, const SeenAddress &address, Observations &seen)
{
    const auto places = seen.ask(HostAddresses{address.name});
    return *places && (*places)->size() > 1 && (!page || page->peer.ip != address.address);
}

void readSession(const TlsSession &session, const QStringList &own, Candidate &candidate)
{
    // What browsers do not trust, servers make up for themselves: it tells nothing about who runs them.
    if (session.chain.empty() || session.chainStatus != ChainStatus::Trusted)
        return;
    const Certificate &leaf = session.chain.front();
    if (!isForeign(leaf, candidate, own))
        return;
    SeenAddress &seen = candidate.seen;
    seen.state = AddressState::ForeignCertificate;
    seen.certificateNames = leaf.names.mid(0, kMostShownNames);
    seen.evidence.push_back({Text::tr("Certificate shown for %1 at %2").arg(seen.name, seen.address),
                             u"%1\n%2"_s.arg(leaf.names.join(u", "_s), leaf.issuer)});
}

bool isSilence(const Error &error)
{
    return error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::TimedOut;
}

void leaveOpen(SeenAddress &address, const QString &why)
{
    address.state = AddressState::Unclear;
    address.why = why;
}

void readSilence(const Error &secure, const Result<HttpResponse> &plain, SeenAddress &seen, Observations &observations)
{
    const bool isAnswer =
        plain || plain.error().kind == ErrorKind::Protocol || plain.error().kind == ErrorKind::TooLarge;
    if (isAnswer && mayBeOfAnother(plain, seen, observations))
        return leaveOpen(seen, Text::tr("Another address of %1 may have answered first.").arg(seen.name));
    if (isAnswer)
        return; // somebody is there
    const bool isSilent = isSilence(plain.error());
    seen.state = isSilent ? AddressState::Silent : AddressState::Unclear;
    seen.why = isSilent ? secure.message : plain.error().message;
    if (isSilent)
        seen.evidence.push_back({Text::tr("Connections to %1 (%2)").arg(seen.name, seen.address),
                                 secure.message + u'\n' + plain.error().message});
}

// The other hosts of the product have been asked for their certificates already.
bool letsConnectionsOut(const Target &target, Observations &seen)
{
    std::vector<TlsHandshake> questions;
    for (const Host &host : target.hosts) {
        if (host.role != HostRole::Mail)
            questions.push_back({host.name, host.httpsPort});
    }
    const auto sessions = seen.askAll(questions);
    return std::ranges::any_of(sessions, [](const auto &session) { return session->has_value(); });
}

// The silence may be this network's.
void doubtSilence(std::span<Candidate> asked, const Target &target, Observations &seen)
{
    const auto isSilent = [](const Candidate &one) { return one.seen.state == AddressState::Silent; };
    if (std::ranges::none_of(asked, isSilent) || letsConnectionsOut(target, seen))
        return;
    for (Candidate &candidate : asked) {
        if (!isSilent(candidate))
            continue;
        candidate.seen.state = AddressState::Unclear;
        candidate.seen.evidence.clear();
    }
}

// True when it has to be asked without encryption, too: whoever is silent here need not speak HTTPS.
bool readHandshake(const Result<EndpointSession> &answer, const QStringList &own, Candidate &candidate)
{
    if (answer)
        readSession(answer->session, own, candidate);
    else if (isSilence(answer.error()))
        return true;
    else if (answer.error().kind != ErrorKind::Protocol) // which is an answer of somebody's
        leaveOpen(candidate.seen, answer.error().message);
    return false;
}

void connectTo(std::span<Candidate> asked, const QStringList &own, const Target &target, Observations &seen)
{
    std::vector<TlsEndpoint> handshakes;
    handshakes.reserve(asked.size());
    for (const Candidate &candidate : asked)
        handshakes.push_back(handshakeWith(candidate.seen, seen));
    const auto sessions = seen.askAll(handshakes);
    std::vector<HttpGet> pages;
    std::vector<size_t> silent;
    for (size_t i = 0; i < asked.size(); ++i) {
        if (!readHandshake(*sessions[i], own, asked[i]))
            continue;
        pages.push_back({.url = httpAddress({HostRole::Other, asked[i].seen.name})});
        silent.push_back(i);
    }
    const auto answers = seen.askAll(pages);
    for (size_t i = 0; i < silent.size(); ++i)
        readSilence(sessions[silent[i]]->error(), *answers[i], asked[silent[i]].seen, seen);
    doubtSilence(asked, target, seen);
}

} // namespace

std::vector<SeenAddress> lookAtCloudAddresses(const Target &target, const FoundNames &names, Observations &seen)
{
    std::vector<Candidate> all = candidates(target, names);
    const size_t asked = std::min(all.size(), kMostCloudNames);
    connectTo({all.begin(), asked}, ownDomains(target, names), target, seen);
    std::vector<SeenAddress> addresses;
    addresses.reserve(all.size());
    for (size_t i = 0; i < all.size(); ++i) {
        if (i >= asked)
            leaveOpen(all[i].seen, Text::tr("There are more names at clouds than are connected to in one go."));
        addresses.push_back(std::move(all[i].seen));
    }
    return addresses;
}

} // namespace cockpit
