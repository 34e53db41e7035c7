// mail.bimi: the company's logo can show beside its mail (draft-brand-indicators-for-message-identification). Optional:
// absent is no fault.
// observed: status (none|declined|valid|invalid|temperror), record, logo, certificate, dmarc_enforced.
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/dmarcrecord.h"
#include "checks/net/dnsclient.h"
#include "checks/net/httpclient.h"

#include <tl/expected.hpp>

#include <optional>

namespace cockpit {

struct BimiRecord
{
    QString logo;        // l=, an https address; empty in a record that declines
    QString certificate; // a=, may be empty

    bool isDeclined() const { return logo.isEmpty() && certificate.isEmpty(); }
    bool operator==(const BimiRecord &) const = default;
};

// "v=BIMI1; l=…; a=…": the error is a sentence. Unknown tags (avp, lps, e) are passed over.
[[nodiscard]] tl::expected<BimiRecord, QString> parseBimi(const QByteArray &text);

struct BimiFacts
{
    QString domain;
    DnsAnswer record;                 // TXT at default._bimi.<domain>
    std::optional<DmarcRecord> dmarc; // that counts for the domain
    // Asked for when the record names them.
    std::optional<Result<HttpResponse>> logo;
    std::optional<Result<HttpResponse>> certificate;
    QDateTime now;
};

Check bimiCheck();
Judged judgeBimi(const BimiFacts &facts);

} // namespace cockpit
