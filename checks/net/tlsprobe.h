// TLS by OpenSSL: own handshakes, the chain as the server sent it, judged with the system's roots plus --ca-file.
#pragma once

#include "checks/engine/probe.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct Certificate
{
    QByteArray der;
    QString subject; // common name, or the whole distinguished name without one
    QString issuer;
    QString issuerOrganization; // O of the issuer, may be empty
    QStringList names;          // dNSName and iPAddress of the subject alternative name
    QDateTime notBefore;        // UTC
    QDateTime notAfter;
    QString keyType; // "RSA", "EC", "Ed25519"
    int keyBits = 0;
    QString signature;   // "sha256WithRSAEncryption"
    QString fingerprint; // SHA-256, lower-case hex
    bool isSelfSigned = false;
    QString caIssuersUrl; // AIA, may be empty

    bool operator==(const Certificate &) const = default;
};

enum class ChainStatus {
    Trusted,
    Expired,
    NotYetValid,
    SelfSigned,
    UntrustedRoot,
    Unusable, // it leads to a root, but breaks a rule on the way: another purpose, another name, a broken signature
    Incomplete,
    WrongOrder,
    Revoked,
};
// Words of cli.md (tls.* chain), which has one for both that nobody can trust: "untrusted_root".
QString toWord(ChainStatus status);

enum class TlsVersion { Ssl3, Tls10, Tls11, Tls12, Tls13 };
QString toWord(TlsVersion version); // "TLS 1.2"

struct TlsSession
{
    SocketAddress peer;
    TlsVersion version = TlsVersion::Tls13;
    QString cipher;
    QString group; // key exchange group, may be empty
    QByteArray alpn;
    std::vector<Certificate> chain; // as served, leaf first
    ChainStatus chainStatus =
        ChainStatus::Trusted; // path built from only what was sent plus the roots, host name aside
    QString chainDetail;      // OpenSSL's words
    std::chrono::milliseconds handshake{0};
    bool renegotiatesSafely = true;  // RFC 5746; in TLS 1.3 there is nothing left to renegotiate
    bool asksForCertificate = false; // of its visitors

    bool operator==(const TlsSession &) const = default;
};

// A full handshake with SNI; below TLS 1.3, with a server that takes nobody without a certificate of his own, as far as
// it gets. Errors: Unreachable (refused, no address), TimedOut, Protocol (not TLS, alert), Cancelled.
struct TlsHandshake
{
    using Answer = TlsSession;
    QString host;
    std::uint16_t port = 443;
    QString key() const;
};
[[nodiscard]] Result<TlsSession> probe(const TlsHandshake &question, ProbeContext &context);

// Which protocol versions the server accepts, each tried by its own ClientHello; only the first answer is read, so that
// the local OpenSSL's limits do not matter (it refuses to offer TLS 1.0 and 1.1 at security level 1 and above).
struct TlsVersionsOffered
{
    using Answer = std::vector<TlsVersion>;
    QString host;
    std::uint16_t port = 443;
    QString key() const;
    int roundTrips() const { return 0; } // its hellos ask
};
[[nodiscard]] Result<std::vector<TlsVersion>> probe(const TlsVersionsOffered &question, ProbeContext &context);

// Does the certificate cover the name? SAN only, a wildcard only as whole left-most label and for one level (RFC 9525).
bool coversHost(const Certificate &certificate, const QString &host);

} // namespace cockpit
