// Certificate authorities and the names they go by in CAA records (resources/rules/certificate-authorities.json).
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

struct KnownAuthority
{
    QString id;
    QString name;
    QStringList organizations; // as its intermediates' certificates write it (O=)
    QStringList caa;           // domains by which a CAA record allows it
    QString acmeDirectory;     // of its service for ACME clients, where it tells when to renew; may be empty

    bool operator==(const KnownAuthority &) const = default;
};

// An edge that changes between authorities on its own when it renews.
struct EdgeAuthorities
{
    QString providerId;
    QString name;
    QStringList authorityIds;

    bool operator==(const EdgeAuthorities &) const = default;
};

struct AuthorityRules
{
    std::vector<KnownAuthority> authorities;
    std::vector<EdgeAuthorities> edges;

    const KnownAuthority *byOrganization(const QString &organization) const; // null when unknown
    const KnownAuthority *byId(const QString &id) const;
    const KnownAuthority *byCaaDomain(const QString &domain) const;
};

// BadInput names the entry and what is wrong with it.
[[nodiscard]] Result<AuthorityRules> parseAuthorities(const QByteArray &json);
// Those that come with the program. Any thread.
const AuthorityRules &knownAuthorities();

} // namespace cockpit
