// The public keys that a product publishes (JWKS, RFC 7517) or shows in its certificate, in every spelling in which a
// confused library may take them for the secret of HS256 (RFC 8725 section 2.1).
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace cockpit {

struct KeySpelling
{
    QString name; // "PEM", "PEM without the last line end", …
    QByteArray bytes;

    bool operator==(const KeySpelling &) const = default;
};

struct PublishedKey
{
    QString kid;
    QString type;      // "RSA", "EC", "OKP"
    QString use;       // "sig", "enc"; empty when it does not say
    QString algorithm; // "RS256", "RSA-OAEP"; may be empty
    std::vector<KeySpelling> spellings;
};

// A page that lists thousands is none.
constexpr std::size_t kMostPublishedKeys = 16;

// RSA keys, EC keys of P-256, P-384 and P-521, and Ed25519. Private and shared keys, and what cannot be read, are left
// out. Empty for what is no key set.
std::vector<PublishedKey> publishedKeysIn(const QByteArray &jwks);

// The certificate in DER, and its key. Empty when it cannot be read.
std::vector<KeySpelling> spellingsOfCertificate(const QByteArray &der);

} // namespace cockpit
