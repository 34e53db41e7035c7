#include "checks/monitor/sampler.h"

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"
#include "models/wholedays.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sampler)
};

constexpr int kFirstClientError = 400;
constexpr int kUnauthorised = 401; // a route that asks for a login is alive
// Names run by different people: if none of them answers, it is our own line that is down (facts 23.2).
constexpr std::array kAnchors{"com", "org", "net"};

Sample blank(const Monitor &monitor, const QDateTime &at, SampleState state, const QString &message)
{
    Sample sample;
    sample.monitorId = monitor.id;
    sample.at = at;
    sample.state = state;
    sample.message = message;
    return sample;
}

bool isOnline(Observations &seen)
{
    std::vector<DnsLookup> lookups;
    lookups.reserve(kAnchors.size());
    for (const char *name : kAnchors)
        lookups.push_back(DnsLookup{.name = QString::fromLatin1(name), .type = RrType::Soa, .server = {}});
    // Any word from a resolver will do, also a refusal: it crossed the line.
    return std::ranges::any_of(seen.askAll(lookups), [](const auto &answer) { return answer->has_value(); });
}

// The target sits on this machine: then the line to the internet has no part in it.
bool isLocal(Observations &seen, const QUrl &url)
{
    const auto addresses = seen.ask(HostAddresses{.host = hostOf(url), .port = portOf(url)});
    return *addresses && std::ranges::any_of(**addresses, [](const SocketAddress &a) {
        return a.ip.startsWith("127."_L1) || a.ip == "::1"_L1;
    });
}

Sample unanswered(const Monitor &monitor, const Error &error, Observations &seen, const QDateTime &at)
{
    const bool stopped = error.kind == ErrorKind::Cancelled;
    return sampleOf(monitor, error, !stopped && (isLocal(seen, QUrl(monitor.url)) || isOnline(seen)), at);
}

void addTimes(Sample &sample, const HttpTimings &timings, milliseconds dns)
{
    sample.dns = dns;
    sample.connect = duration_cast<milliseconds>(timings.connect);
    sample.tls = duration_cast<milliseconds>(timings.tls);
    sample.firstByte = duration_cast<milliseconds>(timings.firstByte);
    sample.total = dns + duration_cast<milliseconds>(timings.total);
}

Sample sampleWeb(const Monitor &monitor, Observations &seen, const QDateTime &at)
{
    const QUrl url(monitor.url);
    const auto started = Clock::now();
    const auto addresses = seen.ask(HostAddresses{.host = hostOf(url), .port = portOf(url)});
    const auto dns = duration_cast<milliseconds>(Clock::now() - started);
    if (!*addresses)
        return unanswered(monitor, addresses->error(), seen, at);
    const auto walk = seen.ask(FollowRedirects{url});
    if (!*walk)
        return unanswered(monitor, walk->error(), seen, at);
    Sample sample = sampleOf(monitor, **walk, at);
    addTimes(sample, (*walk)->last.timings, dns);
    return sample;
}

Sample sampleCertificate(const Monitor &monitor, Observations &seen, const QDateTime &at)
{
    const QUrl url(monitor.url);
    const auto session = seen.ask(TlsHandshake{.host = hostOf(url), .port = portOf(url)});
    if (!*session)
        return unanswered(monitor, session->error(), seen, at);
    return sampleOf(monitor, **session, hostOf(url), at);
}

} // namespace

Sample sampleOf(const Monitor &monitor, const RedirectChain &chain, const QDateTime &at)
{
    const HttpResponse &last = chain.last;
    Sample sample = blank(monitor, at, SampleState::Up, {});
    sample.httpStatus = last.status;
    if (chain.end != RedirectEnd::Arrived) {
        sample.state = SampleState::Down;
        sample.message = Text::tr("The address passes visitors on and never arrives.");
    } else if (last.trust == CertificateTrust::Untrusted) {
        sample.state = SampleState::Down;
        sample.message = Text::tr("Browsers refuse the certificate: %1").arg(last.trustProblem);
    } else if (const auto obstacle = obstacleIn(last)) {
        // A challenge, a refusal or a rate limit is about us; a server error is about everybody.
        sample.state = *obstacle == Obstacle::ServerError ? SampleState::Down : SampleState::Unknown;
        sample.message = *obstacle == Obstacle::ServerError ? Text::tr("It answers with status %1.").arg(last.status)
                                                            : describe(*obstacle, last);
    } else if (last.status >= kFirstClientError && last.status != kUnauthorised) {
        sample.state = SampleState::Down;
        sample.message = Text::tr("It answers with status %1.").arg(last.status);
    }
    return sample;
}

Sample sampleOf(const Monitor &monitor, const TlsSession &session, const QString &host, const QDateTime &at)
{
    Sample sample = blank(monitor, at, SampleState::Up, {});
    sample.tls = session.handshake;
    sample.total = session.handshake;
    if (session.chain.empty()) {
        sample.state = SampleState::Down;
        sample.message = Text::tr("The server sent no certificate.");
        return sample;
    }
    const Certificate &leaf = session.chain.front();
    sample.certificateDaysLeft = wholeDays(at, leaf.notAfter);
    if (session.chainStatus != ChainStatus::Trusted) {
        sample.state = SampleState::Down;
        sample.message = Text::tr("Browsers refuse the certificate: %1").arg(session.chainDetail);
    } else if (!coversHost(leaf, host)) {
        sample.state = SampleState::Down;
        sample.message = Text::tr("The certificate is not made for %1.").arg(host);
    }
    return sample;
}

Sample sampleOf(const Monitor &monitor, const Error &error, bool online, const QDateTime &at)
{
    if (error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::BadInput)
        return blank(monitor, at, SampleState::Unknown, error.message);
    if (!online)
        return blank(monitor, at, SampleState::Unknown, Text::tr("This computer was offline."));
    return blank(monitor, at, SampleState::Down, error.message);
}

Sample takeSample(const Monitor &monitor, const NetOptions &options, const CancelToken &token)
{
    const QDateTime at = QDateTime::currentDateTimeUtc();
    // Fresh for each sample: names are looked up again, and no connection is taken over.
    Observations seen(options, token, Deadline::in(kLongestSample), nullptr);
    switch (monitor.kind) {
    case MonitorKind::Uptime:
    case MonitorKind::Latency:
        return sampleWeb(monitor, seen, at);
    case MonitorKind::Certificate:
        return sampleCertificate(monitor, seen, at);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
