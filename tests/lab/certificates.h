// Certificates made on the spot, with any dates, names, keys and issuers: tests ship no key and never expire.
#pragma once

#include "checks/net/opensslhandles.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace cockpit::lab {

enum class KeyKind { EcP256, EcP224, EcSecp256k1, Rsa2048, Rsa1024, Rsa3072, Ed25519 };

struct CertificateSpec
{
    QString commonName = QStringLiteral("localhost");
    QStringList names = {}; // each a dNSName, or an iPAddress when it is one
    QDateTime notBefore = QDateTime::currentDateTimeUtc().addDays(-1);
    QDateTime notAfter = QDateTime::currentDateTimeUtc().addDays(89);
    KeyKind key = KeyKind::EcP256;
    bool isCa = false;
    QString caIssuersUrl = {}; // authority information access; left out when empty
    QString organization = {}; // O of the subject; left out when empty
    QString ocspUrl = {};
    QString crlUrl = {};
    bool mustStaple = false;
    int timestamps = 0; // embedded, of as many different logs; nobody signed them
    bool signedWithSha1 = false;
    QStringList textNames = {};  // each a dNSName, whatever it looks like
    QByteArray extendedUse = {}; // "clientAuth"; left out when empty
};

// A certificate with its private key. Cheap to copy.
class Identity
{
public:
    Identity() = default;
    Identity(X509Ptr certificate, KeyPtr key) : m_certificate(std::move(certificate)), m_key(std::move(key)) {}

    X509 *certificate() const { return m_certificate.get(); }
    EVP_PKEY *key() const { return m_key.get(); }
    QByteArray certificatePem() const;
    QByteArray keyPem() const;

private:
    std::shared_ptr<X509> m_certificate;
    std::shared_ptr<EVP_PKEY> m_key;
};

Identity makeSelfSigned(const CertificateSpec &spec);
Identity makeSigned(const CertificateSpec &spec, const Identity &issuer);
Identity makeRoot(const QString &commonName);
Identity makeIntermediate(const QString &commonName, const Identity &root);

Identity makeIntermediate(const CertificateSpec &spec, const Identity &root); // isCa is set
// A list of certificate timestamps as it stands in an extension (RFC 6962 section 3.3), of different logs.
QByteArray timestampList(int count);

// The certificates one after the other, as in a --ca-file.
QByteArray pemOf(const std::vector<Identity> &identities);

} // namespace cockpit::lab
