// What a JSON Web Token is for, by its claims (RFC 7519): decoded, not guessed. Its signature is not verified.
#pragma once

#include "checks/secrets/leakrule.h"

#include <QDateTime>

#include <optional>
#include <string_view>

namespace cockpit {

struct JwtClass
{
    LeakKind kind = LeakKind::Secret;
    Severity severity = Severity::High;

    bool operator==(const JwtClass &) const = default;
};

// By its form: a header with an algorithm, and claims.
bool isJwt(std::string_view token);

// Supabase's anonymous key is public by design, its service key opens every row; the keys that come with its local
// stack are the same on every machine. Of other tokens one that has expired is of little worth, one without an end is
// worth what the rule says, and one that ends by itself a step less. Empty: no token, or the sample of jwt.io.
std::optional<JwtClass> classOfJwt(std::string_view token, Severity ofRule, const QDateTime &now);

} // namespace cockpit
