// tls.renewal: does renewal happen by itself? By issuer, lifetime, the issuer's own suggestion and what earlier looks
// saw. That time is running out is found by tls.expiry. observed: {"certificate": {…}, "fingerprint", "life_days",
// "days_left", "health": healthy|late|overdue|last_hours| expired|not_yet_valid, "owner": {"kind":
// platform|acme_client|person|own_authority|unknown, "name"}, "allowed_days" (null: not a public certificate),
// "suggested": {"start","end"}|null, "suggestion_note": text|null, "caa_allows": bool|null, "renewals_seen": n}
#pragma once

#include "checks/tls/certificatefacts.h"
#include "checks/tls/renewalowner.h"
#include "checks/tls/renewalwindow.h"

#include <QJsonObject>

#include <optional>

namespace cockpit {

struct RenewalFacts
{
    Certificate leaf;
    TrustKind trust = TrustKind::Public;
    RenewalOwner owner = {};
    std::optional<Result<SuggestedWindow>> suggested = {}; // empty: its issuer is not known to suggest anything
    std::optional<bool> caaAllows = {};                    // that the issuer issues the next one, where it is known
    QJsonObject before = {};                               // what the last look at the host observed
};

Judged judgeRenewal(const Host &host, const RenewalFacts &facts, const QDateTime &now);

Check tlsRenewal();

} // namespace cockpit
