// tls.revocation: has the issuer withdrawn the certificate? As of 2026: most authorities have stopped OCSP and publish
// lists, short-lived certificates need neither, and a certificate that demands a staple must get one.
// observed: {"certificate": {…}, "word": good|revoked|unknown, "source": staple|ocsp|crl|none, "stapled": bool,
// "must_staple": bool, "ocsp_url": text|null, "crl_urls": [], "short_lived": bool}
#pragma once

#include "checks/net/certificatefields.h"
#include "checks/net/revocation.h"
#include "checks/net/trustkind.h"
#include "checks/tls/certificatefacts.h"

#include <optional>

namespace cockpit {

struct RevocationFacts
{
    Certificate leaf;
    CertificateFields fields;
    TrustKind trust = TrustKind::Public;
    bool hasIssuer = true; // the issuer's certificate was sent: without it no answer can be verified
    std::optional<Error> staplingUnknown = {};            // the handshake that asks for a staple did not work
    std::optional<Result<RevocationAnswer>> staple = {};  // empty: none was sent
    std::optional<Result<RevocationAnswer>> fetched = {}; // empty: nowhere to ask
    bool isFromList = false;                              // fetched: a list, not OCSP
};

// Not longer than ten days, or seven when issued from 2026-03-15 on: such a one runs out before its withdrawal would be
// noticed, and needs no pointer (Baseline Requirements, short-lived subscriber certificate).
bool isShortLived(const Certificate &certificate);

Judged judgeRevocation(const Host &host, const RevocationFacts &facts, const QDateTime &now);

Check tlsRevocation();

} // namespace cockpit
