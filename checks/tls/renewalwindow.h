// When the issuer itself wants a certificate to be renewed: ACME Renewal Information (RFC 9773). Asked without an
// account, and only of issuers that are known to offer it.
#pragma once

#include "checks/engine/probe.h"
#include "checks/net/certificatefields.h"

#include <QDateTime>

namespace cockpit {

struct SuggestedWindow
{
    QDateTime start;
    QDateTime end;
    QString explanation = {}; // an address, where the issuer has something to say; may be empty

    bool operator==(const SuggestedWindow &) const = default;
};

// Section 4.1: the issuer's key identifier and the serial number, each in Base64 for addresses. Empty when one is
// missing.
QString renewalId(const CertificateFields &fields);

// {"suggestedWindow": {"start": "2025-01-02T04:00:00Z", "end": …}, "explanationURL": …}. Protocol for anything else,
// and for a window that ends before it starts.
[[nodiscard]] Result<SuggestedWindow> parseRenewalInfo(const QByteArray &json);
// The address of renewalInfo in an ACME directory; NotFound when it offers none.
[[nodiscard]] Result<QString> renewalInfoUrl(const QByteArray &directory);

struct RenewalWindow
{
    using Answer = SuggestedWindow;
    QString directory; // of the issuer's ACME service
    QString id;        // renewalId()
    QString key() const { return directory + u'|' + id; }
    int roundTrips() const { return 0; } // its requests ask
};
// Errors: those of an exchange; NotFound when the service or the certificate has no such information; Protocol.
[[nodiscard]] Result<SuggestedWindow> probe(const RenewalWindow &question, ProbeContext &context);

} // namespace cockpit
