// Who renews a host's certificate? A guess from who issued it, how long it lives, and who answers at the address.
#pragma once

#include "checks/net/tlsprobe.h"
#include "checks/net/trustkind.h"

namespace cockpit {

enum class RenewalOwnerKind {
    Platform,     // the edge or host does it by itself
    AcmeClient,   // a program on a server of the founder's: certbot, Caddy, …
    Person,       // somebody has to remember
    OwnAuthority, // not a public certificate at all
    Unknown,
};
QString toWord(RenewalOwnerKind kind);

struct RenewalOwner
{
    RenewalOwnerKind kind = RenewalOwnerKind::Unknown;
    QString name = {}; // "Cloudflare", "Let's Encrypt"; may be empty

    bool operator==(const RenewalOwner &) const = default;
};

// Names of hosts (aliases) and the address that answered tell the platform.
RenewalOwner guessRenewalOwner(const Certificate &leaf, TrustKind trust, const QStringList &aliases,
                               const QString &address);

// "Cloudflare renews it by itself": for a sentence.
QString sentenceFor(const RenewalOwner &owner);

} // namespace cockpit
