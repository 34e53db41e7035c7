#include "checks/secrets/jwtclaims.h"

#include "checks/secrets/placeweight.h"
#include "checks/tokens/tokenclaims.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isSample(const QJsonObject &claims)
{
    return claims.value("sub"_L1).toString() == "1234567890"_L1 && claims.value("name"_L1).toString() == "John Doe"_L1;
}

JwtClass classOfClaims(const QJsonObject &claims, Severity ofRule, const QDateTime &now)
{
    const QString issuer = claims.value("iss"_L1).toString();
    const QString role = claims.value("role"_L1).toString();
    if (issuer == "supabase-demo"_L1)
        return {LeakKind::PublicByDesign, Severity::Low, TokenClass::SupabaseLocal};
    const bool isOfSupabase = issuer.startsWith("supabase"_L1) || claims.contains("ref"_L1);
    if (isOfSupabase && role == "anon"_L1)
        return {LeakKind::PublicByDesign, Severity::Low, TokenClass::SupabaseAnon};
    if (role == "service_role"_L1 || role == "supabase_admin"_L1)
        return {LeakKind::Secret, Severity::Critical, TokenClass::SupabaseService};
    const double end = claims.value("exp"_L1).toDouble(0);
    if (end <= 0)
        return {LeakKind::Secret, ofRule};
    if (end < static_cast<double>(now.toSecsSinceEpoch()))
        return {LeakKind::Secret, Severity::Low, TokenClass::Expired};
    return {LeakKind::Secret, oneStepLower(ofRule)};
}

} // namespace

QString toWord(TokenClass value)
{
    switch (value) {
    case TokenClass::Other:
        return u"other"_s;
    case TokenClass::Expired:
        return u"expired"_s;
    case TokenClass::SupabaseService:
        return u"supabase_service"_s;
    case TokenClass::SupabaseAnon:
        return u"supabase_anon"_s;
    case TokenClass::SupabaseLocal:
        return u"supabase_local"_s;
    }
    Q_UNREACHABLE();
}

const LeakRule &ruleOfClass(const LeakRule &rule, TokenClass value)
{
    const auto found = std::ranges::find(rule.classes, toWord(value), &LeakRule::tokenClass);
    return found == rule.classes.end() ? rule : *found;
}

bool isJwt(std::string_view token)
{
    return !tokenClaims(token).isEmpty();
}

std::optional<JwtClass> classOfJwt(std::string_view token, Severity ofRule, const QDateTime &now)
{
    const QJsonObject claims = tokenClaims(token);
    if (claims.isEmpty() || isSample(claims))
        return std::nullopt;
    return classOfClaims(claims, ofRule, now);
}

} // namespace cockpit
