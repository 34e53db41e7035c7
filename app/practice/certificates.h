// The practice company's own certificate authority: a root, an intermediate, and leaves with the faults that are
// wished. Everything is made anew at each start and kept in memory; no private key is ever written to a file.
#pragma once

#include "checks/net/opensslhandles.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

struct CertificateWish
{
    QStringList names; // subject alternative names; the first is the common name
    int validSinceDays = 30;
    int daysLeft = 60;
};

struct IssuedCertificate
{
    X509Ptr certificate;
    KeyPtr key;

    bool isComplete() const { return certificate && key; }
};

class CertificateAuthority
{
public:
    // Null members inside mean that OpenSSL refused; isReady() tells.
    CertificateAuthority();

    bool isReady() const { return m_root.isComplete() && m_intermediate.isComplete(); }
    IssuedCertificate issue(const CertificateWish &wish) const;
    X509 *intermediate() const { return m_intermediate.certificate.get(); }
    QByteArray rootPem() const;

private:
    IssuedCertificate m_root;
    IssuedCertificate m_intermediate;
};

// The "p=" value of a DKIM record for a fresh RSA key of this size (RFC 6376 section 3.6.1).
QByteArray freshDkimPublicKey(unsigned bits);

} // namespace cockpit
