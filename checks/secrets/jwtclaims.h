// What a JSON Web Token is for, by its claims (RFC 7519): decoded, not guessed. Its signature is not verified.
#pragma once

#include "checks/secrets/leakrule.h"

#include <QDateTime>

#include <optional>
#include <string_view>

namespace cockpit {

enum class TokenClass {
    Other,           // a session or a key of some service, which ends by itself or does not
    Expired,         // by its own claim
    SupabaseService, // opens every row, whatever its rules say
    SupabaseAnon,    // made for browsers
    SupabaseLocal,   // of the stack on a developer's machine, the same on each
};
// "supabase_service": as the rules name it (LeakRule::tokenClass).
QString toWord(TokenClass value);

struct JwtClass
{
    LeakKind kind = LeakKind::Secret;
    Severity severity = Severity::High;
    TokenClass tokenClass = TokenClass::Other;

    bool operator==(const JwtClass &) const = default;
};

// By its form: a header with an algorithm, and claims.
bool isJwt(std::string_view token);

// Supabase's anonymous key is public by design, its service key opens every row; the keys that come with its local
// stack are the same on every machine. Of other tokens one that has expired is of little worth, one without an end is
// worth what the rule says, and one that ends by itself a step less. Empty: no token, or the sample of jwt.io.
std::optional<JwtClass> classOfJwt(std::string_view token, Severity ofRule, const QDateTime &now);

// The words for tokens of this class; the rule itself where it has none.
const LeakRule &ruleOfClass(const LeakRule &rule, TokenClass value);

} // namespace cockpit
