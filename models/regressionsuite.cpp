#include "models/regressionsuite.h"

#include "models/regressionfacts.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RegressionSuite)
};

// In `observed` of a check that looked at several products: what it observed of each (checks/actors/products.h).
constexpr auto kParts = "products"_L1;

// Of several products: all of them show it, or some do.
RegressionEnd atBestOf(const RegressionCase &one, const QJsonObject &observed)
{
    if (!one.atBest)
        return RegressionEnd::Holds;
    std::vector<RegressionEnd> ends;
    for (const QJsonValue part : observed.value(kParts).toObject()) {
        if (!part.toObject().isEmpty()) // else it has nothing of the kind
            ends.push_back(one.atBest(part.toObject()));
    }
    if (ends.empty())
        return one.atBest(observed);
    const auto [best, worst] = std::ranges::minmax(ends);
    return best == worst ? best : RegressionEnd::InPart;
}

RegressionEnd endOf(const RegressionCase &one, const CaseLook &look)
{
    switch (look.outcome) {
    case Outcome::Pass:
        return atBestOf(one, look.observed);
    case Outcome::Info: // never a pass: the check says beside it what it could not see
        return std::max(RegressionEnd::InPart, atBestOf(one, look.observed));
    case Outcome::Fail:
    case Outcome::Warn:
        return look.isGrave ? RegressionEnd::Fails : std::max(RegressionEnd::InPart, atBestOf(one, look.observed));
    case Outcome::NotApplicable:
        return RegressionEnd::NotApplicable;
    case Outcome::NotRun:
        return look.hasNothingToTry ? RegressionEnd::NothingToTry : RegressionEnd::NotTried;
    case Outcome::Error:
        return RegressionEnd::NotTried;
    }
    Q_UNREACHABLE();
}

} // namespace

std::vector<RegressionCase> regressionCases()
{
    using namespace regression;
    return {
        {u"sign_in"_s, u"access.login-flow"_s, Text::tr("Signing in works, and a wrong password is refused"),
         signInAtBest},
        {u"signed_out"_s, u"access.unauthenticated"_s, Text::tr("Private routes refuse a caller without a session"),
         signedOutAtBest},
        {u"denied_role"_s, u"access.roles"_s, Text::tr("A role is refused what it may not do")},
        {u"admin"_s, u"access.admin-separation"_s, Text::tr("Administration refuses ordinary users")},
        {u"tenant"_s, u"access.tenant-isolation"_s, Text::tr("A customer never reaches another's records")},
        {u"files"_s, u"access.file-links"_s, Text::tr("Files open for their owner alone")},
        {u"invalid_token"_s, u"access.forged-token"_s, Text::tr("Altered and invented tokens are refused"),
         invalidTokenAtBest},
        {u"expired_session"_s, u"access.session-expiry"_s, Text::tr("Sessions end when they should")},
        {u"signed_off"_s, u"access.logout"_s, Text::tr("A session that was signed out is dead")},
        {u"refresh"_s, u"access.refresh-token"_s, Text::tr("A refresh token works once")},
        {u"method"_s, u"access.method-tampering"_s, Text::tr("Another method or spelling gets past no rule")},
        {u"extra_fields"_s, u"access.mass-assignment"_s, Text::tr("Extra fields change no owner, role or price")},
        {u"lockout"_s, u"abuse.lockout"_s, Text::tr("Password guessing is slowed down, and the owner is let in again"),
         lockoutAtBest},
        {u"limit"_s, u"abuse.rate-limit"_s, Text::tr("Repeated calls meet a limit"), limitAtBest},
        {u"bad_input"_s, u"abuse.schema"_s, Text::tr("Malformed and oversized input is refused cleanly"),
         badInputAtBest},
        {u"uploads"_s, u"abuse.upload"_s, Text::tr("Forbidden and oversized uploads are refused")},
        {u"error_leak"_s, u"abuse.error-leak"_s, Text::tr("Errors tell nothing about the inside")},
        {u"redirect"_s, u"http.https-redirect"_s, Text::tr("Plain HTTP is sent on to HTTPS")},
        {u"https"_s, u"tls.reachable"_s, Text::tr("Every address answers over HTTPS")},
        {u"main_paths"_s, u"deploy.smoke"_s, Text::tr("Sign-in, one read, one write and sign-out work")},
    };
}

QString toWord(RegressionEnd value)
{
    switch (value) {
    case RegressionEnd::Holds:
        return u"holds"_s;
    case RegressionEnd::InPart:
        return u"in_part"_s;
    case RegressionEnd::NothingToTry:
        return u"nothing_to_try"_s;
    case RegressionEnd::NotTried:
        return u"not_tried"_s;
    case RegressionEnd::Fails:
        return u"fails"_s;
    case RegressionEnd::NotApplicable:
        return u"not_applicable"_s;
    }
    Q_UNREACHABLE();
}

CaseLook caseLookOf(const CheckResult &result, const std::function<bool(const Finding &)> &isAccepted)
{
    const auto isGrave = [&](const Finding &finding) {
        return finding.severity != Severity::Low && finding.proof != Proof::Lead &&
               !(isAccepted && isAccepted(finding));
    };
    return {.outcome = result.outcome,
            .hasNothingToTry = result.hasNothingToTry,
            .observed = result.observed,
            .isGrave = result.findings.empty() || std::ranges::any_of(result.findings, isGrave)};
}

RegressionEnd endOf(const RegressionCase &one, const CaseLooks &looks)
{
    const auto last = looks.find(one.checkId);
    if (last == looks.end() || last->second.empty())
        return RegressionEnd::NotTried;
    std::vector<RegressionEnd> ends;
    for (const CaseLook &look : last->second) {
        if (const RegressionEnd end = endOf(one, look); end != RegressionEnd::NotApplicable)
            ends.push_back(end);
    }
    return ends.empty() ? RegressionEnd::NotApplicable : std::ranges::max(ends);
}

QStringList regressionChecks()
{
    QStringList checks;
    for (const RegressionCase &one : regressionCases())
        checks.append(one.checkId);
    checks.removeDuplicates();
    return checks;
}

} // namespace cockpit
