// HTTP by libcurl: connects to the addresses that DnsClient found, keeps header lines as they came, times each phase.
// Follows no redirect, keeps no cookie, retries nothing, trusts nothing by itself.
#pragma once

#include "checks/engine/probe.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

constexpr qint64 kDefaultBodyCap = 2LL * 1024 * 1024;
constexpr qint64 kHeaderCap = 256LL * 1024; // bytes of header lines
constexpr int kHeaderLineCap = 500;         // header lines

struct Header
{
    QByteArray name;  // as it came
    QByteArray value; // trimmed

    bool operator==(const Header &) const = default;
};

struct HttpTimings
{
    std::chrono::microseconds connect{0};   // TCP handshake
    std::chrono::microseconds tls{0};       // TLS handshake
    std::chrono::microseconds firstByte{0}; // from request sent to first byte
    std::chrono::microseconds total{0};     // whole exchange, without the DNS look-up
    bool onKeptConnection = false;          // of an earlier exchange: nothing was connected
    bool operator==(const HttpTimings &) const = default;
};

// Is the certificate that this exchange used good for a browser?
enum class CertificateTrust { NotTls, Trusted, Untrusted };

struct HttpResponse
{
    QUrl url;
    int status = 0;
    QByteArray version; // "1.1", "2"
    std::vector<Header> headers;
    QByteArray body;            // decoded (gzip, deflate, br); capped
    bool bodyTruncated = false; // longer than the cap; the rest was not read
    CertificateTrust trust = CertificateTrust::NotTls;
    QString trustProblem; // OpenSSL's words when Untrusted
    SocketAddress peer;
    HttpTimings timings;

    // First header of that name (case-insensitive); empty optional when absent.
    std::optional<QByteArray> header(QByteArrayView name) const;
    std::vector<QByteArray> headerValues(QByteArrayView name) const;
    // "HTTP/1.1 200" and the header lines, masked, for evidence.
    QString head() const;
    bool operator==(const HttpResponse &) const = default;
};

// One exchange, as an anonymous visitor unless a header says otherwise.
struct HttpGet
{
    using Answer = HttpResponse;

    QUrl url;
    QByteArray method = "GET"; // GET, HEAD, OPTIONS, PROPFIND, or a POST that reads: the checks change nothing
    std::vector<Header> headers = {};
    qint64 bodyCap = kDefaultBodyCap;
    int repetition = 0; // different numbers are different questions: latency samples
    // For what carries a secret: without a certificate that is good for the host nothing is sent, and plain HTTP is
    // refused (BadInput).
    bool trustedOnly = false;
    QByteArray body = {}; // sent with POST; only where a POST reads: questions in GraphQL, OSV's look-ups

    QString key() const;
    int roundTrips() const { return url.scheme() == QLatin1String("https") ? 2 : 1; } // handshake, exchange
};

// Errors: TimedOut (total time, also for a server that drips), Unreachable (name does not resolve, refused), TooLarge
// (header flood), Protocol (TLS handshake failed, broken framing or compression), Cancelled. Any status is an answer.
// The certificate is judged (trust), not enforced: looking at a page with a bad certificate is part of the job.
[[nodiscard]] Result<HttpResponse> probe(const HttpGet &question, ProbeContext &context);
// Many exchanges on few connections (HTTP/2 where offered, keep-alive else), at most connectionsPerHost to one host.
[[nodiscard]] std::vector<Result<HttpResponse>> probeAll(std::span<const HttpGet> questions, ProbeContext &context);

// A walk along redirects, each hop its own exchange (asked through the observations, so hops are shared).
struct RedirectHop
{
    QUrl url;
    int status = 0;
    QByteArray location; // as it came
    QByteArray server = {};
    bool setsCookie = false;
    bool operator==(const RedirectHop &) const = default;
};

enum class RedirectEnd { Arrived, Loop, TooManyHops, BadLocation, NotHttp };

struct RedirectChain
{
    std::vector<RedirectHop> hops; // at least one; the last is where it ended
    RedirectEnd end = RedirectEnd::Arrived;
    HttpResponse last; // of the last hop
    bool operator==(const RedirectChain &) const = default;
};

// Observatory and browsers differ; ten hops is what mdn-http-observatory follows.
constexpr int kMaxRedirects = 10;

struct FollowRedirects
{
    using Answer = RedirectChain;
    QUrl url;
    std::vector<Header> headers = {}; // sent with every hop: nothing that is meant for one host only
    QString key() const;
    int roundTrips() const { return 0; } // its hops ask
};
// A hop that got no answer is that hop's error. Never follows into loopback, link-local or private addresses unless the
// first host was there (or an override points there), nor to a scheme other than http and https (RedirectEnd::NotHttp).
[[nodiscard]] Result<RedirectChain> probe(const FollowRedirects &question, ProbeContext &context);

// Where a host can be connected to: the override's address, or A and AAAA from DNS.
struct HostAddresses
{
    using Answer = std::vector<SocketAddress>;
    QString host;
    std::uint16_t port = 443;
    QString key() const;
    int roundTrips() const { return 0; } // its look-ups ask
};
[[nodiscard]] Result<std::vector<SocketAddress>> probe(const HostAddresses &question, ProbeContext &context);

} // namespace cockpit
