// tls.transparency: was the certificate logged, as Chrome and Safari demand of public ones, and do the logs know of
// certificates for this host by somebody else?
// observed: {"certificate": {…}, "trust": public|private|unknown, "embedded": n (different logs), "other": n (in the
// handshake or a staple), "wanted": n, "search": "done"|"cut"|null, "search_problem": text|null, "issuers": [{"issuer",
// "expected": bool, "count": n}] (of certificates for the host that have not expired)}
#pragma once

#include "checks/dns/certificatesearch.h"
#include "checks/net/certificatefields.h"
#include "checks/net/trustkind.h"
#include "checks/tls/certificatefacts.h"

#include <optional>

namespace cockpit {

struct TransparencyFacts
{
    Certificate leaf;
    TrustKind trust = TrustKind::Public;
    std::vector<SctSeen> scts = {};             // embedded ones included
    std::optional<Error> handshakeProblem = {}; // timestamps outside the certificate could not be looked for
    // Empty: not asked.
    std::optional<Result<LoggedList>> logged = {};
    QStringList expectedAuthorities = {};         // ids (knownAuthorities()), beside the leaf's own
    std::optional<QStringList> allowedByCaa = {}; // domains; empty optional: there is no rule, or it is not known
};

// Two for a life of up to 180 days, three above (the policies of Chrome and of Apple).
int wantedTimestamps(const Certificate &certificate);

Judged judgeTransparency(const Host &host, const TransparencyFacts &facts, const QDateTime &now);

Check tlsTransparency();

} // namespace cockpit
