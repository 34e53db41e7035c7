// Recursive resolvers whose views are compared (resources/rules/public-resolvers.json).
#pragma once

#include "checks/engine/netoptions.h"

#include <optional>
#include <vector>

namespace cockpit {

struct NamedResolver
{
    QString name;                         // "Cloudflare", or the address
    std::optional<SocketAddress> address; // empty: the system's
    bool isLocal = false;                 // what this network uses: it may see an inside view (split horizon)

    bool operator==(const NamedResolver &) const = default;
};

// BadInput names the entry and what is wrong with it.
[[nodiscard]] Result<std::vector<NamedResolver>> parseResolvers(const QByteArray &json);

// The system's and the public ones; where resolvers were given, those and no others.
std::vector<NamedResolver> resolversToCompare(const NetOptions &options);

} // namespace cockpit
