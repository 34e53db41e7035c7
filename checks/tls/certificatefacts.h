// What the checks of this family share: the handshake that they judge, how a certificate is written down, and how bad a
// host without a good one is.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/tlsendpoint.h"

namespace cockpit {

// The handshake with the look's host; otherwise what the check has to return: that the name is nowhere to be found,
// that nothing answers, or that somebody in between re-signs connections, is the business of other checks.
tl::expected<TlsSession, Judged> sessionFor(const Look &look);

// The staple and the timestamps that belong to the certificate of that handshake: asked of the address that showed it.
// Protocol when it shows another one by now, as during a roll-out: what came along says nothing about the first.
Result<EndpointSession> statusOf(const TlsSession &session, const Look &look);

// {"subject","issuer","names","not_before","not_after","key_type","key_bits","signature",
// "fingerprint": SHA-256 in hexadecimal digits}
QJsonObject certificateJson(const Certificate &certificate);
// One entry per certificate, in the order in which the server sent them.
Evidence chainEvidence(const TlsSession &session);
// When the clock of this computer may be what is wrong: what it shows.
Evidence clockEvidence(const QDateTime &now);
// The same beside what the server's clock shows.
Evidence clockEvidence(const QDateTime &here, const QDateTime &there);

// A browser's warning page: on these hosts nobody gets past it.
Severity unusableSeverity(HostRole role);
// What users lose while the host cannot be used.
Impact unusableImpact(HostRole role);

// "21 November 2026, 04:05 UTC"
QString plainTime(const QDateTime &time);

} // namespace cockpit
