#include "models/regressionsuite.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RegressionSuite)
};

} // namespace

std::vector<RegressionCase> regressionCases()
{
    return {
        {u"sign_in"_s, u"access.login-flow"_s, Text::tr("Signing in works, and a wrong password is refused")},
        {u"signed_out"_s, u"access.unauthenticated"_s, Text::tr("Private routes refuse a caller without a session")},
        {u"denied_role"_s, u"access.roles"_s, Text::tr("A role is refused what it may not do")},
        {u"admin"_s, u"access.admin-separation"_s, Text::tr("Administration refuses ordinary users")},
        {u"tenant"_s, u"access.tenant-isolation"_s, Text::tr("A customer never reaches another's records")},
        {u"files"_s, u"access.file-links"_s, Text::tr("Files open for their owner alone")},
        {u"invalid_token"_s, u"access.forged-token"_s, Text::tr("Altered and invented tokens are refused")},
        {u"expired_session"_s, u"access.session-expiry"_s, Text::tr("Sessions end when they should")},
        {u"signed_off"_s, u"access.logout"_s, Text::tr("A session that was signed out is dead")},
        {u"refresh"_s, u"access.refresh-token"_s, Text::tr("A refresh token works once")},
        {u"method"_s, u"access.method-tampering"_s, Text::tr("Another method or spelling gets past no rule")},
        {u"extra_fields"_s, u"access.mass-assignment"_s, Text::tr("Extra fields change no owner, role or price")},
        {u"lockout"_s, u"abuse.lockout"_s, Text::tr("Password guessing is slowed down")},
        {u"limit"_s, u"abuse.rate-limit"_s, Text::tr("Repeated calls meet a limit")},
        {u"bad_input"_s, u"abuse.schema"_s, Text::tr("Malformed and oversized input is refused cleanly")},
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
    case RegressionEnd::Fails:
        return u"fails"_s;
    case RegressionEnd::NotTried:
        return u"not_tried"_s;
    case RegressionEnd::NotApplicable:
        return u"not_applicable"_s;
    }
    Q_UNREACHABLE();
}

RegressionEnd endOf(const RegressionCase &one, const std::map<QString, Outcome> &outcomes)
{
    const auto last = outcomes.find(one.checkId);
    if (last == outcomes.end())
        return RegressionEnd::NotTried;
    switch (last->second) {
    case Outcome::Pass:
    case Outcome::Info:
        return RegressionEnd::Holds;
    case Outcome::Fail:
    case Outcome::Warn:
        return RegressionEnd::Fails;
    case Outcome::NotApplicable:
        return RegressionEnd::NotApplicable;
    case Outcome::NotRun:
    case Outcome::Error:
        return RegressionEnd::NotTried;
    }
    Q_UNREACHABLE();
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
