// What is being launched: one domain and the hosts that belong to it.
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace cockpit {

constexpr std::uint16_t kHttpsPort = 443;
constexpr std::uint16_t kHttpPort = 80;

struct Host
{
    HostRole role = HostRole::Site;
    QString name;                         // A-labels (RFC 5890), lower case, no trailing dot
    std::uint16_t httpsPort = kHttpsPort; // where HTTPS is looked for

    bool operator==(const Host &) const = default;
};

struct Target
{
    QString domain;          // what mail, NS and registration are judged on; A-labels
    std::vector<Host> hosts; // at least one; hosts.front() is the address that was typed

    bool operator==(const Target &) const = default;
};

// Reads what a person types or pastes as the address of a product: a name, an international name, a URL with scheme,
// path, port, capitals, blanks around it or a trailing dot. A path and query are dropped. Refuses, each with a sentence
// that says what to type instead: an IP address other than loopback, an email address, a single label, nonsense, a
// label over 63 or a name over 253 bytes (RFC 1035 section 2.3.4).
// The domain is the registrable domain of the typed name (public suffix list), so that www.example.com is judged for
// mail at example.com. When the typed name is that domain itself the hosts are site and www; otherwise the typed
// name first (its role guessed from its first label), then site.
[[nodiscard]] Result<Target> parseAddress(const QString &typed);

// Normalises one host name (case, trailing dot, A-labels). Same refusals as parseAddress; ports are not allowed.
[[nodiscard]] Result<QString> normaliseHostName(const QString &typed);

// The role that a host name's first label suggests ("api.example.com" is Api); Other when it suggests none.
HostRole roleFromName(const QString &hostName, const QString &domain);

// The registrable domain (one label below the public suffix); the name itself when it is a public suffix.
QString registrableDomain(const QString &hostName);

// The domain that a registry has in its books: names that companies hand out to their customers (github.io) are not
// taken for suffixes, so that app.github.io is registered as github.io. Empty when the name is itself a suffix.
QString registryDomain(const QString &hostName);

// The host that routes without a host of their own belong to: the API's, else the app's, else the site's; null without
// any of them. Belongs to target.
const Host *apiHost(const Target &target);

// For people: the name with U-labels where that is safe to show.
QString displayName(const QString &hostName);

} // namespace cockpit
