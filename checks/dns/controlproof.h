// Who can put the project's token into the zone, or onto the site, holds the domain: the proof that hostile requests
// wait for. Asked anew each time; nothing that others remember counts.
#pragma once

#include "checks/dns/owners.h"
#include "checks/engine/controlservices.h"
#include "checks/net/httpclient.h"

#include <span>

namespace cockpit {

// How the proof is looked for: as everybody reaches the domain. A run that leads names elsewhere, asks other resolvers
// or trusts another root would show control over that other place, and the proof outlives it. Names that nobody owns
// (RFC 2606, RFC 6761) are of this computer or its network, and stay as they are led.
NetOptions asEverybodyAsks(NetOptions options, const QString &domain);

// A ControlLooker.
[[nodiscard]] Result<ControlLook> lookForControl(ControlMethod method, const Target &target, const QString &token,
                                                 const NetOptions &options, const CancelToken &cancel);

// The TXT record, at the zone's own name servers: each that answers must have it, so that a secondary that lags behind
// is waited for and a server of somebody else decides nothing alone.
[[nodiscard]] Result<ControlLook> lookForControlRecord(const QString &domain, const QString &token, Observations &seen);
// The file, over HTTPS with a good certificate, at the domain itself, else at the site's host: it proves the host that
// was asked and those under it, since who may write to one of them need not hold the whole. Redirects are followed
// within the domain, as its owner has set them up.
[[nodiscard]] Result<ControlLook> lookForControlFile(const Target &target, const QString &token, Observations &seen);

// The pure parts. strayed: what stands where the token is put by mistake (at the domain itself; below the doubled
// name).
Result<ControlLook> judgeControlRecord(const QString &domain, const QString &token, std::span<const OwnerReply> replies,
                                       std::span<const Result<DnsAnswer>> strayed);
ControlLook judgeControlFile(const QString &host, const QString &token, const HttpResponse &answer);
// The token's line and nothing else (publishesToken() of one line); blanks and line ends around it are forgiven.
bool isTokenAlone(const QByteArray &text, const QString &token);

} // namespace cockpit
