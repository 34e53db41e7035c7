// What a certificate says beside whom it is for: how it can be withdrawn, where it was logged, what its key is made of.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

// Where a signed certificate timestamp came from (RFC 6962 section 3.3).
enum class SctSource { Embedded, Handshake, Staple };

struct SctSeen
{
    QByteArray logId; // 32 bytes
    SctSource source = SctSource::Embedded;

    bool operator==(const SctSeen &) const = default;
};

struct CertificateFields
{
    QByteArray serial;       // the number's octets as in DER, a leading zero included
    QByteArray issuerKeyId;  // of the authority key identifier; may be empty
    QString curve;           // of an EC key: "P-256", else OpenSSL's name
    qulonglong exponent = 0; // of an RSA key; 0 when there is none or it is longer than 64 bits
    QString ocspUrl;
    QStringList crlUrls;
    bool needsStaple = false; // TLS feature status_request (RFC 7633), "Must-Staple"
    bool isAuthority = false;
    std::vector<SctSeen> scts; // embedded

    bool operator==(const CertificateFields &) const = default;
};

// Empty fields for what is no certificate. Lists are cut at a sane length: a certificate is foreign.
CertificateFields readFields(const QByteArray &der);

} // namespace cockpit
