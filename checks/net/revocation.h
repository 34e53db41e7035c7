// Words of an authority on whether it has withdrawn a certificate: OCSP responses (RFC 6960) and revocation lists (RFC
// 5280 section 5). Pure: fetching is done by who asks.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace cockpit {

enum class RevocationWord { Good, Revoked, Unknown };

struct RevocationAnswer
{
    RevocationWord word = RevocationWord::Unknown;
    QDateTime at = {};         // Revoked: since when
    QDateTime produced = {};   // thisUpdate
    QDateTime nextUpdate = {}; // may be null

    bool operator==(const RevocationAnswer &) const = default;
};

// Errors (Protocol): not of that form, not signed by the issuer, about another certificate, or out of date at `now`.
[[nodiscard]] Result<RevocationAnswer> readOcsp(const QByteArray &response, const QByteArray &leafDer,
                                                const QByteArray &issuerDer, const QDateTime &now);
// A list in DER or PEM.
[[nodiscard]] Result<RevocationAnswer> readCrl(const QByteArray &list, const QByteArray &leafDer,
                                               const QByteArray &issuerDer, const QDateTime &now);

// The request in DER; goes behind the responder's address as Base64 (RFC 6960 appendix A.1). Empty when a certificate
// cannot be read.
QByteArray ocspRequest(const QByteArray &leafDer, const QByteArray &issuerDer);

} // namespace cockpit
